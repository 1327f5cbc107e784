"""Markdown with check boxes, as used by mkdocs-quiz and the LinkedIn skill assessments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from quiz.core.content.bank import Bank, Stimulus
from quiz.core.content.images import in_words
from quiz.core.content.item import Image, Item
from quiz.core.content.kinds.multiple_response import MultipleResponse
from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.exchange.building import Draft, between_gaps, build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Loss, Written
from quiz.exchange.markdown_text import markdown_of_text
from quiz.exchange.options import Unusable, option
from quiz.exchange.picture_shelf import ONLY_A_PICTURE, PictureShelf, QuestionText, pictured, with_picture
from quiz.exchange.rendering import MediaNames, answers_of, full_stem, pictures_of

_BOX = re.compile(r"[ ]{0,3}[-*+] \[([ xX])\](?:[ \t]+(.*)|$)")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_NUMBER = re.compile(r"(?:Q(?:uestion)?\s*)?\d+\s*[.):]\s+|Q\d+\s+", re.IGNORECASE)
_FENCE = re.compile(r"\s*(```+|~~~+)\s*([\w+#-]*)")
_SAID = re.compile(r"\s{2,}>\s?(.*)")
_QUIZ = re.compile(r"<quiz>(.*?)</quiz>", re.DOTALL)
_BLANK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_EVERY: Final = frozenset({"rationale", "feedback", "image"})


class Box(NamedTuple):
    """An option with its lines."""

    is_right: bool
    lines: list[str]
    said: list[str]
    """The lines of its feedback."""


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file has check boxes of which some are ticked."""
    if source.data.startswith((b"PK", b"<?xml")):
        return 0
    text = source.text[:50_000]
    if "<quiz>" in text and "</quiz>" in text:
        return 95
    boxes = [found[1] for found in map(_BOX.match, text.split("\n")) if found]
    return 88 if " " in boxes and set(boxes) & {"x", "X"} else 0


def read(source: ForeignFile) -> Imported:
    """Read a file of questions with check boxes."""
    pieces = _tagged(source.text) if "<quiz>" in source.text else _headed(source.text)
    shelf = PictureShelf(source.beside)
    return build(each(lambda lines: _draft(lines, shelf), pieces), source.stem, shelf=shelf)


