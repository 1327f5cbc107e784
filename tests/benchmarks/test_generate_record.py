"""A generated record is one that quiz itself could have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.generate_record import LEARNER, generate, main
from quiz.banks.files import read_bank
from quiz.core.events.model import EventKind
from quiz.record.sqlite_record import SqliteRecord
from tests.fakes import NOON
from tests.record.totals import item_totals


def test_every_projection_follows_from_the_events(tmp_path: Path) -> None:
    generate(tmp_path, attempts=600, items=40, banks=3, days=60, seed=4, until=NOON)
    banks = [read_bank(path) for path in sorted((tmp_path / "banks").iterdir())]
    assert [len(bank.bank.items) if bank.bank else 0 for bank in banks] == [14, 13, 13]
    assert [finding for bank in banks for finding in bank.findings if finding.is_error] == []
    with SqliteRecord.open(tmp_path / "history.db") as record:
        assert record.integrity() == []
        assert record.rebuild_memory() == 0
        events = [event for _, told in record.everything() for event in told]
        assert sum(event.kind is EventKind.ATTEMPT for event in events) == 600
        assert {event.kind for event in events} >= {EventKind.UNDO, EventKind.OVERRIDE, EventKind.END}
        learner = record.learner(LEARNER).id
        assert len({total.fingerprint for total in item_totals(record, learner)}) > 40
    assert (tmp_path / "config.toml").read_text() == f'learner = "{LEARNER}"\n'


def test_the_same_seed_makes_the_same_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "other"):
        arguments = [str(tmp_path / name), "--attempts", "30", "--items", "8", "--banks", "2", "--days", "9"]
        monkeypatch.setattr("sys.argv", ["generate_record", *arguments, "--until", "2025-06-18"])
        main()
    assert capsys.readouterr().out.count("30 attempts in") == 2
    with (
        SqliteRecord.open(tmp_path / "one" / "history.db") as one,
        SqliteRecord.open(tmp_path / "other" / "history.db") as other,
    ):
        assert list(one.everything()) == list(other.everything())
