"""No keys break a drill's screen: held down, at random, and many of them."""

from __future__ import annotations

from random import Random

import pytest

from quiz.core.drill.formats import all_formats
from quiz.core.drill.settings import Stage
from tests.drills import TOLD, Make, hold_against_record, tap, tap_at_random
from tests.fakes import SECOND, FakeClock
from tests.sample_banks import SMALL


async def test_enter_held_down_takes_one_step(make_app: Make, clock: FakeClock) -> None:
    app = make_app("hot-seat", pupils=("#1", "#2"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        clock.go_on(SECOND)
        await tap(pilot, clock, *["enter"] * 20, after=30)
        assert app.live.drill.stage is Stage.ASKING


@pytest.mark.parametrize("which", list(all_formats()))
async def test_no_keys_at_all_break_a_screen(make_app: Make, clock: FakeClock, which: str) -> None:
    app = make_app(which, SMALL, **TOLD[which])
    seed = {"everyone": "a monkey that begins it"}.get(which, f"monkey {which}")
    await tap_at_random(app, clock, Random(seed), 24)
    hold_against_record(app)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("which", list(all_formats()))
async def test_no_more_keys_break_a_screen(make_app: Make, clock: FakeClock, which: str, seed: int) -> None:
    app = make_app(which, SMALL, **TOLD[which])
    await tap_at_random(app, clock, Random(seed), 300)
    hold_against_record(app)
