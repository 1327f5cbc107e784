import pytest
from textual.content import Content
from textual.widgets import Button

from quiz.core.content.grading import Grade, Matched, Sorted
from quiz.core.content.interaction import Match, Sort
from quiz.tui.responses.row import laid_out, tail_of
from tests.tui.responses.driving import click
from tests.tui.responses.host import LARGE, SIZES, SMALL, Host, settled, text_of

MATCH = Match(("France", "Italy", "Spain"), ("Lisbon", "Madrid", "Paris", "Rome"))
SORT = Sort(("apple", "carrot", "tomato"), ("Fruit", "Vegetable"))


async def test_a_letter_pairs_and_goes_on_to_the_next_open() -> None:
    app = Host(MATCH)
    async with app.run_test() as pilot:
        await pilot.press("c", "d", "b", "enter")
        await settled(pilot)
        assert app.submitted == [Matched({"France": "Paris", "Italy": "Rome", "Spain": "Madrid"})]


async def test_a_number_picks_the_left_side() -> None:
    app = Host(MATCH)
    async with app.run_test() as pilot:
        await pilot.press("3", "b", "1", "c")
        assert app.response.response == Matched({"Spain": "Madrid", "France": "Paris"})


@pytest.mark.parametrize("key", ["right", "tab", "space"])
@pytest.mark.parametrize("give", ["space", "enter"])
async def test_the_other_side_by_arrows(key: str, give: str) -> None:
    app = Host(MATCH)
    async with app.run_test() as pilot:
        await pilot.press("down", key, "down", "down", "down", give)
        await settled(pilot)
        assert app.response.response == Matched({"Italy": "Rome"})
        assert not app.response.is_at_right
        assert not app.submitted


async def test_tab_leaves_in_the_end() -> None:
    app = Host(MATCH)
    async with app.run_test() as pilot:
        button = Button("elsewhere")
        await app.mount(button)
        await pilot.press("tab")
        assert app.focused is app.response
        assert app.response.is_at_right
        await pilot.press("tab")
        assert app.focused is button
        await pilot.press("shift+tab", "shift+tab")
        assert app.focused is app.response
        assert not app.response.is_at_right


async def test_a_right_side_may_serve_twice() -> None:
    app = Host(MATCH)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("a", "a")
        await settled(pilot)
        assert app.response.response == Matched({"France": "Lisbon", "Italy": "Lisbon"})
        assert "→ a" in text_of(app.response.left_rows[0])
        assert "← 1 2" in text_of(app.response.right_rows[0])


async def test_undo_returns_to_the_pair() -> None:
    app = Host(MATCH)
    async with app.run_test() as pilot:
        await pilot.press("a", "b", "ctrl+z")
        assert app.response.response == Matched({"France": "Lisbon"})
        assert app.response.cursor == 1
        await pilot.press("backspace")
        assert app.response.response == Matched()


async def test_clicks_pair() -> None:
    app = Host(MATCH)
    async with app.run_test(size=SMALL) as pilot:
        await click(pilot, app.response.left_rows[2])
        await click(pilot, app.response.right_rows[3])
        assert app.response.response == Matched({"Spain": "Rome"})


@pytest.mark.parametrize(
    ("interaction", "keys", "sentence"),
    [
        (MATCH, ["c"], "2 of 3 pairs are still open."),
        (MATCH, ["c", "c"], "1 of 3 pairs is still open."),
        (SORT, [], "3 of 3 are not sorted yet."),
        (SORT, ["1", "2"], "1 of 3 is not sorted yet."),
    ],
)
async def test_what_is_open_is_said(interaction: Match | Sort, keys: list[str], sentence: str) -> None:
    app = Host(interaction)
    async with app.run_test(notifications=True) as pilot:
        await pilot.press(*keys, "enter")
        await settled(pilot)
        assert not app.submitted
        assert app.said == sentence


async def test_the_sides_stand_beside_each_other_where_there_is_room() -> None:
    for size, is_beside in ((SMALL, False), ((60, 20), True), ((59, 20), False), (LARGE, True)):
        app = Host(MATCH)
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            left, right = app.response.left_rows[0].region, app.response.right_rows[0].region
            assert (left.y == right.y) == is_beside


async def test_stacked_pairs_are_named_in_words() -> None:
    app = Host(MATCH, Matched({"France": "Paris"}))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert "→ c Paris" in text_of(app.response.left_rows[0])


