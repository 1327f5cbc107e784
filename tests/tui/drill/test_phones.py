"""A drill on the screen with its wall and phones: what the teacher sees of them, and what a key does."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("websockets")
pytest.importorskip("segno")

from textual.binding import Binding
from textual.pilot import Pilot

from quiz.core.content.grading import Chosen
from quiz.core.drill.card_markers import CardReadings
from quiz.core.drill.room import WallSettings
from quiz.core.drill.settings import Stage
from quiz.core.drill.wall_words import GERMAN
from quiz.core.session import InvalidTransition
from quiz.errors import DiskFull, ExchangeError
from quiz.tui.app import QuizApp
from quiz.tui.drill import room_link
from quiz.tui.drill.phones import PhonesModal
from quiz.tui.drill.screen import DrillScreen
from quiz.web.server import RoomServer
from tests.drills import Make, tap, until
from tests.fakes import FakeClock
from tests.screens import flat
from tests.tui.drill.test_wall_words import DEUTSCH, hears_english
from tests.web.room import Phone

pytestmark = pytest.mark.extra("websockets", "segno")


@asynccontextmanager
async def class_room(app: QuizApp, **told: Any) -> AsyncIterator[tuple[Pilot[Any], RoomServer]]:
    """Run the app with a drill that phones may join."""
    app._first = type(app._first)(app._first.live, WallSettings(**{"is_lan": True} | told))  # type: ignore[union-attr,attr-defined]
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, DrillScreen) and app.screen.is_desk)
        assert app.screen.room.server is not None  # type: ignore[attr-defined]
        yield pilot, app.screen.room.server  # type: ignore[attr-defined]


async def test_the_desk_shows_how_to_join_and_what_comes_in(make_app: Make, clock: FakeClock) -> None:
    app = make_app("everyone", pupils=("#1", "#2"))
    async with class_room(app) as (pilot, server):
        assert server.wall_url in flat(app)
        assert f"PIN {server.room.pin[:3]} {server.room.pin[3:]}" in flat(app)
        phones = [await Phone.at(server), await Phone.at(server)]
        for seat, phone in enumerate(phones, 1):
            await phone.join(server, seat)
        await until(pilot, lambda: "2 phones" in flat(app))
        await tap(pilot, clock, "enter")
        key = app.live.drill.current.item.key_text()
        assert re.search(rf"Correct answer \w {key}", flat(app))
        for phone in phones:
            state = await phone.see(lambda frame: frame["all"]["open"])
            await phone.say(do="answer", q=state["all"]["question"], given={"picks": [0]}, n=1)
            await phone.hear("sent")
        await until(pilot, lambda: app.live.drill.stage is Stage.COUNTED)
        assert len(app.live.drill.answers) == 2
        await tap(pilot, clock, "enter")
        for phone in phones:
            assert (await phone.see(lambda frame: frame["all"]["key"]))["own"]["score"] is not None
    assert not (app.workspace.record.path.parent / "rooms" / "x").exists()


async def test_the_teacher_lets_in_takes_out_locks_and_changes_the_pin(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("everyone", pupils=("#1", "#2"))
    async with class_room(app) as (pilot, server):
        first, second = await Phone.at(server), await Phone.at(server)
        await first.join(server, 1)
        await second.say(do="join", pin=server.room.pin, seat=1)
        await second.hear("wait")
        await until(pilot, lambda: "1 phone, 1 waiting" in flat(app))
        await tap(pilot, clock, "i")
        assert isinstance(app.screen, PhonesModal)
        assert "? Pupil 1" in flat(app)
        assert "█▀▀▀▀▀█" in flat(app) or "▄▄▄▄▄▄▄" in flat(app)
        await tap(pilot, clock, "enter")
        await second.hear("in")
        await first.hear("out", why="taken")
        await tap(pilot, clock, "l")
        await until(pilot, lambda: server.room.is_locked and "locked" in flat(app))
        before = server.room.pin
        await tap(pilot, clock, "l", "n")
        await until(pilot, lambda: server.room.pin != before and not server.room.is_locked)
        await tap(pilot, clock, "x")
        await second.hear("out", why="kicked")
        camera = await Phone.at(server)
        await camera.say(do="join", pin=server.room.pin, camera=True)
        await camera.hear("in")
        await until(pilot, lambda: "wants to be the camera" in flat(app))
        await tap(pilot, clock, "c")
        await camera.see(lambda frame: frame["own"]["camera"])
        await tap(pilot, clock, "w", "m")
        assert server.talk.options.with_join
        assert server.talk.options.with_names
        await tap(pilot, clock, "escape")
        assert isinstance(app.screen, DrillScreen)


async def test_the_dialog_is_in_german_where_the_drill_is(make_app: Make, clock: FakeClock) -> None:
    app = make_app("everyone", DEUTSCH, pupils=("#1", "#2"))
    async with class_room(app) as (pilot, server):
        phone, other, camera = await Phone.at(server), await Phone.at(server), await Phone.at(server)
        await phone.join(server, 1)
        await other.say(do="join", pin=server.room.pin, seat=1)
        await other.hear("wait")
        await camera.say(do="join", pin=server.room.pin, camera=True)
        await camera.hear("in")
        await tap(pilot, clock, "i")
        pages = [flat(app)]
        assert "Wand und Handys" in pages[0]
        assert all(address in pages[0] for address in server.addresses)
        assert "will die Kamera sein" in pages[0]
        await server.talk.allow_camera(2, is_camera=True)
        await tap(pilot, clock, "l")
        await until(pilot, lambda: "ist die Kamera" in flat(app) and "gesperrt" in flat(app))
        pages.append(flat(app))
        assert {page: said for page in pages if (said := hears_english(page))} == {}
    shown = [key for key in PhonesModal.BINDINGS if isinstance(key, Binding) and key.show]
    assert {key.description for key in shown} <= GERMAN.phrases.keys()


def save_slowly(app: QuizApp, monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Let answers be saved only once they may be; return what says that they are being saved, and that."""
    real, is_saving, may = app.live.take_answers, threading.Event(), threading.Event()

    def slow(told: Any) -> Any:
        is_saving.set()
        may.wait(5)
        return real(told)

    monkeypatch.setattr(app.live, "take_answers", slow)
    return is_saving, may


