"""What statistics say is what a plain count of all events says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from quiz.core.content.grading import Confidence, Entered
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import EventKind, Mode
from quiz.core.scheduling.fsrs_schedule import replayed
from quiz.core.scheduling.study_day import day_of
from quiz.core.statistics.calibration import added, binned, predictions, recall_of
from quiz.core.statistics.item_difficulty import commonest_wrong
from quiz.errors import BankError
from quiz.services.home import bank_view
from quiz.services.past_sessions import PastAttempt, past_attempts, void_session
from quiz.services.statistics import (
    HARDEST,
    bank_figures,
    calibration_of,
    item_figures,
    overview_of,
    with_older_attempts,
)
from quiz.services.workspace import Workspace
from tests.fakes import DAY, NOON, make_workspace
from tests.generated import generated_home, generated_workspace
from tests.record.record_stress import attempt, event, header
from tests.sample_banks import SMALL

BANKS = ("bank-000", "bank-001")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    home = generated_home(tmp_path_factory.mktemp("generated"), attempts=1500, items=60, days=120)
    made = generated_workspace(home)
    yield made
    made.record.close()


@pytest.fixture(scope="module")
def counting(workspace: Workspace) -> list[PastAttempt]:
    return [one for one in past_attempts(workspace.record) if one.counts]


def score(one: PastAttempt) -> float:
    return 1.0 if one.is_overridden else one.event.score or 0.0


def test_the_overview_counts_every_attempt_that_counts(
    workspace: Workspace, counting: list[PastAttempt]
) -> None:
    view = overview_of(workspace, workspace.learner)
    days = Counter(day_of(one.event.at, one.header.zone) for one in counting)
    assert {day.day: day.attempts for day in view.days} == days
    assert view.total.attempts == len(counting)
    assert view.total.score == pytest.approx(sum(map(score, counting)))
    assert view.total.duration_ms == sum(one.event.duration_ms or 0 for one in counting)
    assert view.days_active == len(days)
    assert [line.bank for line in view.banks] == list(BANKS)
    for line in view.banks:
        own = [one for one in counting if one.event.bank == line.bank]
        assert line.attempts == len(own)
        assert line.accuracy == pytest.approx(sum(map(score, own)) / len(own))
        memories = workspace.record.memories(workspace.learner.id, (line.bank,))
        share = sum(memory.recall(NOON + 7 * DAY) for memory in memories.values()) / line.knowledge.items
        assert line.knowledge.share == pytest.approx(share)
        assert line.knowledge.new == line.knowledge.items - len(memories)
    told = view.forecast
    dues = [memory.asked_from for memory in workspace.record.memories(workspace.learner.id).values()]
    assert sum(day.items for day in told.days) + told.later == sum(due is not None for due in dues)
    assert told.today == sum(due is not None and due < workspace.day_end for due in dues)


def test_a_bank_says_what_the_home_screen_says(workspace: Workspace, counting: list[PastAttempt]) -> None:
    for bank_id in BANKS:
        view = bank_figures(workspace, bank_id, workspace.learner)
        home = bank_view(workspace, bank_id)
        assert view.knowledge == home.counts
        assert {line.topic: pytest.approx(line.knowledge.share) for line in view.topics} == {
            part.title: part.share for part in home.by_topic
        }
        assert sum(part.items for part in home.by_topic) <= home.counts.items
        shares = [part.share for part in home.by_topic]
        assert shares == sorted(shares)  # the weakest first
        assert view.due == home.counts.due
        assert [test.share for test in view.exams][-len(home.exams) :] == pytest.approx(home.exams)
        assert (
            sum(line.attempts for line in view.items)
            == view.attempts
            == sum(one.event.bank == bank_id for one in counting)
        )
        assert sum(line.attempts for line in view.topics) == view.attempts
        asked = {one.event.item for one in counting if one.event.bank == bank_id}
        bank = workspace.library.bank(bank_id)
        assert [item.ref.item for item in view.never_asked] == [i.id for i in bank.items if i.id not in asked]
        assert all(item.stem for item in view.never_asked)


def test_the_hardest_items_tell_the_commonest_wrong_response(
    workspace: Workspace, counting: list[PastAttempt]
) -> None:
    view = bank_figures(workspace, BANKS[0], workspace.learner)
    assert any(line.wrong for line in view.items)
    assert view.earlier
    assert not any(line.is_current for line in view.earlier)
    for line in view.items[:HARDEST]:
        own = [
            one for one in counting if one.event.ref == line.ref and one.event.fingerprint == line.fingerprint
        ]
        own.sort(key=lambda one: (one.header.id, one.event.n), reverse=True)
        assert line.attempts == len(own)
        assert line.accuracy == pytest.approx(sum(map(score, own)) / len(own))
        told = commonest_wrong([(one.event.response, score(one)) for one in own])
        assert (line.wrong.count if line.wrong else None) == (told.count if told else None)


def test_an_item_tells_every_attempt_newest_first(workspace: Workspace, counting: list[PastAttempt]) -> None:
    by_item = defaultdict(list)
    for one in counting:
        by_item[one.event.ref].append(one)
    for ref in sorted(by_item)[::7]:
        view = item_figures(workspace, ref, workspace.learner)
        own = sorted(by_item[ref], key=lambda one: (one.header.id, one.event.n), reverse=True)
        assert [(line.session, line.n) for line in view.lines] == [
            (one.header.id, one.event.n) for one in own
        ]
        assert [line.score for line in view.lines] == [score(one) for one in own]
        assert [line.is_overridden for line in view.lines] == [one.is_overridden for one in own]
        assert view.attempts == len(own)
        assert view.is_all
        memory = workspace.record.memory(workspace.learner.id, ref)
        assert memory is not None
        assert view.curve is not None
        assert view.due == memory.asked_from
        assert view.curve.now == pytest.approx(memory.recall(NOON))
        current = sum(line.is_current for line in view.lines)
        assert sum(told.count for told in view.responses) == current
        assert sum(version.attempts for version in view.versions if version.is_current) == current
        assert sum(version.attempts for version in view.versions) == len(own)


def test_calibration_is_that_of_a_full_replay(workspace: Workspace, counting: list[PastAttempt]) -> None:
    learner = workspace.learner
    sums = {}
    for bank, item in sorted({one.event.ref for one in counting}):
        told = workspace.record.session_events(learner.id, ItemRef(bank, item))
        for place, reviews in binned(predictions(replayed(told))).items():
            sums[place] = added(sums[place], reviews) if place in sums else reviews
    full, kept = recall_of(sums), calibration_of(workspace, learner)
    assert kept.recall.reviews == full.reviews > 500
    for name in ("predicted", "recalled", "log_loss", "rmse_bins"):
        assert getattr(kept.recall, name) == pytest.approx(getattr(full, name), abs=1e-5)
    parts = [calibration_of(workspace, learner, bank).recall.reviews for bank in BANKS]
    assert sum(parts) == full.reviews
    said = Counter(one.event.confidence for one in counting if one.event.confidence)
    assert {told.confidence: told.attempts for told in kept.confidence} == said
    assert [told.confidence for told in kept.confidence] == [c for c in Confidence if c in said]


# What is not there


def test_an_empty_record_says_nothing_and_fails_nowhere(
    tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    empty = make_workspace(tmp_path, bank_file(SMALL))
    view = overview_of(empty, empty.learner)
    assert (view.total.attempts, view.streak, view.days, view.forecast.today) == (0, 0, (), 0)
    assert view.banks[0].knowledge.new == 4
    told = bank_figures(empty, "small", empty.learner)
    assert (told.attempts, told.accuracy, told.items, told.exams) == (0, None, (), ())
    assert len(told.never_asked) == 4
    item = item_figures(empty, ItemRef("small", "capital"), empty.learner)
    assert (item.attempts, item.curve, item.lines, item.due) == (0, None, (), None)
    assert [told.count for told in item.responses] == [0, 0, 0]
    assert calibration_of(empty, empty.learner).recall.reviews == 0
    gone = item_figures(empty, ItemRef("nothing", "x"), empty.learner)
    assert (gone.stem, gone.bank_title) == ("", "nothing")
    with pytest.raises(BankError):
        bank_figures(empty, "nothing", empty.learner)
    empty.record.close()


def test_what_was_undone_or_voided_is_not_listed(tmp_path: Path, bank_file: Callable[[str], Path]) -> None:
    small = make_workspace(tmp_path, bank_file(SMALL))
    rng = Random(2)
    mina = small.learner.id
    ref = ItemRef("small", "ocean")
    print_ = small.library.bank("small").by_id["ocean"].fingerprint
    more = {"bank": "small", "fingerprint": print_, "response": Entered(("Baltic",))}
    first, second, void = (header(mina, rng, NOON + place, mode=Mode.EXAM) for place in range(3))
    small.record.start_with(
        first,
        [attempt(1, "ocean", 0.0, **more), event(2, EventKind.UNDO, 1), attempt(3, "ocean", 0.0, **more)],
    )
    small.record.start_with(second, [attempt(1, "ocean", 0.0, **more), event(2, EventKind.OVERRIDE, 1)])
    small.record.start_with(void, [attempt(1, "ocean", 0.0, **more)])
    void_session(small, void.id)
    view = item_figures(small, ref, small.learner)
    assert [(line.session, line.n, line.is_overridden) for line in view.lines] == [
        (second.id, 1, True), (first.id, 3, False),
    ]  # fmt: skip
    assert (view.attempts, view.accuracy) == (2, 0.5)
    assert [(told.text, told.is_key) for told in view.responses] == [("Baltic", True), ("Baltic", False)]
    assert small.record.attempts_at(mina, ref, 1) == []  # the newest one is void
    assert [one.header.id for one in small.record.attempts_at(mina, ref, 2)] == [second.id]
    small.record.close()


def test_older_attempts_are_read_page_by_page(
    tmp_path: Path, bank_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.services.statistics.LISTED", 7)
    small = make_workspace(tmp_path, bank_file(SMALL))
    rng = Random(2)
    expected = []
    for number in range(6):
        made = header(small.learner.id, rng, NOON + number, banks=("small",))
        told = [attempt(n, "ocean", at=made.started + n, bank="small") for n in range(1, 5)]
        small.record.start_with(made, [*told, event(5, EventKind.UNDO, 2 if number else 1)])
        expected += [(made.id, n) for n in range(1, 5) if n != (2 if number else 1)]
    view = item_figures(small, ItemRef("small", "ocean"), small.learner)
    pages = 1
    assert not view.is_all
    while not view.is_all:
        view = with_older_attempts(small, view, small.learner)
        pages += 1
    assert [(line.session, line.n) for line in view.lines] == expected[::-1]
    assert pages == 4
    small.record.close()
