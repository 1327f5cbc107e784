"""Reading questions in GIFT. A faulty question does not affect the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element

from quiz.exchange.building import Draft, beginning, between_gaps, gap
from quiz.exchange.declaration import Refusal
from quiz.exchange.html_text import looks_like_html, text_of_html
from quiz.exchange.markdown_text import text_of_markdown
from quiz.exchange.moodle_cloze import cloze_of
from quiz.exchange.options import Unusable, option, text_in_option
from quiz.exchange.weighted_answers import (
    Range,
    Weighted,
    choice_fields,
    cloze_fields,
    decimal_of,
    number_fields,
    typed_fields,
)
from quiz.exchange.xml_tree import text_in

_SPECIAL: Final = "\\:#={}~"
_HIDDEN: Final = {character: chr(0xFDE1 + place) for place, character in enumerate(_SPECIAL)}
"""Noncharacters that stand for escaped characters while a question is taken apart."""
_LINE_FEED: Final = "\ufde0"
_SHOWN = str.maketrans({hidden: character for character, hidden in _HIDDEN.items()})
_AS_WRITTEN = str.maketrans(
    {_LINE_FEED: "\n", **{hidden: f"\\{character}" for character, hidden in _HIDDEN.items()}}
)
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)")
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{1,20})?)%")
_TRUTH = re.compile(r"(TRUE|FALSE|T|F)\s*(?:#|$)", re.IGNORECASE)
_ANSWER = re.compile(r"~=|=|~")
_ID = re.compile(r"\[id:([^\x00-\x1f\x7f\]]+)\]")
_EMBEDDED = re.compile(r"\{\d*:(?=[A-Z_]+:)")
_TAG = re.compile(r"\[tag:([^\x00-\x1f\x7f\]]+)\]")
_BRACES = re.compile(r"\{([^{}]*)\}")
_END_OF_LINE = re.compile(r"[^\S\n]*\n\s*")
_NO_GAP = re.compile(r"\s*(?:#|(?:TRUE|FALSE|T|F)\s*(?:#|$))", re.IGNORECASE)


class QuestionLines(NamedTuple):
    """The lines of one question."""

    lines: tuple[int, ...]
    """The number of each line, from 1."""
    text: str
    """The text, without comments, its escapes hidden."""
    key: str
    tags: tuple[str, ...]
    topic: str


def drafts(text: str) -> Iterator[Draft | Refusal]:
    """Yield the questions of a GIFT file."""
    for block in blocks(text):
        try:
            draft = draft_of(block)
        except Unusable as reason:
            yield Refusal(f"line {block.lines[0]}", str(reason), beginning(shown(block.text)))
        else:
            draft.place = f"line {block.lines[0]}"
            yield draft


def shown(text: str) -> str:
    """Return a text with its escaped characters restored."""
    return text.replace(_LINE_FEED, "\n").translate(_SHOWN)


def _hidden(text: str) -> str:
    clean = re.sub("[\ufdd0-\ufdef]", "", text)
    return _ESCAPE.sub(lambda found: _HIDDEN.get(found[1], _LINE_FEED), clean)


def blocks(text: str) -> Iterator[QuestionLines]:
    """Yield the questions of a file: the text between empty lines, or within braces."""
    topic, key = "", ""
    tags: list[str] = []
    held: list[str] = []
    numbers: list[int] = []
    depth = 0
    for number, line in enumerate([*_hidden(text).split("\n"), ""], 1):
        stripped = line.strip()
        if stripped.startswith("//"):
            comment = shown(stripped)
            key = (_ID.search(comment) or [key, key])[1].strip()
            tags += [found.strip() for found in _TAG.findall(comment)]
            continue
        begins_anew = stripped.startswith(("::", "$CATEGORY:"))
        if held and ((not stripped and depth <= 0) or (begins_anew and held[-1].strip() == "")):
            yield QuestionLines(tuple(numbers), "\n".join(held).strip(), key, tuple(tags), topic)
            held, numbers, depth, key, tags = [], [], 0, "", []
        category = _CATEGORY.fullmatch(line)
        if category and not held:
            topic = topic_of(shown(category[1]))
        elif stripped or held:
            held.append(line)
            numbers.append(number)
            depth += line.count("{") - line.count("}")
    if held:
        yield QuestionLines(tuple(numbers), "\n".join(held).strip(), key, tuple(tags), topic)


def topic_of(path: str) -> str:
    """Return the path of a category as a topic's title, without the part that all categories have."""
    parts = [part.strip().replace("\0", "/") for part in path.replace("//", "\0").split("/")]
    while parts and (parts[0].startswith("$") or parts[0] in {"top", ""}):
        parts.pop(0)
    return " › ".join(part for part in parts if part)


