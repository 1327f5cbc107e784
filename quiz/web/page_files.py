"""The pages, and the headers that they are sent with."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from quiz.core.class_list import MOST_LETTERS
from quiz.core.text.language_tag import main_language
from quiz.services.drill.card_reading import MOST_BYTES

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_PARTS: Final = {"__HEAD__\n": "head.html", "__COMMON__\n": "common.js"}
"""What the pages have in common, by the sign that stands for it in each."""
_BOUNDS: Final = {"__LONGEST__": MOST_LETTERS, "__MOST_BYTES__": MOST_BYTES}
"""The bounds of what is typed and sent, by the signs that stand for them."""
_INDENTED: Final = re.compile(r"^ +", re.MULTILINE)
LANGUAGES: Final = ("en", "de")
"""The languages of the pages, the usual one first."""
ALWAYS: Final = (
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
)
"""The headers of every answer."""
NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Page(NamedTuple):
    """A page of ours."""

    content: bytes
    script: str
    """What identifies its script in a content security policy."""
    style: str

    def policy(self, host: str) -> str:
        """Return its content security policy: its own script and style, pictures and a socket of its host."""
        socket = "ws:" if host.startswith("[") else f"ws://{host}"  # policies know no IPv6 addresses
        return (
            f"{NOTHING}; script-src {self.script}; style-src {self.style}; img-src 'self' blob: data:;"
            f" connect-src 'self' {socket}"
        )


@lru_cache(maxsize=8)
def page(name: str, language: str) -> Page:
    """Return one of our pages, phone, camera or wall, in one of our languages."""
    folder = files("quiz.web").joinpath("pages")
    words = json.loads(folder.joinpath("words", f"{name}.{language}.json").read_text(encoding="utf-8"))
    written = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    text = folder.joinpath(f"{name}.html").read_text(encoding="utf-8")
    for sign, part in _PARTS.items():
        text = text.replace(sign, folder.joinpath(part).read_text(encoding="utf-8"))
    text = _INDENTED.sub("", text).replace("__LANGUAGE__", language).replace("__WORDS__", written)
    for sign, number in _BOUNDS.items():
        text = text.replace(sign, str(number))
    return Page(text.encode(), _digests(_SCRIPT, text), _digests(_STYLE, text))


def language_of(accepted: str) -> str:
    """Return which of our languages a browser likes best, by its header Accept-Language or a BCP 47 tag."""
    for tag in accepted.split(",")[:20]:
        main = main_language(tag.partition(";")[0])
        if main in LANGUAGES:
            return main
    return LANGUAGES[0]


def kind_of_picture(content: bytes) -> str:
    """Return the media type of a picture, empty for what is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    return "image/webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def _digests(part: re.Pattern[str], text: str) -> str:
    digests = [hashlib.sha256(found.encode()).digest() for found in part.findall(text)]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
