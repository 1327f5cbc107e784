"""The teacher's keys in a drill of any format: each is one command of the drill's, put on record at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.binding import BindingType

from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import Stage
from quiz.core.events.model import Event
from quiz.core.session import InvalidTransition
from quiz.errors import QuizError, RecordConflict
from quiz.tui.available_actions import key_label
from quiz.tui.bindings import bar_key, key
from quiz.tui.drill.phrases import taken_back
from quiz.tui.drill.projected_option import ProjectedOption
from quiz.tui.held_keys import HeldKeyGuard
from quiz.tui.routes import AskText, Confirm
from quiz.tui.turns import TakesTurns, Turns, in_turn

if TYPE_CHECKING:
    from quiz.services.drill.live import LiveDrill
    from quiz.services.workspace import Workspace

D = TypeVar("D", bound=Drill)


class DrillKeys(TakesTurns, Generic[D]):
    """What the keys do; a subclass shows where they lead."""

    ENTER_KEYS: ClassVar[list[BindingType]] = [
        bar_key("drill.start", "enter", "start", "Begin", "Ask the first question", "⏎"),
        bar_key("drill.next", "enter", "next", "Next question", "On to the next question", "⏎"),
    ]
    """What enter does in every format; a subclass that binds enter as well lists them again."""
    SCROLL_KEYS: ClassVar[list[BindingType]] = [
        key("drill.scroll-up", "up,pageup", "scroll(-3)", "Up", "Scroll up"),
        key("drill.scroll-down", "down,pagedown", "scroll(3)", "Down", "Scroll down"),
    ]
    """What a subclass that binds the arrows as well lists again."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *ENTER_KEYS,
        *SCROLL_KEYS,
        bar_key("drill.reveal", "space", "reveal", "Correct answer", "Show the correct answer"),
        bar_key("drill.right", "y", "judge(True)", "Right", "What was said is right"),
        bar_key("drill.wrong", "n", "judge(False)", "Wrong", "What was said is wrong"),
        bar_key("drill.undo", "u,backspace", "undo", "Undo", "Take the last key back", "u"),
        bar_key("drill.pause", "p", "pause", "Pause", "Stop the clock"),
        bar_key("drill.go-on", "p", "go_on", "Go on", "Let the clock run again"),
        bar_key("drill.skip", "s", "skip", "Skip", "Leave this question without a verdict"),
        bar_key("drill.note", "r", "note", "Note", "Read the note that the question cites"),
        key("drill.extend", "e", "extend", "+30 s", "Give 30 seconds more"),
        bar_key("drill.phones", "i", "phones", "Phones", "Wall and phones: how to join, and who has"),
        key("drill.board", "b", "board", "Board", "Show the board, or hide it"),
        key("drill.join", "j", "join", "Join", "Take in one who comes late"),
        key("drill.end", "x", "end", "End", "End the drill early"),
        key("drill.leave", "escape,q", "leave", "Leave", "Leave; go on later"),
    ]
    OPTION_KEYS: ClassVar[list[BindingType]] = [
        key(
            f"drill.option-{n + 1}",
            str(n + 1),
            f"answer({n})",
            f"Option {n + 1}",
            f"The answer was option {n + 1}",
        )
        for n in range(9)
    ]

    is_desk = False
    """Whether the class looks at another screen, so that the key may be seen here."""
    own_steps: ClassVar[dict[str, str]] = {}
    """What to call what an undo takes back, by the step, for steps of a format's own."""

    def __init__(self, workspace: Workspace, live: LiveDrill[D]) -> None:
        super().__init__()
        self.workspace = workspace
        self.live = live
        self.words = live.drill.words
        """The words of the wall, in the language of the banks."""
        self.say = self.words.say
        self.turns = Turns(self, live)
        self.guard = HeldKeyGuard()
        self.said = ""
        """What the last key did, where that cannot be seen elsewhere."""

    @property
    def drill(self) -> D:
        """Where the drill stands."""
        return self.live.drill

    async def show_state(self) -> None:
        """Show wherever the drill stands now."""
        raise NotImplementedError

    def scroll_item(self, by: int) -> None:
        """Scroll the item by some rows."""
        raise NotImplementedError

    async def do(self, command: Callable[..., Event], *args: Any, said: str = "", **named: Any) -> bool:
        """Do something, and show where it leads; a failure is said and nothing is lost."""
        self.guard.released()
        name = command.__name__  # answers may come in before it is this step's turn

        def step() -> None:
            self.live.append(getattr(self.drill, name)(*args, self.live.now(), **named))

        return await self.run(step, lambda: said)

    async def do_by_enter(self, command: Callable[[int], Event]) -> None:
        """Do something by enter, unless enter is being held down."""
        name = command.__name__  # as in `do`
        if not self.is_held_down():
            await self.run(lambda: self.live.append(getattr(self.drill, name)(self.live.now())))

    async def run(self, step: Callable[[], object], say: Callable[[], str] = str) -> bool:
        """Take a step, show where it leads, and say what it was; tell whether it was taken."""
        try:
            await self.turns.when_free(step)
        except InvalidTransition:
            return False
        except RecordConflict as error:
            await self.catch_up(error)
            return False
        except QuizError as error:
            self.refuse(error, self.say("Not saved"))
            return False
        self.said = say()
        await self.show_state()
        return True

    async def catch_up(self, conflict: RecordConflict) -> None:
        """Show where another window went on with this drill."""
        self.refuse(conflict, self.say("Not saved"))
        self.said = ""
        await self.show_state()

    def key_of(self, name: str) -> str:
        """Return the key of one of the drill's bindings as the wall shows it."""
        label = key_label(self, f"drill.{name}")
        return "⏎" if label == "enter" else label

    def bar_title(self, title: str) -> str:
        """Return the title of a key in the language of the wall."""
        return self.say(title)

    def called(self, competitor: str) -> str:
        """Return the name of somebody in the drill, as who joins is announced."""
        return self.live.names[competitor]

    @property
    def verdict_keys(self) -> str:
        """The keys that say whether an answer was right."""
        return f"{self.key_of('right')} {self.key_of('wrong')}"

    def is_held_down(self) -> bool:
        """Say whether enter was pressed so shortly ago, and no key since, that it is still the same press."""
        return self.guard.is_repeat(self.workspace.clock.passed())

    async def action_start(self) -> None:
        """Ask the first item."""
        await self.do_by_enter(self.drill.start)

    async def action_next(self) -> None:
        """Go on to the next item."""
        await self.do_by_enter(self.drill.next)

    async def action_reveal(self) -> None:
        """Show the key."""
        await self.do(self.drill.reveal)

    async def action_undo(self) -> None:
        """Take the last thing back, and say what it was."""
        undone = self.drill.undoable
        if undone is not None:
            step = taken_back(undone, self.own_steps, self.words)
            await self.do(self.drill.undo, said=self.say("Taken back: {step}.", step=step))

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
        """Take in one who comes late; by name where there is a class list."""
        if self.live.has_class_list:
            self.go(AskText(self.say("Who came late?")), self._add_late)
        else:
            await self._add_late("#")

    @in_turn
    async def _add_late(self, name: str | None) -> None:
        """Take in a late pupil of a name, or whoever is next where it is only a number."""
        if not name or not name.strip():
            return
        before = {*self.drill.here, *self.drill.named} - self.drill.absent

        def joined() -> str:
            drill = self.drill
            here = dict.fromkeys((*drill.here, *drill.named))
            names = [self.called(new) for new in here if new not in before | drill.absent]
            who = ", ".join(names)
            return self.say("{who} joined.", who=who) if who else self.say("One more pupil joined.")

        await self.run(lambda: self.live.add_late(name.strip("#")), joined)

    def action_end(self) -> None:
        """End the drill early, once that is confirmed."""
        question = self.say("End this drill now? What was answered stays, and the report is shown.")
        self.go(Confirm(question, self.say("End it"), self.say("Go on")), self._end_if)

    @in_turn
    async def _end_if(self, is_meant: bool | None) -> None:
        if is_meant:
            await self.do(self.drill.end)

    def action_scroll(self, by: int) -> None:
        """Scroll the item where it is longer than the wall."""
        self.scroll_item(by)

    def action_note(self) -> None:
        """Read the note that the question cites."""
        self.show_notes(self.drill.current)

    def action_leave(self) -> None:
        """Leave; the clock stops, and the drill waits on the home screen."""
        try:
            with self.live.steps:
                self.live.leave()
        except QuizError as error:
            self.refuse(error, self.say("Not saved"))
        self.dismiss()

    async def action_judge(self, is_right: bool) -> None:
        """Judge what was said."""
        await self.do(self.drill.judge, is_right=is_right)

    async def action_answer(self, place: int) -> None:
        """Judge by the option that was named."""
        if self.drill.is_by_option and place < len(self.drill.options):
            await self.do(self.drill.answer, self.drill.options[place])

    async def on_projected_option_clicked(self, message: ProjectedOption.Clicked) -> None:
        """Take a click on an option for its key."""
        if self.check_action("answer", (message.place,)):
            await self.action_answer(message.place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done where the drill stands."""
        drill, live = self.drill, self.live
        match action:
            case "start" | "next" | "undo" | "pause" | "go_on" | "skip" | "extend":
                return live.can(getattr(drill, action))
            case "join":
                return live.can_join
            case "reveal":
                return live.can(drill.reveal) and (drill.stage is Stage.ASKING or not drill.is_by_option)
            case "judge":
                return drill.can_judge
            case "answer":
                can = drill.can_judge and not drill.is_revealed
                return can and drill.is_by_option and int(str(parameters[0])) < len(drill.options)
            case "board":
                return bool(drill.competitors) and drill.stage is not Stage.READY
            case "phones":
                return self.is_desk
            case "end":
                return drill.stage is not Stage.FINISHED
            case "note":
                return drill.stage is Stage.REVEALED and bool(drill.current.item.cites)
        return super().check_action(action, parameters)
