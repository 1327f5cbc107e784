"""Moodle's embedded answers in a text: {1:SHORTANSWER:=key~%50%other#feedback}."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from quiz.exchange.building import between_gaps, gap
from quiz.exchange.options import MOST_OPTIONS, Unusable, option, text_in_option

_START = re.compile(r"\{(\d*):([A-Z_]+):")
_TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_CHOICE = re.compile(r"(MULTICHOICE|MULTIRESPONSE|MC|MCV|MCH|MCS|MCVS|MCHS|MR|MRH|MRS|MRHS)(_[HVS]+)?")
_SEVERAL = ("MULTIRESPONSE", "MR")
"""How gaps begin of which several answers are right together."""
_WEIGHT = re.compile(r"=|%(-?\d{1,3}(?:\.\d{1,10})?)%")
_MARK = re.compile("\ufdd0(\\d{1,6})\ufdd1")
_SPECIAL = '\\}#~/"{='
_HIDDEN = {character: chr(0xFDD4 + place) for place, character in enumerate(_SPECIAL)}
"""Noncharacters that stand for escaped characters while a text is taken apart."""
_SHOWN = str.maketrans({hidden: character for character, hidden in _HIDDEN.items()})
_AS_WRITTEN = str.maketrans({hidden: f"\\{character}" for character, hidden in _HIDDEN.items()})
_ESCAPE = re.compile(r"\\([\\}#~/\"{=])")


def cloze_of(written: str, plain: Callable[[Element], str]) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of a cloze item, and what is lost, as phrases.

    `plain` returns the text of an HTML element. Raises `Unusable` where a gap has no right answer.
    """
    reader = _Gaps()
    clean = re.sub("[\ufdd0-\ufdef]", "", written)
    marked = reader.marked(_ESCAPE.sub(lambda found: _HIDDEN[found[1]], clean)).translate(_AS_WRITTEN)
    element = Element("questiontext", {"format": "html"})
    SubElement(element, "text").text = marked
    text = between_gaps(plain(element))
    if not reader.keys:
        raise Unusable("It has no gap.")
    fields: dict[str, Any] = {"kind": "cloze"}
    fields["text"] = _MARK.sub(lambda found: gap(reader.keys[int(found[1])]), text)
    told = {"accept": reader.accept, "refuse": reader.refuse, "options": reader.options}
    fields |= {name: gaps for name, gaps in told.items() if gaps}
    return fields, list(dict.fromkeys(reader.losses))


class _Gaps:
    def __init__(self) -> None:
        self.keys: list[str] = []
        self.accept: dict[str, list[Any]] = {}
        self.refuse: dict[str, list[Any]] = {}
        self.options: dict[str, list[str]] = {}
        self.losses: list[str] = []

    def marked(self, written: str) -> str:
        """Return a text with a mark in place of each gap."""
        pieces = []
        at = 0
        while found := _START.search(written, at):
            end = _end(written, found.end())
            pieces += [written[at : found.start()], f"\ufdd0{len(self.keys)}\ufdd1"]
            self._add(found[2], written[found.end() : end])
            at = end + 1
        return "".join([*pieces, written[at:]])

    def _add(self, kind: str, body: str) -> None:
        is_choice = _CHOICE.fullmatch(kind) is not None
        if kind not in _TYPED and not is_choice and kind not in {"NUMERICAL", "NM"}:
            raise Unusable(f"It has a gap of the type “{kind[:30]}”, which cannot be an item's.")
        right: list[Any] = []
        wrong: list[Any] = []
        for answer in body.split("~"):
            weight = _WEIGHT.match(answer)
            text, _, said = (answer[weight.end() :] if weight else answer).partition("#")
            percent = 0.0 if weight is None else 100.0 if weight[1] is None else float(weight[1])
            shown = _unescaped(text)
            if kind in {"NUMERICAL", "NM"} and ":" in shown:
                self.losses.append("how far off a number in a gap may be")
                shown = shown.partition(":")[0].strip()
            if percent > 99.9:
                right.append(option(shown, _unescaped(said)))
            elif percent > 0:
                self.losses.append("partial credit")
            elif shown not in {"", "*"}:
                wrong.append(option(shown, _unescaped(said)))
        if not right:
            raise Unusable("A gap has no right answer.")
        key = " ".join(text_in_option(right[0]).split())
        self.keys.append(key)
        if is_choice and len(right) == 1 and 0 < len(wrong) <= MOST_OPTIONS and not kind.startswith(_SEVERAL):
            self.options[key] = [*self.options.get(key, []), *map(text_in_option, wrong)]
            self._extend(self.refuse, key, [one for one in wrong if not isinstance(one, str)])
            return
        if is_choice:
            self.losses.append("that its gaps have answers to choose from: they are typed")
        self._extend(self.accept, key, right[1:])
        self._extend(self.refuse, key, wrong)

    @staticmethod
    def _extend(gaps: dict[str, list[Any]], key: str, more: list[Any]) -> None:
        known = gaps.get(key, [])
        fresh = [one for one in more if one not in known]
        if fresh:
            gaps[key] = [*known, *fresh]


def _end(written: str, start: int) -> int:
    """Return where the brace closes a gap that begins before an index. Raises `Unusable`."""
    end = written.find("}", start)
    if end < 0:
        raise Unusable("A gap has no closing brace.")
    return end


def _unescaped(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", text).translate(_SHOWN)).strip()
