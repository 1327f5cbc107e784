"""A login sees and changes what is its own, whatever it tries: every table, partition, view and function."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import pytest

from quiz.core.events.model import Event, SessionHeader
from quiz.record.postgres.connection import connected, connected_as_owner
from quiz.record.postgres.push import push
from quiz.record.postgres.schema import JOIN, door_role, verifier
from tests.postgres import PASSWORD, enrolled, login, teacher_of
from tests.record.record_stress import attempt, header

pytestmark = pytest.mark.extra("pg_ctlcluster", "psycopg")


TABLES = ("event", "session", "person", "class", "class_pupil", "class_teacher", "invitation", "school")


class Two(NamedTuple):
    """A school in which Ada and Bo have each answered something; the connection is Ada's."""

    db: Any
    school: str
    ada: str
    bo: str
    of_bo: SessionHeader
    address_of_bo: str

    def everything(self) -> list[Any]:
        """Return all that is in the school, as its owner sees it."""
        with connected_as_owner(self.school) as owner:
            return [
                owner.execute(f"SELECT * FROM quiz.{name} ORDER BY 1, 2".encode()).fetchall()
                for name in TABLES
            ]


@pytest.fixture
def two(school: str) -> Iterator[Two]:
    ada, bo = enrolled(school, "Ada", "Bo")
    enrolled(school, "Cy", class_name="9a")
    own, other = (_session(one.person.id) for one in (ada, bo))
    address_of_bo = login(school, bo)
    with connected(address_of_bo) as db:
        push(db, [other])
    with connected(login(school, ada)) as db:
        push(db, [own])
        yield Two(db, school, ada.person.id, bo.person.id, other[0], address_of_bo)


def _session(learner: str) -> tuple[SessionHeader, list[Event]]:
    return header(learner, Random(learner)), [attempt(1, f"secret of {learner}"), attempt(2)]


def _relations(school: str) -> list[tuple[str, str]]:
    """Return every table, partition, view and sequence in the school, with its kind."""
    with connected_as_owner(school) as owner:
        return owner.execute(
            "SELECT c.oid::regclass::text, c.relkind::text FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE n.nspname = 'quiz' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')"
        ).fetchall()


def _tried(db: Any, statement: str, *values: Any) -> Any:
    """Return what a statement gives, or the error that it ends in."""
    from psycopg import Error

    try:
        found = db.execute(statement, values or None)
        return found.fetchall() if found.description else found.rowcount
    except Error as error:
        return error


SPOOFS = (
    "SET quiz.learner = '{bo}'",
    "SET SESSION AUTHORIZATION quiz_{bo}",
    "SET ROLE quiz_{bo}",
    "SET ROLE quiz_owner",
    "SET ROLE admin",
    "SET row_security = off",
    "SET ROLE quiz_pupil",
    "SET ROLE quiz_teacher",
    "SET search_path = pg_temp, quiz, public",
    "SET session_replication_role = replica",
    "GRANT quiz_{bo} TO quiz_{ada}",
    "GRANT quiz_teacher TO quiz_{ada}",
    "ALTER ROLE quiz_{ada} SUPERUSER",
    "ALTER ROLE quiz_{ada} BYPASSRLS",
    "ALTER ROLE quiz_{ada} CREATEROLE",
    "ALTER ROLE quiz_{ada} RENAME TO quiz_{bo}",
    "ALTER ROLE quiz_{bo} PASSWORD 'x'",
    "ALTER TABLE quiz.event DISABLE ROW LEVEL SECURITY",
    "DROP POLICY own ON quiz.event",
    "CREATE POLICY mine ON quiz.event USING (true)",
    "CREATE VIEW quiz.mine AS SELECT * FROM quiz.event",
    "CREATE TABLE quiz.mine ()",
    "CREATE TABLE public.mine ()",
    "CREATE TEMP TABLE mine ()",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "ALTER TABLE quiz.event ATTACH PARTITION quiz.event_other DEFAULT",
    "ALTER TABLE quiz.event DETACH PARTITION quiz.event_other",
    "TRUNCATE quiz.event",
    "LOCK TABLE quiz.event",
    "COPY quiz.event TO STDOUT",
    "COPY quiz.event TO PROGRAM 'cat'",
    "DO $$ BEGIN PERFORM 1; EXECUTE 'SET ROLE quiz_owner'; END $$",
    "DROP OWNED BY quiz_{bo}",
    "REASSIGN OWNED BY quiz_{bo} TO quiz_{ada}",
)  # fmt: skip


