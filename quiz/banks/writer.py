"""Banks as YAML that a person would write: one field a line, long texts in blocks, quotes where needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.core.content.kinds import DEFAULT_KIND
from quiz.core.content.reversal import as_written

_FIRST: Final = ("id", "kind", "topic", "stimulus", "stem")
"""The fields with which items begin, in this order."""
_LAST: Final = (
    "rationale", "quote", "cites", "hint", "tags", "difficulty", "weight", "shuffle", "status", "lint",
)  # fmt: skip
"""The fields with which items end, in this order."""
_HEAD: Final = (
    "format",
    "bank",
    "title",
    "language",
    "summary",
    "sources",
    "topics",
    "notes",
    "stimuli",
    "strict",
    "markup",
    "wall",
    "lint",
)
_PLAIN = re.compile(r"[^\W_](?:[^\n:#]|:(?=[^\s,\[\]{}])|(?<=\S)#)*", re.UNICODE)
_FLOW_BREAKERS = re.compile(r"[,\[\]{}]")
_SHORT: Final = 80
"""How many characters a list of plain texts may take on one line."""


def bank_text(bank: Bank, remarks: Mapping[str, str] | None = None) -> str:
    """Return a bank as the text of its file, which reads back as the same bank.

    `remarks` maps ids of items to comments that follow the ids.
    """
    plain = _told(bank, without=("items",))
    head = [f"{line}\n" for name in _HEAD if name in plain for line in _field(name, plain[name], 0)]
    items = "\n".join(item_text(item, (remarks or {}).get(item.id, "")) for item in as_written(bank).items)
    return f"{''.join(head)}items:\n{items}"


def item_text(item: Item, remark: str = "", column: int = 2) -> str:
    """Return an item as an entry of a list whose dash stands at a column, counted from 0."""
    fields = _told(item)
    fields["kind"] = item.kind
    if item.kind == DEFAULT_KIND:
        del fields["kind"]
    middle = [name for name in fields if name not in (*_FIRST, *_LAST)]
    lines: list[str] = []
    for name in (*_FIRST, *middle, *_LAST):
        if name in fields:
            lines += _field(name, fields[name], column + 2)
    if remark:
        lines[0] += f"  # {remark}"
    return " " * column + "- " + "\n".join(lines).lstrip(" ") + "\n"


def mapping_lines(fields: Mapping[str, Any], column: int) -> list[str]:
    """Return the lines of a block mapping whose names stand at a column, counted from 0."""
    return [line for name, value in fields.items() for line in _field(name, value, column)]


def _told(struct: msgspec.Struct, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of a bank or an item that differ from their defaults."""
    told: dict[str, Any] = {}
    for name, default in _defaults(type(struct)).items():
        value = getattr(struct, name)
        if name not in without and (default is msgspec.NODEFAULT or value != default):
            told[name] = _thinned(value)
    return told


@lru_cache(maxsize=64)
def _defaults(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the default of each field, NODEFAULT for required ones."""
    defaults: dict[str, Any] = {}
    for spec in msgspec.structs.fields(kind):
        is_made = spec.default is msgspec.NODEFAULT and spec.default_factory is not msgspec.NODEFAULT
        defaults[spec.name] = spec.default_factory() if is_made else spec.default
    return defaults


def _thinned(value: Any) -> Any:
    """Return plain data without empty values, with an option that is only a text as that text."""
    if isinstance(value, msgspec.Struct):
        inner = _told(value)
        return inner["text"] if set(inner) == {"text"} and "feedback" in value.__struct_fields__ else inner
    if isinstance(value, dict):
        return {name: _thinned(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_thinned(inner) for inner in value]
    return value


def _field(name: str, value: Any, column: int) -> Iterator[str]:
    """Yield the lines of a field. A long value begins below its name."""
    start = f"{' ' * column}{_scalar(name, in_flow=False)}:"
    if isinstance(value, dict) and value:
        yield start
        for inner_name, inner in value.items():
            yield from _field(inner_name, inner, column + 2)
    elif isinstance(value, list) and value:
        yield from _list(start, value, column + 2)
    else:
        yield from _lines_of_scalar(start, value, column + 2)


def _list(start: str, values: list[Any], column: int) -> Iterator[str]:
    short = _short(values)
    if short and len(start) + len(short) < _SHORT:
        yield f"{start} {short}"
        return
    yield start
    for value in values:
        entry = f"{' ' * column}-"
        if isinstance(value, (dict, list)) and value:
            flow = _short(value)
            if flow and len(entry) + len(flow) < _SHORT + 20:
                yield f"{entry} {flow}"
                continue
            first, *others = (
                mapping_lines(value, column + 2)
                if isinstance(value, dict)
                else list(_list("", value, column + 2))[1:]
            )
            yield f"{entry} {first.lstrip(' ')}"
            yield from others
        else:
            yield from _lines_of_scalar(entry, value, column + 2)


def _inner(values: list[Any], column: int) -> list[str]:
    """Return the lines of a list within a list, without the line of its first dash."""
    return list(_list("", values, column + 2))[1:]


def _short(value: Any) -> str:
    """Return a list or mapping of short texts on one line, or an empty text if it does not fit."""
    if isinstance(value, dict):
        parts = [(_short(name), _short(inner)) for name, inner in value.items()]
        flow = ", ".join(f"{name}: {inner}" for name, inner in parts)
        return f"{{{flow}}}" if all(all(part) for part in parts) and len(flow) < _SHORT else ""
    if isinstance(value, list):
        texts = [_short(inner) for inner in value]
        return f"[{', '.join(texts)}]" if all(texts) and sum(map(len, texts)) < _SHORT else ""
    if isinstance(value, str) and "\n" in value:
        return ""
    text = _scalar(value, in_flow=True)
    return text if len(text) < _SHORT else ""


def _lines_of_scalar(start: str, value: Any, column: int) -> Iterator[str]:
    """Yield a text after its name or dash, or in a block below it."""
    if isinstance(value, str) and "\n" in value and _fits_block(value):
        keep = "" if value.endswith("\n") else "-"
        yield f"{start} |{keep}"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{' ' * column}{line}" if line else ""
    else:
        yield f"{start} {_scalar(value, in_flow=False)}"


def _fits_block(text: str) -> bool:
    """Return whether a block can hold a text unchanged."""
    lines = text.removesuffix("\n").split("\n")
    return (
        bool(lines[0].strip())
        and bool(lines[-1].strip())
        and not lines[0].startswith(" ")
        and all(line == "" or line.strip() for line in lines)
        and _is_seen(text.replace("\n", ""))
    )


def _is_seen(text: str) -> bool:
    """Return whether YAML reads a text as itself outside of double quotes."""
    return text.isprintable() or text.replace("\u00a0", "").isprintable()


def _scalar(value: Any, *, in_flow: bool) -> str:
    """Return a text, number or boolean on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}" if float(f"{value:g}") == value else repr(value)
    if not isinstance(value, str):
        return str(value)
    if not _is_seen(value):
        return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
    is_plain = _PLAIN.fullmatch(value) is not None and value == value.strip() and not value.endswith(":")
    if is_plain and not (in_flow and _FLOW_BREAKERS.search(value)):
        return value
    if "'" in value and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


_ESCAPED = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF)}
