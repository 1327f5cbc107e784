"""A school's database is set up once, migrated in whole steps, and told what it lacks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random, SystemRandom
from typing import Any

import pytest

from quiz.errors import RecordError, RecordNewer, UsageError
from quiz.record.postgres import schema
from quiz.record.postgres.connection import connected, connected_as_owner
from quiz.record.postgres.people import put_class
from quiz.record.postgres.push import push
from quiz.record.postgres.schema import Migration, add_months, migrate, note_restore, set_up, state_of
from quiz.record.postgres.status import advice, status_of
from tests.postgres import TODAY, Server
from tests.record.record_stress import NOON, attempt, header

pytestmark = pytest.mark.extra("pg_ctlcluster", "psycopg")


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    """A school for this module alone."""
    return server.new_school(f"schema_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture
def db(address: str) -> Iterator[Any]:
    """A connection as the owner, whose changes do not last."""
    with connected_as_owner(address) as opened, opened.transaction(force_rollback=True):
        yield opened


def _one(db: Any, query: str) -> Any:
    return db.execute(query).fetchone()[0]


def test_a_second_school_is_not_set_up_over_the_first(address: str) -> None:
    with connected(address) as admin, pytest.raises(UsageError, match="is a school in this database"):
        set_up(admin, Random(1), TODAY)


def test_a_migration_is_whole_or_not_there(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    known = schema.migrations()
    last = known[-1].number
    good = Migration(last + 1, "CREATE TABLE quiz.extra (n integer)")
    bad = Migration(last + 2, "CREATE TABLE quiz.more (n integer); SELECT 1/0")
    monkeypatch.setattr(schema, "migrations", lambda: [*known, good, bad])
    with pytest.raises(Exception, match="division by zero"), db.transaction():
        migrate(db, TODAY)
    monkeypatch.setattr(schema, "migrations", lambda: [*known, good])
    assert migrate(db, TODAY) == (last, last + 1)
    assert migrate(db, TODAY) == (last + 1, last + 1)
    assert _one(db, "SELECT to_regclass('quiz.extra') IS NOT NULL AND to_regclass('quiz.more') IS NULL")


def test_a_newer_school_is_left_alone(db: Any) -> None:
    db.execute("INSERT INTO quiz.migration(number) VALUES (99)")
    with pytest.raises(RecordNewer, match="migration 99"):
        migrate(db, TODAY)
    assert state_of(db).applied == 99


def test_where_there_is_no_school_none_is_migrated(server: Server) -> None:
    with connected(server.address("postgres")) as admin, pytest.raises(RecordError, match="holds no school"):
        migrate(admin, TODAY)


def test_every_month_has_a_partition_and_other_times_have_one_as_well(db: Any) -> None:
    assert add_months(db, TODAY, 1, 1) == 0
    assert add_months(db, TODAY, 1, 14) > 20
    (ada,) = put_class(db, "8b", ["Ada"], SystemRandom())
    rng = Random(3)
    for started in (NOON, 0, NOON + 40 * 365 * 86_400_000):
        push(db, [(header(ada.id, rng, started), [attempt(1)])])
    rows = db.execute("SELECT tableoid::regclass::text, count(*) FROM quiz.event GROUP BY 1").fetchall()
    assert dict(rows) == {"quiz.event_2025_06": 1, "quiz.event_other": 2}
    assert db.execute("SELECT quiz.add_months('1970-01-01', '1970-02-01')").fetchone() == (2,)
    assert _one(db, "SELECT count(*) FROM quiz.event") == 3


def test_a_restore_goes_on_after_the_last_batch(db: Any) -> None:
    (ada,) = put_class(db, "8b", ["Ada"], SystemRandom())
    rng = Random(3)
    push(db, [(header(ada.id, rng), [attempt(1)])])
    db.execute("UPDATE quiz.event SET batch = batch + 5000000")
    note_restore(db)
    push(db, [(header(ada.id, rng), [attempt(1)])])
    earlier, later = db.execute("SELECT batch FROM quiz.event ORDER BY batch").fetchall()
    assert later > earlier
    first, is_ahead = db.execute("SELECT restored, batch_offset > 4000000 FROM quiz.school").fetchone()
    assert is_ahead
    assert abs(first - float(_one(db, "SELECT extract(epoch FROM now())"))) < 3600
    note_restore(db)
    assert _one(db, "SELECT restored FROM quiz.school") > first


def test_what_should_be_done_is_said(db: Any) -> None:
    found = status_of(db)
    assert (found.applied, found.known, found.pupils, found.is_open) == (2, 2, 0, False)
    assert found.partitions_until == date(2025, 8, 1)
    assert [said.partition(":")[0] for said in advice(found, TODAY)] == ["The partitions end soon"]
    assert advice(found, TODAY - timedelta(days=300)) == []
    assert len(advice(found._replace(applied=0, is_open=True), TODAY)) == 3
