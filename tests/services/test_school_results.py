"""A class's results from a school's database are those of the same exams in one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from quiz.core.content.grading import Verdict
from quiz.core.events.effective import undo
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.statistics.item_analysis import correlation
from quiz.errors import UsageError
from quiz.record.postgres.bulk import bring_in
from quiz.record.postgres.class_rows import id_at
from quiz.record.postgres.connection import connected_as_owner
from quiz.services.classes import results_of, sittings_of
from quiz.services.school import join
from quiz.services.school_results import classes_at_school, items_at_school
from quiz.services.workspace import Workspace
from tests.fakes import DAY, NOON, make_workspace
from tests.postgres import enrolled, teacher_of
from tests.record.record_stress import attempt, event, header
from tests.sample_banks import SMALL

pytestmark = pytest.mark.extra("pg_ctlcluster", "psycopg")
ITEMS = ("capital", "rivers", "colour", "gone")
NAMES = ("Ada", "Bo", "Bo", "Cy", "Di")


@pytest.fixture
def teacher(
    school: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bank_file: Callable[..., Path]
) -> Iterator[Workspace]:
    """A teacher's machine, which has joined."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pass"))
    made = make_workspace(tmp_path, bank_file(SMALL))
    with closing(made.record):
        enrolled(school, "Zoe", class_name="9a")
        enrolled(school, *NAMES)
        join(made, school, teacher_of(school, "Ms Lee", "8b").code)
        yield made


def _exam(learner: str, rng: Random, day: int) -> tuple[SessionHeader, list[Event]]:
    """Return an exam in which anything may have happened."""
    opened = header(learner, rng, NOON + day * DAY, mode=rng.choice((Mode.EXAM, Mode.EXAM, Mode.STUDY)))
    events: list[Event] = []
    for _ in range(rng.randrange(9)):
        n = len(events) + 1
        score = rng.choice((0.0, 0.5, 1.0))
        answer = attempt(n, rng.choice(ITEMS), score, fingerprint=rng.choice(("a", "b")))
        events.append(answer)
        chance = rng.random()
        if chance < 0.2:
            events.append(event(n + 1, EventKind.OVERRIDE, n))
        elif chance < 0.4:
            events.append(undo(n + 1, NOON, events[-rng.randrange(1, 3) :]))
    ending = rng.random()
    if ending < 0.9:
        events.append(event(len(events) + 1, EventKind.END))
    if ending < 0.1:
        events.append(event(len(events) + 1, EventKind.VOID))
    elif ending < 0.2:
        events.append(undo(len(events) + 1, NOON, events[-1:]))
    return opened, events


@pytest.fixture
def both(school: str, teacher: Workspace) -> Workspace:
    """The teacher's machine, on which the exams that are at school are on record as well."""
    rng = Random(6)
    class_list = classes_at_school(teacher, ["8b"]).class_list
    parts = [_exam(pupil.id, rng, day) for pupil in class_list.pupils for day in range(12)]
    with connected_as_owner(school) as db:
        bring_in(db, parts)
    teacher.record.merge((), parts)
    return teacher


def test_the_database_finds_what_one_record_finds(both: Workspace) -> None:
    found = classes_at_school(both, ["8B"])
    assert [pupil.name for pupil in found.class_list.pupils] == ["Ada", "Bo 1", "Bo 2", "Cy", "Di"]
    here = sorted(sittings_of(both, found.class_list), key=lambda sitting: sitting.session)
    assert len(here) > 20
    assert sorted(found.sittings, key=lambda sitting: sitting.session) == here
    told = [results_of(both, found.class_list, sittings=given) for given in (here, found.sittings)]
    assert told[0] == told[1]
    assert found.flaws == []


def test_items_are_counted_as_they_are_here(both: Workspace) -> None:
    class_list = classes_at_school(both, ["8b"]).class_list
    sittings = [sitting for sitting in sittings_of(both, class_list) if sitting.answers]
    for figures in items_at_school(both):
        mine = [
            (answer.score, sum(other.score for other in sitting.answers.values()) - answer.score)
            for sitting in sittings
            for version, answer in sitting.answers.items()
            if (version.ref.item, version.fingerprint) == (figures.item, figures.fingerprint)
        ]
        assert figures.answers == len(mine)
        assert figures.facility == pytest.approx(sum(score for score, _ in mine) / len(mine))
        expected = correlation([score for score, _ in mine], [rest for _, rest in mine])
        assert figures.discrimination == (None if expected is None else pytest.approx(expected))
    assert items_at_school(both, ["8b"]) == items_at_school(both)


def test_only_the_days_that_are_asked_for_count(both: Workspace) -> None:
    since = date(2025, 6, 24)
    found = classes_at_school(both, ["8b"], since)
    assert found.sittings
    assert all(sitting.started >= NOON + 5 * DAY for sitting in found.sittings)
    year, later = items_at_school(both), items_at_school(both, since=since)
    earlier = items_at_school(both, until=since)
    assert sum(one.answers for one in later) + sum(one.answers for one in earlier) == sum(
        one.answers for one in year
    )
    assert id_at(NOON) < header("0123456789ab", Random(1), NOON).id < id_at(NOON + 1)


def test_a_class_of_somebody_else_cannot_be_read(both: Workspace) -> None:
    with pytest.raises(UsageError, match="no class “9a” that you may see"):
        classes_at_school(both, ["9a"])
    both.set("school", "")
    with pytest.raises(UsageError, match="joined no school"):
        classes_at_school(both, ["8b"])


def test_what_a_pupil_made_up_spoils_nobodys_results(school: str, both: Workspace) -> None:
    before = classes_at_school(both, ["8b"])
    spoilt = next(sitting for sitting in before.sittings if sitting.answers)
    with connected_as_owner(school) as db:
        db.execute(
            "UPDATE quiz.event SET response='not JSON' WHERE session=%s AND kind='attempt'", (spoilt.session,)
        )
        huge = attempt(1, "\x1b[31mred", body={"weight": 10**400}, verdict=Verdict.CORRECT)
        opened = header(before.class_list.pupils[0].id, Random(77), NOON, mode=Mode.EXAM)
        bring_in(db, [(opened, [huge, event(2, EventKind.END)])])
    after = classes_at_school(both, ["8b"])
    assert len(after.sittings) == len(before.sittings) + 1
    assert len(after.flaws) == len(spoilt.answers)
    (made_up,) = [sitting for sitting in after.sittings if sitting.session == opened.id]
    assert [answer.weight for answer in made_up.answers.values()] == [1.0]
