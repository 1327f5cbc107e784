"""Studying what one wants: which items that comes to, and what it does to the schedule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.config.settings import Config
from quiz.core.content.grading import Chosen
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import Phase
from quiz.core.study.progress import progress
from quiz.core.study_filter import ItemState, Purpose, StudyFilter, StudyOrder
from quiz.errors import UsageError
from quiz.services.nothing_to_ask import nothing_to_study
from quiz.services.study.choosing import Shelf, items_chosen
from quiz.services.study.live import LiveStudy
from quiz.services.study.saved import forget_choice, save_choice, saved_choice
from quiz.services.study.start import items_for, open_study, resume_study, start_study
from quiz.services.suspension import set_suspended
from quiz.services.workspace import Workspace
from tests.fakes import DAY, FakeClock, make_workspace
from tests.sample_banks import SMALL

CRAM = StudyFilter(purpose=Purpose.CRAM)
AHEAD = StudyFilter(purpose=Purpose.AHEAD)
NAMES = ("capital", "ocean", "salt", "largest")
WRONG = Chosen(("Nice",))


@pytest.fixture
def small(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    tagged = SMALL.replace("    topic: seas\n", "    topic: seas\n    tags: [wet]\n")
    made = make_workspace(tmp_path, bank_file(tagged), clock=clock, config=Config(new_per_day=2))
    yield made
    made.record.close()


def begun(workspace: Workspace, chosen: StudyFilter) -> LiveStudy:
    live = start_study(workspace, chosen)
    assert live is not None
    return live


def answer_all(live: LiveStudy, missed: str = "") -> None:
    """Answer a session's items, one of them wrong at first."""
    wrong = {missed}
    while live.session.phase is not Phase.FINISHED:
        item = live.session.current.item
        live.submit(WRONG if item.id in wrong else item.key_response())
        wrong.discard(item.id)
        live.advance()


def names(workspace: Workspace, chosen: StudyFilter) -> list[str]:
    return [ref.item for ref in items_for(workspace, chosen, 1)]


def in_state(workspace: Workspace, state: ItemState) -> set[str]:
    return set(names(workspace, msgspec.structs.replace(CRAM, states=(state,))))


def test_each_state_holds_what_it_says(small: Workspace, clock: FakeClock) -> None:
    assert in_state(small, ItemState.NEW) == in_state(small, ItemState.NEVER_ASKED) == set(NAMES)
    live = begun(small, StudyFilter())
    live.flag()
    flagged = live.session.current.item.id
    answer_all(live, missed="capital")
    asked = {ref.item for ref in live.session.header.items}
    assert in_state(small, ItemState.NEW) == set(NAMES) - asked
    assert in_state(small, ItemState.KNOWN) == set()
    assert in_state(small, ItemState.FLAGGED) == {flagged}
    assert in_state(small, ItemState.MISSED) == {"capital"}
    assert in_state(small, ItemState.DUE) == set()
    clock.go_on(8 * DAY)
    assert in_state(small, ItemState.DUE) == asked
    assert in_state(small, ItemState.MISSED) == set()
    set_suspended(small, ItemRef("small", "capital"), small.learner, is_suspended=True)
    assert in_state(small, ItemState.DUE) == asked - {"capital"}
    assert Shelf(small).choices(CRAM).states[ItemState.SUSPENDED] == 1


def test_a_flag_stays_from_session_to_session_and_a_second_one_takes_it_away(
    small: Workspace, clock: FakeClock
) -> None:
    first = begun(small, CRAM)
    first.flag()
    clock.go_on(1)
    ref = first.session.current.ref
    again = begun(small, msgspec.structs.replace(CRAM, states=(ItemState.FLAGGED,)))
    assert again.session.header.items == (ref,)
    assert again.session.flagged == {ref}
    again.flag()
    assert small.record.flagged(small.learner.id) == frozenset()


def test_today_keeps_to_the_days_share_and_the_others_do_not(small: Workspace) -> None:
    assert len(names(small, StudyFilter())) == 2
    assert len(names(small, StudyFilter(order=StudyOrder.RANDOM))) == 2
    assert set(names(small, AHEAD)) == set(names(small, CRAM)) == set(NAMES)
    assert len(names(small, StudyFilter(purpose=Purpose.AHEAD, limit=3))) == 3


def test_topics_tags_and_kinds_narrow_it(small: Workspace) -> None:
    def chosen(**told: tuple[str, ...]) -> set[str]:
        return set(names(small, StudyFilter(purpose=Purpose.CRAM, **told)))  # type: ignore[arg-type]

    assert chosen(topics=("cities",)) == {"capital", "salt"}
    assert chosen(tags=("wet",)) == {"ocean", "largest"}
    assert chosen(kinds=("true-false", "short-answer")) == {"salt", "ocean"}
    assert chosen(kinds=("true-false",), topics=("seas",)) == set()


