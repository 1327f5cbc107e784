"""Banks in which one field after the other is as large as the format lets it be."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect as mi

from quiz.authoring.lint.sizes import MOST_CODE
from quiz.core.content.bank import Bank, Note, Source, Stimulus
from quiz.core.content.kinds import all_kinds
from quiz.core.content.kinds.cloze import MOST_GAPS
from quiz.core.text.numbers import MOST_DIGITS

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
SINGLE = {"kind": "single-choice", **ITEMS["single-choice"]}
NOTE = {"title": "A note", "text": "What it says."}
DEPENDENT: Mapping[str, set[str]] = {
    "numeric": {"key", "tolerance"},
    "cloze": {"text", "accept", "refuse", "options"},
    "matching": {"pairs"},
    "sorting": {"categories"},
}
"""Fields of a kind that only go with others, or are not any text."""
MOST_ITEMS = 100_000
"""How many items make a file of nearly the largest size."""
FILLINGS = {"prose": "words and ", "solid": "x", "list": "- a\n", "blank": "\n ", "wide": "漢"}
"""What texts are filled with."""


LEAST_ENTRIES = 3
"""How many entries stay, however long they are: some fields need several."""


class Case(NamedTuple):
    """A bank in which one field is as large as it may be."""

    name: str
    build: Callable[[Any], dict[str, Any]]
    """What makes a bank with a value of that field."""
    value: Any

    def write(self, path: Path) -> Path:
        """Write it as YAML, of which JSON is a part."""
        path.write_text(json.dumps(self.build(self.value)), encoding="utf-8")
        return path

    def cut(self, most: int) -> Case:
        """Return the case with so many characters and entries of its value at most."""
        return self._replace(value=_cut(self.value, [most]))


def _cut(value: Any, left: list[int]) -> Any:
    """Return what of a value is within what is left of characters and entries, and take it from there."""
    match value:
        case str():
            kept = value[: max(0, left[0])]
            left[0] -= len(kept)
            return kept
        case int():
            return min(value, left[0])
        case dict() | list():
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            held: list[tuple[Any, Any]] = []
            for name, each in pairs:
                left[0] -= 1
                room = left[0] // max(1, LEAST_ENTRIES - len(held))
                if room <= 0 or (len(held) >= LEAST_ENTRIES and isinstance(each, str) and room < len(each)):
                    break
                kept = _cut(each[:room] if isinstance(each, str) else each, left)
                if not kept:
                    break
                held.append((name, kept))
            return dict(held) if isinstance(value, dict) else [each for _, each in held]
    raise TypeError(value)


def size_of(value: Any) -> int:
    """Return how many characters and entries a value has."""
    match value:
        case int():
            return value
        case dict() | list():
            held = value.values() if isinstance(value, dict) else value
            return sum(1 + size_of(each) for each in held)
    return len(value)


def bank_with(item: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a bank of one item, with everything that items refer to."""
    base = {
        "format": 1,
        "bank": "large",
        "title": "Large",
        "topics": {"t": "A topic"},
        "notes": {f"n{number}": NOTE for number in range(100)},
        "stimuli": {"m": {"title": "A stimulus", "text": "What it shows."}},
        "items": [{"id": "one", "topic": "t", "stem": "What?", "cites": ["n0"], **item}],
    }
    return {**base, **more}


def cases() -> Iterator[Case]:
    """Yield a case for every field of every kind, and for what items share."""
    for kind, needed in ITEMS.items():
        left_out = {"id", "topic", "stimulus", "lint", "image", "strict"} | DEPENDENT.get(kind, set())
        build = partial(_with_field, {"kind": kind, **needed})
        yield from _of_fields(kind, all_kinds()[kind], build, left_out)
    yield from _dependent()
    for cls, where in ((Note, "notes"), (Stimulus, "stimuli"), (Source, "sources")):
        yield from _of_fields(where, cls, partial(_shared, where), {"source"})
    unlike = {field.encode_name for field in msgspec.structs.fields(Bank)} - {"title", "summary", "topics"}
    yield from _of_fields("bank", Bank, _with_topic, unlike)
    for name, most in {"notes": 5000, "sources": 2000, "stimuli": 50_000, "items": MOST_ITEMS}.items():
        yield Case(f"bank {name} many", partial(_with_many, name), most)


