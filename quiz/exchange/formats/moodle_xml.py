"""Moodle's XML (docs.moodle.org, Moodle XML format)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quiz.core.content.bank import Bank
from quiz.core.content.item import Image, Item, feedback_of, text_of
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.sorting import Sorting
from quiz.core.content.kinds.true_false import TrueFalse
from quiz.core.text.numbers import parse_number
from quiz.exchange import moodle_reader
from quiz.exchange.building import build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Loss, Written
from quiz.exchange.formats.gift import as_decimal
from quiz.exchange.html_text import html_of_text
from quiz.exchange.picture_shelf import PictureShelf
from quiz.exchange.rendering import (
    MediaNames,
    answers_of,
    full_stem,
    image_html,
    pictures_of,
    unpictured_options,
)
from quiz.exchange.xml_tree import parsed

_EVERY: Final = frozenset({"id", "topic", "tags", "rationale", "hint", "weight", "image"})
_TYPES: Final = {
    "single-choice": "multichoice", "multiple-response": "multichoice", "true-false": "truefalse",
    "short-answer": "shortanswer", "numeric": "numerical", "matching": "matching", "sorting": "matching",
    "ordering": "ordering", "cloze": "cloze",
}  # fmt: skip
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is Moodle's XML: its root is <quiz>, with a <question> in it."""
    head = source.text[:5000]
    if "<question" not in head:
        return 0
    return 100 if re.search(r"\A\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<quiz\b", head, re.DOTALL) else 0


def read(source: ForeignFile) -> Imported:
    """Read a Moodle XML file. Raises ExchangeError where it is not XML."""
    root = parsed(source.data)
    shelf = PictureShelf()
    drafts = each(lambda piece: moodle_reader.draft_of(piece, shelf), moodle_reader.pieces(root))
    return build(drafts, source.stem, shelf=shelf)


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:
    """Write a bank in Moodle's XML, in the order of its items."""
    root = Element("quiz")
    losses: list[Loss] = []
    topic = ""
    for item in bank.items:
        if item.kind not in FORMAT.writes:
            continue
        if item.topic != topic:
            topic = item.topic
            title = " ".join(bank.topic_title(item).split()).replace("/", "//")
            category = SubElement(SubElement(root, "question", {"type": "category"}), "category")
            _plain(category, f"$course$/top/{title}" if topic else "$course$/top")
        _question(root, bank, item, media, losses)
    indent(root, " ")
    return Written(tostring(root, "utf-8", xml_declaration=True), tuple(losses))


