"""Drill: an item before a class, whose turn it is, the clock and the board. One subclass for each format."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.drill.points import Rank
from quiz.core.drill.room import WallSettings
from quiz.core.drill.settings import Stage
from quiz.core.text.phrases import clock
from quiz.errors import QuizError, RecordConflict
from quiz.tui.available_actions import key_label
from quiz.tui.drill.desk import DeskPanel, desk_lines
from quiz.tui.drill.drill_keys import D, DrillKeys
from quiz.tui.drill.phrases import option_views, progress_line, rules_lines, title_line
from quiz.tui.drill.projected_item import ProjectedItem
from quiz.tui.drill.projected_option import OptionView
from quiz.tui.drill.room_link import RoomLink
from quiz.tui.drill.score_board import ScoreCards, board_lines, board_strip
from quiz.tui.drill.status_band import DrillBand, Status
from quiz.tui.routes import Phones, ShowDrillReport
from quiz.tui.text import join, show, show_line
from quiz.tui.turns import in_turn
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.top_line import TopLine

Standing = tuple[Sequence[Rank], Mapping[str, str], str, Collection[str], Collection[str]]

TICK_SECONDS = 0.2
GRAND = 40
"""From how many rows on there is room to spare."""


class DrillScreen(DrillKeys[D]):
    """Shows wherever a drill stands, and turns the teacher's keys into its commands."""

    CSS_PATH = Path(__file__).with_name("screen.tcss")  # formats in other folders inherit it
    AUTO_FOCUS = None
    name_shown = "Drill"
    about = "A class before one screen. u takes the last key back, whatever it was."

    _status = Status(Content())
    _item_shown = (-1, 0)
    """Which item is there, and how often it was before."""
    _size_shown: Size | None = None
    """The size of the screen that the state was last shown for; None before the first time."""
    _is_over = False
    """Whether the report was put on top."""
    _was_time_up = False
    """Whether the time was up when the state was last shown."""
    _standing: Standing = ((), {}, "", (), ())
    """What the board shows: how the competitors stand, their names, whose turn it is, who is absent, and who
    has given an answer of their own."""
    wall: WallSettings | None = None
    """How it is to be shown in a browser; None for the terminal alone."""
    room: RoomLink | None = None
    band = query_one(DrillBand)
    item = query_one(ProjectedItem)
    strip = query_one("#strip", Static)

    def compose(self) -> ComposeResult:
        """Lay out the frame; the item is put into it when it is asked."""
        yield TopLine()
        yield DrillBand()
        with Horizontal(id="field"):
            yield ProjectedItem(self.words)
            with VerticalScroll(id="side", can_focus=False):
                yield Figures(self._board_lines, id="board")
        yield DeskPanel(lambda _: self._desk_lines())
        yield from self.compose_below()
        yield Static(id="strip")
        yield KeyBar()

    def compose_below(self) -> ComposeResult:
        """Add what a format shows beneath the item."""
        yield from ()

    async def on_resize(self, event: events.Resize) -> None:
        """Use the room that there is, for what is shown already as well."""
        self.set_class(event.size.height >= GRAND, "-grand")
        if self._size_shown not in {None, event.size}:
            await self.turns.run(self.show_state)

    async def on_mount(self) -> None:
        """Show where the drill stands, serve it to wall and phones, and look at the clock from now on."""
        self.query_one("#side").border_title = show(self.say("Board"))
        self.set_interval(TICK_SECONDS, self._tick)
        self.room = RoomLink(self, self.wall)
        try:
            await self.room.start()
        except QuizError as error:
            self.refuse(error, self.say("Without a wall"))
        await self.turns.run(self.show_state)

    async def on_unmount(self) -> None:  # type: ignore[override]  # Textual awaits it, and calls each class's
        """Serve the drill no more."""
        if self.room is not None:
            await self.room.stop()

    def action_phones(self) -> None:
        """Show how phones join, and who has."""
        if self.room is not None and self.room.server is not None:
            self.go(Phones(self.room.server))

    async def show_state(self) -> None:
        """Show wherever the drill stands now."""
        self._size_shown = self.size
        drill = self.drill
        if drill.is_gone:
            await self.turns.when_free(lambda: self.live.append(self.drill.leave_gone(self.live.now())))
            drill = self.drill
        if drill.stage is Stage.FINISHED:
            await self._finish()
            return
        self._show_progress()
        self.set_class(drill.stage is Stage.READY, "-ready")
        self._was_time_up = self.is_time_up
        self._status = Status(Content()) if drill.stage is Stage.READY else self._status_and_said()
        self.band.show_status(self._status)
        self._show_clock()
        await self._show_item()
        await self.show_board()
        self.refresh_bindings()
        self._show_desk()

    def _show_desk(self) -> None:
        """Show what only the teacher may see, where the class looks at another screen."""
        panel = self.query_one(DeskPanel)
        panel.display = self.is_desk and self.drill.stage is not Stage.READY
        if panel.display:
            panel.refresh(layout=True)

    def _desk_lines(self) -> list[Content]:
        if not self.is_desk:
            return []
        leads = (binding for _, binding, is_on, _ in self.active_bindings.values() if is_on)
        titles = (binding.description for binding in leads if binding.key == "enter" and binding.show)
        title = next(titles, "")
        return desk_lines(
            self.drill, self.live.names, self.option_views(), ("⏎" if title else "", self.bar_title(title))
        )

    @property
    def is_time_up(self) -> bool:
        """Whether there was a time limit and it has passed."""
        return self.drill.is_time_up(self.live.now())

    def _status_and_said(self) -> Status:
        """Return the status, with what the last key did before what comes next."""
        status = self.status()
        if not self.said:
            return status
        return replace(status, hint=join((self.said, "bold"), "   ", status.hint))

    def status(self) -> Status:
        """Say whose turn it is and what comes next, once the drill has begun."""
        raise NotImplementedError

    def option_views(self) -> Sequence[OptionView]:
        """Return the options as they are to be seen now."""
        return option_views(self.drill)

    def on_projected_item_overflowed(self) -> None:
        """Give the item the room that the cards take up."""
        for cards in self.query(ScoreCards):
            cards.make_room(is_crowded=True)

    async def _show_item(self) -> None:
        drill = self.drill
        if (drill.place, drill.visit) != self._item_shown:
            self._item_shown = (drill.place, drill.visit)
            for cards in self.query(ScoreCards):
                cards.make_room(is_crowded=False)
        if drill.stage is Stage.READY:
            facts = [*self.facts(), *(self.room.facts() if self.room else ())]
            keys = (
                (self.key_of("start"), "begins"),
                (self.key_of("undo"), "takes any key back"),
                (key_label(self, "help"), "shows all keys"),
            )
            rules = Figures(lambda width: rules_lines(drill, facts, keys, width), id="rules")
            await self.item.put_card(rules)
        elif self.is_item_hidden:
            await self.item.put_card(Static(show(self.say("Paused"), "bold"), id="hidden"))
        else:
            await self.item.put(
                drill.current,
                drill.interaction,
                self.option_views(),
                is_revealed=drill.is_revealed,
                feedback=dict(drill.feedback),
            )

    @property
    def is_item_hidden(self) -> bool:
        """Whether the item may not be seen while the clock stands."""
        return False

    def facts(self) -> list[tuple[str, str]]:
        """Return what else the class should know, as names and values."""
        return []

    def _show_progress(self) -> None:
        top = self.query_one(TopLine)
        top.left = title_line(self.drill)
        phones = self.room.summary if self.room is not None else ""
        progress = progress_line(self.drill, self.size.width)
        top.right = join(show_line(phones), "   ", progress) if phones else progress

    def _show_clock(self) -> None:
        drill, now = self.drill, self.live.now()
        figure = self._status.figure
        if figure:
            self.band.show_figure(figure)
        elif not self.has_clock:
            self.band.show_figure("")
        else:
            spent, has_limit = drill.timer.spent(now), drill.limit_ms > 0
            left = drill.left_ms(now) if has_limit else None
            shown = clock(spent) if left is None else clock(left + 999 if left else 0)
            is_going = drill.timer.is_going
            state = "Time is up" if left == 0 else "paused" if drill.is_timed and not is_going else ""
            self.band.show_time(shown, state=self.say(state), left_ms=left, is_going=is_going)

    @property
    def has_clock(self) -> bool:
        """Whether the clock means anything now."""
        return self.drill.stage in {Stage.ASKING, Stage.ANSWERING}

    async def show_board(self) -> None:
        """Show the board where it is wanted: beside the item where there is room, else in a line."""
        drill = self.drill
        is_shown = drill.is_board_shown and bool(drill.competitors) and drill.stage is not Stage.READY
        self.set_class(is_shown, "-with-board")
        if is_shown:
            ranks, names, answered = drill.board, self.live.names, drill.answers.keys()
            self._standing = (ranks, names, getattr(drill, "seat", ""), drill.absent, answered)
            self.strip.update(board_strip(ranks, names, self.words, answered))
            self.query_one("#board", Figures).refresh(layout=True)

    def _board_lines(self, width: int) -> Sequence[Content]:
        ranks, names, seat, absent, answered = self._standing
        lines = board_lines(ranks, names, width, seat, self.words, absent, answered)
        if not self.drill.has_bonus:
            return lines
        return [*lines, Content(), *show(self.drill.rules[-1], "$foreground-muted").wrap(width)]

    async def _tick(self) -> None:
        """Show the clock, and do what its time asks for."""
        if self.drill.stage is Stage.FINISHED or not self.is_current:
            return
        if self.turns.is_waiting:
            self._show_clock()
        else:
            await self.turns.run(self._do_what_is_due)

    async def _do_what_is_due(self) -> None:
        has_moved = False
        try:
            has_moved = await self.turns.when_free(self.live.on_tick)
        except RecordConflict as error:
            await self.catch_up(error)
        except QuizError as error:
            self.refuse(error, self.say("Not saved"))
        if has_moved or self.is_time_up != self._was_time_up:
            await self.show_state()
        else:
            self._show_clock()

    async def _finish(self) -> None:
        if self._is_over:
            return
        self._is_over = True
        report = ShowDrillReport(self.drill, self.live.names)
        await self.turns.when_free(lambda: self.go(report, self._after_report))

    @in_turn
    async def _after_report(self, wish: str | None) -> None:
        self._is_over = False
        if wish == "undo":
            await self.action_undo()
            if self.drill.stage is Stage.FINISHED:  # it could not be put on record
                await self._finish()
        else:
            self.dismiss()

    def scroll_item(self, by: int) -> None:
        """Scroll the item where it is longer than the wall."""
        self.item.scroll_relative(y=by, animate=False)