def _of_fields(
    called: str, cls: type, build: Callable[[str, Any], dict[str, Any]], left_out: Container[str]
) -> Iterator[Case]:
    """Yield cases for the fields of a class, but for some."""
    for field in msgspec.structs.fields(cls):
        name = field.encode_name
        if name not in left_out:
            for how, value in _largest(mi.type_info(field.type), name):
                yield Case(f"{called} {name} {how}", partial(build, name), value)


def _dependent() -> Iterator[Case]:
    """Yield items with fields that only go with others: numbers, gaps, pairs; and code."""
    for name in ("key", "tolerance"):
        yield Case(
            f"numeric {name} digits",
            partial(_with_field, {"kind": "numeric", "key": "42"}, name),
            "7" * MOST_DIGITS,
        )
    for name in ("text", "accept", "refuse", "options"):
        yield Case(f"cloze {name} many", partial(_gaps, name), MOST_GAPS)
    for how, filling in FILLINGS.items():
        text = (filling * 20_000)[:19_900]
        yield Case(
            f"cloze text {how}",
            lambda text: bank_with({"kind": "cloze", "text": f"{text} {{{{gap}}}}"}),
            text,
        )
    yield Case("matching pairs many", _pairs, 26)
    yield Case("sorting categories many", _categories, 9)
    yield Case(
        "stimuli code lines", partial(_shared, "stimuli", "code"), FILLINGS["blank"] * (MOST_CODE // 2)
    )


def _gaps(name: str, number: int) -> dict[str, Any]:
    """Return a bank with a text of so many gaps, each with as many wordings or options as it may have."""
    gaps = [f"gap {place}" for place in range(max(1, number))]
    text = " and ".join(f"{{{{{gap}}}}}" for gap in gaps)
    more = {} if name == "text" else {name: {gap: [f"{gap} {each}" for each in range(20)] for gap in gaps}}
    return bank_with({"kind": "cloze", "text": text, **more})


def _pairs(number: int) -> dict[str, Any]:
    pairs = {f"left {place}": f"right {place}" for place in range(max(2, number))}
    return bank_with({"kind": "matching", "pairs": pairs})


def _categories(number: int) -> dict[str, Any]:
    return bank_with(
        {"kind": "sorting", "categories": {f"group {each}": [f"thing {each}"] for each in range(number)}}
    )


def _with_field(item: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    return bank_with({**item, name: value})


def _with_topic(name: str, value: Any) -> dict[str, Any]:
    return bank_with({**SINGLE, "topic": next(iter(value))} if name == "topics" else SINGLE, **{name: value})


def _with_many(name: str, number: int) -> dict[str, Any]:
    """Return a bank with as many notes, sources, stimuli or items as there may be."""
    if name == "items":
        one = {**SINGLE, "topic": "t", "cites": ["n0"]}
        return bank_with(
            SINGLE, items=[{"id": f"i{each}", "stem": f"Which {each}?", **one} for each in range(number)]
        )
    one = {"notes": NOTE, "sources": {"title": "A source"}, "stimuli": {"text": "What it shows."}}[name]
    many = {f"{name}-{each}": one for each in range(number)}
    if name == "stimuli":
        return bank_with({**SINGLE, "stimulus": "stimuli-0"}, stimuli=many)
    if name == "notes":
        return bank_with({**SINGLE, "cites": ["notes-0"]}, notes=many)
    return bank_with(SINGLE, sources=many, notes={"n0": {**NOTE, "source": "sources-0"}})


def _shared(where: str, name: str, value: Any) -> dict[str, Any]:
    """Return a bank whose item leans on a note, a stimulus or a source with a field of some value."""
    item = {**SINGLE, "cites": ["n"]}
    match where:
        case "notes":
            return bank_with(item, notes={"n": {**NOTE, name: value}})
        case "stimuli":
            given = {"title": {"text": "x"}, "language": {"code": "x"}, "code": {"language": "c"}}.get(
                name, {}
            )
            return bank_with(
                {**item, "cites": ["n0"], "stimulus": "m"}, stimuli={"m": {**given, name: value}}
            )
    sources = {"s": {"title": "A source", name: value}}
    return bank_with(item, sources=sources, notes={"n": {**NOTE, "source": "s"}})


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
