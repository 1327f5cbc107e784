"""What is sent to a school's database is answered event by event, and comes back whole."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from random import Random
from typing import Any

import msgspec
import pytest

from quiz.core.content.grading import Entered
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.errors import RecordError, SchoolUnreachable, UsageError
from quiz.record.postgres.bulk import BroughtIn, bring_in
from quiz.record.postgres.connection import connected, connected_as_owner, parts_of, without_password
from quiz.record.postgres.pull import changed, everything_of, horizon, pages
from quiz.record.postgres.push import OTHERS, batches, push
from tests.postgres import Server, enrolled, login
from tests.record.record_stress import DAY, NOON, attempt, event, header

pytestmark = pytest.mark.extra("pg_ctlcluster", "psycopg")
HOSTILE = (
    "'; DROP TABLE quiz.event; --",
    "\\",
    "%s {} $1",
    "\x00",
    "\ud800",
    "\u202eabc",
    "🎓" * 50,
    '"{1,2}',
    "NULL",
)


@pytest.fixture
def pupil(school: str) -> tuple[str, str]:
    """A pupil who has joined: the URL with the login, and the id."""
    (invited,) = enrolled(school, "Ada")
    return login(school, invited), invited.person.id


def _session(learner: str, seed: int = 1, attempts: int = 2) -> tuple[SessionHeader, list[Event]]:
    opened = header(learner, Random(f"{learner} {seed}"), NOON + seed * DAY)
    return opened, [attempt(n, f"item-{n}") for n in range(1, attempts + 1)]


def test_each_event_is_answered_and_again_is_nothing(pupil: tuple[str, str]) -> None:
    address, ada = pupil
    opened, events = _session(ada)
    with connected(address) as db:
        assert push(db, [(opened, events)]) == msgspec.convert({"stored": 2}, type(push(db, [])))
        again = push(db, [(opened, [*events, attempt(3)])])
        assert (again.stored, again.present, again.refused) == (1, 2, {})
        other = push(db, [(opened, [attempt(2, "another"), attempt(4)])])
        assert (other.stored, other.present, other.refused) == (1, 0, {opened.id: {2: OTHERS}})
        twin = push(db, [(msgspec.structs.replace(opened, seed=9), [attempt(5)])])
        assert (twin.stored, twin.refused) == (0, {opened.id: {5: OTHERS}})


def test_somebody_elses_row_is_refused_and_not_passed_over(school: str) -> None:
    ada, bo = enrolled(school, "Ada", "Bo")
    opened, events = _session(ada.person.id)
    with connected(login(school, ada)) as db:
        push(db, [(opened, events)])
    stolen = msgspec.structs.replace(opened, learner=bo.person.id)
    with connected(login(school, bo)) as db:
        for taken in (stolen, opened):
            told = push(db, [(taken, [attempt(1), attempt(9)])])
            assert (told.stored, told.present, set(told.refused[opened.id])) == (0, 0, {1, 9})


def test_what_cannot_be_kept_is_refused_alone(pupil: tuple[str, str]) -> None:
    address, ada = pupil
    opened, _ = _session(ada)
    events = [attempt(n, text, response=Entered((text,))) for n, text in enumerate(HOSTILE, 1)]
    events.append(attempt(len(events) + 1, response=Entered(("x" * 1_000_001,))))
    with connected(address) as db:
        told = push(db, [(opened, events)])
        assert set(told.refused[opened.id]) == {HOSTILE.index("\x00") + 1, len(events)}
        ((_, kept),) = next(pages(db, {opened.id: 0})).sessions
    assert [one.item for one in kept] == [
        text if text != "\ud800" else "�" for text in HOSTILE if text != "\x00"
    ]


def test_what_comes_back_is_what_was_sent(pupil: tuple[str, str]) -> None:
    address, ada = pupil
    sent = [_session(ada, seed) for seed in range(1, 4)]
    sent[0][1].append(event(3, EventKind.UNDO, 2, body={"also": [1]}))
    with connected(address) as db:
        push(db, sent)
        until = horizon(db).batch
        there = changed(db, 0, until)
        assert there == {opened.id: len(events) for opened, events in sent}
        assert changed(db, until, horizon(db).batch) == {}
        (page,) = pages(db, dict.fromkeys(there, 1))
    assert page.sessions == [(opened, events[1:]) for opened, events in sent]
    assert page.flaws == []


def test_what_is_new_is_found_by_an_index(pupil: tuple[str, str]) -> None:
    with connected(pupil[0]) as db:
        db.execute("SET enable_seqscan = off")
        db.execute("SET enable_bitmapscan = off")
        plan = db.execute(
            "EXPLAIN SELECT max(n) FROM quiz.event WHERE owner = CURRENT_USER::text AND batch >= 5"
        ).fetchall()
    lines = [line.strip() for (line,) in plan]
    assert "Index Cond: ((owner = (CURRENT_USER)::text) AND (batch >= 5))" in lines


def test_what_an_open_transaction_may_still_bring_is_held_back(school: str) -> None:
    ada, bo = enrolled(school, "Ada", "Bo")
    first, second = _session(ada.person.id, 1), _session(ada.person.id, 2)
    with connected(login(school, ada)) as slow, connected(login(school, bo)) as other:
        with slow.transaction():
            push(slow, [first])
            push(other, [_session(bo.person.id)])
            held = horizon(other).batch
            assert changed(other, 0, held) == {}, "Bo's row came after one that is not there yet"
        assert len(changed(other, 0, horizon(other).batch)) == 1
        push(slow, [second])
        until = horizon(slow).batch
        assert set(changed(slow, held, until)) == {first[0].id, second[0].id}


def test_a_row_that_was_changed_is_told_and_left_out(school: str, pupil: tuple[str, str]) -> None:
    address, ada = pupil
    sound, broken = _session(ada, 1), _session(ada, 2)
    with connected(address) as db, connected_as_owner(school) as owner:
        push(db, [sound, broken])
        owner.execute("UPDATE quiz.event SET item='x' WHERE session=%s AND n=2", (broken[0].id,))
        (page,) = pages(db, {sound[0].id: 0, broken[0].id: 0})
        assert page.sessions == [sound]
        assert len(page.flaws) == 1
        assert everything_of(owner, ada) == [sound]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_batches_hold_everything_once_and_no_more_than_they_may(size: int) -> None:
    parts = [_session("0123456789ab", seed, attempts) for seed, attempts in ((1, 1), (2, 7), (3, 3))]
    made = list(batches(iter(parts), size))
    assert all(sum(len(events) for _, events in batch) <= size for batch in made)
    joined: dict[str, list[Event]] = {}
    for opened, events in (part for batch in made for part in batch):
        joined.setdefault(opened.id, []).extend(events)
    assert joined == {opened.id: events for opened, events in parts}


def test_many_are_brought_in_at_once_and_again_is_nothing(school: str) -> None:
    ada, bo = enrolled(school, "Ada", "Bo")
    parts = [_session(one.person.id, seed, 5) for one in (ada, bo) for seed in range(3)]
    with connected_as_owner(school) as db:
        assert bring_in(db, parts) == BroughtIn(30, 0, 0)
        assert bring_in(db, parts) == BroughtIn(0, 30, 0)
        opened, events = parts[0]
        other = (msgspec.structs.replace(parts[1][0], seed=1), parts[1][1])
        assert bring_in(db, [(opened, [attempt(1, "other"), *events[1:], attempt(6)]), other]) == (1, 4, 6)


@contextmanager
def _network(port: int) -> Iterator[_Network]:
    """A way to a server that can be made to drop everything."""
    made = _Network(port)
    try:
        yield made
    finally:
        made.close()


class _Network:
    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._drops_after: int | None = None
        self._lines: list[socket.socket] = [self._listener]
        threading.Thread(target=self._accept, daemon=True).start()

    def drop_after(self, count: int | None) -> None:
        """Let this many more bytes through to the server, then nothing either way."""
        self._drops_after = count

    def close(self) -> None:
        for line in self._lines:
            with closing(line), suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listener.accept()
            except OSError:
                return
            for old in self._lines[1:]:  # in time the server notices as well
                with suppress(OSError):
                    old.shutdown(socket.SHUT_RDWR)
            there = socket.create_connection(("127.0.0.1", self._port))
            self._lines += [here, there]
            for source, sink, counts in ((here, there, True), (there, here, False)):
                threading.Thread(target=self._carry, args=(source, sink, counts), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                left = self._drops_after
                if left is not None:
                    data = data[: max(0, left)] if counts else b"" if left <= 0 else data
                    self._drops_after = left - (len(data) if counts else 0)
                sink.sendall(data)


def test_a_network_that_drops_everything_ends_the_wait(server: Server, pupil: tuple[str, str]) -> None:
    address, ada = pupil
    _lose_the_network(server, address, ada, [700])


@pytest.mark.long
def test_a_network_that_drops_everything_at_any_byte(server: Server, pupil: tuple[str, str]) -> None:
    address, ada = pupil
    rng = Random(5)
    _lose_the_network(server, address, ada, [rng.randrange(1, 15_000) for _ in range(50)])


def _lose_the_network(server: Server, address: str, learner: str, drops: Sequence[int]) -> None:
    """Lose the network in the middle of each push; afterwards each event is there once."""
    ids = []
    with _network(server.port) as network:
        way = address.replace(f":{server.port}/", f":{network.port}/")
        for number, drop in enumerate(drops):
            opened, events = _session(learner, number + 1, 60)
            ids.append(opened.id)
            network.drop_after(None)
            with pytest.raises(SchoolUnreachable) as told, connected(way) as db:  # noqa: PT012 - either may fail
                network.drop_after(drop)
                for batch in batches(iter([(opened, events)]), 20):
                    push(db, batch, 0.2)
                pytest.fail("nothing was lost")
            assert "too many" not in str(told.value)
    with connected(address) as db:
        told = [push(db, [_session(learner, number, 60)]) for number in range(1, len(drops) + 1)]
        assert all(one.refused == {} and one.stored + one.present == 60 for one in told)
        assert changed(db, 0, horizon(db).batch) == dict.fromkeys(ids, 60)


def test_sixty_pupils_who_finish_at_once_are_all_stored(school: str) -> None:
    invited = enrolled(school, *(f"Pupil {n}" for n in range(12)))
    logins = [(login(school, one), one.person.id) for one in invited]
    ready, told = threading.Barrier(len(logins)), []

    def finish(address: str, learner: str) -> None:
        with connected(address) as db:
            ready.wait(20)
            told.append(push(db, [_session(learner, 1, 25)]))

    threads = [threading.Thread(target=finish, args=one) for one in logins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one.stored for one in told) == 25 * len(logins)
    with connected_as_owner(school) as db:
        assert db.execute("SELECT count(*), count(DISTINCT owner) FROM quiz.event").fetchone() == (300, 12)


@pytest.mark.parametrize("address", ["", "not an address", "postgresql://a b/c?x=1", "host=a\0b"])
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(UsageError, match="address of a database"):
        parts_of(address)


def test_a_password_is_in_no_message(school: str) -> None:
    secret = "s3cret-pass"
    wrong = school.replace("admin@", f"quiz_join:{secret}@")
    assert secret not in without_password(wrong)
    with pytest.raises(RecordError, match="does not accept the password") as told, connected(wrong):
        pass
    for error in (told.value, told.value.__cause__):
        assert secret not in f"{error} {error!r}"
    with (
        pytest.raises(SchoolUnreachable, match="cannot be reached") as told,
        connected(f"postgresql://ada:{secret}@127.0.0.1:1/quiz"),
    ):
        pass
    assert secret not in str(told.value)


def test_a_database_without_a_school_is_told(server: Server) -> None:
    with pytest.raises(RecordError, match="holds no school"), connected(server.address("postgres")) as db:
        horizon(db)


def test_what_nobody_may_do_is_told(pupil: tuple[str, str]) -> None:
    def tried(db: Any) -> None:
        db.execute("DELETE FROM quiz.event")

    with pytest.raises(RecordError, match="does not allow that"), connected(pupil[0]) as db:
        tried(db)
