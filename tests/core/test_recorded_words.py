"""The words that records and exports are made of: another word would make old records unreadable."""

from __future__ import annotations

import msgspec
import pytest

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
from quiz.core.drill.settings import Channel, DrillStep
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.exam.session import By
from quiz.core.exam.settings import FeedbackTime
from quiz.core.scheduling.fsrs_schedule import Memory, SessionEvent, remembered
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
