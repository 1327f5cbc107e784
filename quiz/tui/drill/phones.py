"""Wall and phones: the addresses, the PIN, and who is in the room."""

from __future__ import annotations

import os
from collections.abc import Coroutine, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.errors import QuizError
from quiz.services.drill.room_files import new_pin
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.drill.phrases import keys_line
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.web.qr import qr_lines

if TYPE_CHECKING:
    from quiz.web.server import RoomServer
    from quiz.web.talk import Claim

HEAD = 8
"""How many cells stand before each line."""
QR_HEIGHT = 19
"""The rows of a QR code of an address, with its quiet zone."""


class PhonesModal(BaseModal[None]):
    """Who has joined, and what the teacher can do about it."""

    CSS = """
    PhonesModal .dialog { width: 90%; max-width: 110; height: 90%; }
    PhonesModal #qr { width: auto; margin-right: 3; color: #ffffff; background: #000000; }
    PhonesModal.-no-qr #qr { display: none; }
    PhonesModal VerticalScroll { height: auto; max-height: 75%; margin-bottom: 1; }
    """
    name_shown = "Wall and phones"
    about = "Who has joined with a phone. A second phone that wants a place waits here for you."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("phones.let-in", "enter", "let_in", "Let in", "Give the place to the phone that waits", "⏎"),
        bar_key(
            "phones.out", "x,delete", "take_out", "Take out", "Take a phone out, or refuse one that waits"
        ),
        bar_key("phones.lock", "l", "lock", "Lock", "Let nobody new in, or let them in again"),
        bar_key("phones.pin", "n", "new_pin", "New PIN", "Ask those who come from now on for another PIN"),
        bar_key("phones.camera", "c", "camera", "Camera", "Let a phone photograph the cards, or no longer"),
        bar_key("phones.join", "w", "show_join", "On the wall", "Show on the wall how to join, or hide it"),
        bar_key(
            "phones.names", "m", "show_names", "Missing", "Name on the wall who is missing, or only count"
        ),
        bar_key("phones.close", "escape,q,i", "close", "Back", "Back to the drill"),
    ]
    phones = query_one(RowList)

    def __init__(self, server: RoomServer) -> None:
        super().__init__()
        self._server = server
        self._talk = server.talk
        self._words = server.talk.words
        self._claims: dict[str, Claim] = {}

    def compose(self) -> ComposeResult:
        """Lay out the QR code, the addresses and the list."""
        with Vertical(classes="dialog"):
            yield Static(show(self._words.say("Wall and phones")), classes="title")
            with Horizontal():
                yield Static(id="qr")
                with Vertical():
                    with VerticalScroll(can_focus=False):
                        yield Static(id="how")
                    yield RowList()
            yield KeyBar()

    def on_mount(self) -> None:
        """Show who is in the room, now and whenever that changes."""
        self._stop = self._talk.observe(self._show)
        self._show()
        self.phones.focus()

    def on_unmount(self) -> None:
        """Follow the room no longer."""
        self._stop()

    def on_resize(self) -> None:
        """Leave out the QR code where there is no room for it."""
        self.set_class(self.size.height * 0.9 < QR_HEIGHT + 4 or self.size.width < 80, "-no-qr")

    def _show(self) -> None:
        room, urls = self._server.room, self._server.phone_urls
        if room.is_lan and urls:
            self.query_one("#qr", Static).update(Content("\n".join(qr_lines(room.link(urls[0])))))
        lines = [
            join((f"{head:<{HEAD}}", "$foreground-muted"), (said, style)) for head, said, style in self._how()
        ]
        self.query_one("#how", Static).update(Content("\n").join(lines))
        self.phones.show_rows(self._rows())
        self.refresh_bindings()

    def _how(self) -> Iterator[tuple[str, str, str]]:
        """Say how the wall is opened and how phones join: each line's name, its text and its style."""
        room, urls, words, say = self._server.room, self._server.phone_urls, self._words, self._words.say
        yield say("Wall"), self._server.wall_url, ""
        if not room.is_lan:
            return
        yield say("Phones"), urls[0] if urls else say("no network"), ""
        yield "PIN", room.pin_shown, "bold"
        yield say("Camera"), f"{urls[0]}camera" if urls else "", ""
        inside = say("{phones} connected", phones=words.count(len(self._talk.connected), "phone"))
        locked = f" · {say('locked: nobody new can join')}" if room.is_locked else ""
        yield say("Now"), inside + locked, ""
        for url in urls[1:]:
            yield f"   {say('or')}", url, ""

    def bar_title(self, title: str) -> str:
        """Return the title of a key in the language of the wall."""
        return self._words.say(title)

    def _rows(self) -> list[ListRow]:
        names, connected, say = self._talk.names, self._talk.connected, self._words.say
        self._claims = {f"claim-{place}": claim for place, claim in enumerate(self._talk.claims)}
        rows = [
            ListRow(
                key,
                join(("? ", "$text-warning"), show_line(names.get(claim.member.pupil, ""))),
                keys_line(("⏎", say("lets another phone in"))),
            )
            for key, claim in self._claims.items()
        ]
        for member in self._server.room.members:
            who = show_line(names.get(member.pupil, "")) if member.pupil else show(say("Camera"))
            sign = ("● ", "$text-success") if member.number in connected else ("○ ", "$foreground-muted")
            wish = "" if member.pupil else say("wants to be the camera")
            said = say("is the camera") if member.is_camera else wish
            rows.append(ListRow(str(member.number), join(sign, who), show(said, "$foreground-muted")))
        return rows

    @property
    def _number(self) -> int:
        row = self.phones.current
        return int(row.key) if row is not None and row.key.isdecimal() else 0

    @property
    def _claim(self) -> Claim | None:
        row = self.phones.current
        return self._claims.get(row.key) if row is not None else None

    async def on_row_list_chosen(self) -> None:
        """Let the phone in that was chosen."""
        await self.action_let_in()

    async def action_let_in(self) -> None:
        """Give the place to the phone that waits for it; allow a camera."""
        if (claim := self._claim) is not None:
            await self._do(self._talk.settle(claim, is_granted=True))
        elif (member := self._server.room.member(self._number)) is not None and not member.pupil:
            await self.action_camera()

    async def action_take_out(self) -> None:
        """Take a phone out, or leave the place to the phone that has it."""
        if (claim := self._claim) is not None:
            await self._do(self._talk.settle(claim, is_granted=False))
        elif self._number:
            await self._do(self._talk.kick(self._number))

    async def action_lock(self) -> None:
        """Let nobody new in, or let them in again."""
        await self._do(self._talk.lock(is_locked=not self._server.room.is_locked))

    async def action_new_pin(self) -> None:
        """Change the PIN."""
        await self._do(self._talk.change_pin(new_pin(os.urandom)))

    async def action_camera(self) -> None:
        """Allow a phone as the camera, or no longer."""
        member = self._server.room.member(self._number)
        if member is not None:
            await self._do(self._talk.allow_camera(member.number, is_camera=not member.is_camera))

    def action_show_join(self) -> None:
        """Show on the wall how to join, or hide it."""
        self._talk.show_more(with_join=not self._talk.options.with_join)

    def action_show_names(self) -> None:
        """Name on the wall who is missing, or only count them."""
        self._talk.show_more(with_names=not self._talk.options.with_names)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        match action:
            case "let_in":
                return self._claim is not None
            case "take_out" | "camera":
                return self.phones.current is not None
            case "lock" | "new_pin" | "show_join":
                return self._server.room.is_lan
        return super().check_action(action, parameters)

    async def _do(self, step: Coroutine[Any, Any, None]) -> None:
        try:
            await step
        except QuizError as error:
            self.refuse(error, self._words.say("Not saved"))
        self._show()
