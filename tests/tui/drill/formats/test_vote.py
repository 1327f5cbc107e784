"""The vote on the wall: hands are typed, bars appear, the key comes last."""

from __future__ import annotations

import re

import pytest

from quiz.core.drill.settings import Stage
from quiz.tui.drill.projected_item import ProjectedItem
from quiz.tui.drill.projected_option import ProjectedOption
from quiz.tui.drill.status_band import DrillBand
from tests.drills import OPTIONS, Make, full, tap, until
from tests.fakes import SECOND, FakeClock
from tests.sample_banks import SMALL
from tests.screens import flat, places_of


async def test_hands_are_typed_option_by_option(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", class_size=20)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "1", "2", "enter", "5", "plus", "plus", "minus", "enter", "2")
        await tap(pilot, clock, "backspace")
        assert app.live.drill.hands == (12, 6, 0)
        assert "18 of 20" in flat(app)
        await tap(pilot, clock, "3")
        assert "3 are too many: 2 of 20 are left." in flat(app)
        await tap(pilot, clock, "2")
        assert "20 of 20" in flat(app)
        assert "too many" not in flat(app)
        await tap(pilot, clock, "enter")
        assert app.live.drill.stage is Stage.COUNTED
        assert "60 %" in flat(app)
        await tap(pilot, clock, "d", "2", "enter", "1", "8", "enter", "enter")
        assert "−10" in flat(app)
        assert "+12" in flat(app)
        await tap(pilot, clock, "enter")
        assert app.live.drill.is_revealed
        assert "20 right" in flat(app)
        await tap(pilot, clock, "enter")
        assert app.live.drill.place == 1


async def test_hands_for_what_has_no_options_stand_beside_the_answers_that_came_in(
    make_app: Make, clock: FakeClock
) -> None:
    item = (
        "{id: a, kind: multiple-response, shuffle: false, stem: Which?, keys: [Red, Blue], distractors: [T]}"
    )
    app = make_app(
        "vote", f"format: 1\nbank: b\ntitle: B\nitems: [{item}]\n", ("Ada", "Bo", "Cy"), class_size=3
    )
    async with app.run_test(size=(100, 30)) as pilot:
        app.screen.is_desk = True
        await tap(pilot, clock, "enter")
        assert "Answers" not in flat(app)
        await tap(pilot, clock, "t", *"1 ab", "enter", *"2 a", "enter", "escape", "space", "1")
        assert "2 of 3 right" in flat(app)
        assert re.search(r"Had it right +1 \+ 1 .*Did not +1 \+ 0", flat(app))
        assert "Correct answer Red; Blue" in flat(app)


async def test_a_second_vote_that_changed_nothing_says_so(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote")
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "5", "v", "d", "7", "v", "space")
        share = 100 if app.live.drill.options[0] == app.live.drill.current.item.key_text() else 0
        assert f"{share} % before as well" in flat(app)


async def test_without_options_hands_are_counted_after_the_key(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", SMALL)
    async with app.run_test(size=(80, 30)) as pilot:
        await tap(pilot, clock, "enter")
        while app.live.drill.current.item.id != "ocean":
            await tap(pilot, clock, "s")
        await tap(pilot, clock, "5", "space")
        assert "✓ Correct answer Pacific" in flat(app)
        await tap(pilot, clock, "8", "enter", "2")
        assert app.live.drill.right == (8,)
        place = app.live.drill.place
        await tap(pilot, clock, "enter")
        assert app.live.drill.place == place + 1 or app.live.drill.stage is Stage.FINISHED


async def test_the_key_comes_by_the_same_key_as_elsewhere(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote")
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "4", "space")
        assert not app.live.drill.is_revealed
        await tap(pilot, clock, "v", "space")
        assert app.live.drill.is_revealed


async def test_taking_a_count_back_goes_to_its_option(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote")
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        assert "0 hands" in flat(app)
        assert "hands 0 hands" not in flat(app)
        await tap(pilot, clock, "1", "2", "enter", "enter", "u", "5")
        assert app.live.drill.hands == (5, 0, 0)


async def test_a_digit_that_could_not_be_saved_is_not_typed(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote")
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        record, app.workspace.record.append = app.workspace.record.append, full
        await tap(pilot, clock, "1", after=0)
        app.workspace.record.append = record
        await tap(pilot, clock, "2")
        assert app.live.drill.hands[0] == 2


async def test_no_more_hands_are_stored_than_there_are_pupils(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", class_size=25)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "8", "4")
        assert "84 are too many: 25 of 25 are left." in flat(app)
        assert app.live.drill.hands == (8, 0, 0)
        await tap(pilot, clock, "2", "5", "plus")
        assert "26 are too many" in flat(app)
        await tap(pilot, clock, "enter")
        assert "too many" not in flat(app)
        await tap(pilot, clock, "1")
        assert "1 are too many: 0 of 25 are left." in flat(app)
        assert app.live.drill.hands == (25, 0, 0)


async def test_numbers_typed_fast_reach_their_options(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", class_size=25)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        await tap(pilot, clock, "5", "enter", "8", "enter", "1", "2", after=40)
        assert app.live.drill.hands == (5, 8, 12)
        await tap(pilot, clock, "enter", "enter", "enter", after=40)
        assert app.live.drill.stage is Stage.COUNTED


async def test_enter_held_down_counts_on_by_one_option(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", class_size=25)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "5")
        await tap(pilot, clock, *["enter"] * 5, after=40)
        await tap(pilot, clock, "7")
        assert app.live.drill.hands == (5, 7, 0)


async def test_what_the_bank_says_to_many_is_read_with_the_key(make_app: Make, clock: FakeClock) -> None:
    remarked = OPTIONS.replace("distractors: [wrong", "distractors: [{feedback: Not so., text: wrong")
    remarked = re.sub(r"text: wrong(\d)", r"text: wrong\1}", remarked)
    app = make_app("vote", remarked, class_size=25)
    async with app.run_test(size=(80, 30)) as pilot:
        await tap(pilot, clock, "enter")
        wrong = next(k for k, option in enumerate(app.live.drill.options) if option.startswith("wrong"))
        await tap(pilot, clock, *["down"] * wrong, "9", "v")
        assert "Not so." not in flat(app)
        await tap(pilot, clock, "enter")
        assert f"✗ {'ABC'[wrong]} Not so." in flat(app)
        await tap(pilot, clock, "u", "u", *["down"] * wrong, "delete", "down", "9", "v", "enter")
        assert "Not so." not in flat(app)


async def test_the_arrows_choose_the_option_that_hands_are_typed_for(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("vote", class_size=25)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "down", "4", "down", "5", "up", "up", "3")
        assert app.live.drill.hands == (3, 4, 5)


async def test_on_the_recommended_size_every_option_has_its_bar_after_the_second_vote(
    make_app: Make, clock: FakeClock
) -> None:
    more = re.sub(r"other(\d)\]", r"other\1, fourth\1, fifth\1]", OPTIONS)
    app = make_app("vote", more, class_size=25)
    async with app.run_test(size=(60, 18)) as pilot:
        await tap(pilot, clock, "enter", "8", "enter", "9", "v", "d", "5", "enter", "7", "v")
        assert flat(app).count(" %") == len(app.live.drill.options) == 5
        assert "5 42 % −3" in flat(app)


async def test_hands_go_up_when_the_time_is_up(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", seconds=30)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        assert "Think, then vote." in flat(app)
        clock.go_on(30 * SECOND)
        await until(pilot, lambda: "Hands up!" in flat(app))
        await tap(pilot, clock, "e")
        assert "Think, then vote." in flat(app)


async def test_who_comes_late_is_counted_where_the_class_is(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", class_size=20)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "j")
        assert "0 of 21" in flat(app)
        assert "Pupil 21 joined." in flat(app)


async def test_answers_typed_in_count_beside_hands_and_their_bars_wait(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("vote", names=("Ada", "Bo", "Cy", "Di"), class_size=4)
    async with app.run_test(size=(100, 24)) as pilot:
        await tap(pilot, clock, "enter", "2", "t", *"1 b", "enter", *"2 c", "enter", "escape")
        assert app.live.drill.tallies == ((2, 1, 1),)
        assert "votes 4 of 4" in flat(app)
        await tap(pilot, clock, "enter", "enter", "enter")
        assert app.live.drill.stage is Stage.COUNTED
        assert "Talk about it." in flat(app)
        assert "50 %" not in flat(app)
        await tap(pilot, clock, "v")
        assert "50 %" in flat(app)
        await tap(pilot, clock, "u")
        assert "Taken back: the bars." in flat(app)
        await tap(pilot, clock, "d", "t", *"1 a", "enter", "escape", "enter", "enter", "enter")
        assert "100 %" in flat(app)
        assert "25 %" in flat(app)
        await tap(pilot, clock, "enter")
        assert "1 of 1 right" in flat(app)


@pytest.mark.parametrize(("size", "apart"), [((120, 36), 3), ((60, 18), 2)])
async def test_options_keep_their_rows_from_the_question_to_the_key(
    make_app: Make, clock: FakeClock, size: tuple[int, int], apart: int
) -> None:
    app = make_app("vote", class_size=25)
    async with app.run_test(size=size) as pilot:
        await tap(pilot, clock, "enter", "3")
        rows = [[option.region.y for option in app.screen.query(ProjectedOption)]]
        current = app.live.drill.current
        (_, topic), (_, stem) = (places_of(app, text)[-1] for text in (current.topic, current.item.stem))
        is_high = size[1] > 30
        assert stem - topic == 1 + is_high
        band = app.screen.query_one(DrillBand).region
        assert app.screen.query_one("DrillBand Digits").region.y - band.y == 1 or not is_high
        for key in ("v", "enter"):
            await tap(pilot, clock, key)
            rows.append([option.region.y for option in app.screen.query(ProjectedOption)])
        assert rows[0][1] - rows[0][0] == apart
        assert rows[0] == rows[1] == rows[2]


async def test_bars_grow_with_the_terminal(make_app: Make, clock: FakeClock) -> None:
    app = make_app("vote", class_size=25)
    async with app.run_test(size=(120, 40)) as pilot:
        await tap(pilot, clock, "enter", "3", "v")
        for rows, height in ((2, 40), (1, 39), (2, 40)):
            await pilot.resize_terminal(120, height)
            await pilot.pause()
            assert {option.region.height for option in app.screen.query(ProjectedOption)} == {1 + rows}


@pytest.mark.parametrize(("times", "is_tight"), [(60, False), (75, True)])
async def test_on_a_large_wall_options_stand_apart_unless_that_would_hide_some(
    make_app: Make, clock: FakeClock, times: int, is_tight: bool
) -> None:
    long = re.sub(r"Question \d", "Which of these words fits best here " * times, OPTIONS)
    app = make_app("vote", long, class_size=25)
    async with app.run_test(size=(170, 50)) as pilot:
        await tap(pilot, clock, "enter")
        item = app.screen.query_one(ProjectedItem)
        assert item.has_class("-tight") is is_tight
        assert not item.show_vertical_scrollbar
