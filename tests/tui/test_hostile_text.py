"""Text of a bank that is markup, on every screen: it appears as it is written, and does nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quiz.core.study_filter import StudyFilter
from quiz.tui.app import QuizApp
from quiz.tui.routes import Study
from tests.fakes import FakeClock, make_workspace
from tests.sample_banks import LINK, MARKUP, hostile
from tests.screens import flat, places_of, press, shown


async def test_markup_is_shown_literally_on_every_screen(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(hostile()), clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(160, 50), notifications=True, tooltips=True) as pilot:
        await pilot.pause()

        def literal(times: int) -> None:
            assert flat(app).count(MARKUP) >= times, shown(app)

        literal(3)  # the row, the pane's title, the summary
        await press(pilot, clock, "r")
        literal(4)  # the bar, the contents, the heading, the source
        await press(pilot, clock, "escape", "slash", "x")
        for _ in range(100):  # the search runs in a thread
            if flat(app).count(MARKUP) >= 3:
                break
            await pilot.pause(0.05)
        literal(3)
        await press(pilot, clock, "escape", "s")
        literal(6)  # bar, topic, stimulus title, stem, three options
        await press(pilot, clock, "h")
        literal(7)
        session = app.screen.live.session
        key = session.current.item.key_response().options[0]
        place = session.interaction.options.index(key) + 1
        await press(pilot, clock, str(place % 3 + 1), "enter")
        literal(8)  # with rationale and note
        await press(pilot, clock, "n")
        literal(2)
        await press(pilot, clock, "escape", "question_mark", "escape", "enter")
        literal(1)
        place = app.screen.live.session.interaction.options.index(key) + 1
        await press(pilot, clock, str(place), "enter", "enter")
        literal(3)  # what is worth another look: stem, key, rationale
        await press(pilot, clock, "enter", "comma")
        assert app.is_running
    workspace.record.close()


async def test_clicking_markup_does_nothing(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    workspace = make_workspace(tmp_path, bank_file(hostile()), clock=clock)
    app = QuizApp(workspace, Study(StudyFilter()))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        places = places_of(app, LINK)
        assert len(places) > 3
        for column, row in places:
            await pilot.click(offset=(column + 1, row))
        await pilot.pause()
        assert app.is_running
        assert app.return_value is None
    workspace.record.close()


async def test_a_broken_bank_is_noticed_and_the_others_work(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str, str], Path]
) -> None:
    good = bank_file(hostile(), "good.yaml")
    bad = bank_file("format: 1\nbank: bad\ntitle: '[/b]'\nitems:\n  - id: x\n    stem: '[b'\n", "bad.yaml")
    workspace = make_workspace(tmp_path, bad, good, clock=clock)
    app = QuizApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "1 bank not usable" in flat(app)
        assert "This bank cannot be used yet." in flat(app)
        assert "bad.yaml:5:5" in "".join(flat(app).split())  # the folder's name may wrap it
        await press(pilot, clock, "down", "s")
        assert MARKUP in flat(app)
    workspace.record.close()
