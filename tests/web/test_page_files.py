"""The pages: small, whole in themselves, in two languages, and allowed to do nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

import pytest

from quiz.web.page_files import LANGUAGES, kind_of_picture, language_of, page

NAMES = ("phone", "camera", "wall")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_needs_nothing_from_elsewhere(name: str, language: str) -> None:
    text = page(name, language).content.decode()
    assert f'<html lang="{language}">' in text
    assert not re.search(r"__[A-Z]", text)
    assert not re.findall(r"https?://", text.replace('replace(/^http:\\/\\//, "")', ""))
    assert not re.findall(r"<script[^>]+src|<link[^>]+stylesheet|@import|url\(", text)
    for unsafe in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        " style=",
        "Function(",
    ):
        assert unsafe not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_phones_is_smaller_than_20_kb_and_speaks_the_script_of_2018(language: str) -> None:
    text = page("phone", language).content
    assert len(text) < 20_000
    script = re.search(r"<script>(.*?)</script>", text.decode(), re.DOTALL)
    assert script
    for newer in ("?.", "??", ".flat(", ".flatMap(", "replaceAll", ".at(", "Object.fromEntries", "#private"):
        assert newer not in script[1].replace(") ? .", ")").replace("?.7", "")
    assert "clamp(" not in text.decode()
    assert " gap:" not in text.decode()


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_there_in_both_languages(name: str) -> None:
    folder = files("quiz.web").joinpath("pages", "words")
    english, german = (
        json.loads(folder.joinpath(f"{name}.{tongue}.json").read_text()) for tongue in LANGUAGES
    )
    assert english.keys() == german.keys()
    for key, told in english.items():
        if isinstance(told, dict):
            assert told.keys() == german[key].keys()
    text = page(name, "en").content.decode()
    used = set(re.findall(r"\bW\.(\w+)", text))
    assert used <= english.keys()


def test_the_policy_allows_the_pages_own_script_and_style_alone() -> None:
    found = page("phone", "en")
    policy = dict(part.strip().split(" ", 1) for part in found.policy("10.0.0.4:8123").split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["connect-src"] == "'self' ws://10.0.0.4:8123"
    script = re.findall(r"<script>(.*?)</script>", found.content.decode(), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in script]
    assert policy["script-src"] == " ".join(f"'sha256-{digest}'" for digest in digests)
    assert "unsafe" not in found.policy("x")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr,de;q=0.5", "de"),
        ("fr-CH", "en"),
        ("EN", "en"),
        (",;,", "en"),
    ],
)
def test_a_browser_is_spoken_to_in_a_language_that_it_knows(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


def test_pictures_are_known_by_what_they_hold() -> None:
    assert kind_of_picture(b"\x89PNG\r\n\x1a\n....") == "image/png"
    assert kind_of_picture(b"RIFF....WEBPVP8 ") == "image/webp"
    assert kind_of_picture(b"<svg onload=alert(1)>") == ""
