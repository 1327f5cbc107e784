"""Bars grow and scores are counted up once, where things may move; nobody waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.config.reading import changed
from quiz.tui.app import QuizApp
from quiz.tui.home.today_card import TodayCard
from quiz.tui.study.score_card import SessionScore
from tests.resilience.places import PLACES
from tests.resilience.world import World, make_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    return make_world(tmp_path).live_through()


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
