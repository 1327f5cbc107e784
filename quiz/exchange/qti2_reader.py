"""Reading items of QTI 2.1 and 2.2."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from quiz.exchange.building import Draft, between_gaps, gap
from quiz.exchange.html_text import text_of_html
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

_NUMBERS: Final = frozenset({"float", "integer"})
_INLINE: Final = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_MARK: Final = "\ufdd0{}\ufdd1"


def pieces(root: Element) -> Iterator[tuple[str, str, Element]]:
    """Yield the items of a document with their places, for `each`."""
    for number, item in enumerate(root.iter("assessmentItem"), 1):
        title = item.get("title") or item.get("identifier") or ""
        yield f"item {number} ({title[:40]})", title, item


def draft_of(item: Element, shelf: PictureShelf) -> Draft:
    """Return what an item asks, its pictures on the shelf. Raises `Unusable`."""
    reader = _Item(item, QuestionText(shelf))
    fields = with_picture(reader.fields(), reader.picture)
    if item.find("modalFeedback") is not None:
        reader.losses.append("feedback")
    return Draft("", fields, key=item.get("identifier", ""), losses=reader.losses)


class _Declared:
    """An item's declaration of a response."""

    def __init__(self, element: Element) -> None:
        self.is_single = element.get("cardinality", "single") == "single"
        self.type = element.get("baseType", "")
        self.correct = [text_in(value) for value in element.findall("correctResponse/value")]
        self.mapped: dict[str, float] = {}
        for entry in element.findall("mapping/mapEntry"):
            try:
                self.mapped[entry.get("mapKey", "")] = float(entry.get("mappedValue", "0"))
            except ValueError:
                continue

    def percents(self) -> dict[str, float]:
        """Return what each value earns: 100 for the one right answer, or for all right ones together."""
        best = max(self.mapped.values(), default=0.0)
        if best <= 0:
            return dict.fromkeys(self.correct, 100.0 if self.is_single else 100.0 / max(1, len(self.correct)))
        whole = best if self.is_single else sum(value for value in self.mapped.values() if value > 0)
        return {key: 100 * value / whole for key, value in self.mapped.items()}


