"""What every response can do, over every kind of item there is."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from quiz.core.content.grading import Entered, Ordered, Recalled
from quiz.core.content.item import Item
from quiz.core.content.kinds import all_kinds
from quiz.tui.responses import response_widget
from quiz.tui.responses.enter import EnterResponse
from tests.sampling import spread
from tests.tui.responses.driving import answer_by_keys, answer_by_mouse, submit_by_keys, submit_by_mouse
from tests.tui.responses.host import SIZES, Host, settled, shown_by

HANDS = {"keys": (answer_by_keys, submit_by_keys), "mouse": (answer_by_mouse, submit_by_mouse)}


def example(kind: type[Item]) -> Item:
    import yaml

    fields = yaml.load(kind.example, Loader=yaml.BaseLoader)
    return msgspec.convert(fields, kind, strict=False)


KINDS = {name: example(kind) for name, kind in all_kinds().items()}
each_kind = pytest.mark.parametrize("item", KINDS.values(), ids=KINDS)


@pytest.mark.parametrize(("kind", "size", "hands"), spread(KINDS, SIZES, HANDS))
async def test_the_key_can_be_given(kind: str, size: tuple[int, int], hands: str) -> None:
    item = KINDS[kind]
    answer, submit = HANDS[hands]
    interaction = item.interaction().arranged(Random(7))
    app = Host(interaction)
    async with app.run_test(size=size) as pilot:
        await answer(pilot, app.response, item.key_response())
        await submit(pilot, app.response)
        assert app.submitted == [app.response.response]
        assert app.changes
        assert item.grade(app.submitted[0]).score == 1


@each_kind
async def test_a_draft_is_shown_and_counts(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)), item.key_response())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert item.grade(app.response.response).score == 1
        assert app.response.is_complete
        assert not app.response.unready
        assert not app.changes


@each_kind
async def test_nothing_is_handed_in_incomplete(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)))
    if app.response.is_complete:
        assert isinstance(app.response.response, Ordered)
        return
    async with app.run_test(size=(40, 15), notifications=True) as pilot:
        await settled(pilot)
        assert app.response.unready.endswith(".")
        app.response.submit()
        await settled(pilot)
        assert not app.submitted
        assert app.said == app.response.unready


@each_kind
def test_a_response_whose_rows_are_on_their_way_can_be_set_apart(item: Item) -> None:
    assert response_widget(item.interaction()).spread(60, 20) > 0


@pytest.mark.parametrize(("kind", "size"), spread(KINDS, SIZES))
async def test_a_mark_is_a_word_and_a_symbol(kind: str, size: tuple[int, int]) -> None:
    item = KINDS[kind]
    app = Host(item.interaction().arranged(Random(7)), item.key_response())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.response.mark(item.grade(app.response.response), item.key_response())
        await settled(pilot)
        shown = shown_by(app.response)
        assert "✓" in shown
        assert "✗" not in shown
        assert any(word in shown for word in ("correct", "your rating"))


@each_kind
async def test_a_marked_response_takes_nothing(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)), item.key_response())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        before = app.response.response
        app.response.mark(item.grade(before), item.key_response())
        await settled(pilot)
        assert app.focused is None
        await pilot.press("1", "a", "space", "enter", "ctrl+z", "backspace", "down", "K")
        app.response.submit()
        await pilot.click(app.response, offset=(4, 0))
        await settled(pilot)
        assert app.response.response == before
        assert not app.submitted


@each_kind
async def test_an_empty_response_can_be_marked(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)))
    async with app.run_test(size=(40, 15)) as pilot:
        await settled(pilot)
        app.response.mark(item.grade(app.response.fitting(None)), item.key_response())
        await settled(pilot)
        assert shown_by(app.response)


@each_kind
async def test_a_held_enter_hands_in_once(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)), item.key_response())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        if isinstance(app.response, EnterResponse):
            app.response.fields[-1].focus()
            await settled(pilot)
        await pilot.press(*["enter"] * 6)
        await settled(pilot)
        assert (
            len(app.submitted) == (0 if isinstance(app.response.response, Recalled) else 1) or app.submitted
        )
        assert len(app.submitted) <= 1
        app.response.reopen()
        app.response.submit()
        await settled(pilot)
        assert len(app.submitted) == 2


@each_kind
async def test_commands_of_the_session_pass_through(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("u", "h", "f", "q")
        await settled(pilot)
        assert app.told == ([] if app.response.takes_text else ["u", "h", "f", "q"])


@each_kind
async def test_the_key_line_fits_a_small_terminal(item: Item) -> None:
    hint = Host(item.interaction().arranged(Random(7))).response.hint
    assert sum(len(key) + 1 + len(effect) for key, effect in hint) + 2 * (len(hint) - 1) <= 38


@each_kind
async def test_changes_can_be_undone(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)))
    if isinstance(item.key_response(), Recalled):
        return
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        before = app.response.response
        await answer_by_keys(pilot, app.response, item.key_response())
        assert app.response.response != before
        await pilot.press(*["ctrl+z"] * 12)
        await settled(pilot)
        assert app.response.response == (Entered() if isinstance(before, Entered) else before)


@each_kind
async def test_it_survives_any_size(item: Item) -> None:
    app = Host(item.interaction().arranged(Random(7)), item.key_response())
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for size in ((20, 6), (2, 2), (1, 1), (61, 20)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        app.response.mark(item.grade(app.response.response), item.key_response())
        for size in ((9, 4), (1, 1), (61, 20)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        for _ in range(100):  # a layout waits for the next frame
            if "✓" in shown_by(app.response):
                break
            await pilot.pause(0.02)
        assert "✓" in shown_by(app.response)
