"""Banks in which one field after the other is as large as the format lets it be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect as mi

from quiz.authoring.lint.sizes import MOST_CODE
from quiz.core.content.bank import Bank, Note, Source, Stimulus
from quiz.core.content.kinds import all_kinds
from quiz.core.content.kinds.cloze import MOST_GAPS

MOST_OF_A_FILE = 24_000_000
"""How many characters a field may take, so that the file is within its own limit."""
OPTIONS = ["first", "second", "third", "fourth"]
ITEMS: Mapping[str, dict[str, Any]] = {
    "single-choice": {"key": "right", "distractors": OPTIONS[:3]},
    "multiple-response": {"keys": OPTIONS[:2], "distractors": OPTIONS[2:]},
    "true-false": {"key": "true"},
    "short-answer": {"key": "right"},
    "numeric": {"key": "42"},
    "cloze": {"text": "one {{two}} three {{four}}"},
    "listing": {"keys": OPTIONS},
    "ordering": {"order": OPTIONS},
    "matching": {"pairs": dict(zip(OPTIONS, OPTIONS[::-1], strict=True))},
    "sorting": {"categories": {"this": OPTIONS[:2], "that": OPTIONS[2:]}},
    "flashcard": {"back": "right"},
}
"""An item of each kind, with no more than it needs."""
FILLINGS = {"prose": "words and ", "solid": "x", "list": "- a\n", "blank": "\n ", "wide": "漢"}
"""What texts are filled with."""


class Case(NamedTuple):
    """A bank in which one field is as large as it may be."""

    name: str
    bank: dict[str, Any]

    def write(self, path: Path) -> Path:
        """Write it as YAML, of which JSON is a part."""
        path.write_text(json.dumps(self.bank), encoding="utf-8")
        return path


def bank_with(item: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a bank of one item, with everything that items refer to."""
    base = {
        "format": 1,
        "bank": "large",
        "title": "Large",
        "topics": {"t": "A topic"},
        "notes": {f"n{number}": {"title": "A note", "text": "What it says."} for number in range(100)},
        "stimuli": {"m": {"title": "A stimulus", "text": "What it shows."}},
        "items": [{"id": "one", "topic": "t", "stem": "What?", "cites": ["n0"], **item}],
    }
    return {**base, **more}


def cases() -> Iterator[Case]:
    """Yield a case for every field of every kind, and for what items share."""
    for kind, needed in ITEMS.items():
        for field in msgspec.structs.fields(all_kinds()[kind]):
            if field.encode_name not in {"id", "topic", "stimulus", "lint", "image", "strict"}:
                for how, value in _largest(mi.type_info(field.type), field.encode_name):
                    item = {"kind": kind, **needed, field.encode_name: value}
                    yield Case(f"{kind} {field.encode_name} {how}", bank_with(item))
    yield from _gaps()
    for cls, where in ((Note, "notes"), (Stimulus, "stimuli"), (Source, "sources")):
        for field in msgspec.structs.fields(cls):
            for how, value in _largest(mi.type_info(field.type), field.encode_name):
                yield Case(f"{where} {field.encode_name} {how}", _shared(where, field.encode_name, value))
    for field in msgspec.structs.fields(Bank):
        if field.encode_name in {"title", "summary", "topics"}:
            for how, value in _largest(mi.type_info(field.type), field.encode_name):
                yield Case(f"bank {field.encode_name} {how}", _with_topic(field.encode_name, value))


def _gaps() -> Iterator[Case]:
    """Yield items with as many gaps as there may be, and as many wordings and options for each, and code."""
    gaps = [f"gap {number}" for number in range(MOST_GAPS)]
    text = " and ".join(f"{{{{{gap}}}}}" for gap in gaps)
    wordings = {gap: [f"{gap} {number}" for number in range(20)] for gap in gaps}
    for name, more in {"gaps": {}, "accept": {"accept": wordings}, "options": {"options": wordings}}.items():
        yield Case(f"cloze {name} many", bank_with({"kind": "cloze", "text": text, **more}))
    prose = FILLINGS["prose"] * 1990
    yield Case("cloze text prose", bank_with({"kind": "cloze", "text": f"{prose} {{{{gap}}}}"}))
    yield Case("stimuli code lines", _shared("stimuli", "code", FILLINGS["blank"] * (MOST_CODE // 2)))


def _with_topic(name: str, value: Any) -> dict[str, Any]:
    item = {"kind": "single-choice", **ITEMS["single-choice"]}
    return bank_with({**item, "topic": next(iter(value))} if name == "topics" else item, **{name: value})


def _shared(where: str, name: str, value: Any) -> dict[str, Any]:
    """Return a bank whose item leans on a note, a stimulus or a source with a field of some value."""
    item = {"kind": "single-choice", **ITEMS["single-choice"], "cites": ["n"]}
    note: dict[str, Any] = {"title": "A note", "text": "What it says."}
    match where:
        case "notes":
            return bank_with(item, notes={"n": {**note, name: value}})
        case "stimuli":
            given = {"title": {"text": "x"}, "language": {"code": "x"}, "code": {"language": "c"}}.get(
                name, {}
            )
            return bank_with(
                {**item, "cites": ["n0"], "stimulus": "m"}, stimuli={"m": {**given, name: value}}
            )
    sources = {"s": {"title": "A source", name: value}}
    return bank_with(item, sources=sources, notes={"n": {**note, "source": "s"}})


def _largest(expected: mi.Type, name: str, deep: bool = True) -> Iterator[tuple[str, Any]]:
    """Yield values of a type that are as large as they may be, each with a word for how."""
    if isinstance(expected, mi.Metadata):
        expected = expected.type
    match expected:
        case mi.StrType(max_length=int(most)) if expected.pattern is None:
            for how, filling in FILLINGS.items() if deep else [("prose", FILLINGS["prose"])]:
                yield how, (filling * (most // len(filling) + 1))[:most]
        case mi.VarTupleType(item_type=held, max_length=int(most)):
            yield from _many(held, most, name)
        case mi.DictType(value_type=held, max_length=int(most)):
            texts = [f"entry-{number}" for number in range(most)]
            inner = next((value for _, value in _largest(held, name, deep=False)), None)
            if isinstance(held, mi.Metadata | mi.StrType) and isinstance(inner, str):
                yield "many", dict(zip(texts, texts, strict=True))
                yield "many long", dict.fromkeys(texts[: MOST_OF_A_FILE // len(inner)], inner)
            elif inner is not None:
                groups = inner if isinstance(inner, list) else [inner]
                yield "many", {text: [f"{text} {each}" for each in groups] for text in texts}
        case mi.UnionType():
            for one in expected.types:
                if not isinstance(one, mi.NoneType | mi.StructType):
                    yield from _largest(one, name, deep)


def _many(held: mi.Type, most: int, name: str) -> Iterator[tuple[str, Any]]:
    """Yield as many entries as there may be, short ones and long ones."""
    if name == "cites":
        yield "many", [f"n{number}" for number in range(most)]
        return
    if name == "table":
        yield "many", [["cell"] * 100] * most
        return
    yield "many", [f"entry {number}" for number in range(most)]
    long = next((value for _, value in _largest(held, name, deep=False) if isinstance(value, str)), "")
    if long:
        fitting = min(most, MOST_OF_A_FILE // len(long))
        yield "many long", [f"{number} {long}"[: len(long)] for number in range(fitting)]
