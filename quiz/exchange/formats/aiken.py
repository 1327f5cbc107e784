"""Aiken: a question, lettered options, and a line with the answer (docs.moodle.org, Aiken format)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.exchange.building import Draft, build, each
from quiz.exchange.declaration import ForeignFile, Format, Imported, Written
from quiz.exchange.options import Unusable
from quiz.exchange.rendering import answers_of, full_stem, lettered

_OPTION = re.compile(r"\s*([A-Z])[.)]\s+(.*)")
_ANSWER = re.compile(r"\s*ANSWERS?\s*:\s*([A-Z](?:\s*,?\s*[A-Z])*)\s*", re.IGNORECASE)
_NOTHING: Final[frozenset[str]] = frozenset()


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is Aiken: a line that begins with ANSWER: after lettered lines."""
    if source.data.startswith((b"PK", b"<")):
        return 0
    lines = source.text[:50_000].split("\n")
    is_answered = any(_ANSWER.fullmatch(line) for line in lines)
    return 90 if is_answered and any(_OPTION.match(line) for line in lines) else 0


def read(source: ForeignFile) -> Imported:
    """Read a file in Aiken."""
    return build(each(_draft, _pieces(source.text)), source.stem)


def _pieces(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the lines of each question, with its answer line last."""
    held: list[str] = []
    start = 1
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if not held:
            start = number
        held.append(line)
        if _ANSWER.fullmatch(line):
            yield f"line {start}", held[0], held
            held = []
    if held:
        yield f"line {start}", held[0], held


def _draft(lines: list[str]) -> Draft:
    answer = _ANSWER.fullmatch(lines[-1])
    if answer is None:
        raise Unusable("It has no line “ANSWER:” that says which option is right.")
    stem = [lines[0]]
    options: list[tuple[str, str]] = []
    for line in lines[1:-1]:
        found = _OPTION.match(line)
        if found and found[1] == lettered(len(options)):
            options.append((found[1], found[2]))
        elif options:
            options[-1] = (options[-1][0], f"{options[-1][1]}\n{line.strip()}")
        else:
            stem.append(line)
    letters = re.findall("[A-Z]", answer[1].upper())
    known = dict(options)
    if not options or not set(letters) <= set(known):
        raise Unusable(f"There is no option {answer[1]}, which is said to be right.")
    wrong = [text for letter, text in options if letter not in letters]
    fields: dict[str, Any] = {"stem": "\n".join(line.strip() for line in stem), "distractors": wrong}
    if len(letters) > 1:
        return Draft("", {"kind": "multiple-response", "keys": [known[one] for one in letters], **fields})
    return Draft("", {"kind": "single-choice", "key": known[letters[0]], **fields})


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write the items of a bank that have one key."""
    pieces = [_question(bank, item) for item in bank.items if item.kind in FORMAT.writes]
    return Written("\n".join(pieces).encode())


def _question(bank: Bank, item: Item) -> str:
    options = [(answer.text, answer.is_right) for answer in answers_of(item)]
    if item.kind == "true-false":
        is_true = item.key_text() == "True"
        options = [("True", is_true), ("False", not is_true)]
    lines = [" ".join(full_stem(bank, item).split())]
    lines += [f"{lettered(place)}. {' '.join(text.split())}" for place, (text, _) in enumerate(options)]
    right = next(place for place, (_, is_right) in enumerate(options) if is_right)
    return "\n".join([*lines, f"ANSWER: {lettered(right)}", ""])


FORMAT = Format(
    name="aiken",
    title="Aiken",
    endings=(".txt",),
    about="One question with one right option after the other, and nothing else. Statements that are true or "
    "false go out as a choice between the two.",
    reads=frozenset({"single-choice", "multiple-response"}),
    writes={"single-choice": _NOTHING, "true-false": _NOTHING},
    becomes={"true-false": "single-choice"},
    recognise=recognise,
    read=read,
    write=write,
)
