"""Stand-ins for what the tests must hold still."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import msgspec

from quiz.banks.library import Library
from quiz.config.settings import Config
from quiz.core.session import ItemLookup
from quiz.record.sqlite.create import make_record
from quiz.record.sqlite_record import SqliteRecord
from quiz.services.workspace import Workspace

NOON = 1_750_240_800_000
"""18 June 2025, 10:00 UTC, noon in Berlin."""

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000


@dataclass
class FakeClock:
    """A clock that goes on only when it is told to."""

    time: int = NOON
    monotonic: int = 5_000_000
    zone_name: str = "Europe/Berlin"
    boot_id: str = "first"
    step: int = 0
    """How many milliseconds pass with every look at it."""

    def now(self) -> int:
        return self.time

    def passed(self) -> int:
        self.go_on(self.step)
        return self.monotonic

    def boot(self) -> str:
        return self.boot_id

    def zone(self) -> str:
        return self.zone_name

    def go_on(self, milliseconds: int) -> None:
        self.time += milliseconds
        self.monotonic += milliseconds


@dataclass
class Kept:
    """What a workspace was asked to keep in the config."""

    values: dict[str, object] = field(default_factory=dict)

    def __call__(self, name: str, value: object) -> None:
        self.values[name] = value


@cache
def empty_record() -> bytes:
    """Return a record on which nothing is yet, as it lies on the disk."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        make_record(path)
        return path.read_bytes()


def make_workspace(
    home: Path, *banks: Path, config: Config | None = None, clock: FakeClock | None = None, seed: int = 1
) -> Workspace:
    """Return a workspace on a record under `home` and on some bank files."""
    path = home / "history.db"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.write_bytes(empty_record())
    return Workspace(
        config=config or Config(),
        library=Library(files=banks),
        record=SqliteRecord.open(path, rng=Random(seed)),
        clock=clock or FakeClock(),
        rng=Random(seed),
        learner_name="mina",
        keep_config=Kept(),
    )


def lookup_without(lookup: ItemLookup, *gone: str) -> ItemLookup:
    """Return a lookup as it is once some items, by their ids, are gone from their banks."""
    return ItemLookup.of(
        *(
            msgspec.structs.replace(bank, items=tuple(item for item in bank.items if item.id not in gone))
            for bank in lookup.banks
        )
    )
