"""The words that records and exports are made of: another word would make old records unreadable."""

from __future__ import annotations

import msgspec
import pytest

from quiz.core.content.bank_settings import BankSettings
from quiz.core.content.grading import (
    Chosen,
    Confidence,
    Entered,
    Grade,
    Matched,
    Ordered,
    Part,
    Recalled,
    Response,
    Sorted,
    Verdict,
)
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds import all_kinds
from quiz.core.drill.formats import all_formats
from quiz.core.drill.formats.buzz import BuzzStep
from quiz.core.drill.formats.hot_seat import HotSeatStep
from quiz.core.drill.formats.sprint import SprintStep
from quiz.core.drill.formats.vote import VoteStep
from quiz.core.drill.settings import Channel, DrillSettings, DrillStep
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.exam.session import By
from quiz.core.exam.settings import ExamSettings, FeedbackTime
from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent, remembered
from quiz.core.scheduling.intervals import DaysOff
from quiz.core.scheduling.own_parameters import OwnParameters
from quiz.core.scheduling.policy import Policy
from quiz.core.study.settings import StudySettings
from tests.core.content.kinds.contract import each_kind
from tests.core.session_events import attempt, event, header
from tests.fakes import NOON
from tests.strategies import example_of

RESPONSES: dict[Response, str] = {
    Chosen(("a",)): '{"type":"chosen","options":["a"]}',
    Entered(("a", "")): '{"type":"entered","texts":["a",""]}',
    Ordered(("a", "b")): '{"type":"ordered","entries":["a","b"]}',
    Recalled(3): '{"type":"recalled","rating":3}',
}
MAPPED: list[tuple[Response, str]] = [
    (Matched({"a": "b"}), '{"type":"matched","pairs":{"a":"b"}}'),
    (Sorted({"a": "b"}), '{"type":"sorted","bins":{"a":"b"}}'),
]


@pytest.mark.parametrize(("response", "written"), [*RESPONSES.items(), *MAPPED], ids=str)
def test_a_response_is_written_as_ever(response: Response, written: str) -> None:
    assert msgspec.json.encode(response).decode() == written
    assert msgspec.json.decode(written, type=Response) == response


def test_what_is_said_in_one_word_is_said_in_the_same_word_as_ever() -> None:
    assert [verdict.value for verdict in Verdict] == ["correct", "partial", "incorrect", "skipped"]
    assert [confidence.value for confidence in Confidence] == ["sure", "fairly", "guess"]
    assert [mode.value for mode in Mode] == ["study", "test", "drill"]
    assert [kind.value for kind in EventKind] == [
        "attempt", "skip", "flag", "undo", "override", "rate", "suspend", "resume", "bury", "forget",
        "reschedule", "tag", "draft", "note", "end", "void",
    ]  # fmt: skip


def test_the_steps_of_tests_and_drills_are_called_as_ever() -> None:
    assert [by.value for by in By] == ["learner", "clock"]
    assert [time.value for time in FeedbackTime] == ["end", "at-once"]
    assert [step.value for step in DrillStep] == [
        "start", "next", "skip", "reveal", "verdict", "pass", "count", "join", "extend", "pause", "go-on",
        "tick", "board", "answer", "close", "absent", "present",
    ]  # fmt: skip
    assert [channel.value for channel in Channel] == ["phone", "card", "desk"]
    assert [step.value for step in (*VoteStep, *HotSeatStep, *BuzzStep, *SprintStep)] == [
        "again", "bars", "turn", "help", "buzz", "late-buzz", "time",
    ]  # fmt: skip
    assert {name: made.needs.value for name, made in all_formats().items()} == {
        "vote": "class", "hot-seat": "pupils", "buzz": "teams", "sprint": "sides",
        "everyone": "pupils",
    }  # fmt: skip


def test_kinds_are_called_as_ever() -> None:
    assert {kind: made.__name__ for kind, made in all_kinds().items()} == {
        "cloze": "Cloze", "flashcard": "Flashcard", "listing": "Listing", "matching": "Matching",
        "multiple-response": "MultipleResponse", "numeric": "Numeric", "ordering": "Ordering",
        "short-answer": "ShortAnswer", "single-choice": "SingleChoice", "sorting": "Sorting",
        "true-false": "TrueFalse",
    }  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        *RESPONSES, *(response for response, _ in MAPPED), Grade(1.0), Part("", "", "", is_right=True),
        StudySettings(), ItemRef("b", "i"), Memory(0), Event(n=1, kind=EventKind.END, at=0),
        SessionHeader(id="", learner="", device="", mode=Mode.STUDY, banks=(), seed=0, started=0),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_happened_cannot_be_changed(value: object) -> None:
    name = getattr(value, "__struct_fields__", ("bank",))[0]
    with pytest.raises(AttributeError):
        setattr(value, name, None)


@each_kind
def test_an_item_cannot_be_changed(kind: str) -> None:
    with pytest.raises(AttributeError):
        example_of(kind).id = "other"  # type: ignore[misc]


def test_a_grade_says_nothing_that_nobody_said() -> None:
    assert (Grade(1.0).notice, Grade(1.0).feedback, Grade(1.0).parts) == ("", (), ())


