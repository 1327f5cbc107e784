"""The app is killed while a class answers on phones: what was acknowledged is there, and all are back."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("websockets")
pytest.importorskip("segno")

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.terminal import Terminal
from tests.web.test_many_phones import bank_of

pytestmark = pytest.mark.extra("websockets", "segno")
PUPILS = 8
SIZE = (100, 34)
BACK_WITHIN = 5.0
"""Seconds within which all phones are back once the app is there again."""


class Phone:
    """A phone that answers, and connects again by itself as the page does."""

    def __init__(self, seat: int, room: dict[str, Any], rng: Random) -> None:
        self.seat, self.room, self.rng = seat, room, rng
        self.token = ""
        self.acknowledged: dict[str, list[int]] = {}
        self.seen: dict[str, list[int]] = {}
        self.since = 0.0
        """When it was connected last, 0 while it is not."""

    async def live(self) -> None:
        """Take part until it is cancelled."""
        base = f"127.0.0.1:{self.room['port']}"
        while True:
            with suppress(OSError, WebSocketException, EOFError, TimeoutError):
                async with connect(
                    f"ws://{base}/socket", origin=f"http://{base}", compression=None
                ) as socket:  # type: ignore[arg-type]
                    await self._talk(socket)
            self.since = 0.0
            await asyncio.sleep(0.2 + self.rng.random() * 0.2)

    async def _talk(self, socket: Any) -> None:
        said: dict[str, Any] = {"do": "join", "pin": self.room["pin"], "seat": self.seat}
        await socket.send(json.dumps({"do": "back", "token": self.token} if self.token else said))
        given: list[int] = []
        question = ""
        async for frame in socket:
            told = json.loads(frame)
            match told["t"]:
                case "in":
                    self.token = told["token"]
                case "gone" | "out":
                    pytest.fail("A phone lost its place.")
                case "sent":
                    self.acknowledged[question] = given
                case "see":
                    self.since = self.since or time.monotonic()
                    question, own = told["all"]["question"], told["own"]["answer"]
                    if own:
                        self.seen[question] = own["picks"]
                    if told["all"]["open"]:
                        await asyncio.sleep(0.12 + self.rng.random() * 0.1)
                        given = [self.rng.randrange(4)]
                        await socket.send(
                            json.dumps({"do": "answer", "q": question, "given": {"picks": given}, "n": 1})
                        )


async def at(terminal: Terminal, wait: Any, *told: Any, **named: Any) -> Any:
    """Do something to the terminal without holding up the phones."""
    return await asyncio.to_thread(wait, *told, **named)


@pytest.mark.parametrize("kills", [1, pytest.param(50, marks=pytest.mark.long)])
async def test_everybody_is_back_and_nothing_acknowledged_is_lost(kills: int, tmp_path: Path) -> None:
    bank, home, rng = tmp_path / "many.yaml", tmp_path / "home", Random(8)
    bank.write_text(bank_of(3), encoding="utf-8")
    arguments = ["drill", str(bank), "--format", "everyone", "--pupils", str(PUPILS + 1), "--lan"]
    terminal = Terminal(arguments, home=home, size=SIZE)
    await at(terminal, terminal.wait_for, "PIN")
    (kept,) = (home / "rooms").iterdir()
    room = json.loads(kept.read_text(encoding="utf-8"))
    phones = [Phone(seat, room, rng) for seat in range(1, PUPILS + 1)]
    tasks = [asyncio.create_task(phone.live()) for phone in phones]
    try:
        await until(lambda: all(phone.token for phone in phones))
        terminal.press("enter")
        await at(terminal, terminal.wait_for, "Missing", "1 of 3")
        for _ in range(kills):
            for phone in phones:
                phone.acknowledged.clear()
                phone.seen.clear()
            await until(lambda: sum(map(len, (phone.acknowledged for phone in phones))) >= 3)
            await asyncio.sleep(rng.random() * 0.1)
            await at(terminal, terminal.kill)
            before = [dict(phone.acknowledged) for phone in phones]
            for phone in phones:
                phone.seen.clear()
            terminal = Terminal([str(bank)], home=home, size=SIZE)
            await at(terminal, terminal.wait_for, "You left a", "Continue")
            await until(lambda: not any(phone.since for phone in phones))
            terminal.press("c")
            await at(terminal, terminal.wait_for, "1 of 3")
            began = time.monotonic()
            await until(lambda: all(phone.since for phone in phones))
            assert time.monotonic() - began < BACK_WITHIN
            for phone, was in zip(phones, before, strict=True):
                for question in was:
                    await until(lambda phone=phone, question=question: question in phone.seen)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        terminal.kill()


async def until(is_so: Any, seconds: float = 15.0) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():
            await asyncio.sleep(0.02)