def test_nothing_of_another_is_seen_whatever_is_set(two: Two) -> None:
    before = two.everything()
    relations = _relations(two.school)
    assert {"quiz.event_2025_06", "quiz.session_other"} < {name for name, _ in relations}
    for spoof in ("SELECT 1", *SPOOFS):
        _tried(two.db, spoof.format(ada=two.ada, bo=two.bo))
        for name, _ in relations:
            found = _tried(two.db, f"SELECT * FROM {name}")
            seen = str(found) if isinstance(found, list) else ""
            assert two.bo not in seen, (spoof, name)
            assert "Bo" not in seen, (spoof, name)
        _tried(two.db, "RESET ROLE")
    assert two.everything() == before


def test_partitions_and_secrets_are_closed_by_themselves(two: Two) -> None:
    for name, kind in _relations(two.school):
        found = _tried(two.db, f"SELECT * FROM {name}")
        is_open = isinstance(found, list)
        assert is_open == (name in {"quiz.event", "quiz.session", "quiz.person"}), (name, kind, found)
    assert isinstance(_tried(two.db, "SELECT door FROM quiz.school"), Exception)
    assert len(_tried(two.db, "SELECT id, restored, batch_offset FROM quiz.school")) == 1


WRITES = (
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "SELECT * FROM {table} FOR UPDATE",
    "INSERT INTO {table} DEFAULT VALUES",
    "INSERT INTO {table} SELECT * FROM {table}",
)


def test_nothing_is_changed_in_any_table(two: Two) -> None:
    before = two.everything()
    for name, kind in _relations(two.school):
        if kind in "rp":
            column = {"quiz.event": "n", "quiz.session": "seed"}.get(name, "id")
            for write in WRITES:
                told = _tried(two.db, write.format(table=name, column=column))
                assert isinstance(told, Exception), (name, write, told)
    assert two.everything() == before


def test_a_row_for_another_is_refused_by_its_policy(two: Two) -> None:
    before = two.everything()
    event = (
        "INSERT INTO quiz.event(session, n, owner, kind, learner, bank, item, fingerprint, at, crc)"
        " VALUES (%s, 77, %s, 'attempt', %s, '', '', '', 0, 0)"
    )
    own = f"quiz_{two.ada}", f"quiz_{two.bo}"
    (mine,) = _tried(two.db, "SELECT id::text FROM quiz.session")[0]
    for session in (two.of_bo.id, mine, "00000000-0000-7000-8000-000000000000"):
        for owner in own:
            for learner in (two.ada, two.bo):
                told = _tried(two.db, event, session, owner, learner)
                is_fine = (session, owner, learner) == (mine, own[0], two.ada)
                assert (told == 1) == is_fine, (session, owner, learner, told)
    opening = (
        "INSERT INTO quiz.session(id, owner, learner, device, mode, seed, started, zone, banks, settings,"
        " crc, items)"
        " VALUES (gen_random_uuid(), %s, %s, '', 'study', '1', 0, 'UTC', '[]', '{}', 0, '[]')"
    )
    assert isinstance(_tried(two.db, opening, own[1], two.bo), Exception)
    assert isinstance(_tried(two.db, opening, own[0], two.bo), Exception)
    batch = (
        "INSERT INTO quiz.event(session, n, owner, kind, learner, bank, item, fingerprint, at, crc, batch)"
    )
    assert isinstance(_tried(two.db, f"{batch} SELECT 1"), Exception)
    with connected_as_owner(two.school) as owner:
        owner.execute("DELETE FROM quiz.event WHERE n = 77")
    assert two.everything() == before


def test_no_function_can_be_called(two: Two) -> None:
    with connected_as_owner(two.school) as owner:
        functions = owner.execute(
            "SELECT p.oid::regprocedure::text, p.prosecdef FROM pg_proc p JOIN pg_namespace n"
            " ON n.oid = p.pronamespace WHERE n.nspname = 'quiz' ORDER BY 1"
        ).fetchall()
    assert [name for name, is_definer in functions if is_definer] == ['quiz."join"(text,text)']
    for name, _ in functions:
        who = {
            role
            for role in (f"quiz_{two.ada}", "quiz_teacher", "quiz_pupil", JOIN, "quiz_owner")
            if _tried(two.db, "SELECT has_function_privilege(%s, %s, 'EXECUTE')", role, name) == [(True,)]
        }
        assert who == {"quiz_owner", *({JOIN} if "join" in name else set())}


