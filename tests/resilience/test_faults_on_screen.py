"""The record refuses while somebody is at work: that is said, the app goes on, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quiz.errors import DiskFull, RecordDamaged, RecordError, RecordLocked
from quiz.record.sqlite.connection import RecordFile
from tests.resilience.monkey import Monkey
from tests.resilience.places import PLACES, tour
from tests.resilience.world import World, copied

EVENTS, MANY = 6, 400


@pytest.fixture
def world(template: World, tmp_path: Path) -> Iterator[World]:
    with copied(template, tmp_path) as again:
        yield again


class Refusal:
    """Makes a record refuse to be written, or to be read as well, as long as it is wanted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: RecordError | None = None
        self.is_whole = False
        self.times = 0
        writing, reading = RecordFile.writing, RecordFile.reading

        @contextmanager
        def write(file: RecordFile) -> Iterator[object]:
            self._refuse(is_reading=False)
            with writing(file) as db:
                yield db

        @contextmanager
        def read(file: RecordFile) -> Iterator[object]:
            self._refuse(is_reading=True)
            with reading(file) as db:
                yield db

        monkeypatch.setattr(RecordFile, "writing", write)
        monkeypatch.setattr(RecordFile, "reading", read)

    def _refuse(self, *, is_reading: bool) -> None:
        if self.error is not None and (self.is_whole or not is_reading):
            self.times += 1
            raise self.error


ERRORS: dict[str, tuple[RecordError, bool]] = {
    "full disk": (DiskFull("There is no room left.", "Make room."), False),
    "locked": (RecordLocked("Another program has held the record."), True),
    "damaged": (RecordDamaged("The record is damaged."), True),
}
"""What the record says, and whether it refuses to be read as well."""
ALL_PLACES = ["home", *PLACES]
SHORT = {
    "full disk": ["home", *ALL_PLACES[1::21]],
    "locked": ALL_PLACES[8::21],
    "damaged": ALL_PLACES[15::21],
}


@pytest.mark.parametrize("which", SHORT)
async def test_a_record_that_refuses_ends_nothing(
    which: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _play(SHORT[which], which, EVENTS, world, monkeypatch) > 0


@pytest.mark.long
@pytest.mark.parametrize("which", ERRORS)
@pytest.mark.parametrize("name", ALL_PLACES)
async def test_a_record_that_refuses_for_long_ends_nothing(
    name: str, which: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = await _play([name], which, MANY, world, monkeypatch)
    assert times > 0 or which == "full disk"  # some screens only read


async def _play(
    names: list[str], which: str, events: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> int:
    """Play on some places while the record refuses, and return how often it did."""
    error, is_whole = ERRORS[which]
    refusal = Refusal(monkeypatch)

    async def act(_: str, monkey: Monkey) -> None:
        refusal.is_whole, refusal.error = is_whole, error
        for key in ("1", "enter", "space", "y", "f", "s", "h", "u", "n"):
            monkey._press(key)
            await monkey.pilot.pause()
        await monkey.play(events)
        refusal.error = None

    await tour(world, names, act)
    assert world.workspace.record.rebuild_memory() == 0
    assert world.workspace.record.integrity() == []
    return refusal.times
