"""Code on the wall and on phones: shown at once, coloured when its colours are found, legible in them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color

from quiz.services.highlighting import Code, Parts
from quiz.web.colours import RoomCodeColours
from tests.contrast import contrast_of
from tests.fakes import FakeClock, make_workspace

BANK = """\
format: 1
bank: code
title: Code
markup: [code]
stimuli:
  passage: {title: A passage, text: "It is *so*.\\n\\n```python\\nx = 1\\n```\\n"}
items:
  - id: one
    shuffle: false
    stimulus: passage
    stem: |
      What does it print?
      ```python
      print("ä")
      ```
    key: |
      ```python
      return 7
      ```
    distractors: ['`8`', '9']
    rationale: |
      Since
      ```python
      def secret(): ...
      ```
"""


async def test_colours_are_known_once_they_are_found_and_are_sought_once() -> None:
    asked: list[Code] = []
    found = asyncio.Event()

    async def find(codes: Sequence[Code]) -> list[Parts]:
        asked.extend(codes)
        return [
            [("Token.Literal.String.Double", 1), ("Token.Text", 2)] if c.text == "🎈ab" else [] for c in codes
        ]

    colours = RoomCodeColours(found.set, find)
    assert colours.of("no language", "") == colours.of("🎈ab", "c") == colours.of("x", "c") == []
    colours.seek()
    await asyncio.wait_for(found.wait(), 5)
    assert colours.of("🎈ab", "c") == [("hs", 2), ("", 2)], "JavaScript counts an emoji as two"
    assert colours.of("x", "c") == []
    colours.seek()
    await asyncio.sleep(0)
    assert [code.text for code in asked] == ["🎈ab", "x"]


async def test_parts_that_are_not_the_whole_of_the_code_give_it_no_colours() -> None:
    found = asyncio.Event()

    async def find(codes: Sequence[Code]) -> list[Parts]:
        return [[("Token.Keyword", 3)] for _ in codes]

    colours = RoomCodeColours(found.set, find)
    colours.of("a\r\nb", "c")
    colours.seek()
    await asyncio.wait_for(found.wait(), 5)
    assert colours.of("a\r\nb", "c") == []


@pytest.mark.extra("websockets", "segno")
async def test_wall_and_phones_get_the_colours_and_nothing_of_the_key_before_it_is_shown(
    tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock
) -> None:
    from tests.web.room import Phone, go, served

    workspace = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    async with served(workspace, pupils=("#1", "#2")) as (server, host):
        wall, phone = await Phone.at(server, "/wall/socket"), await Phone.at(server)
        await phone.join(server, 1)
        go(host, "start")

        def blocks(frame: dict[str, Any]) -> list[Any]:
            item = frame["all"]["item"]
            texts = [item["stem"], item["stimulus"]["text"], *(one["text"] for one in item["options"])]
            return [piece for text in texts for piece in text if piece[0] == "block"]

        for one, kind in ((wall, "wall"), (phone, "see")):
            frame = await one.hear(kind)
            while not frame["all"]["item"] or not all(piece[2] for piece in blocks(frame)):
                frame = await one.hear(kind)
            assert [piece[1] for piece in blocks(frame)] == ['print("ä")', "x = 1", "return 7"]
            assert blocks(frame)[0][2] == [["hn", 5], ["", 1], ["hs", 3], ["", 1]]
            assert "secret" not in str(one.heard)
        assert "secret" not in str(server.talk._colours._known)
        go(host, "close", "reveal")
        frame = await wall.hear("wall")
        while not frame["all"]["key"] or not frame["all"]["key"]["why"][1][2]:
            frame = await wall.hear("wall")
        assert frame["all"]["key"]["why"][1][2][0] == ["hk", 3]
    workspace.record.close()


def test_each_colour_of_code_has_a_contrast_of_seven_light_and_dark() -> None:
    head = files("quiz.web").joinpath("pages", "head.html").read_text()
    light, dark = (dict(re.findall(r"--(\w+): (#\w+)", part)) for part in head.split("@media", 1))
    used = {"ink", *re.findall(r"\.h\w { color: var\(--(\w+)\)", head)}
    assert len(used) == 6
    for scheme in (light, dark):
        for name in used:
            assert contrast_of(Color.parse(scheme[name]), Color.parse(scheme["card"])) >= 7, name
