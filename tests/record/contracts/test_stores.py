"""Every store of events, and every record, keeps its contract."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.record.interface import EventStore, Record
from quiz.record.sqlite_record import SqliteRecord
from tests.record.contracts.event_store import EventStoreContract
from tests.record.contracts.memory_store import MemoryStore
from tests.record.contracts.record import RecordContract


class TestSqlite(EventStoreContract):
    """A file on this machine."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[EventStore]:
        with SqliteRecord.open(tmp_path / "history.db", rng=Random(4)) as record:
            yield record

    def learner_in(self, store: EventStore, name: str) -> str:
        assert isinstance(store, SqliteRecord)
        return store.learner(name).id

    def names_in(self, store: EventStore) -> set[str]:
        assert isinstance(store, SqliteRecord)
        return {learner.name for learner in store.learners() if learner.name}


class TestSqliteRecord(RecordContract):
    """A file on this machine, with what follows from its events."""

    @pytest.fixture
    def record(self, tmp_path: Path) -> Iterator[Record]:
        with SqliteRecord.open(tmp_path / "history.db", rng=Random(4)) as record:
            yield record


def test_every_question_of_a_record_is_in_its_contract() -> None:
    asked = {
        node.attr
        for contract in (RecordContract, EventStoreContract)
        for node in ast.walk(ast.parse(inspect.getsource(contract)))
        if isinstance(node, ast.Attribute)
    }
    assert {name for name in vars(Record) if not name.startswith("_")} - asked == {"close"}


class TestInMemory(EventStoreContract):
    """A dictionary."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> EventStore:
        return MemoryStore()

    def learner_in(self, store: EventStore, name: str) -> str:
        assert isinstance(store, MemoryStore)
        store.names[name] = name
        return name

    def names_in(self, store: EventStore) -> set[str]:
        assert isinstance(store, MemoryStore)
        return set(store.names.values())
