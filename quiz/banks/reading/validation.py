"""Checking whether a tree of texts fits a type, and reporting every way in which it does not.

The types are those of `msgspec.inspect`, so that a field declared once is read, checked and documented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, get_args

import msgspec
from msgspec import inspect as mi

from quiz.banks.yaml.refusals import REFUSED
from quiz.core.content.diagnostics import Problem, Where
from quiz.core.content.item import Id
from quiz.core.text.safe_text import one_line

_ID_PATTERN: Final = get_args(Id)[1].pattern


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return len(text) <= 80 and re.search(_ID_PATTERN, text) is not None


def quoted(text: object) -> str:
    """Return a text in quotes, shortened for use in a sentence."""
    return f"“{one_line(str(text), 60)}”"


def guess(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or an empty text."""
    from difflib import get_close_matches

    near = (other for other in known if abs(len(other) - len(name)) < 20)
    close = get_close_matches(name[:80], list(islice(near, 500)), 1)
    return close[0] if close else ""


def _bare(expected: mi.Type) -> mi.Type:
    return expected.type if isinstance(expected, mi.Metadata) else expected


def description_of(expected: mi.Type) -> str:
    """Return the description in a field's declaration."""
    if isinstance(expected, mi.Metadata):
        return str((expected.extra_json_schema or {}).get("description", "")) or description_of(expected.type)
    return ""


def faults(value: Any, expected: mi.Type, where: Where) -> Iterator[Problem]:
    """Yield every problem of a value. Parts that were refused earlier are passed over."""
    bare = _bare(expected)
    if value is REFUSED:
        return
    if value is None:
        yield Problem(
            "empty", f"{_called(where)} is left empty.", where,
            'Fill it in or take it out; write "" for an empty text. What follows “#” is a comment.',
            at_field=True,
        )  # fmt: skip
        return
    match bare:
        case mi.StrType():
            yield from _text_faults(value, bare, where, description_of(expected))
        case mi.BoolType():
            if not isinstance(value, bool):
                yield _misfit(
                    "not-true-or-false",
                    value,
                    "true or false",
                    where,
                    "Write true or false, in small letters.",
                )
        case mi.IntType() | mi.FloatType():
            yield from _number_faults(value, bare, where)
        case mi.LiteralType():
            yield from _literal_faults(value, bare, where)
        case mi.UnionType():
            yield from _union_faults(value, bare, where)
        case mi.VarTupleType() | mi.ListType():
            yield from _list_faults(value, bare, where)
        case mi.DictType():
            yield from _mapping_faults(value, bare, where)
        case mi.StructType():
            yield from struct_faults(value, bare, where)


def _called(where: Where) -> str:
    """Return the name of a place for the start of a sentence."""
    if where and isinstance(where[-1], int):
        of = f" of {quoted(where[-2])}" if len(where) > 1 and isinstance(where[-2], str) else ""
        return f"Entry {where[-1] + 1}{of}"
    return quoted(where[-1]) if where else "The bank"


