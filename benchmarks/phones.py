"""How soon 35 phones that answer within a second are told that their answers are on the disk."""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measuring import Row, milliseconds
from benchmarks.terminal import Screen

PHONES, ROUNDS = 35, 6
GOAL = 0.1
"""Seconds within which 99 % of all answers are to be on the disk and acknowledged."""


def measure() -> list[Row]:
    """Let a class answer some questions in the real app, each within a second."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        bank = home / "many.yaml"
        bank.write_text(_bank(), encoding="utf-8")
        drill = ["drill", str(bank), "--format", "everyone", "--pupils", str(PHONES + 1), "--lan"]
        screen = Screen(["-m", "quiz", *drill], {"QUIZ_HOME": folder})
        try:
            screen.seconds_until("PIN")
            screen.settle()
            (kept,) = (home / "rooms").iterdir()
            took = asyncio.run(_lesson(json.loads(kept.read_text(encoding="utf-8")), screen))
        finally:
            screen.end()
    p99 = statistics.quantiles(took, n=100)[98]
    told = f"median {milliseconds(statistics.median(took))}, 99 % within {milliseconds(p99)}"
    return [Row(f"from the tap to “Sent”, {PHONES} phones within a second", told, "100 ms", p99 / GOAL, 1.0)]


async def _lesson(room: dict[str, Any], screen: Screen) -> list[float]:
    """Return how many seconds each answer took."""
    from websockets.asyncio.client import connect

    base, rng = f"127.0.0.1:{room['port']}", Random(1)
    took: list[float] = []
    answered = asyncio.Semaphore(0)

    async def phone(seat: int) -> None:
        async with connect(f"ws://{base}/socket", origin=f"http://{base}") as socket:  # type: ignore[arg-type]
            await socket.send(json.dumps({"do": "join", "pin": room["pin"], "seat": seat}))
            tapped = 0.0
            async for frame in socket:
                told = json.loads(frame)
                if told["t"] == "sent":
                    took.append(time.perf_counter() - tapped)
                    answered.release()
                elif told["t"] == "see" and told["all"]["open"] and told["own"]["answer"] is None:
                    given = {"picks": [rng.randrange(4)]}
                    said = {"do": "answer", "q": told["all"]["question"], "given": given}
                    await asyncio.sleep(rng.random())
                    tapped = time.perf_counter()
                    await socket.send(json.dumps(said))

    async def draw() -> None:
        while True:
            await asyncio.to_thread(screen.settle, 0.05)

    drawing = asyncio.create_task(draw())
    phones = [asyncio.create_task(phone(seat)) for seat in range(1, PHONES + 1)]
    await asyncio.sleep(1)
    screen.press("\r")
    for _ in range(ROUNDS):
        for _ in range(PHONES):
            await asyncio.wait_for(answered.acquire(), 20)
        for key in "\r" * 3:  # close, show the key, go on
            await asyncio.sleep(0.6)
            screen.press(key)
    for task in (drawing, *phones):
        task.cancel()
    await asyncio.gather(drawing, *phones, return_exceptions=True)
    return took


def _bank() -> str:
    rows = [
        f"  - {{id: i{k}, shuffle: false, stem: '{k}?', key: right{k}, distractors: [a{k}, b{k}, c{k}]}}\n"
        for k in range(ROUNDS + 1)
    ]
    return "format: 1\nbank: many\ntitle: Many\nitems:\n" + "".join(rows)
