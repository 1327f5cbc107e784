"""A whole lesson from class list to report: the app in a terminal, its wall and a phone in a browser."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("websockets")
pytest.importorskip("segno")
pytest.importorskip("playwright")

from playwright.async_api import expect
from websockets.asyncio.client import connect

from quiz.tui.held_keys import REPEAT_MS
from tests.programs import run
from tests.terminal import Terminal
from tests.web.test_browser import browser
from tests.web.test_many_phones import bank_of

pytestmark = pytest.mark.extra("websockets", "segno", "playwright", "axe_playwright_python", "chromium")
PUPILS, ITEMS = 25, 10
NAMES = tuple(f"Pupil {chr(65 + place)}" for place in range(PUPILS))


async def pupil(room: dict[str, Any], seat: int, rng: Random, sent: dict[tuple[str, str], str]) -> None:
    """Join, and answer each question once, more often right than by chance."""
    base, answered = f"127.0.0.1:{room['port']}", ""
    async with connect(f"ws://{base}/socket", origin=f"http://{base}") as socket:  # type: ignore[arg-type]
        await socket.send(json.dumps({"do": "join", "pin": room["pin"], "seat": seat}))
        async for frame in socket:
            told = json.loads(frame)
            if told["t"] != "see" or not told["all"]["open"] or told["all"]["question"] == answered:
                continue
            answered = told["all"]["question"]
            options = [option["text"][0][1] for option in told["all"]["item"]["options"]]
            pick = max(rng.randrange(4), rng.randrange(4)) if rng.random() < 0.5 else 0
            sent[told["all"]["item"]["stem"][0][1], NAMES[seat - 1]] = options[pick]
            await asyncio.sleep(rng.random() * 0.2)
            await socket.send(json.dumps({"do": "answer", "q": answered, "given": {"picks": [pick]}}))


@pytest.mark.long
async def test_a_lesson_of_ten_items_with_25_pupils_from_the_class_list_to_the_report(tmp_path: Path) -> None:
    home, bank, listed = tmp_path / "home", tmp_path / "many.yaml", tmp_path / "names.txt"
    bank.write_text(bank_of(ITEMS), encoding="utf-8")
    listed.write_text("\n".join(NAMES), encoding="utf-8")
    environment = {**os.environ, "QUIZ_HOME": str(home)}
    assert run(["class", "add", "7b", str(listed)], environment=environment).returncode == 0
    drill = ["drill", str(bank), "--format", "everyone", "--class", "7b", "--items", str(ITEMS), "--lan"]
    sent: dict[tuple[str, str], str] = {}
    with Terminal(drill, home=home, size=(110, 34)) as terminal:

        async def shown(*texts: str) -> None:
            await asyncio.to_thread(terminal.wait_for, *texts)

        async def go_on() -> None:
            await asyncio.sleep(2 * REPEAT_MS / 1000)  # sooner, it would be a key held down
            terminal.press("enter")

        await shown("PIN")
        (kept,) = (home / "rooms").iterdir()
        room = json.loads(kept.read_text(encoding="utf-8"))
        rng = Random(7)
        pupils = [asyncio.create_task(pupil(room, seat, rng, sent)) for seat in range(1, PUPILS)]
        async with browser() as chromium:
            page = f"http://127.0.0.1:{room['port']}"
            wall = await (await chromium.new_context(viewport={"width": 1920, "height": 1080})).new_page()
            phone = await (await chromium.new_context(has_touch=True)).new_page()
            await wall.goto(f"{page}/wall")
            await phone.goto(f"{page}/#{room['pin']}")
            await phone.fill("#place", str(PUPILS))
            await phone.keyboard.press("Enter")
            await expect(phone.locator("#who")).to_have_text(NAMES[-1])
            await expect(wall.locator("#join")).to_contain_text(f"{PUPILS} phones are in")
            await go_on()
            for number in range(1, ITEMS + 1):
                await shown("Close", f"{number} of {ITEMS}")
                stem = await phone.locator("h1").inner_text()
                await expect(wall.locator("h1")).to_have_text(stem)
                await phone.tap(".option >> nth=0")
                sent[stem, NAMES[-1]] = f"right{stem.removesuffix('?')}"
                await shown(f"{PUPILS} answers: no more are taken")
                await expect(wall.locator("#state")).to_contain_text("No more answers.")
                assert not await wall.locator(".key").count()
                await go_on()
                await expect(wall.locator(".options .key .text")).to_contain_text("right")
                await expect(phone.locator("#say")).to_contain_text("✓ Right!")
                await expect(wall.locator(".board li")).to_have_count(12)
                await shown("Next question")
                await go_on()
            await shown("Drill missed", f"{NAMES[-1]} comes first.")
            await expect(wall.locator("h1")).to_have_text("Well done!")
        for task in pupils:
            task.cancel()
        await asyncio.gather(*pupils, return_exceptions=True)
        terminal.press("enter")
    told = json.loads(run(["result", "--json", "--banks", str(tmp_path)], environment=environment).stdout)
    assert (told["class"], len(told["items"]), len(told["board"])) == ("7b", ITEMS, PUPILS)
    given = {
        (item["stem"], answer["who"]): answer["given"] for item in told["items"] for answer in item["answers"]
    }
    assert given == sent
    right = [who for (_, who), answer in given.items() if answer.startswith("right")]
    assert {line["who"]: line["right"] for line in told["board"]} == {
        name: right.count(name) for name in NAMES
    }
