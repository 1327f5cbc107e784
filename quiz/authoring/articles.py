"""Texts that banks are made from: a file's paragraphs, numbered, with the headings above them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple

from quiz.authoring.text_language import USUAL, language_of
from quiz.core.text.forbidden import FORBIDDEN
from quiz.errors import UsageError
from quiz.paths import expanded

MOST_BYTES: Final = 32 * 1024 * 1024
MOST_HEADING: Final = 90
"""How many characters a line has at the most that stands alone as a heading."""
ENDINGS: Final = (".txt", ".md", ".html", ".htm", ".pdf")


class Paragraph(NamedTuple):
    """A paragraph of a text."""

    number: int
    """Its number in the text, from 1; headings are not counted."""
    heading: str
    """The heading that it stands under, empty before the first one."""
    text: str


class Article(NamedTuple):
    """A text with its title, empty where it shows none."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    language: str = USUAL
    """The tag of its language: as a page says it, or else by its words."""

    @property
    def sections(self) -> dict[str, list[Paragraph]]:
        """The paragraphs by their headings, in the text's order."""
        found: dict[str, list[Paragraph]] = {}
        for paragraph in self.paragraphs:
            found.setdefault(paragraph.heading, []).append(paragraph)
        return found


def read_article(path: Path) -> Article:
    """Read a text from a file by the ending of its name.

    Raises:
        UsageError: the file is not there, cannot be read, holds no text, or takes a package that is missing.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            f"“{path.name}” is no text that can be read.", f"It must end in {', '.join(ENDINGS)}."
        )
    try:
        with expanded(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.", "Check its name.") from error
    if len(data) > MOST_BYTES:
        raise UsageError(f"{path} is larger than {MOST_BYTES // 1024 // 1024} MB.")
    if ending == ".pdf":
        found = article_of_text(_pdf_text(path))
    elif ending in {".html", ".htm"}:
        found = _article_of_html(_decoded(data))
    else:
        found = article_of_text(_decoded(data), is_markdown=ending == ".md")
    if not found.paragraphs:
        raise UsageError(f"{path} holds no text.", "Save the text itself, as .txt for example.")
    return found


def _decoded(data: bytes) -> str:
    from charset_normalizer import from_bytes

    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        return str(best) if best else data.decode("cp1252", "replace")


def _pdf_text(path: Path) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError
    except ImportError:
        raise UsageError(
            "Reading a PDF takes a package that is not installed.", "Run: pip install 'quizterm[articles]'"
        ) from None
    try:
        return "\n\n".join(page.extract_text() for page in PdfReader(path).pages)
    except DependencyError as error:
        raise UsageError(f"{path} is encrypted.", "Save its text as .txt.") from error
    except Exception as error:  # a damaged file may raise anything
        raise UsageError(f"{path} cannot be read as a PDF: {error}.", "Save its text as .txt.") from error


_MARKS = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")


def article_of_text(text: str, *, is_markdown: bool = False) -> Article:
    """Return the paragraphs between blank lines; short ones without a full stop are headings."""
    clean = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", clean) if block.strip()]
    if len(blocks) < 3 and "\n" in clean.strip():
        blocks = [line.strip() for line in clean.splitlines() if line.strip()]
    found = []
    for block in blocks:
        first, _, rest = block.partition("\n")
        if is_markdown and first.startswith("#"):
            found.append((first.lstrip("#").strip(), True))
            block = rest.strip()
        plain = " ".join((_MARKS.sub(r"\1", block) if is_markdown else block).split())
        if plain:
            found.append((plain, not is_markdown and _is_heading(plain)))
    return _numbered(found)


def _is_heading(text: str) -> bool:
    return len(text) <= MOST_HEADING and text[-1] not in '.!?:;,”"…' and any(map(str.isalpha, text))


def _numbered(blocks: list[tuple[str, bool]], language: str = "") -> Article:
    """Return paragraphs with their numbers; the first heading before any paragraph is the title.

    The language is told by the words if it is not given.
    """
    title, heading = "", ""
    paragraphs: list[Paragraph] = []
    for text, is_heading in blocks:
        if not is_heading:
            paragraphs.append(Paragraph(len(paragraphs) + 1, heading, text))
        elif not title and not paragraphs:
            title = text
        else:
            heading = text
    told = language or language_of(" ".join(paragraph.text for paragraph in paragraphs))
    return Article(title, tuple(paragraphs), told)


_BLOCKS: Final = frozenset({"p", "li", "blockquote", "td", "figcaption", "pre"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_LEFT_OUT: Final = frozenset({"script", "style", "nav", "header", "footer", "aside", "form", "template"})


_LANGUAGE = re.compile(
    r"""<(?:html|body|main|article)\s(?:[^<>]*\s)?lang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)["'\s>]""",
    re.IGNORECASE,
)
"""Where a page says its language."""


class _HtmlBlocks(HTMLParser):
    """Collects the headings and paragraphs of a page, menus and the like left aside."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, bool]] = []
        self._text: list[str] = []
        self._outside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a block, or leave out what is none of the text."""
        self._outside += tag in _LEFT_OUT
        if tag in _BLOCKS | _HEADINGS | {"div", "br"}:
            self._end(is_heading=False) if tag != "br" else self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag in _LEFT_OUT:
            self._outside = max(0, self._outside - 1)
        elif tag in _BLOCKS | _HEADINGS | {"div"}:
            self._end(is_heading=tag in _HEADINGS)

    def handle_data(self, data: str) -> None:
        """Take a piece of text."""
        if not self._outside:
            self._text.append(data)

    def _end(self, *, is_heading: bool) -> None:
        text = " ".join("".join(self._text).split())
        self._text = []
        if text:
            self.blocks.append((FORBIDDEN.sub("", text), is_heading))


def _article_of_html(text: str) -> Article:
    said = _LANGUAGE.search(text)
    within = re.search(r"<(article|main)\b.*</\1>", text, re.DOTALL | re.IGNORECASE)
    reader = _HtmlBlocks()
    reader.feed(within[0] if within else text)
    reader.close()
    return _numbered(reader.blocks, said[1] if said else "")
