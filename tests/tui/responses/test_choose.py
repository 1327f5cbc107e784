import pytest

from quiz.core.content.grading import Chosen, Grade
from quiz.core.content.interaction import Choose
from tests.tui.responses.driving import click
from tests.tui.responses.host import SIZES, SMALL, Host, settled, text_of

CITIES = ("Paris", "Lyon", "Marseille", "Nice")
ONE = Choose(CITIES)
SOME = Choose(CITIES, most=3)
MANY = Choose(tuple(f"option {number}" for number in range(1, 42)), most=41)


async def test_a_digit_chooses_and_does_not_submit() -> None:
    app = Host(ONE)
    async with app.run_test() as pilot:
        await pilot.press("2", "2", "3")
        assert app.response.response == Chosen(("Marseille",))
        assert not app.submitted
        assert app.changes == [Chosen(("Lyon",)), Chosen(("Marseille",))]


async def test_a_double_click_does_not_submit() -> None:
    app = Host(ONE)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.click(app.response.rows[1], offset=(8, 0), times=2)
        await settled(pilot)
        assert app.response.response == Chosen(("Lyon",))
        assert not app.submitted


@pytest.mark.parametrize("down", ["down", "j"])
async def test_arrows_or_letters_move_and_space_chooses(down: str) -> None:
    app = Host(ONE)
    async with app.run_test() as pilot:
        await pilot.press(down, down, "up", "space", "enter")
        await settled(pilot)
        assert app.submitted == [Chosen(("Lyon",))]


async def test_home_and_end() -> None:
    app = Host(ONE)
    async with app.run_test() as pilot:
        await pilot.press("end", "space")
        assert app.response.response == Chosen(("Nice",))
        await pilot.press("home", "space")
        assert app.response.response == Chosen(("Paris",))


async def test_space_toggles_where_several_may_be_chosen() -> None:
    app = Host(SOME)
    async with app.run_test() as pilot:
        await pilot.press("1", "3", "1", "down", "space")
        assert app.response.response == Chosen(("Lyon", "Marseille"))
        assert " 2 [✓]" in text_of(app.response.rows[1])
        assert " 1 [ ]" in text_of(app.response.rows[0])


async def test_no_more_than_allowed_can_be_chosen() -> None:
    app = Host(SOME)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press("1", "2", "3", "4")
        await settled(pilot)
        assert app.response.response == Chosen(("Paris", "Lyon", "Marseille"))
        assert "at most 3" in app.said


@pytest.mark.parametrize("key", ["ctrl+z", "backspace"])
async def test_undo_goes_back_step_by_step(key: str) -> None:
    app = Host(ONE)
    async with app.run_test() as pilot:
        await pilot.press("1", "3", key)
        assert app.response.response == Chosen(("Paris",))
        await pilot.press(key, key)
        assert app.response.response == Chosen()


async def test_beyond_nine_options_the_letters_follow_in_one_sequence() -> None:
    app = Host(MANY)
    labels = [row.label for row in app.response.rows]
    assert "".join(labels) == "123456789abcdefghijklmnopqrstuvwxyzABCDEF"
    assert app.response.label_keys == set(labels)
    async with app.run_test() as pilot:
        await pilot.press("9", "a", "u", "A")
        assert app.response.response == Chosen(("option 9", "option 10", "option 30", "option 36"))
        assert not app.told  # the screen's own u waits until there is nothing to choose


async def test_the_cursor_stays_in_view() -> None:
    app = Host(MANY)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("end", "space")
        await settled(pilot)
        assert "[✓] option 41" in app.text
        assert "option 41" in app.text
        await pilot.press("home")
        await settled(pilot)
        assert "▌  1 [ ] option 1 " in app.text


async def test_up_at_the_first_row_scrolls_the_stem_back() -> None:
    app = Host(MANY)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("end", "home", "up", "up", "up")
        await settled(pilot)
        assert "A stem." in app.text


@pytest.mark.parametrize("size", SIZES)
async def test_marks_say_what_was_chosen_and_what_is_right(size: tuple[int, int]) -> None:
    app = Host(Choose(CITIES, most=4), Chosen(("Paris", "Lyon")))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.response.mark(Grade(0.0), Chosen(("Paris", "Nice")))
        await settled(pilot)
        paris, lyon, marseille, nice = (text_of(row) for row in app.response.rows)
        assert "✓" in paris
        assert paris.endswith("correct")
        assert "✗" in lyon
        assert lyon.endswith("your answer")
        assert not set(marseille) & set("✓✗○●")
        assert "✓" in nice
        assert "your" not in nice
        assert nice.endswith("correct answer")


async def test_marking_moves_nothing_where_there_is_room() -> None:
    app = Host(Choose(("short", "a long option " * 9)), Chosen(("short",)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = [row.region for row in app.response.rows]
        app.response.mark(Grade(0.0), Chosen(("a long option " * 9,)))
        await settled(pilot)
        assert [row.region for row in app.response.rows] == before


async def test_a_long_option_hangs_behind_its_label() -> None:
    app = Host(Choose(("word " * 30, "other")))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        first, *rest = text_of(app.response.rows[0]).splitlines()
        assert first.startswith("▌  1   word")
        assert rest
        assert all(line.startswith("       word") for line in rest)


async def test_an_option_that_is_gone_from_the_bank_is_left_out_of_a_draft() -> None:
    app = Host(ONE, Chosen(("Bordeaux", "Nice")))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.response.response == Chosen(("Nice",))
        assert "▌  4 ● Nice" in app.text


async def test_text_can_be_selected_once_it_is_marked() -> None:
    app = Host(ONE, Chosen(("Nice",)))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert not app.response.rows[0].allow_select
        app.response.mark(Grade(0.0), Chosen(("Paris",)))
        await settled(pilot)
        await pilot.mouse_down(app.response.rows[0], offset=(7, 0))
        await pilot.hover(app.response.rows[0], offset=(11, 0))
        await pilot.mouse_up(app.response.rows[0], offset=(11, 0))
        assert app.screen.get_selected_text() == "Paris"


async def test_the_focus_elsewhere_shows() -> None:
    app = Host(ONE)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "▌  1 " in app.text
        app.screen.set_focus(None)
        await settled(pilot)
        assert "▏  1 " in app.text
        await click(pilot, app.response.rows[2])
        assert "▌  3 ●" in app.text
