"""A learner at a school: their devices end with the same record, whatever happens to the database."""

from __future__ import annotations

import random
import stat
import threading
from contextlib import closing
from pathlib import Path
from random import Random, SystemRandom

import pytest

from quiz.core.events.effective import undo
from quiz.core.events.model import EventKind, Mode
from quiz.errors import RecordError, SchoolUnreachable, UsageError
from quiz.record.postgres.connection import connected_as_owner
from quiz.record.postgres.people import forget, invite, person_called
from quiz.record.postgres.schema import note_restore
from quiz.record.sqlite_record import SqliteRecord
from quiz.record.upkeep.backups import back_up_daily, restore
from quiz.services.missing_record import begin_anew
from quiz.services.places import look_anew
from quiz.services.school import (
    FIRST_WAIT,
    LONGEST_WAIT,
    STATE,
    join,
    keep_school_state,
    leave,
    school_state,
    sync_school,
    sync_school_if_set,
    waiting_time,
)
from quiz.services.workspace import Workspace
from tests.fakes import MINUTE, NOON
from tests.postgres import PASSWORD, Server, enrolled, new_server
from tests.services.devices import Devices, answer, everything, study

pytestmark = pytest.mark.extra("pg_ctlcluster", "psycopg")


@pytest.fixture(autouse=True)
def pass_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where libpq looks for passwords."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pass"))
    return tmp_path / "pass"


def _second(other: Workspace, workspace: Workspace, school: str) -> Workspace:
    """Let another device join with the login of the first."""
    join(other, school.replace("admin@", f"quiz_{workspace.learner.id}@"))
    return other


def test_what_is_answered_goes_there_and_comes_back_on_another_device(
    school: str, device: Devices, pass_file: Path
) -> None:
    first, second = device("first"), device("second", ahead=-9 * MINUTE)
    study(first, "before")
    (invited,) = enrolled(school, "Ada O'Neil")
    learner = join(first, school, invited.code)
    assert (learner.id, learner.name) == (invited.person.id, "Ada O'Neil")
    assert (first.learner, first.config.learner) == (learner, "Ada O'Neil")
    assert stat.S_IMODE(pass_file.stat().st_mode) == 0o600
    study(first, "one", "two")
    study(first, "drilled", mode=Mode.DRILL)
    assert sync_school(first).sent == 5
    assert _second(second, first, school).learner == learner
    assert sync_school(second).came == 5
    study(second, "three")
    assert (sync_school(second).sent, sync_school(first).came) == (2, 2)
    again = [sync_school(one) for one in (first, second)]
    assert [(one.sent, one.came, one.remarks) for one in again] == [(0, 0, ())] * 2
    own = [part for part in everything(first) if not part[0].endswith("drilled")]
    assert [one for one in own if one in everything(second)] == everything(second)


def test_no_password_is_in_anything_that_quiz_writes(
    school: str, device: Devices, tmp_path: Path, pass_file: Path
) -> None:
    first = device("first")
    join(first, school, enrolled(school, "Ada")[0].code)
    sync_school(first)
    password = pass_file.read_text().strip().rpartition(":")[2]
    assert len(password) > 20
    for path in (tmp_path / "first").rglob("*"):
        assert path.is_dir() or password.encode() not in path.read_bytes()
    assert password not in first.config.school
    with pytest.raises(UsageError, match="does not belong in an address"):
        join(first, f"postgresql://ada:{PASSWORD}@127.0.0.1/quiz")


def test_joining_takes_a_code_that_is_right(school: str, device: Devices) -> None:
    first = device("first")
    for code, said in (("", "takes a code"), ("k7m3", "no code"), ("a-b", "does not accept the password")):
        with pytest.raises((UsageError, RecordError), match=said):
            join(first, school.replace("admin@", ""), code)
    (invited,) = enrolled(school, "Ada")
    wrong = f"{invited.code.partition('-')[0]}-{'x' * 16}"
    with pytest.raises(UsageError, match="unknown, used or too old"):
        join(first, school, wrong)
    join(first, school, invited.code.upper())
    with connected_as_owner(school) as owner:
        (again,) = invite(owner, [person_called(owner, "Ada")], SystemRandom())
    second = device("second")
    assert join(second, school, again.code).id == first.learner.id
    assert sync_school(second).remarks == ()


