"""How a foreign format is declared, and the results of reading and writing one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import msgspec

from quiz.core.content.bank import Bank
from quiz.exchange.decoding import Decoded, decoded
from quiz.exchange.picture_shelf import nothing_beside


class ForeignFile:
    """A foreign file: its name, without its folder, and its bytes.

    `beside` returns what a picture beside it holds by its path from there, None where there is none.
    """

    def __init__(
        self, name: str, data: bytes, beside: Callable[[str], bytes | None] = nothing_beside
    ) -> None:
        self.name = name
        self.data = data
        self.beside = beside

    @cached_property
    def decoded(self) -> Decoded:
        """The decoded text and its encoding."""
        return decoded(self.data)

    @property
    def text(self) -> str:
        """The text, with line feeds as line ends."""
        return self.decoded.text

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def ending(self) -> str:
        """The ending of its name in lower case, with its dot; empty if it has none."""
        before, dot, after = self.name.rpartition(".")
        return f".{after.lower()}" if dot and before else ""


class Loss(NamedTuple):
    """Something left out of an item because a format or a bank cannot hold it."""

    place: str
    """The place of the item, such as: line 12."""
    what: str
    """What is lost, as a phrase: partial credit."""
    item: str = ""
    """The item's id; empty if the loss is not about one item."""


class Refusal(NamedTuple):
    """A question that could not be imported."""

    place: str
    """Its place, such as: line 12."""
    why: str
    """The reason, as a sentence."""
    text: str = ""
    """The beginning of its text."""


class Review(NamedTuple):
    """One answer recorded by another program."""

    item: str
    """The id of the item that was answered."""
    at: int
    """In milliseconds since 1970 UTC; unique within its source."""
    rating: int
    """1 again, 2 hard, 3 good, 4 easy."""
    duration_ms: int


@dataclass(frozen=True)
class Imported:
    """The result of reading a foreign file."""

    bank: Bank | None
    """The bank; None if no question could be read. Its id and title are suggestions."""
    losses: tuple[Loss, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    media: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures by the names that the items use for them."""
    reviews: tuple[Review, ...] = ()
    remarks: tuple[str, ...] = ()
    """Sentences about the file as a whole."""


class Written(NamedTuple):
    """The result of writing a bank in a foreign format."""

    data: bytes
    losses: tuple[Loss, ...] = ()
    """What is left out beyond what the declaration says; see `losses_of`."""
    beside: Mapping[str, bytes] = {}
    """Pictures that lie beside the file, by their paths from there."""


def _reads_nothing(_: ForeignFile) -> int:
    return 0


@dataclass(frozen=True, kw_only=True)
class Format:
    """A foreign format: its names, how it is recognised, and what can be read and written."""

    name: str
    """What people type after --format."""
    title: str
    """Its name in sentences."""
    endings: tuple[str, ...]
    """The endings of its files, the usual one first."""
    about: str
    """Notes on it, for the table of formats."""
    reads: frozenset[str] = frozenset()
    """The kinds of items that reading may give."""
    writes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each kind that can be written, the fields kept in addition to `ESSENTIAL`.

    `feedback` stands for the feedback of options and of whole items alike.
    """
    becomes: Mapping[str, str] = field(default_factory=dict)
    """Kinds that are written so that they come back as another kind."""
    recognise: Callable[[ForeignFile], int] = _reads_nothing
    """How sure it is, from 0 to 100, that a file is in this format. Never raises."""
    read: Callable[[ForeignFile], Imported] | None = None
    """Reads a file. Raises `ExchangeError` where it cannot be read at all."""
    write: Callable[[Bank, Mapping[str, bytes]], Written] | None = None
    """Writes a bank, of which `losses_of` has been told already, with its pictures by their names."""
    extra: str = ""
    """The optional dependencies that it needs."""
    modules: tuple[str, ...] = ()
    """The modules that come with them."""


ESSENTIAL: frozenset[str] = frozenset(
    {"kind", "stem", "key", "keys", "distractors", "back", "text", "order", "pairs", "categories"}
)
"""Fields that every format keeps for the kinds it can hold."""


_LOST: Mapping[str, str] = {
    "stimulus": "the stimulus as a thing of its own: it stands in the stem instead",
    "accept": "other wordings that are accepted (“accept”)",
    "refuse": "wrong answers to expect (“refuse”)",
    "image": "pictures (“image”)",
}
"""What it means to leave a field out, where its name does not say so."""


def losses_of(format_: Format, bank: Bank) -> list[Loss]:
    """Return what writing a bank in a format will leave out, by its declaration."""
    losses = []
    if bank.notes:
        losses.append(Loss("the bank", "the notes of the briefing"))
    for number, item in enumerate(bank.items, 1):
        place = f"item {number}"
        if item.kind not in format_.writes:
            losses.append(Loss(place, f"{item.kind} items as a whole", item.id))
            continue
        if item.kind in format_.becomes:
            kind = format_.becomes[item.kind]
            losses.append(Loss(place, f"the kind: {item.kind} comes out as {kind}", item.id))
        kept = format_.writes[item.kind] | ESSENTIAL
        stimulus = bank.stimuli.get(item.stimulus)
        if stimulus is not None and stimulus.image is not None and "image" not in kept:
            losses.append(Loss(place, "the picture of its stimulus", item.id))
        losses += [
            Loss(place, _LOST.get(name, f"the field “{name}”"), item.id)
            for name in sorted(fields_in_use(item) - kept - {"id"})
        ]
    return losses


def fields_in_use(item: msgspec.Struct) -> frozenset[str]:
    """Return the fields of an item that differ from their defaults."""
    plain = msgspec.to_builtins(item)
    defaults = _defaults(type(item))
    used = {
        name
        for name, value in plain.items()
        if value not in ("", [], (), {}, None) and value != defaults.get(name)
    }
    if "lint" in used and not plain["lint"].get("ignore"):
        used.discard("lint")
    inner = {name for name in _inner_names(plain, is_inner=False) if name in {"feedback", "accept", "image"}}
    return frozenset(used | inner)


@lru_cache(maxsize=64)
def _defaults(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the default of each field, in plain data."""
    return {
        spec.encode_name: msgspec.to_builtins(spec.default)
        for spec in msgspec.structs.fields(kind)
        if spec.default is not msgspec.NODEFAULT
    }


def _inner_names(value: Any, *, is_inner: bool = True) -> Iterator[str]:
    """Yield the names of fields that options and entries use."""
    if isinstance(value, dict):
        if is_inner:
            yield from (name for name, inner in value.items() if inner)
        for inner in value.values():
            yield from _inner_names(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _inner_names(inner)