async def test_a_key_pressed_while_answers_are_being_saved_comes_after_them(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("everyone", pupils=("#1", "#2", "#3"))
    async with class_room(app) as (pilot, server):
        phone = await Phone.at(server)
        await phone.join(server, 1)
        await tap(pilot, clock, "enter")
        asked = await phone.see(lambda frame: frame["all"]["open"])
        is_saving, may = save_slowly(app, monkeypatch)

        await phone.say(do="answer", q=asked["all"]["question"], given={"picks": [0]}, n=1)
        await asyncio.to_thread(is_saving.wait, 5)
        pressing = asyncio.create_task(tap(pilot, clock, "s"))
        await asyncio.sleep(0.05)
        assert app.live.drill.place == 0
        may.set()
        await pressing
        await phone.hear("sent")
        await until(pilot, lambda: app.live.drill.place == 1)
        done = [event.body.get("do") for event in app.workspace.record.events(app.live.drill.header.id)]
        assert done == ["start", "answer", "skip"]


async def test_a_turn_that_began_before_lets_nothing_overtake_answers_that_are_being_saved(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("everyone", pupils=("#1", "#2", "#3"))
    async with class_room(app) as (pilot, server):
        phone = await Phone.at(server)
        await phone.join(server, 1)
        await tap(pilot, clock, "enter")
        turns: Any = app.screen.turns  # type: ignore[attr-defined]
        is_saving, may = save_slowly(app, monkeypatch)
        has_begun, may_end = asyncio.Event(), asyncio.Event()

        async def before() -> None:
            has_begun.set()
            await may_end.wait()

        running = asyncio.create_task(turns.run(before))
        await has_begun.wait()
        await phone.say(do="answer", q="0.0.0", given={"picks": [0]}, n=1)
        await asyncio.to_thread(is_saving.wait, 5)
        may_end.set()
        await running
        pressing = asyncio.create_task(tap(pilot, clock, "s"))
        await asyncio.sleep(0.05)
        assert (turns.is_waiting, app.live.drill.place) == (True, 0)
        may.set()
        await pressing
        await until(pilot, lambda: app.live.drill.place == 1)
        done = [event.body.get("do") for event in app.workspace.record.events(app.live.drill.header.id)]
        assert done == ["start", "answer", "skip"]


async def test_an_answer_that_cannot_be_saved_is_not_called_sent(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app("everyone", pupils=("#1", "#2"))
    async with class_room(app) as (pilot, server):
        phone = await Phone.at(server)
        await phone.join(server, 1)
        await tap(pilot, clock, "enter")
        for error, why in ((DiskFull("full"), "disk"), (InvalidTransition("no"), "closed")):

            def fail(_told: Any, error: Exception = error) -> Any:
                raise error

            monkeypatch.setattr(app.live, "take_answers", fail)
            await phone.say(do="answer", q="0.0.0", given={"picks": [0]}, n=1)
            await phone.hear("no", why=why)


async def test_phones_are_forgotten_with_the_drill_and_kept_while_it_is_left(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("everyone", pupils=("#1", "#2"))
    rooms = Path(app.workspace.record.path).parent / "rooms"
    async with class_room(app) as (pilot, server):
        await (await Phone.at(server)).join(server, 1)
        port = server.port
        await tap(pilot, clock, "enter", "escape")
        await until(pilot, lambda: not isinstance(app.screen, DrillScreen))
        assert len(list(rooms.iterdir())) == 1
        await tap(pilot, clock, "c")
        await until(pilot, lambda: isinstance(app.screen, DrillScreen) and app.screen.is_desk)
        again = app.screen.room.server  # type: ignore[attr-defined]
        assert (again.port, len(again.room.members)) == (port, 1)
        await tap(pilot, clock, "x", "y")
        await tap(pilot, clock, "enter")
        await until(pilot, lambda: not rooms.exists())


async def test_where_no_phone_says_hello_a_sentence_says_what_may_be_wrong(
    make_app: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_link, "REACHED_AFTER", 0.05)
    app = make_app("vote", class_size=3)
    async with class_room(app) as (pilot, server):
        await (await Phone.at(server)).join(server, 1)  # from this computer
        await until(pilot, lambda: "guest Wi-Fi" in flat(app))
        assert "hot spot" in flat(app)


async def test_a_port_that_is_taken_is_said_and_the_drill_goes_on_without_a_wall(
    make_app: Make, clock: FakeClock
) -> None:
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    app = make_app("vote", class_size=3)
    app._first = type(app._first)(app._first.live, WallSettings(port=port))  # type: ignore[union-attr,attr-defined]
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "Without a wall" in flat(app))
        await tap(pilot, clock, "enter")
        assert app.live.drill.stage is Stage.ASKING
    taken.close()


async def test_without_the_extra_every_format_works_and_one_sentence_tells_the_command(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.services.drill.room_files.find_spec", lambda _: None)
    for name in [name for name in sys.modules if name.startswith(("quiz.web", "websockets", "segno"))]:
        monkeypatch.delitem(sys.modules, name)
    app = make_app("vote", class_size=3)
    app._first = type(app._first)(app._first.live, WallSettings())  # type: ignore[union-attr,attr-defined]
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await until(pilot, lambda: "quizterm[class]" in flat(app))
        await tap(pilot, clock, "enter")
        assert app.live.drill.stage is Stage.ASKING
    assert not {"websockets", "segno"} & set(sys.modules)


async def test_the_camera_is_told_whose_cards_are_read(
    make_app: Make, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = CardReadings({2: "B"}, frozenset({1}))
    monkeypatch.setattr(
        room_link, "read_cards", lambda photo, owners: readings if photo == b"JPEG" else 1 / 0
    )
    app = make_app("everyone", pupils=("#1", "#2", "#3"))
    async with class_room(app) as (pilot, server):
        camera = await Phone.at(server)
        await camera.say(do="join", pin=server.room.pin, camera=True)
        await camera.hear("in")
        await server.talk.allow_camera(1, is_camera=True)
        await camera.say(do="photo", size=4)
        await camera.socket.send(b"\0\0JPEG")
        assert (await camera.hear("photo"))["error"] == "Cards cannot answer now."
        await tap(pilot, clock, "enter")
        await camera.say(do="photo", size=4)
        await camera.socket.send(b"\0\0JPEG")
        assert (await camera.hear("photo"))["said"] == "1 of 3; missing 1, 3"
        drill = app.live.drill
        assert drill.answers == {"#2": Chosen((drill.options[1],))}
        await until(pilot, lambda: "1 of 3; missing 1, 3" in flat(app))


@pytest.mark.extra("cv2")
async def test_a_photograph_that_cannot_be_read_is_refused_with_a_sentence(
    make_app: Make, clock: FakeClock
) -> None:
    app = make_app("everyone", pupils=("#1", "#2"))
    async with class_room(app) as (pilot, _):
        await tap(pilot, clock, "enter")
        with pytest.raises(ExchangeError, match="The photograph is not a JPEG"):
            await app.screen.room.read_photo(b"nothing")
