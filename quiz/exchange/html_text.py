"""Converting HTML to a bank's plain text, and back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Final, NamedTuple

from quiz.core.text.markup import MarkupName
from quiz.exchange.markup_text import CODE_TAGS, FENCE, TICK, language_of, with_dollars, with_ticks

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "pre"})
_SILENT: Final = frozenset({"script", "style", "head", "template", "noscript", "object", "iframe"})
_PLAIN: Final = frozenset(
    {"span", "font", "br", "a", "img", "td", "th", "body", "html", "sub", "sup", "label"}
)
_LOST: Final = {
    "audio": "sound", "video": "video", "iframe": "what it embeds", "object": "what it embeds",
    "canvas": "a drawing", "svg": "a drawing", "math": "the layout of a formula",
}  # fmt: skip
_LOOKS: Final = frozenset(
    [
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "strike",
        "del",
        "ins",
        "mark",
        "big",
        "small",
        "code",
        "kbd",
        "tt",
        "var",
        "cite",
        "q",
    ]
)
_HIGH = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);")


KeepImage = Callable[[str, str, str], str]
"""Is given a picture's source, its alternative text and its title; returns what stands in its place."""


class HtmlText(NamedTuple):
    """The plain text of some HTML."""

    text: str
    losses: tuple[str, ...]
    """What the text cannot show, as phrases."""


def looks_like_html(text: str) -> bool:
    """Return whether a text has tags or character references."""
    return _TAG.search(text) is not None


def text_of_html(
    source: str, keep_image: KeepImage | None = None, markup: set[MarkupName] | None = None
) -> HtmlText:
    """Return HTML as plain text: blocks on lines of their own, entries of lists after bullets.

    Without `keep_image` pictures are lost, and their alternative texts stand in their places. Where `markup`
    is given, code and formulas are written as banks write them, and which of them there are is put into it.
    """
    if "<" not in source and "&" not in source:
        words = " ".join(source.split())
        return HtmlText(words if markup is None else with_dollars(words, markup), ())
    reader = _Reader(keep_image, markup)
    reader.feed(source)
    reader.close()
    text, losses = reader.finished(), tuple(dict.fromkeys(reader.losses))
    return HtmlText(text if markup is None else with_dollars(with_ticks(text, markup), markup), losses)


class _Reader(HTMLParser):
    def __init__(self, keep_image: KeepImage | None, markup: set[MarkupName] | None) -> None:
        super().__init__(convert_charrefs=True)
        self.losses: list[str] = []
        self._keep_image = keep_image
        self._has_markup = markup is not None
        self._fence: list[str] = []
        """The line that opens the block of code at hand."""
        self._code = 0
        self._lines: list[list[str]] = [[]]
        self._silent = 0
        self._verbatim = 0
        self._script: list[str] = []
        self._lists: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _LOST:
            self.losses.append(_LOST[tag])
        if self._silent:
            return
        is_code = self._has_markup and tag in CODE_TAGS
        if is_code:
            self._begin_code(dict(attrs))
        if tag in _LOOKS and not is_code:
            self.losses.append("bold, italics and other looks")
        if tag in _BLOCKS or tag == "br":
            self._new_line(paragraph=tag in _PARAGRAPHS)
        self._begin(tag, dict(attrs))

    def _begin(self, tag: str, attrs: dict[str, str | None]) -> None:
        """Begin what a tag stands for."""
        if tag == "pre":
            self._verbatim += 1
            self._begin_block(attrs)
        elif tag == "anki-mathjax":
            self._lines[-1].append("\\(")
        elif tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._begin_entry()
        elif tag in {"td", "th"} and self._lines[-1]:
            self._lines[-1].append(" | ")
        elif tag in {"sub", "sup"}:
            self._script.append(tag)
        elif tag == "img":
            self._image(attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._end_block()
            self._verbatim = max(0, self._verbatim - 1)
        elif tag == "anki-mathjax":
            self._lines[-1].append("\\)")
        elif tag in CODE_TAGS and self._code:
            self._code -= 1
            self._lines[-1].append(TICK)
        elif tag in {"sub", "sup"} and self._script:
            self._script.pop()
        if tag in _BLOCKS and not self._silent:
            self._new_line(paragraph=tag in _PARAGRAPHS)

    def _begin_code(self, attrs: dict[str, str | None]) -> None:
        """Begin code within a line, or say the language of the block that it is in."""
        if not self._verbatim:
            self._code += 1
            self._lines[-1].append(TICK)
        elif self._fence == [FENCE]:
            self._fence.append(language_of(attrs.get("class") or ""))

    def _begin_block(self, attrs: dict[str, str | None]) -> None:
        if self._has_markup and self._verbatim == 1:
            language = language_of(attrs.get("class") or "")
            self._fence = [FENCE, *([language] if language else [])]
            self._lines[-1:] = [*([self._lines[-1]] if self._lines[-1] else []), self._fence, []]

    def _end_block(self) -> None:
        if self._has_markup and self._verbatim == 1:
            self._lines.append([FENCE])

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        data = data.replace("\u00a0", " ")
        if self._verbatim:
            first, *others = data.split("\n")
            self._lines[-1].append(first)
            self._lines += [[other] for other in others]
            return
        words = re.sub(r"[ \t\n\r\f\v]+", " ", data)
        if self._script and words.strip():
            words = _scripted(words, self._script[-1])
        self._lines[-1].append(words)

    def _begin_entry(self) -> None:
        if self._lists and self._lists[-1] >= 0:
            self._lists[-1] += 1
            self._lines[-1].append(f"{self._lists[-1]}. ")
        else:
            self._lines[-1].append("• ")

    def _image(self, attrs: dict[str, str | None]) -> None:
        source, alt = attrs.get("src") or "", attrs.get("alt") or ""
        if source and self._keep_image is not None:
            alt = self._keep_image(source, alt, attrs.get("title") or "")
        elif source:
            self.losses.append(f"the picture {source[:80]}")
        self._lines[-1].append(alt if source else "")

    def _new_line(self, *, paragraph: bool) -> None:
        if paragraph and any(self._lines):
            self._lines.append([])
        if self._lines[-1] or paragraph:
            self._lines.append([])

    def finished(self) -> str:
        lines = ["".join(line).rstrip() for line in self._lines]
        lines = [line if line.startswith("  ") else line.strip() for line in lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _scripted(words: str, tag: str) -> str:
    moved = words.strip().translate(_HIGH if tag == "sup" else _LOW)
    if not any(character.isascii() for character in moved):
        return moved
    sign = "^" if tag == "sup" else "_"
    return f"{sign}{words.strip()}" if len(words.strip()) == 1 else f"{sign}({words.strip()})"


def html_of_text(text: str) -> str:
    """Return plain text as HTML with the same lines."""
    return html.escape(text, quote=False).replace("\n", "<br>")
