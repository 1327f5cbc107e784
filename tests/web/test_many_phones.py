"""A whole class at once: nothing is lost or doubled, and nothing grows."""

from __future__ import annotations

import asyncio
import gc
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("websockets")
pytest.importorskip("segno")

from quiz.clock import SystemClock
from quiz.core.content.grading import Chosen
from quiz.services.workspace import Workspace
from quiz.web.limits import FRAMES, WITHIN_MS
from tests.fakes import make_workspace
from tests.web.room import LiveHost, Phone, go, served

pytestmark = pytest.mark.extra("websockets", "segno")
CLASS = 35
MOST = 60


def bank_of(items: int) -> str:
    """Return a bank of items with four options each."""
    rows = [
        f"  - {{id: i{k}, shuffle: false, stem: '{k}?', key: right{k}, distractors: [a{k}, b{k}, c{k}]}}\n"
        for k in range(items)
    ]
    return "format: 1\nbank: many\ntitle: Many\nitems:\n" + "".join(rows)


def a_class(tmp_path: Path, bank_file: Callable[[str], Path], items: int) -> Workspace:
    return make_workspace(tmp_path, bank_file(bank_of(items)), clock=SystemClock())  # type: ignore[arg-type]


@pytest.mark.durable
async def test_35_answers_within_a_second_are_all_there_once_and_share_commits(
    tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    workspace, rng = a_class(tmp_path, bank_file, 2), Random(4)
    async with served(workspace, pupils=tuple(f"#{k}" for k in range(1, CLASS + 2))) as (server, host):
        phones = [await Phone.at(server) for _ in range(CLASS)]
        await asyncio.gather(*(phone.join(server, seat) for seat, phone in enumerate(phones, 1)))
        go(host, "start")
        picks = [rng.randrange(4) for _ in phones]

        async def answer(phone: Phone, pick: int) -> None:
            await asyncio.sleep(rng.random() * 0.3)
            await phone.say(do="answer", q="0.0.0", given={"picks": [pick]}, n=1)
            await phone.hear("sent", n=1)

        await asyncio.gather(*map(answer, phones, picks))
        told = Counter(
            (event.body["by"], event.response)
            for event in workspace.record.events(host.drill.header.id)
            if event.body.get("do") == "answer"
        )
        options = host.drill.options
        assert {by: response.options for (by, response) in told} == {
            f"#{seat}": (options[pick],) for seat, pick in enumerate(picks, 1)
        }
        assert set(told.values()) == {1}
        assert host.commits < CLASS
        assert host.drill.missing == (f"#{CLASS + 1}",)
        for phone in phones:
            await phone.close()
    workspace.record.close()


async def test_35_reloads_in_the_middle_of_a_question_keep_their_answers(
    tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    workspace = a_class(tmp_path, bank_file, 2)
    async with served(workspace, pupils=tuple(f"#{k}" for k in range(1, CLASS + 2))) as (server, host):
        phones = [await Phone.at(server) for _ in range(CLASS)]
        await asyncio.gather(*(phone.join(server, seat) for seat, phone in enumerate(phones, 1)))
        go(host, "start")

        async def reload(phone: Phone, seat: int) -> None:
            await phone.say(do="answer", q="0.0.0", given={"picks": [seat % 4]}, n=1)
            await phone.hear("sent")
            await phone.close()
            again = await Phone.at(server)
            await again.say(do="back", token=phone.token)
            state = await again.hear("see")
            assert state["own"]["answer"]["picks"] == [seat % 4]
            await again.close()

        await asyncio.gather(*(reload(phone, seat) for seat, phone in enumerate(phones, 1)))
        assert len(host.drill.answers) == CLASS
    workspace.record.close()


async def play(host: LiveHost, phones: list[Phone], items: int, rng: Random) -> None:
    """Let everybody answer some items, no faster than a phone may send."""

    async def answer(phone: Phone, question: str) -> None:
        await phone.say(do="answer", q=question, given={"picks": [rng.randrange(4)]}, n=1)
        await phone.hear("sent", n=1)
        phone.heard.clear()

    for _ in range(items):
        question = f"{host.drill.place}.0.0"
        await asyncio.gather(*(answer(phone, question) for phone in phones))
        go(host, "close", "reveal", "next")
        await asyncio.sleep(WITHIN_MS / FRAMES / 1000)


def size_of_answers(host: LiveHost, since: int) -> int:
    """Return the bytes of the answers in the drill's own log, which the server reads and the drill keeps."""
    told = [event.response for event in host.drill.log[since:] if event.body.get("do") == "answer"]
    chosen = [response for response in told if isinstance(response, Chosen)]
    return sum(sys.getsizeof(response) + sys.getsizeof(response.options) for response in chosen)


@pytest.mark.long
async def test_60_players_and_300_items_do_not_grow(tmp_path: Path, bank_file: Callable[[str], Path]) -> None:
    workspace, rng = a_class(tmp_path, bank_file, 300), Random(5)
    async with served(workspace, pupils=tuple(f"#{k}" for k in range(1, MOST + 1))) as (server, host):
        phones = [await Phone.at(server) for _ in range(MOST)]
        await asyncio.gather(*(phone.join(server, seat) for seat, phone in enumerate(phones, 1)))
        go(host, "start")
        await play(host, phones, 100, rng)
        gc.collect()
        tracemalloc.start()
        before = len(host.drill.log)
        only = [tracemalloc.Filter(True, "*/quiz/web/*"), tracemalloc.Filter(True, "*/websockets/*")]
        await play(host, phones, 199, rng)
        gc.collect()
        kept = sum(row.size for row in tracemalloc.take_snapshot().filter_traces(only).statistics("filename"))
        tracemalloc.stop()
        assert kept - size_of_answers(host, before) < 1_000_000
        assert len(host.drill.board) == MOST
        assert sum(rank.score.answers for rank in host.drill.board) == 299 * MOST
    workspace.record.close()