async def test_the_right_side_is_scrolled_into_view() -> None:
    many = Match(tuple(f"left {n}" for n in range(20)), tuple(f"right {n}" for n in range(45)))
    app = Host(many)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("tab", "end")
        await settled(pilot)
        assert "right 44" in app.text
        await pilot.press("space")
        await settled(pilot)
        assert app.response.response == Matched({"left 0": "right 44"})
        assert "▌   2 ○ left 1" in app.text


async def test_a_draft_that_no_longer_fits_is_trimmed() -> None:
    app = Host(MATCH, Matched({"France": "Paris", "Italy": "Milan", "Peru": "Lima"}))
    assert app.response.response == Matched({"France": "Paris"})
    assert app.response.cursor == 1


@pytest.mark.parametrize("size", SIZES)
async def test_marks_show_given_and_expected(size: tuple[int, int]) -> None:
    app = Host(MATCH, Matched({"France": "Paris", "Italy": "Lisbon"}))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.response.mark(Grade(0.3), Matched({"France": "Paris", "Italy": "Rome", "Spain": "Madrid"}))
        await settled(pilot)
        france, italy, spain = (text_of(row) for row in app.response.left_rows)
        assert "✓  1   France" in france
        assert "Paris · correct" in france
        assert "✗  2   Italy" in italy
        assert "Lisbon · ✓ Rome" in italy
        assert "–  3   Spain" in spain
        assert spain.endswith("✓ Madrid")


async def test_a_digit_sorts_and_goes_on() -> None:
    app = Host(SORT)
    async with app.run_test() as pilot:
        await pilot.press("1", "2", "1", "enter")
        await settled(pilot)
        assert app.submitted == [Sorted({"apple": "Fruit", "carrot": "Vegetable", "tomato": "Fruit"})]


async def test_a_member_can_be_put_elsewhere() -> None:
    app = Host(SORT)
    async with app.run_test() as pilot:
        await pilot.press("1", "up", "2")
        assert app.response.response == Sorted({"apple": "Vegetable"})


async def test_bins_stand_side_by_side_and_show_what_they_hold() -> None:
    app = Host(SORT)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("1", "1")
        await settled(pilot)
        fruit, vegetable = app.response.right_rows
        assert fruit.region.y == vegetable.region.y
        assert "• apple\n• carrot" in text_of(fruit)
        assert "Vegetable" in text_of(vegetable)


async def test_arrows_move_along_the_bins() -> None:
    app = Host(SORT)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("right", "right", "right", "left", "right", "space")
        assert app.response.response == Sorted({"apple": "Vegetable"})
        await pilot.press("right", "left")
        assert not app.response.is_at_right


async def test_bins_do_not_grow_when_they_fill() -> None:
    app = Host(SORT)
    async with app.run_test(size=LARGE) as pilot:
        await settled(pilot)
        before = app.response.size.height
        await pilot.press("1", "1", "1")
        await settled(pilot)
        assert app.response.size.height == before


async def test_where_it_is_narrow_each_member_names_its_bin() -> None:
    app = Host(SORT)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2")
        await settled(pilot)
        assert "→ 2 Vegetable" in text_of(app.response.left_rows[0])
        assert text_of(app.response.right_rows[1]).endswith("1")


async def test_bins_that_do_not_fit_in_one_line_stand_in_as_many_columns_as_take_fewest_rows() -> None:
    members = "hire programmers on the spot", "meet venture capitalists", "meet American politicians"
    app = Host(Sort(members, ("said to be why he is there", "called likely", "not mentioned")))
    async with app.run_test(size=(76, 30)) as pilot:
        await pilot.press("1")
        await settled(pilot)
        rows = app.response.right_rows
        assert len({row.region.x for row in rows}) == 1
        assert "• hire programmers on the spot" in text_of(rows[0])
        await pilot.press("right", "down", "down", "space")
        assert app.response.response == Sorted(
            {members[0]: "said to be why he is there", members[1]: "not mentioned"}
        )


def test_what_was_given_and_what_is_right_stand_on_lines_of_their_own_where_one_is_too_short() -> None:
    end = tail_of(("To sell him their firms", ""), ("✓ To live at home again", ""))
    lines = laid_out(Content("  "), Content("Russians"), end, 66, (22, end.cell_length))
    assert [line.plain.strip() for line in lines] == [
        "Russians" + " " * 17 + "To sell him their firms",
        "✓ To live at home again",
    ]
