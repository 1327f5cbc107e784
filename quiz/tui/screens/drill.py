"""Drill: an item before a class, who has the word, the clock and the board. One subclass for each format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Footer, Static

from quiz.core.events import Event
from quiz.core.sessions.common import NotNow
from quiz.core.sessions.drill.common import Drill
from quiz.core.sessions.drill.settings import Stage
from quiz.core.wording import clock
from quiz.errors import HistoryConflict, QuizError
from quiz.tui.text import show
from quiz.tui.widgets.drill_band import DrillBand, Status
from quiz.tui.widgets.drill_words import option_views, progress_line, rules_card, title_line
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.score_board import board_lines, board_strip
from quiz.tui.widgets.top_line import TopLine
from quiz.tui.widgets.wall_item import WallItem
from quiz.tui.widgets.wall_option import OptionView, WallOption

if TYPE_CHECKING:
    from quiz.storage.live_drill import LiveDrill
    from quiz.storage.workspace import Workspace

TICK_SECONDS = 0.2
REPEAT_MS = 150
"""Presses of enter that follow each other faster than this are one key held down."""
SCREENS: dict[str, str] = {
    "vote": "drill_vote.VoteScreen",
    "hot-seat": "drill_hot_seat.HotSeatScreen",
    "buzz": "drill_buzz.BuzzScreen",
    "sprint": "drill_sprint.SprintScreen",
}
"""Where the screen of each format is, imported when it is first shown."""

D = TypeVar("D", bound=Drill)


def drill_screen(workspace: Workspace, live: LiveDrill[Drill]) -> DrillScreen[Any]:
    """Return the screen for a drill of whatever format."""
    module, name = SCREENS[live.drill.name].split(".")
    screen = getattr(import_module(f"quiz.tui.screens.{module}"), name)
    made: DrillScreen[Any] = screen(workspace, live)
    return made


class DrillScreen(Screen[None], Generic[D]):
    """Shows wherever a drill stands, and turns the teacher's keys into its commands."""

    CSS_PATH = "drill.tcss"
    AUTO_FOCUS = None
    name_shown = "Drill"
    about = "A class before one screen. u takes the last key back, whatever it was."
    ENTER_KEYS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "Begin", key_display="⏎", id="drill.start", tooltip="Ask the first item"),
        Binding("enter", "next", "Next item", key_display="⏎", id="drill.next", tooltip="On to the next item"),
    ]
    """What enter does in every format; a subclass that binds enter as well lists them again."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *ENTER_KEYS,
        Binding("space", "reveal", "Key", id="drill.reveal", tooltip="Show the key"),
        Binding("y", "judge(True)", "Right", id="drill.right", tooltip="What was said is right"),
        Binding("n", "judge(False)", "Wrong", id="drill.wrong", tooltip="What was said is wrong"),
        Binding(
            "u,backspace", "undo", "Undo", key_display="u", id="drill.undo", tooltip="Take the last key back"
        ),
        Binding("p", "pause", "Pause", id="drill.pause", tooltip="Stop the clock"),
        Binding("p", "go_on", "Go on", id="drill.go-on", tooltip="Let the clock run again"),
        Binding("s", "skip", "Skip", id="drill.skip", tooltip="Leave this item without a verdict"),
        Binding("r", "note", "Note", id="drill.note", tooltip="Read the note that the item cites"),
        Binding("e", "extend", "+30 s", show=False, id="drill.extend", tooltip="Give 30 seconds more"),
        Binding("b", "board", "Board", show=False, id="drill.board", tooltip="Show the board, or hide it"),
        Binding("j", "join", "Join", show=False, id="drill.join", tooltip="Take in one who comes late"),
        Binding("x", "end", "End", show=False, id="drill.end", tooltip="End the drill early"),
        Binding(
            "escape,q", "leave", "Leave", show=False, id="drill.leave", tooltip="Leave; go on later"
        ),
    ]
    OPTION_KEYS: ClassVar[list[BindingType]] = [
        Binding(
            str(n + 1), f"answer({n})", f"Option {n + 1}", show=False, id=f"drill.option-{n + 1}",
            tooltip=f"The answer was option {n + 1}",
        )
        for n in range(9)
    ]  # fmt: skip

    band = query_one(DrillBand)
    item = query_one(WallItem)
    strip = query_one("#strip", Static)

    def __init__(self, workspace: Workspace, live: LiveDrill[D]) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self._enter_at = -REPEAT_MS

    @property
    def drill(self) -> D:
        """Where the drill stands."""
        return self.live.drill

    # What is on the screen

    def compose(self) -> ComposeResult:
        """Lay out the frame; the item is put into it when it is asked."""
        yield TopLine()
        yield DrillBand()
        with Horizontal(id="field"):
            yield WallItem()
            with VerticalScroll(id="side", can_focus=False):
                yield Figures(self._board_lines, id="board")
        yield from self.compose_below()
        yield Static(id="strip")
        yield Footer(show_command_palette=False)

    def compose_below(self) -> ComposeResult:
        """Add what a format shows beneath the item."""
        yield from ()

    async def on_mount(self) -> None:
        """Show where the drill stands, and look at the clock from now on."""
        self.query_one("#side").border_title = show("Board")
        self.set_interval(TICK_SECONDS, self._tick)
        await self.show_state()

    async def show_state(self) -> None:
        """Show wherever the drill stands now."""
        drill = self.drill
        if drill.is_gone:
            self.live.record(drill.leave_gone(self.live.now()))
            drill = self.drill
        if drill.stage is Stage.FINISHED:
            self._finish()
            return
        self._show_progress()
        self.set_class(drill.stage is Stage.READY, "-ready")
        self.band.show_status(self.status())
        self._show_clock()
        await self._show_item()
        await self.show_board()
        self.refresh_bindings()

    def status(self) -> Status:
        """Say who has the word and what comes next."""
        raise NotImplementedError

    def option_views(self) -> Sequence[OptionView]:
        """Return the options as they are to be seen now."""
        return option_views(self.drill)

    async def _show_item(self) -> None:
        drill = self.drill
        if drill.stage is Stage.READY:
            await self.item.put_card(Static(rules_card(drill, self.facts()), id="rules"))
        elif self.is_item_hidden:
            await self.item.put_card(Static(show("Paused", "bold"), id="hidden"))
        else:
            await self.item.put(
                drill.placed, drill.interaction, self.option_views(), is_revealed=drill.is_revealed
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
        top.right = progress_line(self.drill, self.size.width)

    def _show_clock(self) -> None:
        drill, now = self.drill, self.live.now()
        figure = self.status().figure
        if figure:
            self.band.show_figure(figure)
        elif not self.has_clock:
            self.band.show_figure("")
        else:
            spent, has_limit = drill.timer.spent(now), drill.limit_ms > 0
            left = drill.left_ms(now) if has_limit else None
            shown = clock(spent) if left is None else clock(left + 999 if left else 0)
            is_going = drill.timer.is_going
            state = "" if is_going else "paused, p goes on" if drill.is_timed else ""
            self.band.show_time(shown, state=state, left_ms=left, is_going=is_going)

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
            self.strip.update(board_strip(drill.board, self.live.names))
            self.query_one("#board", Figures).refresh(layout=True)

    def _board_lines(self, width: int) -> Sequence[Content]:
        drill = self.drill
        return board_lines(drill.board, self.live.names, width, getattr(drill, "seat", ""))

    async def _tick(self) -> None:
        """Show the clock, and do what its time asks for."""
        if self.drill.stage is Stage.FINISHED or not self.is_current:
            return
        try:
            if self.live.mind_time():
                await self.show_state()
        except QuizError as error:
            self._complain(error)
        self._show_clock()

    def _finish(self) -> None:
        from quiz.tui.screens.drill_report import DrillReportScreen

        self.app.push_screen(
            DrillReportScreen(self.workspace, self.drill, self.live.names), self._after_report
        )

    async def _after_report(self, wish: str | None) -> None:
        if wish == "undo":
            await self.action_undo()
        else:
            self.dismiss()

    # What the keys do

    async def do(self, command: Callable[..., Event], *args: Any, **named: Any) -> bool:
        """Do something, and show where it leads; a failure is said and nothing is lost."""
        return await self.run(lambda: self.live.record(command(*args, self.live.now(), **named)))

    async def run(self, step: Callable[[], object]) -> bool:
        """Take a step, and show where it leads; say whether it was taken."""
        try:
            step()
        except NotNow:
            return False
        except HistoryConflict as error:
            self._complain(error)
            self.live.reload()
        except QuizError as error:
            self._complain(error)
            return False
        await self.show_state()
        return True

    def _complain(self, error: QuizError) -> None:
        self.notify(str(error), title="Not saved", severity="error", timeout=15, markup=False)

    def is_held_down(self) -> bool:
        """Say whether enter was pressed so shortly ago that it is still the same press."""
        now = self.workspace.clock.passed()
        was_held = now - self._enter_at < REPEAT_MS
        self._enter_at = now
        return was_held

    async def action_start(self) -> None:
        """Ask the first item."""
        if not self.is_held_down():
            await self.do(self.drill.start)

    async def action_next(self) -> None:
        """Go on to the next item."""
        if not self.is_held_down():
            await self.do(self.drill.next)

    async def action_reveal(self) -> None:
        """Show the key."""
        await self.do(self.drill.reveal)

    async def action_undo(self) -> None:
        """Take the last thing back."""
        await self.do(self.drill.undo)

    async def action_pause(self) -> None:
        """Stop the clock."""
        await self.do(self.drill.pause)

    async def action_go_on(self) -> None:
        """Let the clock run again."""
        await self.do(self.drill.go_on)

    async def action_skip(self) -> None:
        """Leave the item without a verdict."""
        await self.do(self.drill.skip)

    async def action_extend(self) -> None:
        """Give more time."""
        await self.do(self.drill.extend)

    async def action_board(self) -> None:
        """Show the board to the class, or hide it."""
        await self.do(self.drill.show_board, is_shown=not self.drill.is_board_shown)

    async def action_join(self) -> None:
        """Take in one who comes late; by name where there is a roster."""
        from quiz.tui.screens.ask_text import AskTextModal

        if self.live.has_roster:
            self.app.push_screen(AskTextModal("Who came late?"), self._add_late)
        else:
            await self.run(self.live.add_late)

    async def _add_late(self, name: str | None) -> None:
        if name and name.strip():
            await self.run(lambda: self.live.add_late(name))

    def action_end(self) -> None:
        """End the drill early, once that is confirmed."""
        from quiz.tui.screens.confirm import ConfirmModal

        question = "End this drill now? What was answered stays, and the report is shown."
        self.app.push_screen(ConfirmModal(question, "End it", "Go on"), self._end_if)

    async def _end_if(self, is_meant: bool | None) -> None:
        if is_meant:
            await self.do(self.drill.end)

    def action_note(self) -> None:
        """Read the note that the item cites."""
        from quiz.tui.screens.note import NoteModal

        placed = self.drill.placed
        notes = [name for name in placed.item.cites if name in placed.bank.notes]
        if notes:
            self.app.push_screen(NoteModal(placed.bank, notes))

    def action_leave(self) -> None:
        """Leave; the clock stops, and the drill waits on the home screen."""
        try:
            self.live.leave()
        except QuizError as error:
            self._complain(error)
        self.dismiss()

    async def action_judge(self, is_right: bool) -> None:
        """Judge what was said."""
        judge = getattr(self.drill, "judge", None)
        if judge is not None:
            await self.do(judge, is_right=is_right)

    async def action_answer(self, place: int) -> None:
        """Judge by the option that was named."""
        answer = getattr(self.drill, "answer", None)
        if answer is not None and self.drill.is_by_option and place < len(self.drill.options):
            await self.do(answer, self.drill.options[place])

    async def on_wall_option_clicked(self, message: WallOption.Clicked) -> None:
        """Take a click on an option for its key."""
        if self.check_action("answer", (message.place,)):
            await self.action_answer(message.place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where the drill stands."""
        drill, live = self.drill, self.live
        match action:
            case "start" | "next" | "reveal" | "undo" | "pause" | "go_on" | "skip" | "extend" | "join":
                return live.can(getattr(drill, action))
            case "judge":
                return bool(getattr(drill, "can_judge", False))
            case "answer":
                can = bool(getattr(drill, "can_judge", False)) and not drill.is_revealed
                return can and drill.is_by_option and int(str(parameters[0])) < len(drill.options)
            case "board":
                return bool(drill.competitors) and drill.stage is not Stage.READY
            case "end":
                return drill.stage is not Stage.FINISHED
            case "note":
                return drill.stage is Stage.REVEALED and bool(drill.placed.item.cites)
        return super().check_action(action, parameters)