def test_whoever_joins_can_do_nothing_else(two: Two) -> None:
    with connected_as_owner(two.school) as owner:
        (door,) = owner.execute("SELECT door FROM quiz.school").fetchone() or ("",)
    with connected(two.school, user=door_role(door), password=door) as db:
        for name, _ in _relations(two.school):
            assert isinstance(_tried(db, f"SELECT * FROM {name}"), Exception)
        for code in ("", "guess", door, "' OR true --"):
            assert isinstance(_tried(db, "SELECT quiz.join(%s, %s)", code, verifier(db, "x")), Exception)


def test_a_code_works_once_and_only_with_a_verifier(school: str) -> None:
    (invited,) = enrolled(school, "Ada")
    door, _, code = invited.code.partition("-")
    with connected(school, user=door_role(door), password=door) as db:
        for bad in ("secret", "md5" + "0" * 32, "SCRAM-SHA-256$1:a$b:c' SUPERUSER PASSWORD 'x"):
            assert isinstance(_tried(db, "SELECT quiz.join(%s, %s)", code, bad), Exception)
    address = login(school, invited)
    with connected(address) as db:
        assert db.execute("SELECT name FROM quiz.person").fetchall() == [("Ada",)]
        attributes = "rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
        assert (
            db.execute(f"SELECT {attributes} FROM pg_roles WHERE rolname = current_user".encode()).fetchone()
            == (False,) * 5
        )
        for setting, kept in (
            ("idle_in_transaction_session_timeout", "1min"),
            ("idle_session_timeout", "5min"),
        ):
            assert db.execute(f"SHOW {setting}".encode()).fetchone() == (kept,)
    with pytest.raises(Exception, match="unknown, used or too old"):
        login(school, invited)
    with connected_as_owner(school) as owner:
        owner.execute("UPDATE quiz.invitation SET expires = now() - interval '1 second'")
        assert not _tried(owner, "SELECT 1 FROM pg_stat_activity WHERE query LIKE %s", f"%{PASSWORD}%")


def test_a_teacher_reads_the_classes_given_and_no_other(two: Two) -> None:
    before = two.everything()
    invited = teacher_of(two.school, "Ms Lee", "8b")
    with connected(login(two.school, invited)) as db:
        assert {name for (name,) in _tried(db, "SELECT name FROM quiz.person")} == {"Ada", "Bo", "Ms Lee"}
        assert _tried(db, "SELECT name FROM quiz.class") == [("8b",)]
        owners = {owner for (owner,) in _tried(db, "SELECT DISTINCT owner FROM quiz.event")}
        assert owners == {f"quiz_{two.ada}", f"quiz_{two.bo}"}
        for write in (
            "DELETE FROM quiz.event",
            "UPDATE quiz.event SET score = 1",
            "DELETE FROM quiz.class_teacher",
        ):
            assert isinstance(_tried(db, write), Exception)
        (key,) = _tried(db, "SELECT id FROM quiz.class")[0]
        assert isinstance(
            _tried(db, "INSERT INTO quiz.class_teacher VALUES (%s, CURRENT_USER)", key), Exception
        )
        for name, _ in _relations(two.school):
            if name.count("_") > 1 or name.endswith("_other"):
                assert isinstance(_tried(db, f"SELECT * FROM {name}"), Exception)
    with connected_as_owner(two.school) as owner:
        owner.execute("DELETE FROM quiz.class_teacher")
    with connected(two.school.replace("admin@", f"quiz_{invited.person.id}:{PASSWORD}@")) as db:
        assert _tried(db, "SELECT * FROM quiz.event") == []
    assert two.everything()[:2] == before[:2]


def test_a_pupil_may_have_their_own_password_and_somebody_else_not(two: Two) -> None:
    assert _tried(two.db, f"ALTER ROLE quiz_{two.ada} PASSWORD 'another'") == -1
    assert isinstance(_tried(two.db, f"ALTER ROLE quiz_{two.bo} PASSWORD 'another'"), Exception)
    with connected(two.address_of_bo) as db:
        assert db.execute("SELECT count(*) FROM quiz.event").fetchone() == (2,)
