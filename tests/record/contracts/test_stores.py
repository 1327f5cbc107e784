"""Every store of events, and every record, keeps its contract."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

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


@pytest.mark.extra("pg_ctlcluster", "psycopg")
class TestPostgres(EventStoreContract):
    """A school's database, as its owner sees it."""

    @pytest.fixture
    def store(self, tmp_path: Path, school: str) -> Iterator[EventStore]:
        from quiz.record.postgres.connection import connected_as_owner
        from quiz.record.postgres.event_store import PostgresEventStore

        with connected_as_owner(school) as db:
            yield PostgresEventStore(db)

    def learner_in(self, store: EventStore, name: str) -> str:
        from quiz.record.postgres.people import put_class

        return put_class(self._db(store), "8b", [name], Random(name))[0].id

    def names_in(self, store: EventStore) -> set[str]:
        from quiz.record.postgres.people import people

        return {one.name for one in people(self._db(store))}

    def _db(self, store: EventStore) -> Any:
        from quiz.record.postgres.event_store import PostgresEventStore

        assert isinstance(store, PostgresEventStore)
        return store._db


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
