"""Every store of events keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.record.interface import EventStore
from quiz.record.sqlite_record import SqliteRecord
from tests.record.contracts.event_store import EventStoreContract
from tests.record.contracts.memory_store import MemoryStore


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