def _kind_of(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else quoted(value)


def _misfit(code: str, value: Any, wanted: str, where: Where, help: str) -> Problem:  # noqa: A002
    return Problem(code, f"{_called(where)} must be {wanted}, not {_kind_of(value)}.", where, help)


def _text_faults(value: Any, expected: mi.StrType, where: Where, description: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        help = "Text that begins with [ or { goes in quotes."  # noqa: A001
        yield _misfit("not-a-text", value, "a text", where, help)
    elif len(value) < (expected.min_length or 0):
        yield Problem("empty", f"{_called(where)} is empty.", where, description or "Write a text.")
    elif expected.max_length is not None and len(value) > expected.max_length:
        yield Problem(
            "too-long", f"{_called(where)} is longer than {expected.max_length:,} characters.", where,
            "Shorten it.",
        )  # fmt: skip
    elif expected.pattern is not None and re.search(expected.pattern, value) is None:
        if expected.pattern == _ID_PATTERN:
            yield _bad_id(value, where)
        else:
            yield Problem("bad-form", f"{_called(where)} cannot be {quoted(value)}.", where, description)


def _bad_id(value: str, where: Where) -> Problem:
    from unicodedata import normalize

    plain = normalize("NFKD", value[:200]).encode("ascii", "ignore").decode().lower()
    better = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    advice = f"such as {quoted(better)}" if better else "with no hyphen at either end"
    return Problem(
        "bad-id", f"{quoted(value)} cannot be an id.", where,
        f"Use lower-case letters, digits and single hyphens, {advice}.",
    )  # fmt: skip


def _number_faults(value: Any, expected: mi.IntType | mi.FloatType, where: Where) -> Iterator[Problem]:
    if isinstance(expected, mi.IntType) and (isinstance(value, bool) or not isinstance(value, int)):
        yield _misfit("not-a-number", value, "a whole number", where, "Write digits only, such as 3.")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        help = "Write digits, with a point for decimals, such as 1.5."  # noqa: A001
        yield _misfit("not-a-number", value, "a number", where, help)
    elif not _is_within(value, expected):
        limits = {
            "more than": expected.gt,
            "at least": expected.ge,
            "less than": expected.lt,
            "at most": expected.le,
        }
        said = " and ".join(f"{words} {limit:g}" for words, limit in limits.items() if limit is not None)
        yield Problem("out-of-range", f"{_called(where)} must be {said}.", where, "Change the number.")


def _is_within(value: float, expected: mi.IntType | mi.FloatType) -> bool:
    return (
        (expected.gt is None or value > expected.gt)
        and (expected.ge is None or value >= expected.ge)
        and (expected.lt is None or value < expected.lt)
        and (expected.le is None or value <= expected.le)
    )


def _literal_faults(value: Any, expected: mi.LiteralType, where: Where) -> Iterator[Problem]:
    if isinstance(value, list | dict) or value not in expected.values:
        known = [str(one) for one in expected.values]
        meant = guess(value, known) if isinstance(value, str) else ""
        yield Problem(
            "unknown-value",
            f"{_called(where)} cannot be {_kind_of(value)}.{did_you_mean(meant)}", where,
            f"Write {' or '.join(known)}.",
        )  # fmt: skip


def did_you_mean(meant: str) -> str:
    """Return the question whether a name was meant, or an empty text."""
    return f" Did you mean {quoted(meant)}?" if meant else ""


def _union_faults(value: Any, expected: mi.UnionType, where: Where) -> Iterator[Problem]:
    types = [one for one in expected.types if not isinstance(one, mi.NoneType)]
    wanted: tuple[type[mi.Type], ...]
    if isinstance(value, dict):
        wanted = (mi.StructType, mi.DictType)
    elif isinstance(value, list):
        wanted = (mi.VarTupleType, mi.ListType)
    else:
        wanted = (mi.StrType, mi.LiteralType, mi.BoolType, mi.IntType, mi.FloatType)
    fitting = [one for one in types if isinstance(_bare(one), wanted)]
    if fitting:
        yield from faults(value, fitting[0], where)
        return
    structs = [_bare(one) for one in types if isinstance(_bare(one), mi.StructType)]
    names = [
        field.encode_name for one in structs[:1] if isinstance(one, mi.StructType) for field in one.fields
    ]
    or_mapping = f", or a mapping with {' and '.join(names)}" if names else ""
    yield _misfit(
        "not-a-text", value, f"a text{or_mapping}", where, "Texts with special characters go in quotes."
    )


def _list_faults(value: Any, expected: mi.VarTupleType | mi.ListType, where: Where) -> Iterator[Problem]:
    if not isinstance(value, list):
        help = "Write each entry on a line of its own after “- ”, or [all, in, one, line]."  # noqa: A001
        yield _misfit("not-a-list", value, "a list", where, help)
        return
    yield from _length_faults(value, expected, where)
    for index, entry in enumerate(value[: expected.max_length]):
        yield from faults(entry, expected.item_type, (*where, index))


def _mapping_faults(value: Any, expected: mi.DictType, where: Where) -> Iterator[Problem]:
    if not isinstance(value, dict):
        help = "Write each entry on a line of its own as “name: value”."  # noqa: A001
        yield _misfit("not-a-mapping", value, "a mapping", where, help)
        return
    yield from _length_faults(value, expected, where)
    for name, held in islice(value.items(), expected.max_length):
        if name is REFUSED:
            continue
        if held is None and " " in name:
            yield _cut_at_comma(name, where)
            continue
        for problem in faults(name, expected.key_type, (*where, name)):
            yield msgspec.structs.replace(problem, at_field=True)
        yield from faults(held, expected.value_type, (*where, name))


def _cut_at_comma(name: str, where: Where) -> Problem:
    """Return what to say of the rest of a text that a comma cut off."""
    return Problem(
        "comma-in-text", f"{quoted(name)} stands here as a field without a value.", (*where, name),
        "If it is the rest of the text before it, put that text in quotes: between { and } a comma ends a "
        "text. If it is a name, give it a value after a colon.",
        at_field=True,
    )  # fmt: skip


def _length_faults(
    value: Any, expected: mi.VarTupleType | mi.ListType | mi.DictType, where: Where
) -> Iterator[Problem]:
    least, most = expected.min_length or 0, expected.max_length
    if len(value) < least:
        entries = "entry" if least == 1 else "entries"
        yield Problem(
            "too-few", f"{_called(where)} needs at least {least} {entries}, and has {len(value)}.", where,
            "Add what is missing.", at_field=True,
        )  # fmt: skip
    if most is not None and len(value) > most:
        yield Problem(
            "too-many", f"{_called(where)} may have at most {most} entries, and has {len(value):,}.", where,
            "Take some out.", at_field=True,
        )  # fmt: skip


def struct_faults(
    value: Any, expected: mi.StructType, where: Where, *, what: str = "", but: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Yield every problem of a mapping with known fields; fields in `but` are known and not checked.

    `what` is the name used in messages, such as “a short-answer item”.
    """
    fields = {field.encode_name: field for field in expected.fields}
    if not isinstance(value, dict):
        help = f"It has the fields {', '.join(fields)}."  # noqa: A001
        yield _misfit("not-a-mapping", value, "a mapping", where, help)
        return
    of = f" of {what}" if what else ""
    meant_somewhere = set()
    for name in value:
        if name is REFUSED or name in fields or name in but:
            continue
        if value[name] is None and " " in name:
            yield _cut_at_comma(name, where)
            continue
        meant = guess(name, fields.keys() - value.keys())
        meant_somewhere.add(meant)
        yield Problem(
            "unknown-field", f"{quoted(name)} is not a field{of}.{did_you_mean(meant)}", (*where, name),
            f"Its fields are: {', '.join([*fields, *sorted(but)])}.", at_field=True,
        )  # fmt: skip
    for name, field in fields.items():
        if name in value:
            yield from faults(value[name], field.type, (*where, name))
        elif field.required and name not in meant_somewhere:
            yield Problem(
                "missing-field", f"The field {quoted(name)}{of} is missing.", where,
                f"Add “{name}:”. {description_of(field.type)}".strip(), at_field=True,
            )  # fmt: skip