class _Item:
    picture: Kept | None = None
    """The picture of the stem, once this was read."""

    def __init__(self, item: Element, texts: QuestionText) -> None:
        self.item = item
        self.texts = texts
        self.losses = texts.losses
        body = item.find("itemBody")
        if body is None:
            raise Unusable("It shows nothing.")
        self.body = body
        self.declared = {
            one.get("identifier", ""): _Declared(one) for one in item.findall("responseDeclaration")
        }
        self.interactions = [one for one in body.iter() if one.tag.endswith("Interaction")]

    def fields(self) -> dict[str, Any]:
        if not self.interactions:
            raise Unusable("It asks nothing.")
        tags = {one.tag for one in self.interactions}
        if tags <= _INLINE:
            return self._typed() if self._is_one_line() else self._cloze()
        if len(self.interactions) > 1:
            raise Unusable("It is answered in several ways at once.")
        only = self.interactions[0]
        reader = {
            "choiceInteraction": self._choice, "orderInteraction": self._order,
            "matchInteraction": self._match, "gapMatchInteraction": self._gaps,
        }.get(only.tag)  # fmt: skip
        if reader is None:
            raise Unusable(
                f"An answer by “{only.tag.removesuffix('Interaction')}” cannot be given to an item."
            )
        return reader(only)

    def _declaration(self, interaction: Element) -> _Declared:
        found = self.declared.get(interaction.get("responseIdentifier", ""))
        if found is None or not (found.correct or found.mapped):
            raise Unusable("It does not say which answer is right.")
        return found

    def _asked(self, source: str) -> str:
        """Return a text that asks, and keep its picture."""
        text = self.texts.of_html(source, with_pictures=True)
        self.picture = self.picture or self.texts.take()
        return text

    def _stem(self, interaction: Element) -> str:
        prompt = interaction.find("prompt")
        around = _inner(self.body, {id(interaction): ""})
        stem = "\n".join(filter(None, (self._asked(around), self._asked(_inner(prompt, {})))))
        return stem or (ONLY_A_PICTURE if self.picture else self.item.get("title", ""))

    def _texts(self, parent: Element, tag: str) -> dict[str, str]:
        return {one.get("identifier", ""): self.texts.of_html(_inner(one, {})) for one in parent.iter(tag)}

    def _choice(self, interaction: Element) -> dict[str, Any]:
        declared = self._declaration(interaction)
        percents = declared.percents()
        answers = []
        for choice in interaction.iter("simpleChoice"):
            text = self.texts.of_html(_inner(choice, {}), with_pictures=True)
            worth = percents.get(choice.get("identifier", ""), 0.0)
            answers.append(Weighted(text, worth, picture=self.texts.take()))
        stem = self._stem(interaction)
        right = [answer.text.lower() for answer in answers if answer.percent > 0]
        if declared.is_single and {answer.text.lower() for answer in answers} == {"true", "false"} and right:
            return {"kind": "true-false", "stem": stem, "key": right[0] == "true"}
        return choice_fields(stem, answers, self.losses, is_single=declared.is_single)

    def _order(self, interaction: Element) -> dict[str, Any]:
        options = self._texts(interaction, "simpleChoice")
        order = [options[name] for name in self._declaration(interaction).correct if name in options]
        if len(order) != len(options):
            self.losses.append("entries that are not in the right order")
        return {"kind": "ordering", "stem": self._stem(interaction), "order": order}

    def _match(self, interaction: Element) -> dict[str, Any]:
        sets = interaction.findall("simpleMatchSet")
        if len(sets) != 2:
            raise Unusable("It has not two sides to match.")
        lefts, rights = (self._texts(one, "simpleAssociableChoice") for one in sets)
        declared = self._declaration(interaction)
        pairs: dict[str, Any] = {}
        for value in declared.correct or [key for key, worth in declared.mapped.items() if worth > 0]:
            left, _, right = value.partition(" ")
            if left not in lefts or right not in rights or lefts[left] in pairs:
                raise Unusable("One of its left sides matches nothing, or several things.")
            pairs[lefts[left]] = rights[right]
        used = set(pairs.values())
        others = [text for text in rights.values() if text not in used]
        return {"kind": "matching", "stem": self._stem(interaction), "pairs": pairs, "distractors": others}

    def _gaps(self, interaction: Element) -> dict[str, Any]:
        words = self._texts(interaction, "gapText")
        keys = {}
        for value in self._declaration(interaction).correct:
            word, _, place = value.partition(" ")
            keys[place] = words.get(word, "")
        gaps = list(interaction.iter("gap"))
        marks = {id(one): _MARK.format(at) for at, one in enumerate(gaps)}
        marks |= {id(one): "" for one in interaction.iter("gapText")}
        filled = [keys.get(one.get("identifier", ""), "") for one in gaps]
        options = {" ".join(key.split()): [word for word in words.values() if word != key] for key in filled}
        return self._filled(_inner(self.body, marks), filled, choosable(options, self.losses))

    def _is_one_line(self) -> bool:
        """Return whether the only text entry is at the end of the text and not within a sentence."""
        if len(self.interactions) != 1 or self.interactions[0].tag != "textEntryInteraction":
            return False
        mark = _MARK.format(0)
        text = text_of_html(_inner(self.body, {id(self.interactions[0]): mark})).text
        return not text.partition(mark)[2].strip(" .\n") and bool(text.partition(mark)[0].strip())

    def _typed(self) -> dict[str, Any]:
        only = self.interactions[0]
        declared = self._declaration(only)
        stem = self._stem(only)
        percents = declared.percents()
        if declared.type in _NUMBERS:
            ranges = [Range(decimal_of(key), decimal_of("0"), worth) for key, worth in percents.items()]
            return number_fields(stem, ranges, self.losses)
        answers = [Weighted(key.replace("*", "\\*"), worth) for key, worth in percents.items()]
        return typed_fields(stem, answers, self.losses)

    def _cloze(self) -> dict[str, Any]:
        keys: list[str] = []
        accept: dict[str, list[str]] = {}
        wrong: dict[str, list[str]] = {}
        for one in self.interactions:
            declared = self._declaration(one)
            options = self._texts(one, "inlineChoice")
            right = [
                " ".join(options.get(key, key).split())
                for key, worth in declared.percents().items()
                if worth > 99.9
            ]
            if not right:
                raise Unusable("One of its gaps has no right answer.")
            keys.append(right[0])
            if right[1:]:
                accept[right[0]] = right[1:]
                self.losses += ["the words to choose from"] * bool(options)
            elif options:
                wrong[right[0]] = [text for text in options.values() if " ".join(text.split()) != right[0]]
        marks = {id(one): _MARK.format(at) for at, one in enumerate(self.interactions)}
        more = choosable(wrong, self.losses) | ({"accept": accept} if accept else {})
        return self._filled(_inner(self.body, marks), keys, more)

    def _filled(self, source: str, keys: list[str], more: dict[str, Any]) -> dict[str, Any]:
        text = between_gaps(self._asked(source))
        for at, key in enumerate(keys):
            text = text.replace(_MARK.format(at), gap(key))
        return {"kind": "cloze", "text": text, **more}


def _inner(element: Element | None, marks: dict[int, str]) -> str:
    """Return the content of an element as HTML, with marks in place of some elements and without prompts."""
    if element is None:
        return ""
    pieces = [html.escape(element.text or "")]
    for child in element:
        if id(child) in marks:
            pieces.append(marks[id(child)])
        elif child.tag == "img" or (child.tag == "object" and child.get("type", "").startswith("image/")):
            source = child.get("src") or child.get("data") or ""
            words = child.get("alt") or (child.text or "").strip()
            title = f' title="{html.escape(child.get("title", ""))}"'
            pieces.append(f'<img src="{html.escape(source)}" alt="{html.escape(words)}"{title}>')
        elif child.tag not in {"rubricBlock", "feedbackBlock", "feedbackInline"}:
            pieces.append(f"<{child.tag}>{_inner(child, marks)}</{child.tag}>")
        pieces.append(html.escape(child.tail or ""))
    return "".join(pieces)
