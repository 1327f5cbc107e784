"""What a session shows is what comes: the day with least to do, and the same when worked out anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.config.settings import Config
from quiz.core.content.grading import Recalled
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, EventKind
from quiz.core.scheduling.own_parameters import SETTING, OwnParameters
from quiz.core.scheduling.study_day import day_of
from quiz.core.session import Phase
from quiz.core.study.item_changes import Deed, ItemChange
from quiz.core.study_filter import Purpose, StudyFilter
from quiz.services.item_changes import change_items, rescheduled, tagged, undo_change
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.core.scheduling.sequences import random_parameters
from tests.fakes import DAY, HOUR, MINUTE, NOON, FakeClock, make_workspace
from tests.record.record_stress import header

CARDS = 30
SUNDAY = 6


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with begun(tmp_path) as made:
        yield made


@contextmanager
def begun(folder: Path) -> Iterator[Workspace]:
    """Give a workspace on a bank of cards, with an empty record in a folder."""
    card = "  - {{id: c{0}, kind: flashcard, stem: Card {0}, back: Back {0}}}\n"
    items = "".join(map(card.format, range(CARDS)))
    bank = folder / "cards.yaml"
    bank.write_text(f"format: 1\nbank: cards\ntitle: Cards\nitems:\n{items}", encoding="utf-8")
    made = make_workspace(folder, bank, clock=FakeClock(NOON, zone_name="UTC"))
    try:
        yield made
    finally:
        made.record.close()


def adopt(workspace: Workspace, reviews: int, rng: Random) -> None:
    now = workspace.clock.now()
    own = OwnParameters(reviews, random_parameters(rng), now, 0.4, 0.3)
    settings = {SETTING: msgspec.to_builtins(own)}
    told = header(workspace.learner.id, rng, started=now, banks=(), items=(), settings=settings)
    told = msgspec.structs.replace(told, id=new_session_id(now, rng))
    workspace.record.start_with(told, [Event(n=1, kind=EventKind.END, at=now)])


def study(workspace: Workspace, clock: FakeClock, rng: Random) -> None:
    """Study what there is, with ratings changed and answers undone now and then."""
    live = start_study(workspace, StudyFilter())
    while live is not None and live.session.phase is not Phase.FINISHED:
        answer(live, clock, rng)


def answer(live: LiveStudy, clock: FakeClock, rng: Random) -> None:
    clock.go_on(MINUTE)
    before = live.intervals()
    rating = rng.choice([1, 3, 3, 3, 3, 4])
    live.submit(Recalled(rating))
    shown = live.intervals()
    assert shown == before
    if rng.random() < 0.1:
        live.undo()
        return
    if rng.random() < 0.2:
        rating = rng.choice([2, 3, 4])
        live.rate(rating)
    memory = live.memory()
    assert memory is not None
    now, zone = live.now(), live.session.header.zone
    days = day_of(memory.due, zone) - day_of(now, zone)
    assert shown[rating] == (days or timedelta(milliseconds=memory.due - now))
    live.advance()


def change_some(workspace: Workspace, clock: FakeClock, rng: Random) -> None:
    """Do something to some items outside of sessions, and take it back now and then."""
    clock.go_on(MINUTE)
    refs = rng.sample([each.ref for each in workspace.candidates()], 4)
    change = rng.choice(
        [ItemChange(Deed.FORGET), ItemChange(Deed.FLAG), tagged("hard"), rescheduled(workspace, "3")]
    )
    done = change_items(workspace, refs, change)
    clock.go_on(MINUTE)
    if rng.random() < 0.3:
        undo_change(workspace, done)
    live = start_study(workspace, StudyFilter(purpose=Purpose.CRAM, limit=2))
    while live is not None and live.session.phase is not Phase.FINISHED:
        clock.go_on(MINUTE)
        live.submit(Recalled(rng.choice([1, 3])))
        live.advance()


@pytest.mark.parametrize(
    "seeds",
    [
        *(range(at, at + 1) for at in range(3)),
        *(pytest.param(range(at, min(at + 40, 1_000)), marks=pytest.mark.long) for at in range(3, 1_000, 40)),
    ],
    ids=lambda seeds: f"from {seeds[0]}",
)
def test_a_rebuild_finds_what_was_lived_with_own_parameters_days_off_and_loads(
    tmp_path: Path, seeds: range
) -> None:
    """Each seed is 25 days of 30 items: a thousand such histories in the long form."""
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        with begun(folder) as workspace:
            live_through(workspace, Random(seed))
            check_the_rebuild(workspace)


def live_through(workspace: Workspace, rng: Random) -> None:
    """Study on 25 days, with everything changed on the way that a schedule depends on."""
    clock = workspace.clock
    assert isinstance(clock, FakeClock)
    for passed in range(25):
        if passed == 8:
            workspace.set("free_days", ["sunday"])
            workspace.set("holidays", ["2025-07-01..2025-07-04"])
            workspace.set("easy_days", ["saturday"])
        if passed == 12:
            workspace.set("bank.cards.retention", 0.85)
        if passed % 6 == 5:
            change_some(workspace, clock, rng)
        if passed in {10, 18}:
            adopt(workspace, 400 + passed, rng)
        study(workspace, clock, rng)
        clock.go_on(DAY - rng.randrange(4) * HOUR)


def check_the_rebuild(workspace: Workspace) -> None:
    """Rebuild the memories, which must change none, and see that the history had what it is for."""
    assert workspace.record.rebuild_memory() == 0
    told = list(workspace.record.everything())
    chosen = [event for _, events in told for event in events if "intervals" in event.body]
    assert len(chosen) > 40
    own = {tuple(opening.settings["policy"].get("parameters", ())) for opening, _ in told if opening.banks}
    assert len(own) == 3


def test_items_learnt_on_one_day_come_back_on_several_and_not_on_days_off(workspace: Workspace) -> None:
    workspace.config = Config(new_per_day=CARDS, free_days=("sunday",))
    clock = workspace.clock
    assert isinstance(clock, FakeClock)
    for _ in range(4):
        live = start_study(workspace, StudyFilter())
        while live is not None and live.session.phase is not Phase.FINISHED:
            clock.go_on(MINUTE)
            live.submit(Recalled(3))
            live.advance()
        clock.go_on(5 * DAY)
    days = Counter[date](
        day_of(memory.due, "UTC") for memory in workspace.record.memories(workspace.learner.id).values()
    )
    assert len(days) > 5
    assert all(day.weekday() != SUNDAY for day in days)
    assert max(days.values()) <= 8
