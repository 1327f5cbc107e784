"""Conversion of the few numbers and booleans in a bank from text, exactly and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import inspect as mi

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
MOST_DIGITS: Final = 17

Reader: TypeAlias = Callable[[Any], Any]
"""Converts the texts within a value to their type, and leaves any other value unchanged."""


def number_in(text: str) -> float | int | None:
    """Return the number written in plain digits, at most seventeen of them, or None."""
    if len(text) > MOST_DIGITS + 2 or _NUMBER.fullmatch(text) is None:
        return None
    if sum(map(str.isdigit, text)) > MOST_DIGITS:
        return None
    return float(text) if "." in text else int(text)


def readers_of(kind: mi.StructType) -> list[tuple[str, Reader]]:
    """Return the fields of a struct that hold numbers or booleans, each with its reader."""
    found = ((field.encode_name, reader_of(field.type)) for field in kind.fields)
    return [(name, reader) for name, reader in found if reader is not None]


def read_fields(value: Any, readers: list[tuple[str, Reader]]) -> Any:
    """Convert the numbers and booleans of a mapping in place."""
    if isinstance(value, dict):
        for name, reader in readers:
            if name in value:
                value[name] = reader(value[name])
    return value


def reader_of(expected: mi.Type) -> Reader | None:
    """Return the reader for the numbers and booleans within a type, or None if it has none."""
    match expected:
        case mi.Metadata():
            return reader_of(expected.type)
        case mi.BoolType():
            return _read_boolean
        case mi.IntType() | mi.FloatType():
            return _read_number
        case mi.LiteralType():
            return None if any(isinstance(value, str) for value in expected.values) else _read_number
        case mi.UnionType():
            return _reader_of_union(expected)
        case mi.VarTupleType() | mi.ListType():
            return _reader_of_list(reader_of(expected.item_type))
        case mi.DictType():
            return _reader_of_mapping(reader_of(expected.value_type))
        case mi.StructType():
            readers = readers_of(expected)
            return (lambda value: read_fields(value, readers)) if readers else None
    return None


def _reader_of_union(expected: mi.UnionType) -> Reader | None:
    """Return the reader of the first type in a union that has one. Text stays text if the union allows it."""
    bare = [one.type if isinstance(one, mi.Metadata) else one for one in expected.types]
    may_be_text = any(isinstance(one, mi.StrType) for one in bare)
    for one in bare:
        reader = reader_of(one)
        if reader is not None and not (may_be_text and reader in {_read_boolean, _read_number}):
            return reader
    return None


def _reader_of_list(inner: Reader | None) -> Reader | None:
    if inner is None:
        return None
    return lambda value: [inner(entry) for entry in value] if isinstance(value, list) else value


def _reader_of_mapping(inner: Reader | None) -> Reader | None:
    if inner is None:
        return None
    return lambda value: (
        {name: inner(held) for name, held in value.items()} if isinstance(value, dict) else value
    )


def _read_boolean(value: Any) -> Any:
    if value == "true":
        return True
    return False if value == "false" else value


def _read_number(value: Any) -> Any:
    number = number_in(value) if isinstance(value, str) else None
    return value if number is None else number


@lru_cache(maxsize=256)
def struct_type(kind: type[msgspec.Struct]) -> mi.StructType:
    """Return msgspec's description of a struct."""
    found = mi.type_info(kind)
    assert isinstance(found, mi.StructType)  # noqa: S101
    return found
