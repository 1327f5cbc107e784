"""The last sessions at Home, in whatever width there is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from quiz.core.events.model import Mode
from quiz.record.read_models import SessionSummary
from quiz.tui.home.past_panel import LOOKED_AT, last_answered, past_lines
from quiz.tui.statistics.session_rows import session_row

DAY = 86_400_000
TODAY = date(1970, 1, 31)


def session_of(attempts: int, score: float) -> SessionSummary:
    """Return a session on one bank, twelve days ago."""
    return SessionSummary(
        id="s", learner="me", mode=Mode.STUDY, banks=("b",), started=DAY * 18 + DAY // 2, zone="UTC",
        last_at=0, is_ended=True, attempts=attempts, score=score,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("width", "titles", "head", "row"),
    [
        (41, {"b": "The Long Road"}, "Last sessions right", "The Long Road 75 %"),
        (54, {"b": "The Long Road"}, "Last sessions answers right", "The Long Road 8 75 %"),
        (41, None, "Last sessions answers right", "8 75 %"),
    ],
)
def test_the_title_of_a_bank_has_room_and_the_number_of_answers_gives_way(
    width: int, titles: dict[str, str] | None, head: str, row: str
) -> None:
    session = session_of(attempts=8, score=6.0)
    lines = [line.plain for line in past_lines([session], titles, TODAY, width)]
    assert [len(line) for line in lines] == [width, width]
    assert [" ".join(line.split()) for line in lines] == [head, f"12 days ago study {row}"]


def test_a_session_before_the_day_begins_is_of_the_day_before() -> None:
    at_two = replace(session_of(attempts=8, score=6.0), started=DAY * 30 + DAY // 12)  # on the 31st, TODAY
    assert "Yesterday" in past_lines([at_two], None, TODAY, 60)[1].plain
    assert "Today" in past_lines([at_two], None, TODAY, 60, starts_at=0)[1].plain


def test_the_list_of_sessions_tells_the_same_share() -> None:
    session = session_of(attempts=250, score=249.0)
    assert past_lines([session], None, TODAY, 60)[1].plain.endswith(" 99 %")
    assert session_row(session, {}, {}, 60).right.plain.endswith(" 99 %")


def test_a_drill_took_as_long_as_it_was_on_however_many_answered_at_once() -> None:
    drill = replace(session_of(attempts=25, score=20.0), mode=Mode.DRILL, duration_ms=25 * 60_000)
    assert replace(drill, last_at=drill.started + 90_000).took_ms == 90_000
    assert replace(drill, mode=Mode.EXAM).took_ms == 25 * 60_000


class Taught:
    """A record whose newest sessions, some of them, were answered by a class."""

    def __init__(self, by_a_class: int) -> None:
        empty, answered = session_of(attempts=0, score=0.0), session_of(attempts=4, score=2.0)
        self.held = [replace(empty, id=f"{place:04}") for place in range(by_a_class)]
        self.held += [replace(answered, id=f"{place:04}") for place in range(by_a_class, 400)]
        self.read = 0

    def sessions(self, learner: str, bank: str, limit: int, before: str | None) -> list[SessionSummary]:
        start = int(before) + 1 if before else 0
        self.read += limit
        return self.held[start : start + limit]


@pytest.mark.parametrize(("by_a_class", "first", "read"), [(0, 0, 8), (10, 10, 24), (400, None, LOOKED_AT)])
def test_no_more_sessions_are_read_than_it_takes(by_a_class: int, first: int | None, read: int) -> None:
    record: Any = Taught(by_a_class)
    ids = [int(one.id) for one in last_answered(record, "me", "b", 8)]
    assert ids == ([] if first is None else list(range(first, first + 8)))
    assert record.read == read
