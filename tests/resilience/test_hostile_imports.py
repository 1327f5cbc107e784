"""Hostile texts in a history that is imported: shown as signs or refused, and defused in an export."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quiz.core.text.forbidden import FORBIDDEN
from quiz.exchange import record_csv as history_csv
from quiz.exchange import record_jsonl as history_jsonl
from quiz.exchange.csv_cells import FORMULA_STARTS
from quiz.record.import_record import take_in
from quiz.record.read_models import Learner
from quiz.services.past_sessions import past_attempts
from tests.resilience.strings import ALL
from tests.resilience.test_hostile_strings import look, nothing_to_obey, packs
from tests.resilience.world import World, make_world

SHOWN = (
    "history", "statistics", "statistics as a table", "bank statistics", "item statistics", "calibration",
    "study review", "exam result", "review", "past drill",
)  # fmt: skip
"""The screens that show what is on record."""
HANDS = (
    ("history", "bank statistics", "study review", "exam result"),
    ("statistics", "item statistics"),
    ("statistics as a table", "calibration", "review", "past drill"),
)
"""These screens dealt out, to the second hand those that can be shown where the ids are others."""
WRITABLE = [text for text in ALL if not re.search("[\ud800-\udfff]", text)]
KEPT = {"type", "kind", "do", "at", "mode", "id", "learner", "zone", "format", "feedback"}
KEPT |= {"verdict", "confidence"}
"""What says how the rest is to be read."""
IDS = {"bank", "item", "banks", "items", "fingerprint"}


def exported(world: World) -> Iterator[bytes]:
    """Yield the lines of a record's export."""
    record = world.workspace.record
    yield history_jsonl.head((learner.id, learner.name) for learner in record.learners())
    for header, events in record.everything():
        yield from history_jsonl.session_lines(header, events).splitlines(keepends=True)


def told_otherwise(line: bytes, text: str, *, with_ids: bool) -> bytes:
    """Return a line of an export whose every text is another one, its checksum made right."""
    told = _replaced(json.loads(line), text, KEPT if with_ids else KEPT | IDS)
    if "quiz" in told:
        told["quiz"] = "history"
        return _line(told)
    name = "session" if "session" in told else "event"
    said = _line(told[name]).strip()
    of = json.loads(line).get("of")
    start = 0 if of is None else zlib.crc32(_line(of).strip())
    crc = zlib.crc32(said, start)
    more = b"" if of is None else b'"of":%b,' % _line(of).strip()
    return b'{"%b":%b,%b"crc":%d}\n' % (name.encode(), said, more, crc)


def _line(told: object) -> bytes:
    return (
        json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
    )


def _replaced(told: Any, text: str, kept: set[str]) -> Any:
    match told:
        case str():
            return text
        case list():
            return [_replaced(inner, text, kept) for inner in told]
        case dict():
            return {
                name: inner if name in kept else _replaced(inner, text, kept) for name, inner in told.items()
            }
    return told


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = make_world(tmp_path_factory.mktemp("source")).live_through()
    yield made
    made.workspace.record.close()


def taken(source: World, folder: Path, text: str, *, with_ids: bool) -> World:
    """Return a world whose record was imported from one whose every text was replaced."""
    lines = [told_otherwise(line, text, with_ids=with_ids) for line in exported(source)]
    flaws: list[str] = []
    made = make_world(folder)
    people = [Learner(person.id, person.name) for person in history_jsonl.people_in(lines)]
    told = take_in(made.workspace.record, people, history_jsonl.sessions_in(lines, flaws), {})
    assert not any("crc" in flaw or "checksum" in flaw for flaw in flaws)
    assert made.workspace.record.integrity() == []
    assert made.workspace.record.rebuild_memory() == 0
    assert told.sessions or told.flaws or flaws
    made.study, made.test, made.drill = source.study, source.test, source.drill
    return made


def test_every_screen_is_looked_at_with_some_text() -> None:
    assert sorted(name for hand in HANDS for name in hand) == sorted(SHOWN)
    assert set(HANDS[1]) <= set(SHOWN[:6])


@pytest.mark.parametrize("text", ["\ud800", "\udfff\ud800"], ids=ascii)
def test_what_is_not_utf_8_is_refused(text: str, source: World) -> None:
    lines = [told_otherwise(line, text, with_ids=True) for line in exported(source)]
    with pytest.raises(history_jsonl.NotAnExport, match="Line 1 cannot be read"):
        history_jsonl.people_in(lines)
    flaws: list[str] = []
    assert list(history_jsonl.sessions_in(lines, flaws)) == []
    assert flaws


@pytest.mark.parametrize(
    ("text", "with_ids", "names"),
    [*(pytest.param(text, n % 2 == 1, HANDS[n], id=f"pack {n}")
       for n, text in enumerate(packs(WRITABLE, len(HANDS)))),
     *(pytest.param(text, with_ids, SHOWN, id=f"{text!a} {with_ids}", marks=pytest.mark.long)
       for text in WRITABLE for with_ids in (False, True))],
)  # fmt: skip
async def test_an_imported_text_is_never_obeyed(
    text: str, with_ids: bool, names: tuple[str, ...], source: World, tmp_path: Path
) -> None:
    world = taken(source, tmp_path, text, with_ids=with_ids)
    here = {told.id for told in world.workspace.record.sessions(limit=100)}
    is_there = {source.study, source.test, source.drill} <= here
    assert is_there or with_ids
    nothing_to_obey(await look(world, *(name for name in names if is_there or name in SHOWN[:6])))
    world.workspace.record.close()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=ascii(text), marks=[] if text.startswith(FORMULA_STARTS) else pytest.mark.long)
        for text in WRITABLE
    ],
)
def test_an_exported_text_is_defused(text: str, source: World, tmp_path: Path) -> None:
    world = taken(source, tmp_path, text, with_ids=True)
    rows = [
        history_csv.AttemptRow(one.header, one.event, text, one.is_overridden, one.counts)
        for one in past_attempts(world.workspace.record)
    ]
    written = (history_csv.head() + history_csv.lines(rows)).encode("utf-8", "replace").decode()
    assert not FORBIDDEN.search(written)
    for cells in csv.reader(io.StringIO(written)):
        for cell in cells:
            is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
            assert is_number or not cell.startswith(FORMULA_STARTS), cell
    world.workspace.record.close()
