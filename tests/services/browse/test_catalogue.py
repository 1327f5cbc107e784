"""Finding, sorting and changing items of all banks, and undoing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.content.item_ref import ItemRef
from quiz.core.session import Phase
from quiz.core.study.item_changes import Deed, ItemChange
from quiz.core.study_filter import ItemState, StudyFilter
from quiz.errors import UsageError
from quiz.services.browse.catalogue import Catalogue, Column
from quiz.services.item_changes import change_items, rescheduled, tagged, undo_change, untagged
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.conftest import QUESTIONS
from tests.fakes import DAY, FakeClock, make_workspace
from tests.sample_banks import SMALL

NAMES = ["capital", "ocean", "salt", "largest"]


@pytest.fixture
def two(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(SMALL), QUESTIONS / "courtship.yaml", clock=clock)
    yield made
    made.record.close()


def answer(workspace: Workspace, clock: FakeClock, *names: str) -> None:
    """Answer items of the small bank, each a day after the one before."""
    for name in names:
        live = start_study(workspace, StudyFilter(), [ItemRef("small", name)])
        assert live is not None
        while live.session.phase is not Phase.FINISHED:
            live.submit(live.session.current.item.key_response())
            live.advance()
        clock.go_on(DAY)


def refs(*names: str) -> list[ItemRef]:
    return [ItemRef("small", name) for name in names]


def found(workspace: Workspace, words: str = "", **told: object) -> list[str]:
    column, is_reversed = told.pop("column", Column.FILE), bool(told.pop("is_reversed", False))
    chosen = StudyFilter(banks=("small",), **told)  # type: ignore[arg-type]
    listed = Catalogue(workspace).found(words, chosen, column, is_reversed=is_reversed)  # type: ignore[arg-type]
    return [item.ref.item for item in listed]


def test_all_items_of_all_banks_are_there_in_order(two: Workspace) -> None:
    items = Catalogue(two).found()
    assert len(items) == sum(card.items for card in two.library.summaries())
    assert [item.ref.item for item in items][:4] == NAMES
    assert [item.ref for item in Catalogue(two, "small").found()] == refs(*NAMES)


def test_words_find_beginnings_in_any_order(two: Workspace) -> None:
    assert found(two, "IS oce which") == ["ocean"]
    assert found(two, "largest") == ["ocean", "largest"]
    assert found(two, "nowhere") == []


def test_columns_sort_and_what_has_no_value_comes_last(two: Workspace, clock: FakeClock) -> None:
    answer(two, clock, "salt", "capital")
    assert found(two, column=Column.LAST) == ["salt", "capital", "ocean", "largest"]
    assert found(two, column=Column.LAST, is_reversed=True) == ["capital", "salt", "ocean", "largest"]
    assert found(two, column=Column.DUE)[:2] == ["salt", "capital"]
    assert found(two, is_reversed=True) == NAMES[::-1]
    assert Catalogue(two).facts(*refs("salt")).right == 1


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (ItemChange(Deed.SUSPEND), ItemState.SUSPENDED),
        (ItemChange(Deed.FLAG), ItemState.FLAGGED),
        (ItemChange(Deed.FORGET), ItemState.NEW),
    ],
)
def test_a_change_is_done_to_many_and_undone(
    two: Workspace, clock: FakeClock, change: ItemChange, state: ItemState
) -> None:
    answer(two, clock, *NAMES[:3])
    before = two.record.memories(two.learner.id), found(two, states=(state,))
    done = change_items(two, refs("capital", "salt"), change)
    assert {"capital", "salt"} <= set(found(two, states=(state,)))
    assert two.record.rebuild_memory() == 0
    assert undo_change(two, done) == 2
    assert (two.record.memories(two.learner.id), found(two, states=(state,))) == before
    assert two.record.sessions(two.learner.id) == two.record.sessions(two.learner.id, "small")


def test_a_forgotten_item_begins_anew(two: Workspace, clock: FakeClock) -> None:
    answer(two, clock, "capital", "capital")
    change_items(two, refs("capital"), ItemChange(Deed.FORGET))
    clock.go_on(1)
    memory = two.record.memory(two.learner.id, ItemRef("small", "capital"))
    assert memory is not None
    assert memory.is_new
    assert two.record.new_since(two.learner.id, 0) == 0
    answer(two, clock, "capital")
    again = two.record.memory(two.learner.id, ItemRef("small", "capital"))
    assert again is not None
    assert (again.reviews, again.attempts) == (1, 1)
    assert [history.later for history in two.record.review_sequences(two.learner.id)] == [()]
    assert two.record.rebuild_memory() == 0


def test_an_item_comes_back_on_the_day_that_was_set(two: Workspace, clock: FakeClock) -> None:
    answer(two, clock, "capital", "salt")
    done = change_items(two, refs("capital", "ocean"), rescheduled(two, "5"))
    catalogue = Catalogue(two)
    due = catalogue.facts(*refs("capital")).due
    assert due is not None
    assert (due - two.day_start) // DAY == 5
    assert catalogue.facts(*refs("ocean")).due is None  # it was never answered
    undo_change(two, done)
    assert Catalogue(two).facts(*refs("capital")).due != due
    for written in ("yesterday", "2001-01-01", "9" * 40):
        with pytest.raises(UsageError):
            rescheduled(two, written)


def test_own_tags_belong_to_the_record_and_choose_items(two: Workspace) -> None:
    before = [(path, path.read_bytes()) for path in two.library.paths()]
    change_items(two, refs("capital", "salt"), tagged("for  monday"))
    done = change_items(two, refs("salt"), untagged("for monday"))
    assert found(two, tags=("for monday",)) == ["capital"]
    undo_change(two, done)
    assert found(two, tags=("for monday",)) == ["capital", "salt"]
    assert [(path, path.read_bytes()) for path in two.library.paths()] == before
    assert two.record.rebuild_memory() == 0
    for written in ("", " ", "x" * 201):
        with pytest.raises(UsageError):
            tagged(written)


def test_only_changes_are_undone_as_changes(two: Workspace, clock: FakeClock) -> None:
    answer(two, clock, "capital")
    (session,) = two.record.sessions(two.learner.id)
    done = change_items(two, refs("capital"), ItemChange(Deed.FLAG))
    undo_change(two, done)
    for name in (session.id, done, "nothing"):
        with pytest.raises(UsageError, match=r"There is no change .* that can be undone"):
            undo_change(two, name)
