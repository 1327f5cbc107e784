"""Clients that mean harm, or are broken: they are refused, and the drill goes on for all others."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

pytest.importorskip("websockets")
pytest.importorskip("segno")

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from quiz.core.text.forbidden import FORBIDDEN
from quiz.services.workspace import Workspace
from quiz.web import line as line_module
from quiz.web import server as server_module
from quiz.web.limits import FRAMES
from tests.fakes import FakeClock, make_workspace
from tests.resilience.strings import ALL as HOSTILE
from tests.web.room import BANK, LiveHost, Phone, served

pytestmark = pytest.mark.extra("websockets", "segno")
SHORT, LONG = 200, 10_000


@pytest.fixture
def workspace(tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    yield made
    made.record.close()


GOOD: list[dict[str, Any]] = [
    {"do": "join", "pin": "000000", "seat": 1},
    {"do": "back", "token": "1.00000000000000000000000000000000"},
    {"do": "answer", "q": "0.0.0", "given": {"picks": [0]}, "n": 1},
    {"do": "leave"},
    {"do": "photo", "size": 100},
]


def hostile_frame(rng: Random) -> str | bytes:
    """Return a frame that is wrong in some way."""
    match rng.randrange(5):
        case 0:
            return rng.randbytes(rng.randrange(300))
        case 1:
            written = bytearray(json.dumps(rng.choice(GOOD)).encode())
            for _ in range(rng.randrange(1, 5)):
                written[rng.randrange(len(written))] = rng.randrange(32, 127)
            return written.decode()
        case 2:
            said = dict(rng.choice(GOOD))
            said[rng.choice([*said, "extra"])] = rng.choice(
                [None, True, -1, 10**30, 1.5, "x" * 2000, [[[]]], {"a": {}}, rng.choice(HOSTILE)]
            )
            return json.dumps(said)
        case 3:
            return rng.choice(HOSTILE).encode("utf-8", "replace").decode()
    return rng.choice('[{"') * rng.randrange(1, 16_000)


async def still_works(server: Any, host: LiveHost, number: int) -> None:
    """Check that an honest phone is served."""
    phone = await Phone.at(server)
    await phone.say(do="back", token=server.room.token_of(server.room.members[0]))
    state = await phone.see(lambda frame: frame["all"]["open"])
    await phone.say(do="answer", q=state["all"]["question"], given={"picks": [number % 3]}, n=number)
    await phone.hear("sent", n=number)
    await phone.close()


@pytest.mark.parametrize("count", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
async def test_hostile_frames_are_refused_and_the_drill_goes_on(workspace: Workspace, count: int) -> None:
    rng = Random(6)
    async with served(workspace, pupils=("#1", "#2")) as (server, host):
        honest = await Phone.at(server)
        await honest.join(server, 1)
        host.live.append(host.drill.start(host.now()))
        before = host.drill
        client = await Phone.at(server)
        for _ in range(count):
            try:
                await client.socket.send(hostile_frame(rng))
                if rng.random() < 0.2:
                    await asyncio.wait_for(client.socket.recv(), 0.01)
            except ConnectionClosed:
                client = await Phone.at(server)
            except TimeoutError:
                continue
        assert host.drill == before, "nothing of it is in the drill"
        assert len(server.room.members) == 1
        await still_works(server, host, 1)


async def test_a_flood_is_cut_off_and_an_honest_phone_is_served_meanwhile(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1", "#2")) as (server, host):
        for seat in (1, 2):
            await (await Phone.at(server)).join(server, seat)
        host.live.append(host.drill.start(host.now()))
        flood = await Phone.at(server)
        await flood.say(do="back", token=server.room.token_of(server.room.members[1]))

        async def pour() -> None:
            for number in range(FRAMES * 3):
                await flood.say(do="answer", q="0.0.0", given={"picks": [number % 3]}, n=number)

        pouring = asyncio.create_task(pour())
        await still_works(server, host, 1)
        with suppress(ConnectionClosed):
            await pouring
        with pytest.raises(ConnectionClosed):
            await flood.hear("never")
        assert len([event for event in host.drill.log if event.body.get("by") == "#2"]) <= FRAMES


async def test_a_browser_that_reads_nothing_is_given_up(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_module, "SLOWEST", 0.2)
    async with served(workspace, is_lan=True, pupils=("#1",)) as (server, _):
        _reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1)
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        base = f"127.0.0.1:{server.port}"
        writer.write(
            f"GET /wall/socket HTTP/1.1\r\nHost: {base}\r\nOrigin: http://{base}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        async with asyncio.timeout(10):
            while not server.talk._lines:
                await asyncio.sleep(0.01)
            (slow,) = server.talk._lines
            while slow in server.talk._lines:
                slow.tell("noise", filling="x" * 100_000)
                await asyncio.sleep(0.005)
        assert len(slow._messages) <= line_module.MOST_WAITING
        writer.close()
        await (await Phone.at(server)).join(server, 1)


async def test_too_many_sockets_are_cut_at_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "MOST_SOCKETS", 4)
    async with served(workspace, pupils=("#1",)) as (server, _):
        phones = [await Phone.at(server) for _ in range(4)]
        with pytest.raises((InvalidHandshake, ConnectionClosed, OSError, EOFError)):
            await Phone.at(server)
        await phones.pop().close()
        async with asyncio.timeout(5):
            while server._by_network.total() == 4:
                await asyncio.sleep(0.01)
        await (await Phone.at(server)).join(server, 1)


@pytest.mark.parametrize(
    "request_line", ["GET / HTTP/1.0", "POST / HTTP/1.1", "\x00\x01\x02", "GET " + "x" * 20_000]
)
async def test_what_is_no_request_is_refused(workspace: Workspace, request_line: str) -> None:
    async with served(workspace, pupils=("#1",)) as (server, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request_line.encode() + b"\r\nHost: x\r\nX-Secret: \xff\r\n\r\n" + os.urandom(50))
        with suppress(ConnectionError):
            answer = await asyncio.wait_for(reader.read(), 5)
            assert not answer.startswith(b"HTTP/1.1 200")
        writer.close()
        await (await Phone.at(server)).join(server, 1)


async def test_a_hostile_name_joins_nobody_and_an_answer_brings_no_foreign_byte(workspace: Workspace) -> None:
    listed = workspace.record.class_lists.add("7b", ["Ada", "Bo"]).class_list
    pupils = tuple(pupil.id for pupil in listed.pupils)
    async with served(workspace, by_name=True, class_list=listed.id, pupils=pupils) as (server, host):
        phone = await Phone.at(server)
        for name in HOSTILE[: FRAMES // 2]:
            said = name[:200].encode("utf-8", "replace").decode()
            await phone.say(do="join", pin=server.room.pin, name=said)
            assert (await phone.hear("no"))["why"] in {"name", "nobody"}
        assert server.room.members == ()
        assert not any(FORBIDDEN.search(name) for name in host.names.values())
