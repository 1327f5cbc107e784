"""The server: who is let in, what is acknowledged, and what is refused."""

from __future__ import annotations

import asyncio
import http.client
import json
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

pytest.importorskip("websockets")
pytest.importorskip("segno")

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from quiz.core.drill.settings import Stage
from quiz.services.drill.room_files import RoomFiles, new_pin
from quiz.services.workspace import Workspace
from quiz.web import server as server_module
from quiz.web.addresses import in_url
from quiz.web.limits import MOST_BYTES, MOST_WRONG_PINS
from quiz.web.server import RoomServer
from tests.fakes import FakeClock, make_workspace
from tests.web.room import BANK, Phone, go, served

pytestmark = pytest.mark.extra("websockets", "segno")
NAMED = ("Ada", "Bertrand", "Cyrill")


@pytest.fixture
def workspace(tmp_path: Path, bank_file: Callable[[str], Path], clock: FakeClock) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    yield made
    made.record.close()


async def test_an_answer_is_acknowledged_once_it_is_on_record(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1", "#2")) as (server, host):
        phone = await Phone.at(server)
        assert (await phone.hear("hello"))["by"] == "seat"
        assert (await phone.join(server, 2))["all"]["stage"] == "ready"
        go(host, "start")
        state = await phone.see(lambda frame: frame["all"]["open"])
        await phone.say(do="answer", q=state["all"]["question"], given={"picks": [0]}, n=7)
        await phone.hear("sent", n=7)
        last = workspace.record.events(host.drill.header.id)[-1]
        assert (last.body["do"], last.body["by"], last.body["channel"]) == ("answer", "#2", "phone")
        shown = await phone.see(lambda frame: frame["own"]["answer"])
        assert shown["own"]["answer"] == {"picks": [0], "texts": []}
        assert shown["own"]["score"] is None
        go(host, "close", "reveal")
        shown = await phone.see(lambda frame: frame["all"]["key"])
        assert shown["own"]["score"] == 0.5
        await phone.close()


@pytest.mark.parametrize(
    ("said", "why"),
    [({"q": "9.9.9"}, "late"), ({"given": {"picks": [9]}}, "unfit"), ({"given": {"texts": ["x"]}}, "unfit")],
)
async def test_an_answer_that_is_late_or_does_not_fit_is_refused(
    workspace: Workspace, said: dict[str, Any], why: str
) -> None:
    async with served(workspace, pupils=("#1",)) as (server, host):
        phone = await Phone.at(server)
        await phone.join(server, 1)
        await phone.say(**{"do": "answer", "q": "0.0.0", "given": {"picks": [0]}, "n": 1} | said)
        await phone.hear("no", n=1, why="late")
        go(host, "start")
        await phone.say(**{"do": "answer", "q": "0.0.0", "given": {"picks": [0]}, "n": 2} | said)
        await phone.hear("no", n=2, why=why)
        assert not host.drill.answers


async def test_an_answer_cannot_be_changed_where_the_teacher_does_not_want_it(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1", "#2"), may_change=False) as (server, host):
        phone = await Phone.at(server)
        await phone.join(server, 1)
        go(host, "start")
        for number, pick, kind in ((1, 0, "sent"), (2, 0, "sent"), (3, 1, "no")):
            await phone.say(do="answer", q="0.0.0", given={"picks": [pick]}, n=number)
            await phone.hear(kind, n=number)
        assert host.drill.answers["#1"].options == ("Red",)


async def test_ten_wrong_pins_bring_a_pause_even_for_the_right_one(
    workspace: Workspace, clock: FakeClock
) -> None:
    async with served(workspace, pupils=("#1",)) as (server, host):
        host.passed = clock.passed  # type: ignore[method-assign]
        server.talk._wrong._passed = clock.passed
        phone = await Phone.at(server)
        wrong = f"{(int(server.room.pin) + 1) % 10**6:06}"
        for _ in range(MOST_WRONG_PINS):
            await phone.say(do="join", pin=wrong, seat=1)
            await phone.hear("no", why="pin")
        await phone.say(do="join", pin=server.room.pin, seat=1)
        await phone.hear("no", why="pause")
        clock.go_on(60_000)
        await phone.join(server, 1)


async def test_a_pause_shuts_out_no_phone_that_is_in_and_wrong_tokens_bring_none(
    workspace: Workspace,
) -> None:
    async with served(workspace, pupils=("#1", "#2")) as (server, _):
        phone, stranger = await Phone.at(server), await Phone.at(server)
        await phone.join(server, 1)
        for _ in range(MOST_WRONG_PINS + 1):
            await stranger.say(do="back", token="1." + "0" * 32)
            await stranger.hear("gone")
        await stranger.join(server, 2)
        guesser = await Phone.at(server)
        for why in (*["pin"] * MOST_WRONG_PINS, "pause"):
            await guesser.say(do="join", pin="", seat=1)
            await guesser.hear("no", why=why)
        await guesser.say(do="back", token="1." + "0" * 32)
        await guesser.hear("gone")
        again = await Phone.at(server)
        await again.say(do="back", token=phone.token)
        assert (await again.hear("see"))["own"]["name"] == "Pupil 1"


async def test_the_second_claim_on_a_seat_waits_for_the_teacher(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1", "#2")) as (server, _):
        first, second, third = [await Phone.at(server) for _ in range(3)]
        await first.join(server, 1)
        for phone in (second, third):
            await phone.say(do="join", pin=server.room.pin, seat=1)
            await phone.hear("wait")
        assert len(server.talk.claims) == 2
        await server.talk.settle(server.talk.claims[0], is_granted=False)
        await second.hear("no", why="taken")
        await server.talk.settle(server.talk.claims[0], is_granted=True)
        await third.hear("in")
        await first.hear("out", why="taken")
        await first.say(do="back", token=first.token)
        await first.hear("gone")


async def test_pupils_join_by_name_late_and_leave(workspace: Workspace) -> None:
    listed = workspace.record.class_lists.add("7b", list(NAMED)).class_list
    pupils = tuple(pupil.id for pupil in listed.pupils)
    async with served(workspace, by_name=True, class_list=listed.id, pupils=pupils) as (server, host):
        phone = await Phone.at(server)
        assert (await phone.hear("hello"))["by"] == "name"
        for name, why in (("", "name"), ("\x1b[2J", "name"), ("Nobody", "nobody")):
            await phone.say(do="join", pin=server.room.pin, name=name)
            await phone.hear("no", why=why)
        go(host, "start")
        await phone.say(do="join", pin=server.room.pin, name=" ada ")
        await phone.hear("in")
        assert (await phone.hear("see"))["own"]["name"] == "Ada"
        assert not any(name in json.dumps(phone.heard) for name in NAMED[1:]), "nobody sees the class list"
        await phone.say(do="leave")
        await phone.hear("out", why="left")
        await asyncio.sleep(0)
        assert host.drill.absent == {pupils[0]}


async def test_a_phone_that_is_taken_out_a_locked_room_and_another_pin(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1", "#2")) as (server, _):
        phone, other = await Phone.at(server), await Phone.at(server)
        await phone.join(server, 1)
        await server.talk.kick(1)
        await phone.hear("out", why="kicked")
        await server.talk.lock(is_locked=True)
        await phone.say(do="join", pin=server.room.pin, seat=1)
        await phone.hear("no", why="locked")
        await server.talk.lock(is_locked=False)
        old = server.room.pin
        await server.talk.change_pin(new_pin(bytes))
        await other.say(do="join", pin=old, seat=2)
        await other.hear("no", why="pin")
        await other.join(server, 2)


async def test_phones_are_known_again_after_a_crash_and_forgotten_after_the_drill(
    workspace: Workspace,
) -> None:
    async with served(workspace, pupils=("#1",)) as (server, host):
        phone = await Phone.at(server)
        await phone.join(server, 1)
        session, before = host.drill.header.id, server.room
    files = RoomFiles(Path(workspace.record.path))
    (kept,) = (Path(workspace.record.path).parent / "rooms").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    room = files.load(session)
    assert room is not None
    assert msgspec.structs.replace(room, port=before.port) == before
    again = RoomServer(host, room)
    await again.start()
    phone = await Phone.at(again)
    await phone.say(do="back", token=(await _token_of(before)))
    assert (await phone.hear("see"))["own"]["name"] == "Pupil 1"
    await again.stop()
    files.forget(session)
    assert files.load(session) is None
    assert not kept.parent.exists()


async def _token_of(room: Any) -> str:
    return str(room.token_of(room.members[0]))


async def test_the_camera_sends_a_photograph_in_pieces_once_it_is_allowed(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1",)) as (server, host):
        camera = await Phone.at(server)
        await camera.say(do="join", pin=server.room.pin, camera=True)
        await camera.hear("in")
        await camera.say(do="photo", size=40_000)
        await camera.hear("no", why="camera")
        await server.talk.allow_camera(1, is_camera=True)
        photo = bytes(range(250)) * 160
        await camera.say(do="photo", size=len(photo))
        for at in range(0, len(photo), 16_000):
            await camera.socket.send((at // 16_000).to_bytes(2) + photo[at : at + 16_000])
        assert (await camera.hear("photo"))["said"] == "40000 bytes"
        assert host.photos == [photo]
        await camera.say(do="photo", size=10)
        await camera.socket.send(b"\0\1a piece")  # the second one, before the first
        with pytest.raises(ConnectionClosed):
            await camera.hear("never")


async def get(
    server: RoomServer, path: str, host: str = "", at: str = "127.0.0.1", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Ask for a page, as a browser does."""

    def ask() -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(at, server.port, timeout=5)
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{server.port}", **headers})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    return await asyncio.to_thread(ask)


async def test_pages_are_served_to_hosts_that_this_computer_has(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1",)) as (server, _):
        status, headers, content = await get(server, "/", **{"Accept-Language": "de"})
        assert (status, b'<html lang="de">' in content) == (200, True)
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Server" not in headers
        assert (await get(server, "/wall"))[0] == 200
        assert (await get(server, "/camera"))[0] == 200
        assert (await get(server, "/", host=f"localhost:{server.port}"))[0] == 200
        for path in ("/record", "/picture/../history.db", "/picture/0", "/wall/", "//", "/%00"):
            assert (await get(server, path))[0] == 404
        for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", ""):
            assert (await get(server, "/", host=host or " "))[0] in {400, 421}


async def test_a_host_by_ipv6_is_served_in_brackets_and_a_foreign_one_refused(workspace: Workspace) -> None:
    async with served(workspace, is_lan=True, pupils=("#1",)) as (server, _):
        has_ipv6 = socket.has_dualstack_ipv6()
        for at in (at for at in ("::1", *server.addresses) if has_ipv6 and ":" in at):
            own, port = f"[{at}]:{server.port}", server.port
            status, headers, _content = await get(server, "/", host=own, at=at)
            assert (status, "connect-src 'self' ws:" in headers["Content-Security-Policy"]) == (200, True)
            for foreign in (f"[2001:db8::5]:{port}", f"{at}:{port}", f"[{at}%25lo]:{port}", f"[{at}]"):
                assert (await get(server, "/", host=foreign, at=at))[0] in {400, 421}
            assert (await get(server, "/wall", host=own, at=at))[0] == (200 if at == "::1" else 404)
            phone = Phone(await connect(f"ws://{own}/socket", origin=f"http://{own}", compression=None))  # type: ignore[arg-type]
            await phone.hear("hello")
            await phone.close()
            with pytest.raises(InvalidStatus, match="403"):
                await connect(f"ws://{own}/socket", origin=f"http://[2001:db8::5]:{port}")  # type: ignore[arg-type]


async def test_another_device_alone_shows_that_the_network_lets_devices_reach_each_other(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(workspace, is_lan=True, pupils=("#1",)) as (server, _):
        for at in ("127.0.0.1", *server.addresses):
            assert (await get(server, "/", host=f"{in_url(at)}:{server.port}", at=at))[0] == 200
        await (await Phone.at(server)).join(server, 1)
        assert not server.was_reached
        monkeypatch.setattr(server_module, "is_of_this_computer", lambda address: address != "127.0.0.1")
        await get(server, "/")
        assert server.was_reached


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null", "https://127.0.0.1"])
async def test_sockets_are_opened_by_pages_of_ours_alone(workspace: Workspace, origin: Any) -> None:
    async with served(workspace, pupils=("#1",)) as (server, _):
        for path in ("/socket", "/wall/socket"):
            with pytest.raises(InvalidStatus, match="403"):
                await connect(f"ws://127.0.0.1:{server.port}{path}", origin=origin)


async def test_the_wall_is_shown_what_all_may_see_and_may_say_nothing(workspace: Workspace) -> None:
    async with served(workspace, is_lan=True, pupils=("#1", "#2")) as (server, host):
        wall = await Phone.at(server, "/wall/socket")
        assert (await wall.hear("wall"))["own"]["join"]["pin"] == server.room.pin
        go(host, "start")
        frame = await wall.hear("wall")
        assert (frame["own"]["missing"], frame["own"]["join"]) == (2, None)
        server.talk.show_more(with_names=True)
        assert (await wall.hear("wall"))["own"]["names"] == ["Pupil 1", "Pupil 2"]
        await wall.say(do="join", pin=server.room.pin, seat=1)
        with pytest.raises(ConnectionClosed):
            await wall.hear("never")
        assert host.drill.stage is Stage.ASKING


async def test_a_frame_that_is_too_long_ends_the_connection(workspace: Workspace) -> None:
    async with served(workspace, pupils=("#1",)) as (server, _):
        phone = await Phone.at(server)
        await phone.socket.send("x" * (MOST_BYTES + 1))
        with pytest.raises(ConnectionClosed):
            await phone.hear("never")
