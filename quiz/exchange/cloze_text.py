"""Gaps as Anki writes them: {{c1::key::hint}}, which may be nested."""

from __future__ import annotations

import re
from typing import Final

from quiz.core.content.kinds.cloze import Cloze
from quiz.exchange.building import between_gaps, gap
from quiz.exchange.html_text import html_of_text
from quiz.exchange.options import Unusable

_TOKEN = re.compile(r"\{\{c(\d{1,3})::|::|\}\}")
_BEGIN = re.compile(r"\{\{c(\d{1,3})::")
_DEEPEST: Final = 8
_GAP = re.compile(r"\{\{([^{}]*)\}\}")


def gap_numbers(text: str) -> list[int]:
    """Return the numbers of the gaps in a text, without duplicates, sorted."""
    return sorted({int(found[1]) for found in _BEGIN.finditer(text)})


def with_gaps(text: str, number: int | None = None) -> tuple[str, tuple[str, ...]]:
    """Return a bank's cloze text with the gaps of one number, or of all, and the gaps' hints.

    Gaps of other numbers are filled in. Raises `Unusable` where braces do not match or a gap is empty.
    """
    reader = _Gaps(text, number)
    return reader.read()


class _Gaps:
    def __init__(self, text: str, number: int | None) -> None:
        self.text = text
        self.number = number
        self.hints: list[str] = []

    def read(self) -> tuple[str, tuple[str, ...]]:
        pieces: list[list[str]] = [[]]
        open_gaps: list[tuple[int, list[list[str]]]] = []
        at = 0
        for token in _TOKEN.finditer(self.text):
            current = open_gaps[-1][1][-1] if open_gaps else pieces[-1]
            current.append(self._outside(self.text[at : token.start()], open_gaps))
            at = token.end()
            if token[1]:
                if len(open_gaps) >= _DEEPEST:
                    raise Unusable("Its gaps are nested too deep.")
                open_gaps.append((int(token[1]), [[]]))
            elif token[0] == "::" and open_gaps:
                open_gaps[-1][1].append([])
            elif token[0] == "}}" and open_gaps:
                numbered, parts = open_gaps.pop()
                target = open_gaps[-1][1][-1] if open_gaps else pieces[-1]
                target.append(self._closed(numbered, parts, is_inner=self._within(open_gaps)))
            else:
                current.append(token[0] if token[0] == "::" else "} }")
        if open_gaps:
            raise Unusable("A gap has no end.")
        pieces[-1].append(between_gaps(self.text[at:]))
        return "".join(pieces[0]), tuple(self.hints)

    def _within(self, open_gaps: list[tuple[int, list[list[str]]]]) -> bool:
        return any(self._is_asked(number) for number, _ in open_gaps)

    def _outside(self, text: str, open_gaps: list[tuple[int, list[list[str]]]]) -> str:
        return text if open_gaps else between_gaps(text)

    def _is_asked(self, number: int) -> bool:
        return self.number is None or number == self.number

    def _closed(self, number: int, parts: list[list[str]], *, is_inner: bool) -> str:
        key = "".join(parts[0])
        if is_inner or not self._is_asked(number):
            return key
        hint = "::".join("".join(part) for part in parts[1:]).strip()
        if hint:
            self.hints.append(hint)
        return gap(_GAP.sub(lambda found: found[1], key))


def anki_cloze_html(item: Cloze) -> str:
    """Return the text of a cloze item as Anki writes it, in HTML, all gaps on one card."""
    filled = ["{{c1::" + html_of_text(key).replace(":", "&#58;") + "}}" for key in item.gaps]
    between = [html_of_text(piece).replace("{{", "{&#123;") for piece in item.around]
    return "".join(one + other for one, other in zip(between, [*filled, ""], strict=True))
