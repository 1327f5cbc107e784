import pytest
from textual import events

from quiz.core.content.grading import Entered, Grade, Part
from quiz.core.content.interaction import Enter, Field
from tests.tui.responses.host import LARGE, SIZES, SMALL, Host, settled, shown_by, text_of

ALONE = Enter((Field(unit="km/s", is_number=True),))
GAPS = Enter((Field("gap 1"), Field("gap 2")), around=("Water can ", " and ", ".\n"))


async def test_typing_and_enter() -> None:
    app = Host(ALONE)
    async with app.run_test() as pilot:
        await pilot.press(*"299 792", "enter", "enter")
        await settled(pilot)
        assert app.submitted == [Entered(("299 792",))]
        assert "km/s" in app.text


async def test_keys_that_are_commands_are_typed() -> None:
    app = Host(ALONE)
    async with app.run_test() as pilot:
        await pilot.press(*"quh?-@ 1")
        assert app.response.response == Entered(("quh?-@ 1",))
        assert not app.told


async def test_the_gaps_fill_as_one_types() -> None:
    app = Host(GAPS)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "Water can [1]____ and [2]____." in app.text
        await pilot.press(*"boil", "tab", *"fre")
        await settled(pilot)
        assert "Water can [1]boil and [2]fre." in app.text


async def test_enter_moves_on_and_submits_from_the_last_field() -> None:
    app = Host(GAPS)
    async with app.run_test() as pilot:
        await pilot.press(*"boil", "enter")
        assert not app.submitted
        await pilot.press(*"freeze", "enter")
        await settled(pilot)
        assert app.submitted == [Entered(("boil", "freeze"))]


async def test_arrows_move_between_the_fields() -> None:
    app = Host(GAPS)
    async with app.run_test() as pilot:
        await pilot.press("down", *"b", "up", *"a", "up", "down", "down", *"c")
        assert app.response.response == Entered(("a", "bc"))


async def test_undo_takes_runs_of_typing_back() -> None:
    app = Host(GAPS)
    async with app.run_test() as pilot:
        await pilot.press(*"boil", "tab", *"melt", "ctrl+w", *"freeze")
        assert app.response.response == Entered(("boil", "freeze"))
        for expected in (("boil", ""), ("boil", "melt"), ("boil", ""), ()):
            await pilot.press("ctrl+z")
            assert app.response.response == Entered(expected)


async def test_a_draft_is_shown_and_the_empty_field_has_the_focus() -> None:
    app = Host(GAPS, Entered(("boil",)))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "[1]boil" in app.text
        assert app.focused is app.response.fields[1]
        assert app.response.response == Entered(("boil", ""))


async def test_what_is_pasted_is_one_clean_line() -> None:
    app = Host(ALONE)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.focused.post_message(events.Paste("a\x1b[31m\nb\tc\u202e" + "x" * 900))
        await settled(pilot)
        text = app.focused.value
        assert text.startswith("a[31m b cxxx")
        assert len(text) == 500
        await pilot.press("y")
        assert app.focused.value == text


async def test_the_clipboard_is_cleaned_too() -> None:
    app = Host(ALONE)
    async with app.run_test() as pilot:
        await settled(pilot)
        app._clipboard = "a\x07\nb"
        await pilot.press("ctrl+v")
        assert app.focused.value == "a b"


async def test_nothing_typed_is_refused() -> None:
    app = Host(ALONE)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("space", "enter")
        await settled(pilot)
        assert not app.submitted
        assert app.said == "Type an answer."


@pytest.mark.parametrize("size", SIZES)
async def test_marks(size: tuple[int, int]) -> None:
    app = Host(Enter(tuple(Field() for _ in range(4))), Entered(("boil", "freze", "burn", "")))
    parts = (
        Part("gap 1", "boil", "boil", is_right=True),
        Part("gap 2", "freze", "freeze", is_right=True, is_near=True),
        Part("gap 3", "burn", "melt", is_right=False),
        Part("gap 4", "", "rain", is_right=False),
    )
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        before = app.response.size.height
        app.response.mark(Grade.of_parts(parts), Entered(("boil", "freeze", "melt", "rain")))
        await settled(pilot)
        one, two, three, four = (text_of(row) for row in app.response.marks.children)
        assert "✓  1   boil" in one
        assert "correct" in one
        assert "✓  2   freze" in two
        assert "usual spelling: freeze" in two
        assert "✗  3   burn" in three
        assert "✓ melt" in three
        assert "–  4   no answer" in four
        assert "✓ rain" in four
        if size == LARGE:
            assert app.response.size.height == before


async def test_marks_are_put_into_the_text_as_well() -> None:
    app = Host(GAPS, Entered(("boil", "burn")))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        parts = (Part("1", "boil", "boil", is_right=True), Part("2", "burn", "freeze", is_right=False))
        app.response.mark(Grade.of_parts(parts), Entered(("boil", "freeze")))
        await settled(pilot)
        assert "Water can [1]boil and [2]burn." in app.text


async def test_an_override_marks_again() -> None:
    app = Host(ALONE, Entered(("3e5",)))
    async with app.run_test() as pilot:
        await settled(pilot)
        for is_right, sign in ((False, "✗"), (True, "✓")):
            app.response.mark(
                Grade.of_parts((Part("", "3e5", "300,000", is_right=is_right),)), Entered(("300,000",))
            )
            await settled(pilot)
            assert f"{sign}   3e5 km/s" in shown_by(app.response)
            assert len(app.response.marks.children) == (1 if is_right else 2)
            assert ("300,000" in shown_by(app.response)) is not is_right


async def test_what_is_no_number_is_not_called_close_and_gets_no_unit() -> None:
    app = Host(ALONE, Entered(("fast",)))
    async with app.run_test() as pilot:
        await settled(pilot)
        part = Part("", "fast", "300,000 km/s", is_right=False, remark="type a number", is_unread=True)
        app.response.mark(Grade.of_parts((part,)), Entered(("300,000",)))
        await settled(pilot)
        assert "fast your answer" in " ".join(text_of(app.response.marks.children[0]).split())
        assert "close" not in app.text


CHOSEN = Enter(
    (Field("gap 1", options=("boils", "melts")), Field("gap 2")), around=("Water ", " and {{ ", " }}.")
)


async def test_a_gap_with_options_takes_their_numbers() -> None:
    app = Host(CHOSEN)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "1 boils 2 melts" in " ".join(app.text.split())
        await pilot.press("2", "tab", *"x")
        await settled(pilot)
        assert "Water [1]melts and {{ [2]x }}." in app.text
        await pilot.press("enter")
        await settled(pilot)
        assert app.submitted == [Entered(("melts", "x"))]


async def test_what_is_none_of_the_options_cannot_be_handed_in() -> None:
    app = Host(CHOSEN)
    async with app.run_test() as pilot:
        await pilot.press("7", "enter", "enter")
        await settled(pilot)
        assert not app.submitted
        assert app.response.unready == "Type the number of an option."


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part("", "three", "3", is_right=True, is_form=True), "usual form: 3"),
        (Part("", "Silicon", "Silicon Valley", is_right=False, remark="that is only part of it"), "close"),
        (Part("", "recieve", "receive", is_right=True, is_near=True), "usual spelling: receive"),
    ],
)
async def test_a_verdict_says_why_it_was_accepted_or_nearly(part: Part, said: str) -> None:
    app = Host(Enter((Field(),)), Entered((part.given,)))
    async with app.run_test() as pilot:
        await settled(pilot)
        app.response.mark(Grade.of_parts((part,)), Entered((part.expected,)))
        await settled(pilot)
        assert said in app.text
        assert part.expected in app.text