def test_what_was_put_away_before_it_was_asked_was_never_asked() -> None:
    for kind in (EventKind.BURY, EventKind.SUSPEND, EventKind.RESUME):
        memory = remembered([SessionEvent(header(), event(kind, NOON))])
        assert memory is not None
        assert (memory.due, memory.attempts, memory.last_score, memory.card) == (0, 0, 0.0, None)
        assert memory.is_new


def test_times_are_whole_milliseconds() -> None:
    missed = [SessionEvent(header(), attempt(NOON + place, 0.0, place)) for place in (1, 2)]
    memory = remembered(missed)
    assert memory is not None
    assert type(memory.due) is int
    assert memory.due == NOON + 2 + 600_000


USUAL: list[tuple[type, dict[str, object]]] = [
    (DrillSettings, {
        "format": "vote", "seconds": 0, "has_bonus": False, "roster": "", "pupils": [], "ahead": {},
        "teams": 0,
        "class_size": 0, "record": 0, "may_change": True, "has_places": True, "feeds_records": True,
    }),
    (StudySettings, {
        "criterion": 1, "gap": 4, "minutes": None, "confidence": False, "confidence_by_bank": {},
    }),
    (ExamSettings, {
        "items": None, "topics": [], "tags": [], "counts": {}, "shuffle": True, "minutes": None,
        "seconds_per_item": None, "feedback": "end", "weights": True, "confidence": False, "pass_mark": None,
        "form": "",
    }),
    (Policy, {
        "retention": 0.9, "day_starts_at": 4, "fuzz": True, "feeds_schedule": True, "parameters": [],
        "days_off": {}, "retention_by_bank": {},
    }),
    (BankSettings, {}), (DaysOff, {}), (OwnParameters, {"reviews": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written"), USUAL, ids=lambda each: getattr(each, "__name__", ""))
def test_what_a_record_does_not_say_is_as_ever(kind: type, written: dict[str, object]) -> None:
    told = msgspec.convert({"reviews": 0} if kind is OwnParameters else {}, kind)
    assert msgspec.json.decode(msgspec.json.encode(told)) == written


def test_an_event_and_an_opening_hold_nothing_that_nobody_said() -> None:
    assert msgspec.to_builtins(Event(n=1, kind=EventKind.NOTE, at=0)) == {
        "n": 1, "kind": "note", "at": 0, "bank": "", "item": "", "fingerprint": "", "learner": "",
        "duration_ms": None, "response": None, "score": None, "verdict": None, "confidence": None,
        "target": None, "body": {},
    }  # fmt: skip
    opening = SessionHeader(id="x", learner="m", device="d", mode=Mode.STUDY, banks=(), seed=0, started=1)
    assert (opening.settings, opening.items, opening.zone) == ({}, (), "UTC")
    assert [mode.word for mode in Mode] == ["study", "exam", "drill"]


def test_what_is_out_of_range_is_not_read() -> None:
    cases: list[tuple[type, dict[str, object]]] = [
        *((ExamSettings, told) for told in (
            {"items": 0}, {"items": 1001}, {"minutes": 0}, {"minutes": 1441}, {"seconds_per_item": 4},
            {"seconds_per_item": 3601}, {"pass_mark": 0}, {"pass_mark": 101}, {"counts": {"a": -1}},
            {"counts": {"a": 1001}},
        )),
        *((BankSettings, told) for told in (
            {"new_per_day": -1}, {"new_per_day": 10_000}, {"retention": 0.69}, {"retention": 0.98},
            {"pass_mark": 0}, {"pass_mark": 101}, {"order": "none"}, {"more": 1},
        )),
    ]  # fmt: skip
    for kind, told in cases:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(told, kind)


def test_what_is_at_the_end_of_its_range_is_read() -> None:
    cases: list[tuple[type, dict[str, object]]] = [
        *((ExamSettings, told) for told in (
            {"items": 1}, {"items": 1000}, {"minutes": 1}, {"minutes": 1440}, {"seconds_per_item": 5},
            {"seconds_per_item": 3600}, {"pass_mark": 1}, {"pass_mark": 100}, {"counts": {"a": 0, "b": 1000}},
        )),
        *((BankSettings, told) for told in (
            {"new_per_day": 0}, {"new_per_day": 9999}, {"retention": 0.7}, {"retention": 0.97},
            {"pass_mark": 1}, {"pass_mark": 100}, {"order": "by-topic"}, {"order": "prerequisites"},
        )),
    ]  # fmt: skip
    for kind, told in cases:
        assert told.items() <= msgspec.to_builtins(msgspec.convert(told, kind)).items()


def test_limits_are_counted_in_milliseconds() -> None:
    assert (ExamSettings(minutes=2).limit_ms, ExamSettings().limit_ms) == (120_000, None)
    assert (ExamSettings(seconds_per_item=7).item_limit_ms, ExamSettings().item_limit_ms) == (7000, None)
    assert (ExamSettings().is_at_once, ExamSettings(feedback=FeedbackTime.AT_ONCE).is_at_once) == (
        False,
        True,
    )
