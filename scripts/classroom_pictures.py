#!/usr/bin/env python3
"""Take the pictures in docs/classroom: a lesson in the real app, with its wall and a phone in Chromium.

usage: classroom_pictures.py    (needs the extra “class”, Playwright and Debian's chromium)
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.async_api import Page

    from quiz.web.server import RoomServer

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "classroom"
BANK = ROOT / "questions" / "2-courtship.yaml"
PUPILS = 25
PORT = 8123
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
LOOKS: dict[str, dict[str, Any]] = {
    "wall": {"viewport": {"width": 1920, "height": 1080}, "device_scale_factor": 0.5},
    "phone": {"viewport": {"width": 320, "height": 600}, "has_touch": True, "color_scheme": "dark"},
}


async def pupil(server: RoomServer, seat: int, rng: Random) -> None:
    """Join, and answer whatever is asked, more often right than by chance."""
    from websockets.asyncio.client import connect

    base = f"127.0.0.1:{server.port}"
    async with connect(f"ws://{base}/socket", origin=f"http://{base}") as socket:  # type: ignore[arg-type]
        await socket.send(json.dumps({"do": "join", "pin": server.room.pin, "seat": seat}))
        async for frame in socket:
            told = json.loads(frame)
            if told["t"] == "see" and told["all"]["open"] and told["own"]["answer"] is None:
                count = len(told["all"]["item"]["options"])
                said = {
                    "do": "answer",
                    "q": told["all"]["question"],
                    "given": {"picks": [rng.randrange(count)]},
                }
                await asyncio.sleep(rng.random())
                await socket.send(json.dumps(said))


async def take(page: Page, name: str) -> None:
    """Take a picture of a page."""
    await page.wait_for_timeout(500)
    await page.screenshot(path=TARGET / f"{name}.png")
    print(f"Wrote docs/classroom/{name}.png.")


async def lesson(home: Path) -> None:
    """Play the beginning of a lesson, and take the pictures."""
    from playwright.async_api import async_playwright

    from quiz.banks.library import Library
    from quiz.clock import SystemClock
    from quiz.config.settings import Config
    from quiz.core.drill.room import WallSettings
    from quiz.core.drill.settings import DrillSettings
    from quiz.record.sqlite_record import SqliteRecord
    from quiz.services.drill.start import DrillPlan, start_drill
    from quiz.services.workspace import Workspace
    from quiz.tui.app import QuizApp
    from quiz.tui.routes import RunDrill

    rng = Random(11)
    workspace = Workspace(
        config=Config(),
        library=Library(files=[BANK]),
        record=SqliteRecord.open(home / "history.db"),
        clock=SystemClock(),
        rng=rng,
        learner_name="teacher",
    )
    settings = DrillSettings(format="vote", pupils=tuple(f"#{k}" for k in range(1, PUPILS + 1)), seconds=60)
    live: Any = start_drill(workspace, DrillPlan(settings=settings, limit=4, only_options=True, seed=6))
    app = QuizApp(workspace, RunDrill(live, WallSettings(is_lan=True, port=PORT)))
    async with app.run_test(size=(110, 32)) as pilot, async_playwright() as play:
        await pilot.pause(0.5)
        screen: Any = app.screen
        server: RoomServer = screen.room.server
        chromium = await play.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        wall = await (await chromium.new_context(**LOOKS["wall"])).new_page()
        phone = await (await chromium.new_context(**LOOKS["phone"])).new_page()
        await wall.goto(server.wall_url)
        await phone.goto(f"http://127.0.0.1:{server.port}/#{server.room.pin}")
        await phone.fill("#place", "7")
        await take(phone, "phone-join")
        await phone.tap("button.main")
        seats = [seat for seat in range(1, PUPILS + 1) if seat != 7]
        pupils = [asyncio.create_task(pupil(server, seat, rng)) for seat in seats]
        await pilot.pause(1)
        await take(wall, "wall-join")
        await pilot.press("enter")
        await phone.tap(".option >> nth=1")
        await take(phone, "phone-answer")
        await pilot.pause(0.5)
        await take(wall, "wall-question")
        (TARGET / "desk.svg").write_text(app.export_screenshot(title="quiz"), encoding="utf-8")
        live.append(live.drill.close(live.now()))
        live.append(live.drill.reveal(live.now()))
        await take(wall, "wall-key")
        await take(phone, "phone-key")
        for task in pupils:
            task.cancel()
        await asyncio.gather(*pupils, return_exceptions=True)
        await chromium.close()
    workspace.record.close()


def main() -> int:
    """Take all pictures."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(lesson(Path(home)))
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
