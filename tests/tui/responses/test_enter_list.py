import pytest

from quiz.core.content.grading import Entered, Grade, Part
from quiz.core.content.interaction import Enter, Field
from quiz.tui.held_keys import HeldKeyGuard
from tests.tui.responses.driving import click
from tests.tui.responses.host import SMALL, Host, settled, text_of

STATES = Enter(tuple(Field(str(number)) for number in (1, 2, 3)), is_list=True)


async def test_entries_are_added_and_counted() -> None:
    app = Host(STATES)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert "0 of 3" in app.text
        assert "left" not in app.text
        await pilot.press(*"gas", "enter", *"solid", "enter")
        await settled(pilot)
        assert " 1 ● gas" in app.text
        assert " 2 ● solid" in app.text
        assert "2 of 3" in app.text
        assert "left" not in app.text
        assert app.response.response == Entered(("gas", "solid"))


async def test_enter_submits_when_the_list_is_full() -> None:
    app = Host(STATES)
    async with app.run_test() as pilot:
        await pilot.press(*"gas", "enter", *"solid", "enter", *"liquid", "enter")
        await settled(pilot)
        assert not app.submitted
        await pilot.press("x", "enter")
        await settled(pilot)
        assert app.submitted == [Entered(("gas", "solid", "liquid"))]


async def test_enter_on_the_empty_field_submits_but_not_while_it_is_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Host(STATES)
    monkeypatch.setattr(HeldKeyGuard, "is_unread", lambda self, now: True)
    async with app.run_test() as pilot:
        await pilot.press(*"gas", "enter", "enter", "enter")
        await settled(pilot)
        assert not app.submitted
        monkeypatch.setattr(HeldKeyGuard, "is_unread", lambda self, now: False)
        await pilot.press("enter")
        await settled(pilot)
        assert app.submitted == [Entered(("gas",))]


async def test_what_is_being_typed_counts() -> None:
    app = Host(STATES)
    async with app.run_test() as pilot:
        await pilot.press(*"gas", "enter", *"sol")
        await settled(pilot)
        assert app.response.response == Entered(("gas", "sol"))
        assert app.changes[-1] == Entered(("gas", "sol"))


async def test_backspace_on_the_empty_field_takes_the_last_one_back() -> None:
    app = Host(STATES)
    async with app.run_test() as pilot:
        await pilot.press(*"gas", "enter", *"solit", "enter", "backspace")
        assert app.response.field.value == "solit"
        await pilot.press("backspace", "d", "enter")
        await settled(pilot)
        assert app.response.response == Entered(("gas", "solid"))


async def test_undo_clears_what_is_typed_and_then_takes_entries_back() -> None:
    app = Host(STATES)
    async with app.run_test() as pilot:
        await pilot.press(*"gas", "enter", *"sol", "ctrl+z")
        assert app.response.response == Entered(("gas",))
        await pilot.press("ctrl+z", "ctrl+z")
        assert app.response.response == Entered()


async def test_a_click_takes_an_entry_back_and_keeps_what_was_being_typed() -> None:
    app = Host(STATES)
    async with app.run_test() as pilot:
        await pilot.press(*"gaz", "enter", *"solid")
        await click(pilot, app.response.rows[0])
        assert app.response.field.value == "gaz"
        assert app.response.entries == ("solid",)
        assert app.focused is app.response.field


async def test_the_same_is_not_added_twice() -> None:
    app = Host(STATES)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press(*"gas", "enter", *"Gas", "enter")
        await settled(pilot)
        assert app.response.entries == ("gas",)
        assert "on the list already" in app.said


async def test_marks_show_what_was_missed() -> None:
    app = Host(STATES, Entered(("gas", "wood")))
    parts = (
        Part("", "gas", "gas", is_right=True),
        Part("", "wood", "", is_right=False),
        Part("", "", "solid", is_right=False),
        Part("", "", "liquid", is_right=False),
    )
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        app.response.mark(Grade.of_parts(parts, out_of=3), Entered(("gas", "solid", "liquid")))
        await settled(pilot)
        rows = [text_of(row) for row in app.response.marks.children]
        assert "✓  1   gas" in rows[0]
        assert "✗  2   wood" in rows[1]
        assert "wrong" in rows[1]
        assert "–      no answer" in rows[2]
        assert "✓ solid" in rows[2]


async def test_entries_with_commas_between_them_are_several() -> None:
    app = Host(Enter(STATES.fields, is_list=True, is_split=True))
    async with app.run_test() as pilot:
        await pilot.press(*"gas, solid")
        await settled(pilot)
        assert app.response.response == Entered(("gas", "solid"))
        assert app.response.submits == "Add 2"
        await pilot.press("enter")
        await settled(pilot)
        assert app.response.entries == ("gas", "solid")
        await pilot.press(*"ice, water", "enter")
        await settled(pilot)
        assert app.response.entries == ("gas", "solid")
        assert app.said == app.response.unready == "Only 3 answers are asked for."
        await pilot.press(*", air")
        await click(pilot, app.response.rows[0])
        assert app.response.entries == ("gas", "solid")
