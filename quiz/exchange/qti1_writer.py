"""Writing banks as packages of QTI 1.2, in the dialect that Canvas reads."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quiz.core.content.bank import Bank
from quiz.core.content.item import Image, Item, text_of, texts_of
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.sorting import Sorting
from quiz.core.content.kinds.true_false import TrueFalse
from quiz.core.text.numbers import parse_number
from quiz.exchange.archive import packed
from quiz.exchange.declaration import Loss
from quiz.exchange.formats.gift import as_decimal
from quiz.exchange.html_text import html_of_text
from quiz.exchange.rendering import (
    MarkedOption,
    MediaNames,
    answers_of,
    full_stem,
    image_html,
    pictures_of,
    unpictured_options,
)

_TYPES: Final = {
    "single-choice": "multiple_choice_question", "multiple-response": "multiple_answers_question",
    "true-false": "true_false_question", "short-answer": "short_answer_question",
    "numeric": "numerical_question", "matching": "matching_question", "sorting": "matching_question",
    "cloze": "fill_in_multiple_blanks_question",
}  # fmt: skip
_ABOUT: Final = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


FILE_BASE: Final = "$IMS-CC-FILEBASE$"
"""What stands for `WEB_FILES` in the addresses of pictures."""
WEB_FILES: Final = "web_resources"
"""The folder of a package that holds its pictures."""


def package_of(bank: Bank, kinds: Container[str], media: Mapping[str, bytes], losses: list[Loss]) -> bytes:
    """Return the items of some kinds as a package with a manifest."""
    root = Element("questestinterop", {"xmlns": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"})
    assessment = SubElement(root, "assessment", {"ident": bank.bank, "title": _clean(bank.title)})
    section = SubElement(assessment, "section", {"ident": "root_section"})
    names = MediaNames(media)
    for item in bank.items:
        if item.kind in kinds:
            _Writer(section, bank, item, names, losses).write()
    indent(root, " ")
    name = f"{bank.bank}/{bank.bank}.xml"
    pictures = {f"{WEB_FILES}/{file}": data for file, data in names.files.items()}
    told = f"{bank.bank}/assessment_meta.xml"
    manifest = _manifest(bank, name, told, pictures)
    document = tostring(root, "utf-8", xml_declaration=True)
    return packed({"imsmanifest.xml": manifest, name: document, told: _title_page(bank), **pictures})


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _title_page(bank: Bank) -> bytes:
    """Return what Canvas shows of a quiz before it is taken."""
    root = Element("quiz", {"xmlns": "http://canvas.instructure.com/xsd/cccv1p0", "identifier": bank.bank})
    SubElement(root, "title").text = _clean(bank.title)
    SubElement(root, "description").text = _clean(html_of_text(bank.summary))
    return bytes(tostring(root, "utf-8", xml_declaration=True))


def _manifest(bank: Bank, name: str, told: str, pictures: Iterable[str]) -> bytes:
    root = Element(
        "manifest", {"identifier": f"{bank.bank}-package", "xmlns": "http://www.imsglobal.org/xsd/imscp_v1p1"}
    )
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    listed = [(bank.bank, "imsqti_xmlv1p2", name), (f"{bank.bank}-about", _ABOUT, told)]
    listed += [(f"picture-{at}", "webcontent", path) for at, path in enumerate(pictures, 1)]
    for identifier, kind, path in listed:
        resource = SubElement(resources, "resource", {"identifier": identifier, "type": kind, "href": path})
        SubElement(resource, "file", {"href": path})
        if path == name:
            SubElement(resource, "dependency", {"identifierref": f"{bank.bank}-about"})
    return bytes(tostring(root, "utf-8", xml_declaration=True))


def _type_of(item: Item) -> str:
    return "multiple_dropdowns_question" if _is_chosen(item) else _TYPES[item.kind]


def _is_chosen(item: Item) -> bool:
    """Return whether every gap of a cloze item has something to choose from."""
    return isinstance(item, Cloze) and all(key in item.options for key in item.gaps)


class _Writer:
    def __init__(
        self, section: Element, bank: Bank, item: Item, names: MediaNames, losses: list[Loss]
    ) -> None:
        self.names = names
        self.bank = bank
        self.item = item
        self.losses = losses
        self.element = SubElement(section, "item", {"ident": item.id, "title": item.id})
        fields = SubElement(SubElement(self.element, "itemmetadata"), "qtimetadata")
        for label, entry in (("question_type", _type_of(item)), ("points_possible", f"{item.weight:g}")):
            field = SubElement(fields, "qtimetadatafield")
            SubElement(field, "fieldlabel").text = label
            SubElement(field, "fieldentry").text = entry
        self.presentation = SubElement(self.element, "presentation")
        self.processing = SubElement(self.element, "resprocessing")
        outcomes = SubElement(self.processing, "outcomes")
        bounds = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
        SubElement(outcomes, "decvar", bounds)
        self.feedback: list[tuple[str, str]] = []

    def write(self) -> None:
        """Write the item."""
        item = self.item
        self.losses += unpictured_options(item)
        match item:
            case Cloze():
                self._cloze(item)
            case Matching(pairs=pairs, distractors=distractors):
                sides = [(left, text_of(right)) for left, right in pairs.items()]
                self._sides(sides, texts_of(distractors))
            case Sorting(categories=categories):
                self._sides(
                    [(text_of(one), name) for name, inside in categories.items() for one in inside], ()
                )
            case ShortAnswer():
                self._stem()
                self._typed(texts_of((item.key, *item.accept)))
            case Numeric():
                self._stem()
                self._number(item)
            case TrueFalse():
                self._options(
                    [MarkedOption("True", item.key, ""), MarkedOption("False", not item.key, "")],
                    is_single=True,
                )
            case _:
                self._options(answers_of(item), is_single=item.kind == "single-choice")
        if item.rationale:
            self._condition([], 0, "general_fb")
            self.feedback.append(("general_fb", item.rationale))
        for name, text in self.feedback:
            said = SubElement(self.element, "itemfeedback", {"ident": name})
            self._material(SubElement(said, "flow_mat"), text)

    def _stem(self, text: str = "") -> None:
        """Write what asks, with the pictures that belong to it."""
        shown = text or full_stem(self.bank, self.item)
        self._material(self.presentation, shown, *pictures_of(self.bank, self.item))

    def _material(self, parent: Element, text: str, *images: Image | None) -> None:
        drawn = [image_html(image, self._named) for image in images if image is not None]
        material = SubElement(parent, "material")
        element = SubElement(material, "mattext", {"texttype": "text/html"})
        element.text = _clean("<br>".join(filter(None, [html_of_text(text), *drawn])))

    def _named(self, image: Image) -> str:
        name = self.names(image)
        return name and f"{FILE_BASE}/{quote(name)}"

    def _condition(self, asked: Iterable[tuple[str, str]], score: float, feedback: str = "") -> Element:
        """Add a condition: all of some answers, and their score or feedback."""
        condition = SubElement(self.processing, "respcondition", {"continue": "Yes"})
        variables = SubElement(condition, "conditionvar")
        for response, value in asked:
            SubElement(variables, "varequal", {"respident": response}).text = _clean(value)
        if not len(variables):
            SubElement(variables, "other")
        if score:
            action = "Set" if score == 100 else "Add"
            setter = SubElement(condition, "setvar", {"action": action, "varname": "SCORE"})
            setter.text = f"{score:.2f}".rstrip("0").rstrip(".")
        if feedback:
            SubElement(condition, "displayfeedback", {"feedbacktype": "Response", "linkrefid": feedback})
        return variables

    def _list(
        self,
        name: str,
        labels: Mapping[str, str],
        *,
        left: str = "",
        is_single: bool = True,
        pictures: Mapping[str, Image | None] = MappingProxyType({}),
    ) -> None:
        cardinality = "Single" if is_single else "Multiple"
        response = SubElement(self.presentation, "response_lid", {"ident": name, "rcardinality": cardinality})
        if left:
            self._material(response, left)
        choices = SubElement(response, "render_choice")
        for label, text in labels.items():
            self._material(SubElement(choices, "response_label", {"ident": label}), text, pictures.get(label))

    def _options(self, answers: Iterable[MarkedOption], *, is_single: bool) -> None:
        told = {f"a{place}": answer for place, answer in enumerate(answers)}
        self._stem()
        texts = {name: answer.text for name, answer in told.items()}
        pictures = {name: answer.image for name, answer in told.items()}
        self._list("response1", texts, is_single=is_single, pictures=pictures)
        for name, answer in told.items():
            if answer.feedback:
                self._condition([("response1", name)], 0, f"{name}_fb")
                self.feedback.append((f"{name}_fb", answer.feedback))
        right = [("response1", name) for name, answer in told.items() if answer.is_right]
        variables = self._condition(right, 100)
        if not is_single:
            every = SubElement(variables, "and")
            for one in list(variables)[:-1]:
                variables.remove(one)
                every.append(one)
            for name, answer in told.items():
                if not answer.is_right:
                    SubElement(SubElement(every, "not"), "varequal", {"respident": "response1"}).text = name

    def _sides(self, sides: list[tuple[str, str]], others: Iterable[str]) -> None:
        self._stem()
        rights = list(dict.fromkeys([right for _, right in sides] + list(others)))
        labels = {f"r{place}": right for place, right in enumerate(rights)}
        names = {right: label for label, right in labels.items()}
        for place, (left, right) in enumerate(sides):
            self._list(f"response{place}", labels, left=left)
            self._condition([(f"response{place}", names[right])], round(100 / len(sides), 2))

    def _cloze(self, item: Cloze) -> None:
        gaps = list(item.gaps)
        self._stem(item.with_gaps(f"[blank{place}]" for place in range(1, len(gaps) + 1)))
        is_chosen = _is_chosen(item)
        if item.options and not is_chosen:
            self.losses.append(
                Loss("the item", "words to choose from, as some of its gaps have none", item.id)
            )
        for place, key in enumerate(gaps, 1):
            texts = [key] if is_chosen else [key, *texts_of(item.accept.get(key, ()))]
            wrong = item.options[key] if is_chosen else ()
            labels = {f"b{place}-{at}": one for at, one in enumerate((*texts, *wrong))}
            self._list(f"response_blank{place}", labels, left=f"blank{place}")
            for label in list(labels)[: len(texts)]:
                self._condition([(f"response_blank{place}", label)], round(100 / len(gaps), 2))

    def _typed(self, accepted: Iterable[str]) -> None:
        self._line()
        self._condition([("response1", text) for text in accepted], 100)

    def _line(self, kind: str = "") -> None:
        response = SubElement(
            self.presentation, "response_str", {"ident": "response1", "rcardinality": "Single"}
        )
        render = SubElement(response, "render_fib", {"fibtype": kind} if kind else {})
        SubElement(render, "response_label", {"ident": "answer1"})

    def _number(self, item: Numeric) -> None:
        self._line("Decimal")
        key, margin = parse_number(item.key) or Fraction(0), item.margin()
        exact = [as_decimal(value) for value in (key, key - margin, key + margin)]
        if not all(is_whole for _, is_whole in exact):
            self.losses.append(Loss("the item", "digits of a fraction beyond the fifteenth", item.id))
        variables = self._condition([], 100)
        variables.clear()
        either = SubElement(variables, "or")
        SubElement(either, "varequal", {"respident": "response1"}).text = exact[0][0]
        within = SubElement(either, "and")
        SubElement(within, "vargte", {"respident": "response1"}).text = exact[1][0]
        SubElement(within, "varlte", {"respident": "response1"}).text = exact[2][0]