def _tagged(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what is between <quiz> and </quiz>."""
    for found in _QUIZ.finditer(text):
        lines = found[1].strip("\n").split("\n")
        line = text.count("\n", 0, found.start()) + 1
        yield f"line {line}", next(filter(str.strip, lines), ""), lines


def _headed(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the sections below headings that have a check box; without headings, split by lists."""
    held: list[str] = []
    start, fence = 1, ""
    lines = [*text.split("\n"), "# "]
    for number, line in enumerate(lines, 1):
        found = _FENCE.match(line)
        is_fence = bool(found) and (not fence or line.strip().startswith(fence))
        begins = not fence and not is_fence and _HEADING.fullmatch(line) is not None
        if begins or number == len(lines):
            if any(map(_BOX.match, held)):
                yield f"line {start}", held[0], held
            held, start, fence = [], number, ""
        if found and is_fence:
            fence = "" if fence else found[1]
        if not held:
            start = number
        if held or line.strip():
            held.append(line)


def _draft(lines: list[str], shelf: PictureShelf) -> Draft | None:
    texts = QuestionText(shelf)
    losses = texts.losses
    stem, boxes, rest = _parts(lines)
    stem_text, stimulus = _stem(stem, texts)
    picture = texts.take()
    rationale = _plain(rest, texts)
    if not boxes:
        return _filled(stem_text, rationale, losses)
    if not stem_text and picture is None:
        raise Unusable("It asks nothing.")
    stem_text = stem_text or ONLY_A_PICTURE
    right = [_option(box, texts) for box in boxes if box.is_right]
    wrong = [_option(box, texts) for box in boxes if not box.is_right]
    if not right:
        raise Unusable("None of its boxes is ticked.")
    fields: dict[str, Any] = {"stem": stem_text, "rationale": rationale, "distractors": wrong}
    if len(right) == 1:
        fields |= {"kind": "single-choice", "key": right[0]}
    else:
        fields |= {"kind": "multiple-response", "keys": right}
    return Draft("", with_picture(fields, picture), stimulus=stimulus, losses=losses)


def _filled(stem: str, rationale: str, losses: list[str]) -> Draft | None:
    """Return a text with blanks as a cloze item, or None if there are none."""
    if not _BLANK.search(stem):
        return None
    pieces = _BLANK.split(stem)
    text = "".join(
        f"{{{{{piece.strip()}}}}}" if place % 2 else between_gaps(piece) for place, piece in enumerate(pieces)
    )
    return Draft("", {"kind": "cloze", "text": text, "rationale": rationale}, losses=losses)


def _parts(lines: list[str]) -> tuple[list[str], list[Box], list[str]]:
    """Return the lines of the stem, the options, and the lines after them."""
    stem: list[str] = []
    boxes: list[Box] = []
    rest: list[str] = []
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        box = None if fence else _BOX.match(line)
        if box:
            if rest and boxes:
                boxes[-1].lines.extend(rest)
                rest = []
            boxes.append(Box(box[1] != " ", [box[2] or ""], []))
        elif not boxes:
            stem.append(line)
        elif not fence and _SAID.fullmatch(line) and not any(map(str.strip, rest)):
            boxes[-1].said.append((_SAID.fullmatch(line) or [""])[1])
        elif not fence and line.startswith("  ") and line.strip() and not rest:
            boxes[-1].lines.append(line)
        else:
            rest.append(line)
        if found:
            fence = "" if fence and line.strip().startswith(fence) else fence or found[1]
    if len(boxes) > 1 and all(any(map(_FENCE.match, box.lines)) for box in boxes[:-1]):
        end = _end_of_code(rest)
        boxes[-1].lines.extend(rest[:end])
        rest = rest[end:]
    return stem, boxes, rest


def _end_of_code(lines: list[str]) -> int:
    """Return how many lines an initial code block takes, 0 if there is none."""
    fences = [place for place, line in enumerate(lines) if _FENCE.match(line)]
    begins = fences and not any(line.strip() for line in lines[: fences[0]])
    return fences[1] + 1 if begins and len(fences) > 1 else 0


def _stem(lines: list[str], texts: QuestionText) -> tuple[str, Stimulus | None]:
    """Return the stem, and its code as a stimulus."""
    plain: list[str] = []
    code: list[str] = []
    language = fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if fence and line.strip().startswith(fence):
            fence = ""
        elif fence:
            code.append(line)
        elif found:
            fence, language = found[1], found[2] or language
            code += [""] if code else []
        else:
            heading = _HEADING.fullmatch(line) if not any(map(str.strip, plain)) else None
            plain.append(_NUMBER.sub("", heading[1], count=1) if heading else line)
    text = _plain(plain, texts, with_pictures=True)
    if not text and code:
        return "\n".join(code), None
    return text, Stimulus(code="\n".join(code), language=language) if code else None


def _plain(lines: list[str], texts: QuestionText, *, with_pictures: bool = False) -> str:
    plain = texts.of_markdown("\n".join(lines).strip(), with_pictures=with_pictures)
    return re.sub(r"\n{3,}", "\n\n", plain).strip()


def _option(box: Box, texts: QuestionText) -> str | dict[str, Any]:
    lines = [line for line in box.lines if not _FENCE.match(line)]
    text, picture = _plain(lines, texts, with_pictures=True), texts.take()
    return pictured(option(text, _plain(box.said, texts)), picture)


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:
    """Write the choice items of a bank, each below a heading, with their pictures beside."""
    items = [item for item in bank.items if item.kind in FORMAT.writes]
    names = MediaNames(media)
    text = "\n".join(_question(bank, item, number, names) for number, item in enumerate(items, 1))
    losses = tuple(
        Loss(f"item {number}", "that more than one option may be chosen", item.id)
        for number, item in enumerate(bank.items, 1)
        if isinstance(item, MultipleResponse) and len(item.keys) == 1
    )
    return Written(text.encode(), losses, names.files)


def _question(bank: Bank, item: Item, number: int, names: MediaNames) -> str:
    markup = bank.reads
    stimulus = bank.stimuli.get(item.stimulus)
    code = stimulus.code if stimulus is not None else ""
    head, *more = _marked(item.stem if code else full_stem(bank, item), markup).split("\n")
    if stimulus is not None and code:
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        more += ["", fence + stimulus.language, *code.split("\n"), fence]
    more += [_linked(image, names) for image in pictures_of(bank, item)]
    lines = [f"#### Q{number}. {head}", "", *more, *([""] if more else [])]
    for answer in answers_of(item):
        picture = f" {_linked(answer.image, names)}" if answer.image is not None else ""
        lines.append(f"- [{'x' if answer.is_right else ' '}] {_flat(answer.text, markup)}{picture}")
        lines += [f"  > {line}" for line in _marked(answer.feedback, markup).split("\n") if line.strip()]
    rationale = [_marked(item.rationale, markup), ""] if item.rationale else []
    return "\n".join([*lines, "", *rationale])


def _linked(image: Image, names: MediaNames) -> str:
    name = names(image)
    words = re.sub(r"[\[\]\n]", " ", image.alt)
    return f"![{words}]({quote(name)})" if name else _flat(f"[{in_words(image)}]", NO_MARKUP)


def _flat(text: str, markup: Markup) -> str:
    return " ".join(_marked(text, markup).split())


def _marked(text: str, markup: Markup) -> str:
    """Return a text as Markdown in which no line begins a heading, a list or a block of code unmeant."""
    written = markdown_of_text(text, markup)
    return re.sub(r"^([ ]*)([#>~+-])", r"\1\\\2", written, flags=re.MULTILINE)


FORMAT = Format(
    name="checkbox",
    title="Markdown with check boxes",
    endings=(".md",),
    about="mkdocs-quiz and the LinkedIn quizzes: “- [x]” is right, “- [ ]” wrong. Code in a question becomes "
    "a stimulus, text after the options the rationale, “> …” below an option its feedback, [[blanks]] a "
    "cloze. Pictures lie beside the file; their credits are lost.",
    reads=frozenset({"single-choice", "multiple-response", "cloze"}),
    writes={"single-choice": _EVERY, "multiple-response": _EVERY},
    recognise=recognise,
    read=read,
    write=write,
)
