"""Whose another machine's history is here."""

from __future__ import annotations

from random import Random

import pytest

from quiz.core.events.model import Event, EventKind, Mode
from quiz.errors import UsageError
from quiz.record.import_record import take_in, who_is_who
from quiz.record.read_models import Learner
from quiz.record.sqlite_record import SqliteRecord
from tests.record.other_machine import MINA, OTTO, a_session
from tests.record.record_stress import NOON, header


def test_the_same_id_is_the_same_person_whatever_the_name(record: SqliteRecord) -> None:
    take_in(record, [Learner(MINA, "mina")], [a_session(MINA, 1)])
    told = take_in(record, [Learner(MINA, "Mina Ek")], [a_session(MINA, 2)])
    assert [(match.here.name, match.how) for match in told.matches] == [("mina", "id")]
    assert record.learners() == [Learner(MINA, "mina")]


def test_otherwise_the_same_name_is(record: SqliteRecord) -> None:
    mina = record.learner("mina")
    told = take_in(record, [Learner(MINA, "  mina ")], [a_session(MINA, 1)])
    assert told.matches[0].here == mina
    assert told.matches[0].how == "name"
    assert record.memories(mina.id)
    assert record.learners() == [mina]


def test_a_name_that_two_have_says_nothing(record: SqliteRecord) -> None:
    anna = record.learner("anna")
    told = who_is_who(record, [Learner(MINA, "anna"), Learner(OTTO, "anna")], {})
    assert [(match.here.id, match.how) for match in told] == [(MINA, "new"), (OTTO, "new")]
    take_in(record, [Learner(MINA, "anna"), Learner(OTTO, "anna")], [])
    again = who_is_who(record, [Learner("abcdefghjkmn", "anna")], {})
    assert again[0].how == "new"
    assert anna in record.learners()


def test_nobody_whose_name_was_forgotten_is_taken_for_another(record: SqliteRecord) -> None:
    ours = record.learner("mina")
    record.class_lists.forget_pupils([ours.id])
    told = take_in(record, [Learner(MINA, "")], [a_session(MINA, 1)])
    assert told.matches[0].how == "new"
    assert record.memories(ours.id) == {}


def test_somebody_may_say_who_is_who(record: SqliteRecord) -> None:
    told = take_in(record, [Learner(MINA, "mina"), Learner(OTTO, "otto")], [], {"otto": "Otto Ek"})
    assert [(match.name, match.here.name, match.how) for match in told.matches] == [
        ("mina", "mina", "new"), ("otto", "Otto Ek", "asked"),
    ]  # fmt: skip
    told = take_in(
        record, [Learner("abcdefghjkmn", "whoever")], [a_session("abcdefghjkmn", 4)], {"": "Otto Ek"}
    )
    assert record.memories(record.learner("Otto Ek").id)
    assert told.matches[0].how == "asked"
    with pytest.raises(UsageError, match="holds 2 learners"):
        take_in(record, [Learner(MINA, "mina"), Learner(OTTO, "otto")], [], {"": "x"})
    with pytest.raises(UsageError, match="Nobody in this file is called “nobody”"):
        take_in(record, [Learner(MINA, "mina")], [], {"nobody": "x"})


def test_a_drill_knows_its_pupils_by_their_ids_here(record: SqliteRecord) -> None:
    ours = record.learner("mina").id
    drill = {"format": "buzz", "pupils": [MINA, "#7"]}
    made = header(OTTO, Random(1), mode=Mode.DRILL, settings={"drill": drill})
    note = Event(
        n=1, kind=EventKind.NOTE, at=NOON, learner=MINA, body={"by": MINA, "votes": {MINA: 3, "team-red": 1}}
    )
    take_in(record, [Learner(MINA, "mina"), Learner(OTTO, "otto")], [(made, [note])])
    ((opened, (said,)),) = record.everything()
    assert opened.settings["drill"]["pupils"] == [ours, "#7"]
    assert said.body == {"by": ours, "votes": {ours: 3, "team-red": 1}}
    assert (said.learner, opened.learner) == (ours, OTTO)
