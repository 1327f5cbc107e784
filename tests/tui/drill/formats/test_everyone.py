"""Everybody answers: answers typed in at the desk, who is missing, and the key once all are in."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events

from quiz.core.content.grading import Chosen
from quiz.core.drill.settings import Channel, Stage
from quiz.tui.app import QuizApp
from quiz.tui.drill.desk import DeskPanel
from tests.drills import Make, full, tap, until
from tests.fakes import SECOND, FakeClock
from tests.sample_banks import SMALL
from tests.screens import flat

THREE = ("Ada", "Bo Berg", "Cy")


def answered(app: QuizApp) -> dict[str, Any]:
    live = app.live
    return {live.names[pupil]: response for pupil, response in live.drill.answers.items()}


async def test_answers_are_typed_in_until_all_are_there(make_app: Make, clock: FakeClock) -> None:
    app = make_app("everyone", names=THREE)
    async with app.run_test(size=(100, 24)) as pilot:
        await tap(pilot, clock, "enter")
        options = app.live.drill.options
        await tap(pilot, clock, *"2 b", "enter")
        assert answered(app) == {"Bo Berg": Chosen((options[1],))}
        assert "1 of 3 answered" in flat(app)
        assert "Nobody has answered yet." not in flat(app)
        assert "Points come with the answer." in flat(app)
        assert "Bo Berg has answered." in flat(app)
        await tap(pilot, clock, *"bo berg c", "enter")
        assert answered(app) == {"Bo Berg": Chosen((options[2],))}
        assert "Bo Berg answered anew." in flat(app)
        await tap(pilot, clock, *"3 a", "enter", "escape", "w")
        assert "1 answer still missing" in flat(app)
        assert "1 Ada" in flat(app)
        await tap(pilot, clock, "escape", *"1 a", "enter")
        await until(pilot, lambda: app.live.drill.stage is Stage.COUNTED)
        assert "3 answers: no more are taken." in flat(app)
        assert not app.screen.is_typing
        await tap(pilot, clock, "enter")
        assert "2 of 3 right" in flat(app)
        assert "67 %" in flat(app)
        assert "1000" in flat(app)
        await tap(pilot, clock, "u")
        assert "Taken back: the correct answer." in flat(app)
        await tap(pilot, clock, "u", "u")
        assert "Taken back: the answer typed in last." in flat(app)
        assert set(answered(app)) == {"Bo Berg", "Cy"}


async def test_each_right_option_is_marked_at_its_row_and_shares_say_that_they_are_of_points(
    make_app: Make, clock: FakeClock
) -> None:
    item = (
        "{id: a, kind: multiple-response, shuffle: false, stem: Which?, keys: [Red, Blue], distractors: [T]}"
    )
    bank = f"format: 1\nbank: b\ntitle: B\nitems: [{item}]\n"
    app = make_app("everyone", bank, THREE, has_places=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await tap(pilot, clock, "enter")
        assert "▢ A Red ▢ B Blue ▢ C T" in flat(app)
        for pupil, chosen in zip(app.live.drill.here, (("Red", "Blue"), ("Red",), ("T",)), strict=True):
            app.live.answer(pupil, Chosen(chosen), Channel.PHONE)
        await until(pilot, lambda: app.live.drill.stage is Stage.COUNTED)
        await tap(pilot, clock, "enter")
        assert "✓ A Red ✓ B Blue ▢ C T" in flat(app)
        assert "Correct answer" not in flat(app).replace("⏎ Correct answer", "")
        assert "1 of 3 right" in flat(app)
        assert "1 partly right: 50 % of the points" in flat(app)
        await tap(pilot, clock, "enter")
        assert "of all points were reached." in flat(app)
        assert "50 % of points missed Which?" in flat(app)
        assert "50 % of points Which?" in flat(app)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1 q", "Give letters, A to C."),
        ("4 a", "There is no seat 4."),
        ("Eve a", "There is no pupil “Eve”."),
        ("1", "Type a pupil's number or name and the answer"),
    ],
)
async def test_what_cannot_be_meant_is_said_and_stays_to_be_mended(
    make_app: Make, clock: FakeClock, typed: str, words: str
) -> None:
    app = make_app("everyone", names=THREE)
    async with app.run_test(size=(140, 24)) as pilot:
        await tap(pilot, clock, "enter", "t", *typed, "enter")
        assert words in flat(app)
        assert answered(app) == {}
        assert app.screen.line.field.value == typed


async def test_an_answer_that_cannot_be_saved_is_not_lost(make_app: Make, clock: FakeClock) -> None:
    app = make_app("everyone", names=THREE)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await tap(pilot, clock, "enter", *"1 a")
        real, app.workspace.record.append = app.workspace.record.append, full
        await tap(pilot, clock, "enter")
        assert answered(app) == {}
        assert "no room on the disk" in flat(app)
        app.workspace.record.append = real
        await tap(pilot, clock, "enter")
        assert set(answered(app)) == {"Ada"}


async def test_the_time_closes_the_answers(make_app: Make, clock: FakeClock) -> None:
    app = make_app("everyone", pupils=("#1", "#2"), seconds=20)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter")
        clock.go_on(20 * SECOND)
        await until(pilot, lambda: app.live.drill.stage is Stage.COUNTED)
        assert "0 answers: no more are taken." in flat(app)
        await tap(pilot, clock, "enter")
        assert "The correct answer" in flat(app)


async def test_the_report_names_who_answered_what_only_when_asked(make_app: Make, clock: FakeClock) -> None:
    app = make_app("everyone", names=THREE)
    async with app.run_test(size=(100, 40)) as pilot:
        await tap(pilot, clock, "enter")
        key = app.live.drill.current.item.key_text()
        wrong = next(option for option in app.live.drill.options if option != key)
        for pupil, option in zip(app.live.drill.here, (wrong, key, wrong), strict=True):
            app.live.answer(pupil, Chosen((option,)), Channel.PHONE)
        await until(pilot, lambda: app.live.drill.stage is Stage.COUNTED)
        await tap(pilot, clock, "enter", "x", "y")
        assert f"{wrong}: Ada, Cy" not in flat(app)
        await tap(pilot, clock, "n")
        assert f"✗ {wrong}: Ada, Cy" in flat(app)
        assert f"✓ {key}: Bo Berg" in flat(app)
        await tap(pilot, clock, "n")
        assert f"{wrong}: Ada, Cy" not in flat(app)


@pytest.mark.parametrize(("which", "opened_by"), [("everyone", ""), ("everyone", "t"), ("vote", "t")])
async def test_keys_that_come_before_the_line_is_there_are_not_lost(
    make_app: Make, clock: FakeClock, which: str, opened_by: str
) -> None:
    app = make_app(which, names=THREE, class_size=3)
    async with app.run_test(size=(100, 24)) as pilot:
        await tap(pilot, clock, "enter")
        for key in (*opened_by, "1", " ", "a", "enter"):
            app._driver.send_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: set(answered(app)) == {"Ada"})
        assert app.screen.line.field.value == ""
        await tap(pilot, clock, "escape")
        assert not app.screen.is_typing


async def test_absent_pupils_are_not_waited_for_and_places_can_stay_hidden(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("everyone", names=THREE, has_places=False)
    async with app.run_test(size=(120, 30)) as pilot:
        await tap(pilot, clock, "enter", "a", "space", "escape")
        assert "0 of 2 answered" in flat(app)
        await tap(pilot, clock, *"2 a", "enter", *"3 b", "enter")
        await until(pilot, lambda: app.live.drill.stage is Stage.COUNTED)
        await tap(pilot, clock, "enter")
        assert "Board" not in flat(app)
        await tap(pilot, clock, "b")
        assert "Board" in flat(app)
        await tap(pilot, clock, "b", "x", "y")
        assert "comes first" not in flat(app)
        assert "Bo Berg" not in flat(app)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_every_kind_can_be_answered_and_fits(
    make_app: Make, clock: FakeClock, size: tuple[int, int]
) -> None:
    app = make_app("everyone", SMALL, names=THREE)
    async with app.run_test(size=size) as pilot:
        await tap(pilot, clock, "enter")
        seen = set()
        while app.live.drill.stage is not Stage.FINISHED:
            drill = app.live.drill
            seen.add(drill.current.item.kind)
            assert drill.takes_answers
            response = drill.current.item.key_response()
            assert app.live.take_answers([(drill.here[0], response, Channel.PHONE)]) == [None]
            await tap(pilot, clock, "enter", "enter")
            assert "1 of 1 right" in flat(app)
            await tap(pilot, clock, "enter")
        assert len(seen) > 3
        assert "flashcard" not in seen


@pytest.mark.parametrize("which", ["everyone", "vote"])
async def test_the_desk_shows_the_teacher_what_the_class_may_not_see(
    make_app: Make, clock: FakeClock, which: str
) -> None:
    app = make_app(which, names=THREE, class_size=3)
    async with app.run_test(size=(80, 24)) as pilot:
        await tap(pilot, clock, "enter", "t", *"1 b", "enter", "escape")
        assert "Missing" not in flat(app)
        app.screen.is_desk = True
        await app.screen.show_state()
        await pilot.pause()
        drill = app.live.drill
        key = drill.current.item.key_text()
        letter = "ABC"[drill.options.index(key)]
        shown = flat(app)
        assert f"Correct answer {letter} {key}" in shown
        assert "Answers A 0 · B 1 · C 0" in shown
        assert "Missing 2: Bo Berg, Cy" in shown
        assert "Next ⏎" in shown
        app.screen.is_desk = False
        await app.screen.show_state()
        assert not app.screen.query_one(DeskPanel).display