def test_what_the_school_refuses_is_told_once_and_stays_here(school: str, device: Devices) -> None:
    first, second = device("first"), device("second")
    join(first, school, enrolled(school, "Ada")[0].code)
    left = study(first, "one", is_ended=False)
    sync_school(first)
    sync_school(_second(second, first, school))
    for each, item in ((first, "here"), (second, "there")):
        each.record.append(left, [answer(2, item, each)])
    assert sync_school(first).remarks == ()
    (remark,) = sync_school(second).remarks
    assert remark.startswith(f"The school refused 1 event of session {left}: ")
    assert school_state(second.record.path).refused[left].keys() == {2}
    assert sync_school(second).remarks == ()
    assert [event.item for event in second.record.events(left)] == ["one", "there"]


def test_after_a_restore_everything_is_sent_again_and_fetched(school: str, device: Devices) -> None:
    first, second = device("first"), device("second")
    join(first, school, enrolled(school, "Ada")[0].code)
    study(first, "one")
    sync_school(first)
    sync_school(_second(second, first, school))
    with connected_as_owner(school) as owner:
        study(second, "lost")
        sync_school(second)
        owner.execute("DELETE FROM quiz.event WHERE item = 'lost'")  # as if the backup were older
        owner.execute("UPDATE quiz.event SET batch = batch + 1000000")  # as if transactions were counted anew
        note_restore(owner)
    sync_school(second)
    study(second, "later")
    sync_school(second)
    assert sync_school(first).came == 4
    assert everything(first) == everything(second)


def test_after_the_record_is_restored_all_that_the_school_holds_comes_back(
    school: str, device: Devices
) -> None:
    one = device("one")
    join(one, school, enrolled(school, "Ada")[0].code)
    study(one, "a")
    path = one.record.path
    backup = back_up_daily(path, one.today)
    assert backup is not None
    study(one, "b")
    for _ in range(2):  # what was sent counts as fetched the next time
        sync_school(one)
    before = everything(one)
    one.record.close()
    restore(path, backup)
    look_anew(path)
    with closing(SqliteRecord.open(path)) as record:
        one.record = record
        assert sync_school(one).came == 2
        assert everything(one) == before


def test_a_record_that_is_begun_anew_is_the_same_learners_and_all_comes_back(
    school: str, device: Devices
) -> None:
    one = device("one")
    join(one, school, enrolled(school, "Ada")[0].code)
    study(one, "a", "b")
    sync_school(one)
    before, path = everything(one), one.record.path
    one.record.close()
    path.unlink()
    begin_anew(path)
    with closing(SqliteRecord.open(path)) as record:
        one.record, one.learner = record, record.learner(one.config.learner)
        synced = sync_school_if_set(one, is_asked=True)
        assert synced is not None
        assert (synced.came, everything(one)) == (3, before)


def test_an_undo_travels(school: str, device: Devices) -> None:
    first, second = device("first"), device("second")
    join(first, school, enrolled(school, "Ada")[0].code)
    left = study(first, *(f"item-{n}" for n in range(10)), is_ended=False)
    sync_school(first)
    sync_school(_second(second, first, school))
    second.record.append(left, [undo(11, NOON, second.record.events(left)[-2:])])
    sync_school(second)
    sync_school(first)
    assert len(first.record.effective_events(left)) == 8
    assert first.record.events(left)[-1].kind is EventKind.UNDO


