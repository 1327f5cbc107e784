"""Bars grow, scores are counted up and reasons come forth once, where things may move, and nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from textual.screen import Screen

from quiz.config.reading import changed
from quiz.core.statistics.streak import Streak
from quiz.services.study.daily_limits import Today
from quiz.tui.app import QuizApp
from quiz.tui.home.today_card import TodayCard
from quiz.tui.responses.row import VERDICTS
from quiz.tui.study.score_card import SessionScore
from quiz.tui.widgets import item_pane
from quiz.tui.widgets.top_line import TopLine
from tests.resilience.places import PLACES
from tests.resilience.world import World, make_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    made = make_world(tmp_path).live_through()
    yield made
    made.workspace.record.close()


@pytest.mark.parametrize("still", ["", "setting", "network"])
async def test_a_score_is_counted_up_unless_nothing_moves(
    world: World, still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if still == "setting":
        world.workspace.config = changed(world.workspace.config, "reduced_motion", written=True)
    if still == "network":
        monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(PLACES["results"](world))
        score = app.screen.query_one(SessionScore)
        seen: list[float] = []
        score.watch(score, "counted", lambda share: seen.append(share))  # noqa: PLW0108 - Textual asks for a function
        await pilot.pause()
        await app.animator.wait_until_complete()
        await pilot.pause()
        assert score.counted == 1
        assert any(0 < share < 1 for share in seen) is not bool(still)


async def test_a_key_is_heeded_while_something_moves(world: World) -> None:
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.push_screen(PLACES["results"](world))
        assert app.screen.query_one(SessionScore).counted < 1
        app.simulate_key("v")
        await pilot.pause()
        assert not app.screen.query(SessionScore)


async def test_the_bar_of_today_grows_from_where_it_stood(world: World) -> None:
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        card = app.screen.query_one(TodayCard)
        card.set_reactive(TodayCard.share, 0.0)
        app.screen.show_all()
        assert card.share < card._view.share_done
        await app.animator.wait_until_complete()
        await pilot.pause()
        assert card.share == card._view.share_done > 0


@pytest.mark.parametrize("still", ["", "setting"])
async def test_a_verdict_lands_in_two_steps_with_one_layout(
    world: World, still: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if still:
        world.workspace.config = changed(world.workspace.config, "reduced_motion", written=True)
    monkeypatch.setattr(item_pane, "LANDS_FOR", 3)
    layouts: list[object] = []
    lay_out = Screen._refresh_layout
    app = QuizApp(world.workspace)
    async with app.run_test(size=(80, 30)) as pilot:
        await app.push_screen(PLACES["study choice"](world))
        await pilot.press("1")
        pane = app.screen.pane
        monkeypatch.setattr(
            Screen, "_refresh_layout", lambda *told, **by: layouts.append(told) or lay_out(*told, **by)
        )
        app.simulate_key("enter")
        await pilot.pause()
        assert pane.response.rows[0].tone in VERDICTS
        assert (pane.feedback.styles.text_opacity < 1) is not bool(still)
        assert len(layouts) == 1


async def test_keys_are_heeded_while_a_verdict_lands(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_pane, "LANDS_FOR", 3)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(80, 30)) as pilot:
        await app.push_screen(PLACES["study choice"](world))
        await pilot.press("1")
        app.simulate_key("enter")
        await pilot.pause()
        pane, live = app.screen.pane, app.screen.live
        assert pane.feedback.styles.text_opacity < 1
        assert live.is_reviewing
        world.clock.go_on(2000)
        app.simulate_key("enter")
        await pilot.pause()
        assert not live.is_reviewing


@pytest.mark.parametrize("still", ["", "setting"])
async def test_a_streak_ticks_once_the_score_is_counted_up(world: World, still: str) -> None:
    if still:
        world.workspace.config = changed(world.workspace.config, "reduced_motion", written=True)
    app = QuizApp(world.workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = PLACES["results"](world)
        screen.outcome = msgspec.structs.replace(
            screen.outcome, today=Today(due=0, new=0), streak=Streak(8), streak_before=Streak(7)
        )
        seen: list[str] = []
        await app.push_screen(screen)
        top = screen.query_one(TopLine)
        if not still:
            seen.append(top.right.plain)
        await app.animator.wait_until_complete()
        await pilot.pause()
        seen.append(top.right.plain)
        assert seen == (["8-day streak"] if still else ["7-day streak", "8-day streak"])
