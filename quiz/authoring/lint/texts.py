"""Rules about texts that were damaged when they were copied from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quiz.authoring.rule import ItemContext, Violation, item_rule

MOST_READ: Final = 4000
"""How many characters of a text are examined."""
_BYTES = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_MANGLED = re.compile(
    f"[\u00c2-\u00df][{_BYTES}]|[\u00e0-\u00ef][{_BYTES}]{{2}}|\u00f0[{_BYTES}]{{3}}|\ufffd"
)
"""UTF-8 bytes read as Windows-1252, and the replacement for a lost character."""

_TAG = r"</?(?:b|i|u|em|strong|br|sub|sup)\s?/?>"
_MARKUP = re.compile(
    r"(?P<fence>```)|(?P<code>(?<![`\w])`[^`\n]+`(?![`\w]))"
    r"|(?P<bold>(?<![\w*])\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*(?![\w*])|(?<![\w_])__(?=[^\W_])[^_\n]+\s[^_\n]+__(?![\w_]))"
    r"|(?P<link>!?\[[^\]\n]+\]\((?:https?://|/|[\w.-]+/)[^)\s]*\))"
    rf"|(?P<tag>{_TAG})|(?P<entity>&(?:[a-z]{{2,8}}|#\d{{2,5}});)"
    r"|(?P<maths>\$[^$\n]*\\[a-zA-Z]+[^$\n]*\$)"
)
_READ_WITH: Final = {"fence": "code", "code": "code", "maths": "maths"}
"""The markup that reads each finding."""
_UNREAD = frozenset({"id", "lint", "tags", "topic", "stimulus", "cites", "quote"})
_HTML_IS_MEANT = re.compile(
    r"\b(?:x?html|xml|tag|element|markup|jsx|markdown|css|entity|attribute)s?\b|</?(?!(?:b|i|u|em|strong|br|sub|sup)\b)[a-z]",
    re.IGNORECASE,
)
"""Words that show that HTML itself is the subject."""
_CODE = re.compile(r"[{};=]|\w\(")


@item_rule(
    "mangled-text",
    why="The text was written in one encoding and read in another, so learners see nonsense.",
    mend="Write the intended letter, and save the file as UTF-8.",
)
def mangled_text(context: ItemContext) -> Iterator[Violation]:
    """Find letters mangled by a wrong encoding, the first of each item."""
    if context.encoded.isascii():
        return
    for where, text in context.texts:
        if text.isascii() or where[0] == "lint":
            continue
        for found in _MANGLED.finditer(text[:MOST_READ]):
            meant = _read_rightly(found[0])
            if meant == "\ufffd":
                yield Violation("A character of this text was lost.", where)
                return
            if meant:
                yield Violation(f"“{found[0]}” was probably “{meant}”.", where)
                return


def _read_rightly(mangled: str) -> str:
    """Return the letters that were mangled, or an empty text if they may be intended."""
    if mangled == "\ufffd":
        return mangled
    try:
        raw = b"".join(
            bytes([ord(letter)]) if ord(letter) < 256 else letter.encode("cp1252") for letter in mangled
        )
        return raw.decode("utf-8")
    except UnicodeError:
        return ""


@item_rule(
    "literal-markup",
    why="Texts appear literally unless “markup:” says otherwise, with all stars, backticks and tags.",
    mend="Remove the markup, or turn on “markup: [code]” or “markup: [maths]” for the bank.",
)
def literal_markup(context: ItemContext) -> Iterator[Violation]:
    """Find Markdown, HTML and TeX that learners would see as plain characters, the first of each item."""
    reads = context.bank.reads
    if not any(sign in context.encoded for sign in _SIGNS):
        return
    texts = [(where, text) for where, text in context.texts if where[0] not in _UNREAD and _may_hold(text)]
    if not texts:
        return
    is_about_html = any(_HTML_IS_MEANT.search(text[:MOST_READ]) for _, text in context.texts)
    for where, text in texts:
        for found in _MARKUP.finditer(text[:MOST_READ]):
            kind = found.lastgroup
            is_read = (kind in {"fence", "code"} and "code" in reads) or (
                kind == "maths" and "maths" in reads
            )
            if is_read or (kind in {"tag", "entity"} and (is_about_html or _CODE.search(text[:MOST_READ]))):
                continue
            yield Violation(f"“{found[0][:40]}” appears with all its signs.", where)
            return


_SIGNS: Final = (b"`", b"**", b"__", b"](", b"<", b"&", b"$")
"""What an item holds in whose texts there may be markup."""


def _may_hold(text: str) -> bool:
    return any(sign in text for sign in ("`", "**", "__", "](", "<", "&", "$"))