def test_a_school_that_is_away_is_tried_later_and_later(school: str, device: Devices, server: Server) -> None:
    first = device("first")
    join(first, school, enrolled(school, "Ada")[0].code)
    first.set("school", first.config.school.replace(str(server.port), "1"))
    waits = []
    for _ in range(4):
        with pytest.raises(SchoolUnreachable):
            sync_school_if_set(first, is_asked=True)
        waits.append(school_state(first.record.path).not_before - first.clock.now())
        assert sync_school_if_set(first) is None
    assert waits == sorted(waits)
    first.set("school", first.config.school.replace("127.0.0.1:1", f"127.0.0.1:{server.port}"))
    first.clock.go_on(LONGEST_WAIT)
    assert sync_school_if_set(first) is not None
    assert school_state(first.record.path).failures == 0
    leave(first)
    assert sync_school_if_set(first, is_asked=True) is None


def test_the_wait_doubles_up_to_a_bound_and_is_spread() -> None:
    for failures in range(1, 60):
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1))
        waits = {waiting_time(failures, Random(seed)) for seed in range(20)}
        assert longest / 2 <= min(waits) < max(waits) <= longest


def test_somebody_else_on_this_machine_sends_nothing(school: str, device: Devices) -> None:
    first = device("first")
    join(first, school, enrolled(school, "Ada")[0].code)
    first.learner = first.record.learner("Bo")
    assert sync_school_if_set(first, is_asked=True) is None


def test_a_state_that_is_damaged_means_that_all_is_sent_again(school: str, device: Devices) -> None:
    first = device("first")
    join(first, school, enrolled(school, "Ada")[0].code)
    study(first, "one")
    sync_school(first)
    (first.record.path.parent / STATE).write_bytes(b"{")
    assert sync_school(first).sent == 0
    keep_school_state(first.record.path, school_state(first.record.path))


def test_whoever_is_forgotten_can_no_longer_log_in(school: str, device: Devices) -> None:
    first = device("first")
    learner = join(first, school, enrolled(school, "Ada")[0].code)
    study(first, "one")
    sync_school(first)
    with connected_as_owner(school) as owner:
        assert forget(owner, [learner.id], answers=True) == 2
        assert owner.execute("SELECT count(*) FROM quiz.person").fetchone() == (0,)
    study(first, "two")
    with pytest.raises(RecordError):
        sync_school(first)
    assert len(everything(first)) == 2


def test_a_server_that_is_killed_loses_nothing_that_it_acknowledged(device: Devices) -> None:
    _killed(device, 1, SystemRandom())


@pytest.mark.long
def test_a_server_that_is_killed_fifty_times_loses_nothing(device: Devices) -> None:
    _killed(device, 50, Random(7))


def _killed(device: Devices, times: int, rng: random.Random) -> None:
    """Kill a server in the middle of pushes; each time all that was acknowledged is there once."""
    server = new_server("synchronous_commit=on")
    try:
        server.make_template()
        first = device("first")
        school = server.new_school("killed")
        join(first, school, enrolled(school, "Ada")[0].code)
        done = 0
        for _ in range(times):
            for _ in range(10):
                study(first, *(f"item-{n}" for n in range(20)))
            done += 10 * 21
            timer = threading.Timer(rng.uniform(0.02, 0.3), server.kill)
            timer.start()
            sent = 0
            try:
                while True:
                    sent += sync_school(first).sent
            except RecordError:
                timer.join()
            acknowledged = sum(school_state(first.record.path).heads.values())
            server.start()
            with connected_as_owner(school) as owner:
                row = owner.execute(
                    "SELECT count(*), count(DISTINCT (session, n)) FROM quiz.event"
                ).fetchone()
            assert row is not None
            assert acknowledged <= row[0] == row[1] <= done
            sync_school(first)
        with connected_as_owner(school) as owner:
            assert owner.execute("SELECT count(*) FROM quiz.event").fetchone() == (done,)
    finally:
        server.remove()
