"""Reading items of QTI 1.2, as Canvas and others export them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element

from quiz.exchange.building import Draft, between_gaps, gap
from quiz.exchange.options import Unusable, choosable
from quiz.exchange.picture_shelf import ONLY_A_PICTURE, Kept, PictureShelf, QuestionText, with_picture
from quiz.exchange.weighted_answers import (
    Range,
    Weighted,
    choice_fields,
    decimal_of,
    number_fields,
    typed_fields,
)
from quiz.exchange.xml_tree import text_in

_BLANKS: Final = frozenset({"fill_in_multiple_blanks_question", "multiple_dropdowns_question"})
_LEFT: Final = {
    "essay_question": "an essay question: no answer is right or wrong",
    "file_upload_question": "answered by a file",
    "text_only_question": "a description: it asks nothing",
    "calculated_question": "a calculated question: its numbers are drawn anew each time",
}


class Condition(NamedTuple):
    """What an answer earns."""

    response: str
    values: tuple[str, ...]
    """The answers that the condition asks for, without those that it excludes."""
    low: str
    high: str
    score: float
    feedback: tuple[str, ...]
    """The names of its feedback."""


def pieces(root: Element) -> Iterator[tuple[str, str, Element]]:
    """Yield the items of a document with their places, for `each`."""
    for number, item in enumerate(root.iter("item"), 1):
        title = item.get("title") or item.get("ident") or ""
        texts = QuestionText(PictureShelf())
        yield f"item {number} ({title[:40]})", _plain(item.find("presentation/material"), texts), item


def draft_of(item: Element, shelf: PictureShelf) -> Draft:
    """Return what an item asks, its pictures on the shelf. Raises `Unusable`."""
    reader = _Item(item, QuestionText(shelf))
    fields = reader.fields()
    points = reader.metadata.get("points_possible", "")
    if re.fullmatch(r"\d{1,2}(\.\d{1,6})?", points) and float(points) not in {0.0, 1.0}:
        fields["weight"] = float(points)
    general = reader.said.get("general_fb") or reader.said.get("correct_fb")
    if general:
        fields["rationale"] = general
    return Draft("", fields, key=item.get("ident", ""), losses=reader.losses)


def _plain(element: Element | None, texts: QuestionText, *, with_pictures: bool = False) -> str:
    """Return what the material in an element says. Its pictures wait to be taken if they may."""
    if element is None:
        return ""
    said = []
    for one in element.iter("mattext"):
        written = "".join(one.itertext())
        if one.get("texttype", "text/plain") == "text/html" or re.search(r"<[a-zA-Z/][^<>]*>", written):
            said.append(texts.of_html(written, with_pictures=with_pictures))
        else:
            said.append(written.strip())
    for image in element.iter("matimage"):
        if with_pictures:
            texts.keep(image.get("uri", ""))
        else:
            texts.losses.append(f"the picture {image.get('uri', '')[:80]}")
    return "\n".join(text for text in said if text)


class _Item:
    def __init__(self, item: Element, texts: QuestionText) -> None:
        self.item = item
        self.texts = texts
        self.losses = texts.losses
        self.metadata = {
            text_in(one, "fieldlabel"): text_in(one, "fieldentry") for one in item.iter("qtimetadatafield")
        }
        presentation = item.find("presentation")
        flow = presentation.find("flow") if presentation is not None else None
        self.presentation = flow if flow is not None else presentation
        self.said = {one.get("ident", ""): _plain(one, self.texts) for one in item.findall("itemfeedback")}
        self.conditions = [_condition(one) for one in item.iter("respcondition")]

    def fields(self) -> dict[str, Any]:
        kind = self.metadata.get("question_type", "")
        if kind in _LEFT:
            raise Unusable(f"It is {_LEFT[kind]}.")
        if self.presentation is None:
            raise Unusable("It shows nothing.")
        material = self.presentation.find("material")
        stem, picture = _plain(material, self.texts, with_pictures=True), self.texts.take()
        stem = stem or (ONLY_A_PICTURE if picture else "")
        return with_picture(self._fields(self.presentation, stem, kind), picture)

    def _fields(self, presentation: Element, stem: str, kind: str) -> dict[str, Any]:
        lists = list(presentation.iter("response_lid"))
        typed = list(presentation.iter("response_str")) + list(presentation.iter("response_num"))
        if kind in _BLANKS:
            return self._blanks(stem, lists)
        if not stem:
            raise Unusable("It asks nothing.")
        if len(lists) > 1:
            return self._matching(stem, lists)
        if lists:
            return self._choice(stem, lists[0], kind)
        if typed:
            return self._typed(stem, kind)
        raise Unusable("It has no way of answering that an item could have.")

    def _labels(self, response: Element) -> dict[str, str]:
        return {
            label.get("ident", ""): _plain(label, self.texts) for label in response.iter("response_label")
        }

    def _pictured_labels(self, response: Element) -> tuple[dict[str, str], dict[str, Kept | None]]:
        labels, pictures = {}, {}
        for label in response.iter("response_label"):
            name = label.get("ident", "")
            labels[name] = _plain(label, self.texts, with_pictures=True)
            pictures[name] = self.texts.take()
        return labels, pictures

    def _earns(self, response: str) -> dict[str, float]:
        """Return what each answer to a response earns."""
        earned: dict[str, float] = {}
        for condition in self.conditions:
            for value in condition.values if condition.response in {response, ""} else ():
                earned[value] = max(earned.get(value, condition.score), condition.score)
        return earned

    def _feedback(self, value: str) -> str:
        names = [
            name
            for condition in self.conditions
            if condition.values == (value,)
            for name in condition.feedback
            if name not in {"general_fb", "correct_fb", "general_incorrect_fb"}
        ]
        return self.said.get(names[0], "") if names else ""

    def _choice(self, stem: str, response: Element, kind: str) -> dict[str, Any]:
        labels, pictures = self._pictured_labels(response)
        earned = self._earns(response.get("ident", ""))
        best = max(earned.values(), default=0.0)
        if best <= 0:
            raise Unusable("None of its options is right.")
        is_single = response.get("rcardinality", "Single").lower() == "single"
        texts = {text.lower() for text in labels.values()}
        right = [labels[one] for one in labels if earned.get(one, 0) > 0]
        if is_single and texts == {"true", "false"} and kind in {"true_false_question", ""}:
            return {"kind": "true-false", "stem": stem, "key": right[0].lower() == "true"}
        count = 1 if is_single else max(1, len(right))
        answers = [
            Weighted(text, 100 * earned.get(one, 0.0) / best / count, self._feedback(one), pictures[one])
            for one, text in labels.items()
        ]
        return choice_fields(stem, answers, self.losses, is_single=is_single)

    def _matching(self, stem: str, lists: list[Element]) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        rights: list[str] = []
        for response in lists:
            left = _plain(response.find("material"), self.texts)
            labels = self._labels(response)
            earned = self._earns(response.get("ident", ""))
            keys = [labels[one] for one in labels if earned.get(one, 0) > 0]
            if not left or not keys or left in pairs:
                raise Unusable("One of its left sides is empty, stands twice, or matches nothing.")
            pairs[left] = keys[0]
            rights += [text for text in labels.values() if text not in rights]
        used = set(pairs.values())
        others = [right for right in rights if right not in used]
        return {"kind": "matching", "stem": stem, "pairs": pairs, "distractors": others}

    def _blanks(self, stem: str, lists: list[Element]) -> dict[str, Any]:
        text = between_gaps(stem)
        accept: dict[str, list[str]] = {}
        options: dict[str, list[str]] = {}
        for response in lists:
            name = _plain(response.find("material"), self.texts)
            labels = self._labels(response)
            earned = self._earns(response.get("ident", ""))
            worth = {one: max(earned.get(one, 0), earned.get(text, 0)) for one, text in labels.items()}
            keys = [" ".join(labels[one].split()) for one in labels if worth[one] > 0]
            if not keys or f"[{name}]" not in text:
                raise Unusable("One of its blanks has no right answer, or does not stand in its text.")
            text = text.replace(f"[{name}]", gap(keys[0]))
            if keys[1:]:
                accept[keys[0]] = keys[1:]
            wrong = [label for one, label in labels.items() if worth[one] <= 0]
            options[keys[0]] = [] if keys[1:] else wrong
            if wrong and keys[1:]:
                self.losses.append("the words to choose from")
        more = choosable(options, self.losses) | ({"accept": accept} if accept else {})
        return {"kind": "cloze", "text": text, **more}

    def _typed(self, stem: str, kind: str) -> dict[str, Any]:
        full = [condition for condition in self.conditions if condition.score > 0]
        if not full:
            raise Unusable("It has no right answer, as an essay has none.")
        ranges = [one for one in full if one.low and one.high]
        if kind == "numerical_question" or ranges:
            return self._number(stem, full)
        answers = [Weighted(value, 100.0) for condition in full for value in condition.values]
        return typed_fields(
            stem, [one._replace(text=one.text.replace("*", "\\*")) for one in answers], self.losses
        )

    def _number(self, stem: str, full: list[Condition]) -> dict[str, Any]:
        ranges = []
        for one in full:
            if one.low and one.high:
                low, high = decimal_of(one.low), decimal_of(one.high)
                key = decimal_of(one.values[0]) if one.values else (low + high) / 2
                ranges.append(Range(key, max(high - key, key - low), 100.0))
            elif one.values:
                ranges.append(Range(decimal_of(one.values[0]), decimal_of("0"), 100.0))
        return number_fields(stem, ranges, self.losses)


def _condition(element: Element) -> Condition:
    ruled_out = {id(one) for negated in element.iter("not") for one in negated.iter("varequal")}
    asked = [one for one in element.iter("varequal") if id(one) not in ruled_out]
    response = asked[0].get("respident", "") if asked else ""
    bounds = {
        name: text_in(next(element.iter(name), None)) for name in ("vargte", "vargt", "varlte", "varlt")
    }
    try:
        score = max((float(text_in(one)) for one in element.iter("setvar")), default=0.0)
    except ValueError:
        score = 0.0
    return Condition(
        response,
        tuple(text_in(one) for one in asked),
        bounds["vargte"] or bounds["vargt"],
        bounds["varlte"] or bounds["varlt"],
        score if score == score and abs(score) < 1e9 else 0.0,
        tuple(one.get("linkrefid", "") for one in element.iter("displayfeedback")),
    )
