"""Reading questions in Moodle's XML, by type."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from quiz.exchange.building import Draft, between_gaps, gap
from quiz.exchange.gift_reader import topic_of
from quiz.exchange.moodle_cloze import cloze_of
from quiz.exchange.options import Unusable, choosable
from quiz.exchange.picture_shelf import ONLY_A_PICTURE, PictureShelf, QuestionText, with_picture
from quiz.exchange.weighted_answers import (
    Range,
    Weighted,
    choice_fields,
    decimal_of,
    number_fields,
    typed_fields,
)
from quiz.exchange.xml_tree import text_in

FILES: Final = "@@PLUGINFILE@@/"
"""What stands before the name of a file that comes with a text."""
_NAMES: Final = {
    "essay": "an essay question: no answer is right or wrong",
    "description": "a description: it asks nothing",
    "calculated": "a calculated question: its numbers are drawn anew each time",
    "calculatedsimple": "a calculated question: its numbers are drawn anew each time",
    "calculatedmulti": "a calculated question: its numbers are drawn anew each time",
    "random": "a placeholder for a question drawn by chance",
    "randomsamatch": "made of other questions by chance",
}


def pieces(root: Element) -> Iterator[tuple[str, str, tuple[Element, str]]]:
    """Yield the questions with their places and topics, for `each`."""
    topic = ""
    number = 0
    for element in root.iter("question"):
        kind = element.get("type", "")
        if kind == "category":
            topic = topic_of(text_in(element, "category/text"))
            continue
        number += 1
        name = text_in(element, "name/text")
        place = f"question {number} ({name[:40]})" if name else f"question {number}"
        yield place, text_in(element, "questiontext/text") or name, (element, topic)


def draft_of(piece: tuple[Element, str], shelf: PictureShelf) -> Draft:
    """Return what a question asks, its pictures on the shelf. Raises `Unusable`."""
    element, topic = piece
    question = _Question(element, QuestionText(shelf))
    fields = question.fields()
    tags = [re.sub(r"\s+", "-", tag) for tag in (text_in(one, "text") for one in element.iter("tag")) if tag]
    weight = _number(text_in(element, "defaultgrade"), 1.0)
    more: dict[str, Any] = {"topic": topic, "tags": tags}
    if 0 < weight <= 100 and weight != 1.0:
        more["weight"] = weight
    hints = [hint for hint in (question.text(one) for one in element.findall("hint")) if hint]
    if hints:
        more["hint"] = hints[0]
        question.losses += ["hints after the first"] * (len(hints) > 1)
    general = question.text(element.find("generalfeedback"))
    if general:
        more["rationale"] = general
    return Draft("", {**more, **fields}, key=text_in(element, "idnumber"), losses=question.losses)


def _file_in(element: Element, name: str) -> bytes | None:
    """Return a file that stands in an element in base64, None where there is none of this name."""
    for file in element.findall("file"):
        if file.get("name") == unquote(name) and file.get("encoding") == "base64":
            try:
                return base64.b64decode("".join((file.text or "").split()))
            except (binascii.Error, ValueError):
                return None
    return None


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


class _Question:
    def __init__(self, element: Element, texts: QuestionText) -> None:
        self.element = element
        self.texts = texts
        self.losses = texts.losses
        self.stem = self.text(element.find("questiontext"), with_pictures=True)
        self.picture = texts.take()
        if self.picture is not None:
            self.stem = self.stem or ONLY_A_PICTURE

    def text(self, element: Element | None, *, with_pictures: bool = False) -> str:
        """Return what an element with a format and a text says."""
        if element is None:
            return ""
        written = text_in(element, "text") or (element.text or "").strip()
        form = element.get("format", "moodle_auto_format")
        if form == "markdown":
            return self.texts.of_markdown(written)
        if form == "plain_text":
            return written
        if form == "moodle_auto_format" and "<" not in written:
            written = written.replace("\n", "<br>")

        def load(name: str) -> bytes | None:
            return _file_in(element, name)

        return self.texts.of_html(written.replace(FILES, ""), load=load, with_pictures=with_pictures)

    def fields(self) -> dict[str, Any]:
        kind = self.element.get("type", "")
        readers: dict[str, Callable[[], dict[str, Any]]] = {
            "multichoice": self._choice, "multichoiceset": self._choice, "truefalse": self._true_false,
            "shortanswer": self._typed, "numerical": self._numeric, "matching": self._matching,
            "match": self._matching, "cloze": self._cloze, "multianswer": self._cloze,
            "ordering": self._ordering, "gapselect": self._gaps, "ddwtos": self._gaps,
        }  # fmt: skip
        if kind in _NAMES:
            raise Unusable(f"It is {_NAMES[kind]}.")
        if kind not in readers:
            raise Unusable(f"Questions of the type “{kind[:40]}” cannot be items.")
        if not self.stem:
            raise Unusable("It asks nothing.")
        return with_picture(readers[kind](), self.picture)

    def _answers(self, *, with_pictures: bool = False) -> list[Weighted]:
        answers = []
        for one in self.element.findall("answer"):
            text, picture = self.text(one, with_pictures=with_pictures), self.texts.take()
            percent = _number(one.get("fraction", "0"), 0.0)
            answers.append(Weighted(text, percent, self.text(one.find("feedback")), picture))
        return answers

    def _choice(self) -> dict[str, Any]:
        is_single = text_in(self.element, "single").lower() not in {"false", "0"}
        answers = self._answers(with_pictures=True)
        return choice_fields(self.stem, answers, self.losses, is_single=is_single)

    def _true_false(self) -> dict[str, Any]:
        answers = self._answers()
        right = max(answers, key=lambda answer: answer.percent, default=None)
        if right is None or right.text.lower() not in {"true", "false"}:
            raise Unusable("None of its answers is “true” or “false”.")
        wrong = [answer.feedback for answer in answers if answer is not right and answer.feedback]
        fields = {"kind": "true-false", "stem": self.stem, "key": right.text.lower() == "true"}
        if right.feedback:
            fields["rationale"] = right.feedback
        return fields | ({"feedback": wrong[0]} if wrong else {})

    def _typed(self) -> dict[str, Any]:
        fields = typed_fields(self.stem, self._answers(), self.losses)
        return fields | ({"case": "match"} if text_in(self.element, "usecase") == "1" else {})

    def _numeric(self) -> dict[str, Any]:
        ranges = []
        otherwise = ""
        for answer, element in zip(self._answers(), self.element.findall("answer"), strict=True):
            if answer.text == "*":
                otherwise = answer.feedback
                continue
            margin = decimal_of(text_in(element, "tolerance") or "0")
            ranges.append(Range(decimal_of(answer.text), abs(margin), answer.percent, answer.feedback))
        fields = number_fields(self.stem, ranges, self.losses, otherwise=otherwise)
        units = [
            (text_in(unit, "unit_name"), _number(text_in(unit, "multiplier"), 1.0))
            for unit in self.element.iter("unit")
        ]
        plain = [name for name, factor in units if factor == 1.0 and name]
        if len(plain) < len(units):
            self.losses.append("units of another size")
        return fields | ({"unit": plain[0], "units": plain[1:]} if plain else {})

    def _matching(self) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        distractors = []
        for element in self.element.findall("subquestion"):
            left, right = self.text(element), text_in(element, "answer/text")
            if not left:
                distractors.append(right)
            elif left in pairs:
                raise Unusable(f"“{left[:40]}” stands twice on its left side.")
            else:
                pairs[left] = right
        return {"kind": "matching", "stem": self.stem, "pairs": pairs, "distractors": distractors}

    def _ordering(self) -> dict[str, Any]:
        return {
            "kind": "ordering",
            "stem": self.stem,
            "order": [self.text(answer) for answer in self.element.findall("answer")],
        }

    def _cloze(self) -> dict[str, Any]:
        written = text_in(self.element, "questiontext/text")
        fields, lost = cloze_of(written, self.text)
        self.losses += lost
        return fields

    def _gaps(self) -> dict[str, Any]:
        """Read a text whose gaps are filled from lists, each gap from the one that its answer is in."""
        boxes = (*self.element.iter("selectoption"), *self.element.iter("dragbox"))
        choices = [text_in(box, "text") for box in boxes]
        lists = [text_in(box, "group") for box in boxes]
        options: dict[str, list[str]] = {}

        def filled(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            if not 0 <= place < len(choices) or set(choices[place]) & set("{}"):
                raise Unusable("A gap has no answer.")
            key = " ".join(choices[place].split())
            near = zip(choices, lists, strict=True)
            options[key] = [text for text, name in near if name == lists[place] and text != choices[place]]
            return gap(key)

        text = re.sub(r"\[\[(\d{1,3})\]\]", filled, between_gaps(self.stem))
        return {"kind": "cloze", "text": text, **choosable(options, self.losses)}