def draft_of(block: QuestionLines) -> Draft:
    """Return the draft of a question. Raises `Unusable`."""
    text, title = block.text, ""
    named = _TITLE.match(text)
    if named:
        title, text = shown(named[1]).strip(), text[named.end() :]
    common = {"topic": block.topic, "tags": [re.sub(r"\s+", "-", tag) for tag in block.tags]}
    if _EMBEDDED.search(text):
        embedded = _Question(_EMBEDDED.split(text)[0], "")
        fields, lost = cloze_of(text.translate(_AS_WRITTEN), embedded.text_of)
        losses = [*embedded.losses, *lost]
        return Draft("", {**fields, **common}, key=block.key or _key_of(title, ""), losses=losses)
    before, brace, rest = text.partition("{")
    if not brace:
        if "}" in text:
            raise Unusable("A } has no { before it.")
        raise Unusable("It is a description: it asks nothing.")
    body, brace, after = rest.partition("}")
    if not brace:
        raise Unusable("The { of its answers has no } after it.")
    another = _line_of_another(block)
    if another:
        raise Unusable(f"Another question begins in line {another}: put an empty line before it.")
    reader = _Question(before, "" if "{" in after else after)
    fields = reader.several_gaps([body, *_bodies(after)], after) if "{" in after else reader.fields(body)
    return Draft("", {**fields, **common}, key=block.key or _key_of(title, reader.stem), losses=reader.losses)


def _line_of_another(block: QuestionLines) -> int:
    """Return the line in which another question begins without an empty line before it, or 0.

    One begins where a line follows answers and has a title, ends a sentence before its own answers, or
    where either answers are those of no gap.
    """
    braces = list(_BRACES.finditer(block.text))
    for answers, following in pairwise(braces):
        line_end = _END_OF_LINE.match(block.text, answers.end(), following.start())
        if not line_end:
            continue
        stem = block.text[line_end.end() : following.start()].strip()
        is_no_gap = _NO_GAP.match(answers[1]) or _NO_GAP.match(following[1])
        if is_no_gap or stem.startswith("::") or stem.endswith((".", "?", "!", ":", _HIDDEN[":"])):
            return block.lines[block.text.count("\n", 0, line_end.end())]
    return 0


def _bodies(after: str) -> list[str]:
    """Return the content of further braces. Raises `Unusable` where they do not match."""
    bodies = [piece.partition("}") for piece in after.split("{")[1:]]
    if not all(brace for _, brace, _ in bodies):
        raise Unusable("A { has no } after it.")
    return [body for body, _, _ in bodies]


def _key_of(title: str, stem: str) -> str:
    """Return a title that is a name of its own and not the beginning of the stem."""
    return "" if not title or " ".join(stem.split()).startswith(title.rstrip(".… ")) else title