def _plain(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = _NO_XML.sub("\ufffd", text)


def _html(parent: Element, name: str, text: str, attributes: Mapping[str, str] | None = None) -> Element:
    element = SubElement(parent, name, {"format": "html", **(attributes or {})})
    _plain(element, html_of_text(text))
    return element


def _draw(element: Element, images: Iterable[Image | None], media: Mapping[str, bytes]) -> None:
    """Put pictures below the text of an element, with their files in base64."""
    names = MediaNames(media)

    def named(image: Image) -> str:
        name = names(image)
        return name and moodle_reader.FILES + quote(name)

    drawn = [image_html(image, named) for image in images if image is not None]
    text = element.find("text")
    if text is not None:
        text.text = "<br>".join(filter(None, [text.text, *drawn]))
    for name, data in names.files.items():
        file = SubElement(element, "file", {"name": name, "path": "/", "encoding": "base64"})
        file.text = base64.b64encode(data).decode()


def _question(root: Element, bank: Bank, item: Item, media: Mapping[str, bytes], losses: list[Loss]) -> None:
    question = SubElement(root, "question", {"type": _TYPES[item.kind]})
    _plain(SubElement(question, "name"), item.id)
    if isinstance(item, Cloze):
        stem = SubElement(question, "questiontext", {"format": "html"})
        _plain(stem, _cloze(item))
    else:
        stem = _html(question, "questiontext", full_stem(bank, item))
    _draw(stem, pictures_of(bank, item), media)
    if item.rationale:
        _html(question, "generalfeedback", item.rationale)
    SubElement(question, "defaultgrade").text = f"{item.weight:g}"
    SubElement(question, "idnumber").text = item.id
    _answers(question, item, media, losses)
    if item.hint:
        _html(question, "hint", item.hint)
    if item.tags:
        tags = SubElement(question, "tags")
        for tag in item.tags:
            _plain(SubElement(tags, "tag"), tag)


def _answer(parent: Element, text: str, percent: str, feedback: str = "") -> Element:
    answer = _html(parent, "answer", text, {"fraction": percent})
    if feedback:
        _html(answer, "feedback", feedback)
    return answer


def _typed_answer(parent: Element, text: str, percent: str, feedback: str = "") -> Element:
    answer = SubElement(parent, "answer", {"fraction": percent, "format": "plain_text"})
    _plain(answer, text)
    if feedback:
        _html(answer, "feedback", feedback)
    return answer


def _answers(question: Element, item: Item, media: Mapping[str, bytes], losses: list[Loss]) -> None:
    losses += unpictured_options(item)
    match item:
        case TrueFalse(key=key, feedback=feedback):
            for value in (True, False):
                said = feedback if value != key else ""
                _typed_answer(question, "true" if value else "false", "100" if value == key else "0", said)
        case ShortAnswer(key=key, accept=accept, refuse=refuse, case=case):
            SubElement(question, "usecase").text = "1" if case == "match" else "0"
            for one in (key, *accept):
                _typed_answer(question, text_of(one).replace("*", "\\*"), "100", feedback_of(one))
            for one in refuse:
                _typed_answer(question, text_of(one).replace("*", "\\*"), "0", feedback_of(one))
        case Numeric():
            _numeric(question, item, losses)
        case Matching(pairs=pairs, distractors=distractors):
            sides = [*pairs.items(), *(("", right) for right in distractors)]
            _pairs(question, [(left, text_of(right)) for left, right in sides])
        case Sorting(categories=categories):
            _pairs(
                question,
                [(text_of(member), name) for name, members in categories.items() for member in members],
            )
        case Ordering(order=order):
            for entry in order:
                _answer(question, entry, "1")
        case _:
            _choices(question, item, media)


def _choices(question: Element, item: Item, media: Mapping[str, bytes]) -> None:
    answers = answers_of(item)
    is_single = item.kind == "single-choice"
    SubElement(question, "single").text = "true" if is_single else "false"
    SubElement(question, "shuffleanswers").text = "true" if item.shuffle else "false"
    share = 100 / max(1, sum(answer.is_right for answer in answers))
    for answer in answers:
        percent = share if answer.is_right else 0 if is_single else -share
        shown = f"{percent:.5f}".rstrip("0").rstrip(".")
        _draw(_answer(question, answer.text, shown, answer.feedback), (answer.image,), media)


def _pairs(question: Element, pairs: list[tuple[str, str]]) -> None:
    for left, right in pairs:
        element = _html(question, "subquestion", left)
        _plain(SubElement(element, "answer"), right)


def _numeric(question: Element, item: Numeric, losses: list[Loss]) -> None:
    key, is_exact = as_decimal(parse_number(item.key) or parse_number("0"))  # type: ignore[arg-type]
    margin, is_margin_exact = as_decimal(item.margin())
    if not (is_exact and is_margin_exact):
        losses.append(Loss("the item", "digits of a fraction beyond the fifteenth", item.id))
    answer = _typed_answer(question, key, "100")
    SubElement(answer, "tolerance").text = margin
    if item.feedback:
        _typed_answer(question, "*", "0", item.feedback)
    if item.units and not item.unit:
        losses.append(Loss("the item", "that its unit is not shown", item.id))
    if item.unit or item.units:
        units = SubElement(question, "units")
        for name in filter(None, (item.unit, *item.units)):
            unit = SubElement(units, "unit")
            SubElement(unit, "multiplier").text = "1"
            SubElement(unit, "unit_name").text = _NO_XML.sub("\ufffd", name)


def _cloze(item: Cloze) -> str:
    """Return a cloze text with Moodle's embedded answers."""
    gaps = [_gap(item, key) for key in item.gaps]
    around = [re.sub(r"\{(?=\d*:)", "{ ", html_of_text(piece)) for piece in item.around]
    return "".join(piece + gap for piece, gap in zip(around, [*gaps, ""], strict=True))


def _gap(item: Cloze, key: str) -> str:
    kind = "MULTICHOICE" if key in item.options else "SHORTANSWER"
    return f"{{1:{kind}:{'~'.join(_gap_answers(item, key))}}}"


def _gap_answers(item: Cloze, key: str) -> Iterator[str]:
    yield f"={_escaped(key)}"
    if key in item.options:
        said = {text_of(one): feedback_of(one) for one in item.refuse.get(key, ())}
        yield from (_gap_answer("", wrong, said.get(wrong, "")) for wrong in item.options[key])
        return
    for sign, others in (("=", item.accept), ("%0%", item.refuse)):
        for other in others.get(key, ()):
            yield _gap_answer(sign, text_of(other), feedback_of(other))


def _gap_answer(sign: str, text: str, feedback: str) -> str:
    return f"{sign}{_escaped(text)}{f'#{_escaped(feedback)}' if feedback else ''}"


def _escaped(text: str) -> str:
    return html_of_text(re.sub(r'([\\}#~"{=/])', r"\\\1", text))


_MORE: Final[dict[str, Any]] = {
    "single-choice": {"feedback"}, "multiple-response": {"feedback"}, "true-false": {"feedback"},
    "short-answer": {"accept", "refuse", "case", "feedback"}, "matching": set(), "sorting": set(),
    "numeric": {"tolerance", "unit", "units", "feedback"}, "ordering": set(),
    "cloze": {"accept", "refuse", "feedback", "options"},
}  # fmt: skip
FORMAT = Format(
    name="moodle-xml",
    title="Moodle XML",
    endings=(".xml",),
    about="Choices, true or false, short answers, numbers with units, matching, ordering, embedded answers "
    "(Cloze), gaps to select or drag; categories as topics, tags, hints, feedback, named HTML characters; "
    "pictures of stems and options. "
    "Partial credit in a choice of one is lost. Essays, calculated and other types are named and left.",
    reads=frozenset(_TYPES) - {"sorting"},
    writes={kind: _EVERY | frozenset(_MORE[kind]) for kind in _TYPES},
    becomes={"sorting": "matching"},
    recognise=recognise,
    read=read,
    write=write,
)