def test_orders(small: Workspace, clock: FakeClock) -> None:
    answer_all(begun(small, StudyFilter(topics=("seas",))))
    clock.go_on(DAY)
    answer_all(begun(small, StudyFilter(topics=("cities",))), missed="capital")
    clock.go_on(2 * DAY)

    def ordered(order: StudyOrder) -> list[str]:
        return names(small, StudyFilter(purpose=Purpose.AHEAD, order=order))

    assert ordered(StudyOrder.FILE) == list(NAMES)
    assert ordered(StudyOrder.WEAKEST)[0] == "capital"
    assert set(ordered(StudyOrder.OLDEST)[:2]) == {"ocean", "largest"}
    shuffled = [
        [
            ref.item
            for ref in items_chosen(small, msgspec.structs.replace(AHEAD, order=StudyOrder.RANDOM), rng)
        ]
        for rng in map(Random, range(9))
    ]
    assert len({tuple(each) for each in shuffled}) > 1


def test_cramming_leaves_the_schedule_exactly_as_it_is(small: Workspace, clock: FakeClock) -> None:
    answer_all(begun(small, StudyFilter()))
    clock.go_on(DAY)
    before = small.record.memories(small.learner.id)
    live = begun(small, CRAM)
    assert live.intervals() == {}
    live.submit(live.session.current.item.key_response())
    assert live.coming_back().words == "only practised: the schedule stays as it is"
    live.advance()
    answer_all(live, missed=live.session.current.item.id)
    assert small.record.memories(small.learner.id) == before
    assert small.record.rebuild_memory() == 0
    assert small.record.days(small.learner.id)[-1].attempts > 4  # it is on record all the same


def test_a_practice_that_was_left_is_not_mixed_with_what_is_due(small: Workspace, clock: FakeClock) -> None:
    left = begun(small, CRAM)
    left.submit(left.session.current.item.key_response())
    clock.go_on(DAY)
    live = open_study(small, StudyFilter())
    assert live is not None
    assert live.session.header.id != left.session.header.id
    assert live.session.counts


def test_what_was_only_practised_elsewhere_is_still_asked(small: Workspace) -> None:
    live = begun(small, StudyFilter())
    answer_all(begun(small, CRAM))
    answer_all(live)
    assert {event.ref for event in live.session.attempts} == set(live.session.header.items)


def test_what_is_suspended_meanwhile_is_not_asked_again(small: Workspace) -> None:
    live = begun(small, StudyFilter())
    missed = live.session.current
    live.submit(Chosen(("nothing",)))
    live.advance()
    assert progress(live.session).repeats == 1
    set_suspended(small, missed.ref, small.learner, is_suspended=True)
    live = resume_study(small, live.session.header)
    assert progress(live.session).repeats == 0


def test_what_was_suspended_before_may_be_asked_and_what_is_suspended_then_is_not(
    small: Workspace, clock: FakeClock
) -> None:
    first, before, then = (ItemRef("small", name) for name in NAMES[:3])
    set_suspended(small, before, small.learner, is_suspended=True)
    clock.go_on(DAY)
    live = start_study(small, StudyFilter(), (first, before, then))
    assert live is not None
    live.submit(live.session.current.item.key_response())
    set_suspended(small, then, small.learner, is_suspended=True)
    live.advance()
    assert live.session.queue == (before,)


def test_studying_ahead_counts(small: Workspace, clock: FakeClock) -> None:
    answer_all(begun(small, StudyFilter()))
    clock.go_on(DAY)
    before = small.record.memories(small.learner.id)
    answer_all(begun(small, AHEAD))
    after = small.record.memories(small.learner.id)
    assert all(after[ref].reviews == before[ref].reviews + 1 for ref in before)


def test_what_is_counted_is_what_is_asked(small: Workspace, clock: FakeClock) -> None:
    answer_all(begun(small, StudyFilter()), missed="capital")
    clock.go_on(DAY)
    set_suspended(small, ItemRef("small", "ocean"), small.learner, is_suspended=True)
    shelf, rng = Shelf(small), Random(4)
    for _ in range(60):
        chosen = StudyFilter(
            topics=rng.choice([(), ("seas",), ("cities", "seas")]),
            tags=rng.choice([(), (), ("wet",)]),
            states=tuple(rng.sample(list(ItemState), rng.choice([0, 0, 1, 2]))),
            limit=rng.choice([None, 1, 3]),
            order=rng.choice(list(StudyOrder)),
            purpose=rng.choice(list(Purpose)),
        )
        counted = shelf.choices(chosen)
        assert counted.items == len(names(small, chosen)), chosen
        assert counted.items <= counted.chosen <= len(NAMES)


def test_a_choice_is_kept_under_a_name(small: Workspace) -> None:
    chosen = StudyFilter(states=(ItemState.LEECH,), purpose=Purpose.CRAM)
    assert save_choice(small, "  the  weak ones ", chosen) == "the weak ones"
    assert saved_choice(small, "the weak ones") == chosen
    with pytest.raises(UsageError, match="Nothing to study is saved as “the weak one”") as refused:
        saved_choice(small, "the weak one")
    assert "Did you mean “the weak ones”?" in str(refused.value.help)
    forget_choice(small, "the weak ones")
    assert small.config.saved == {}
    for name in ("a.b", " ", "x" * 61):
        with pytest.raises(UsageError):
            save_choice(small, name, chosen)


def test_why_there_is_nothing_to_study(small: Workspace) -> None:
    assert "no new question is left" in nothing_to_study(small, StudyFilter())
    assert "in what is chosen" in nothing_to_study(small, AHEAD)
    assert "in what is chosen" in nothing_to_study(small, StudyFilter(topics=("seas",)))