class _Question:
    def __init__(self, before: str, after: str) -> None:
        self.losses: list[str] = []
        self.format = "moodle"
        found = _FORMAT.match(before.strip())
        if found:
            self.format = found[1]
        self.before = self._text(before)
        self.after = self._text(after)
        self.stem = self.before
        if self.after and not (
            re.fullmatch(r"\W+", self.after) and self.before.endswith(("?", ".", "!", ":"))
        ):
            joint = "" if re.match(r"[.,;:!?)]", self.after) else " "
            self.stem = f"{self.before} _____{joint}{self.after}".strip()

    def _text(self, written: str) -> str:
        """Return a text of the question as plain text, whatever its format."""
        written = written.strip()
        found = _FORMAT.match(written)
        form = found[1] if found else self.format
        text = shown(written[found.end() :] if found else written).strip()
        if form == "html" or (form == "moodle" and looks_like_html(text)):
            source = text if form == "html" else re.sub(r"\s*\n\s*", " ", text)
            plain, lost = text_of_html(source)
            self.losses += lost
            return plain
        if form == "markdown":
            plain, lost = text_of_markdown(text)
            self.losses += lost
            return plain
        return text if _LINE_FEED in written else " ".join(text.split())

    def text_of(self, element: Element) -> str:
        """Return the plain text of an element in the question's format."""
        written = text_in(element, "text")
        return self._text(_ESCAPE.sub(lambda found: _HIDDEN.get(found[1], _LINE_FEED), written))

    def several_gaps(self, bodies: list[str], after: str) -> dict[str, Any]:
        """Return a text with answers in several pairs of braces as a text with that many gaps."""
        texts = [self.before, *(self._text(piece.partition("}")[2]) for piece in after.split("{"))]
        texts[1] = self._text(after.partition("{")[0])
        text = between_gaps(texts[0])
        accept: dict[str, list[Any]] = {}
        refuse: dict[str, list[Any]] = {}
        for body, following in zip(bodies, texts[1:], strict=True):
            found = list(self._split(body.strip())) if _ANSWER.match(body.strip()) else []
            answers = [Weighted(self._text(one), percent, said) for _, percent, one, said in found]
            if any(sign == "~" for sign, *_ in found):
                self.losses.append("that its gaps have answers to choose from: they are typed")
            fields = typed_fields("", answers, self.losses)
            key = " ".join(text_in_option(fields["key"]).split())
            for gaps, name in ((accept, "accept"), (refuse, "refuse")):
                if fields[name]:
                    gaps[key] = [*gaps.get(key, []), *fields[name]]
            joint = "" if re.match(r"[.,;:!?)]", following) else " "
            text = f"{text} {gap(key)}{joint}{between_gaps(following)}".strip()
        more = {name: gaps for name, gaps in (("accept", accept), ("refuse", refuse)) if gaps}
        return {"kind": "cloze", "text": text, **more}

    def fields(self, body: str) -> dict[str, Any]:
        """Return the fields made from the answers between the braces."""
        body, _, general = body.partition("####")
        body = body.strip()
        more = {"rationale": self._text(general)} if general.strip() else {}
        if not body:
            raise Unusable("It is an essay question: no answer is right or wrong.")
        if not self.stem:
            raise Unusable("It asks nothing.")
        truth = _TRUTH.match(body)
        if truth:
            return {**self._true_false(body, is_true=truth[1].upper().startswith("T")), **more}
        if body.startswith("#"):
            return {**self._number(body[1:].strip()), **more}
        return {**self._answers(body), **more}

    def _true_false(self, body: str, *, is_true: bool) -> dict[str, Any]:
        _, *said = body.split("#")
        fields: dict[str, Any] = {"kind": "true-false", "stem": self.stem, "key": is_true}
        if said and said[0].strip():
            fields["feedback"] = self._text(said[0])
        if len(said) > 1 and said[1].strip():
            fields["rationale"] = self._text(said[1])
        return fields

    def _number(self, body: str) -> dict[str, Any]:
        answers: list[Range] = []
        otherwise = ""
        if not _ANSWER.match(body):
            body = f"={body}"
        for sign, percent, text, said in self._split(body):
            if text.strip() in {"", "*"} or sign == "~":
                otherwise = otherwise or said
                continue
            low, dots, high = text.partition("..")
            if dots:
                one, other = decimal_of(low), decimal_of(high)
                number, tolerance = (one + other) / 2, abs(other - one) / 2
            else:
                key, _, margin = text.partition(":")
                number, tolerance = (
                    decimal_of(key),
                    abs(decimal_of(margin)) if margin.strip() else decimal_of("0"),
                )
            answers.append(Range(number, tolerance, percent, said))
        return number_fields(self.stem, answers, self.losses, otherwise=otherwise)

    def _split(self, body: str) -> Iterator[tuple[str, float, str, str]]:
        """Yield the sign, the weight, the text and the feedback of each answer."""
        marks = list(_ANSWER.finditer(body))
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            written = body[mark.end() : following.start() if following else len(body)].strip()
            sign = "=" if mark[0] == "~=" else mark[0]
            weight = _WEIGHT.match(written)
            percent = float(weight[1]) if weight else 100.0 if sign == "=" else 0.0
            text, _, said = (written[weight.end() :] if weight else written).partition("#")
            yield sign, percent, text, self._text(said) if said.strip() else ""

    def _answers(self, body: str) -> dict[str, Any]:
        if not _ANSWER.match(body):
            if _ANSWER.search(body):
                raise Unusable("Its first answer does not begin with = or ~.")
            body = f"={body}"
        found = list(self._split(body))
        if all(sign == "=" and "->" in text for sign, _, text, _ in found):
            return self._matching([text for _, _, text, _ in found], [said for *_, said in found])
        answers = [Weighted(self._text(text), percent, said) for _, percent, text, said in found]
        signs = {sign for sign, *_ in found}
        if "~" in signs:
            return choice_fields(self.stem, answers, self.losses, is_single="=" in signs)
        fields = typed_fields(self.stem, answers, self.losses)
        return cloze_fields(self.before, self.after, fields, self.losses) if self._is_gap() else fields

    def _is_gap(self) -> bool:
        return bool(self.after) and self.stem != self.before

    def _matching(self, written: list[str], said: list[str]) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        distractors: list[Any] = []
        for text, feedback in zip(written, said, strict=True):
            left, _, right = text.partition("->")
            left, right = self._text(left), self._text(f"[plain]{right}")
            if not left:
                distractors.append(option(right, feedback))
            elif left in pairs:
                raise Unusable(f"“{left[:40]}” stands twice on its left side.")
            else:
                pairs[left] = option(right, feedback)
        return {"kind": "matching", "stem": self.stem, "pairs": pairs, "distractors": distractors}
