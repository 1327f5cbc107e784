"""Setting up a drill: the format, who takes part, the number of items and the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.class_list import ClassList
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.settings import Needs
from quiz.core.drill.setup import Setup
from quiz.core.text.phrases import count, only_or_count
from quiz.core.text.projector_fit import (
    COLUMNS,
    DISTANCE_M,
    IMAGE_WIDTH_M,
    LEAST_MINUTES,
    ROWS,
    letter_minutes,
)
from quiz.services.drill.room_files import require_libraries
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import NewClass, RunDrill
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.choice_list import ChoiceList
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow
from quiz.tui.widgets.start_card import LOW_BELOW, StartCard
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.drill.room import WallSettings
    from quiz.services.workspace import Workspace


class DrillSetupScreen(BaseScreen[None]):
    """One screen for everything that `quiz drill` takes as flags."""

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = "#choices"
    name_shown = "Set up a drill"
    about = "Up and down choose a row, left and right change it, enter begins. Digits type a number."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("drill-setup.class", "n", "new_class", "New class", "Type or paste a class list"),
        bar_key("drill-setup.close", "escape,q", "close", "Back", "Back without a drill"),
    ]

    choices = query_one("#choices", ChoiceList)

    def __init__(
        self,
        workspace: Workspace,
        bank_ids: Sequence[str] = (),
        items: Sequence[ItemRef] = (),
        which: str = "",
        wall: WallSettings | None = None,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        banks = tuple(workspace.whole_banks(tuple(bank_ids)))
        setup = Setup(banks, tuple(workspace.record.class_lists.all()), tuple(items))
        self.setup = (replace(setup, format=which) if which else setup).with_wall(wall)

    def compose(self) -> ComposeResult:
        """Lay out what begins, the choices, and what the format is."""
        yield TopLine(show("Set up a drill", "bold $foreground"))
        yield StartCard()
        with Horizontal(id="page"):
            yield ChoiceList(id="choices")
            with Vertical(id="aside"):
                yield Static(id="format")
                yield Static(id="hint")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the present choices."""
        self._show()

    def _show(self) -> None:
        setup = self.setup
        title = only_or_count([bank.title for bank in setup.banks], "bank")
        asked = f"{count(setup.available, 'question')} from {title}"
        if setup.available:
            self.query_one(StartCard).put(setup.available, asked, setup.kind.title)
        else:
            why = f"No question of {title} fits {setup.kind.title}."
            self.query_one(StartCard).put(0, "Nothing to ask.", why)
        self.query_one("#format", Static).update(
            Content("\n").join([show(setup.kind.title, "bold"), show(setup.kind.summary)])
        )
        self.choices.show_rows(
            [
                ListRow(
                    row.name,
                    show_line(row.label),
                    join(f"◂ {row.words} ▸" if row.is_changeable else f"  {row.words}  "),
                )
                for row in setup.rows
            ]
        )
        letters = self._letters()
        hints = [letters] if self.has_class("-short") else [*self._hints(), letters]
        self.query_one("#hint", Static).update(Content("\n").join(hints))
        self.choices.styles.height = len(setup.rows) + 2

    def on_resize(self) -> None:
        """Say how large the letters are now, and in one line what begins where the screen is low."""
        self.query_one(StartCard).set_class(self.size.height < LOW_BELOW, "-low")
        self._show()

    def _letters(self) -> Content:
        """Return how large the terminal's letters are on the wall, and how large they should be."""
        where = f" for the last row, {DISTANCE_M:.0f} m from an image {IMAGE_WIDTH_M:.0f} m wide."
        if letter_minutes(self.app.size.height) >= LEAST_MINUTES:
            return join(("Letters ", "$foreground-muted"), ("large enough", "$text-success"), where)
        wanted = f" Enlarge them until the terminal has {COLUMNS} × {ROWS} cells."
        small = ("too small", "$text-warning")
        return join(("Letters ", "$foreground-muted"), small, where, (wanted, "$text-warning"))

    def _hints(self) -> list[Content]:
        setup, lines = self.setup, []
        if setup.kind.needs is not Needs.CLASS:
            lines.append(join(("Points  ", "$foreground-muted"), " · ".join(setup.rules)))
        if setup.kind.needs in {Needs.PUPILS, Needs.SIDES}:
            said = "counts for each pupil's own record" if setup.class_list else "is on nobody's record"
            lines.append(join(("Record  ", "$foreground-muted"), f"what is answered {said}"))
        if setup.given:
            lines.append(join(("Asked   ", "$foreground-muted"), "what was missed most"))
        return lines

    def on_choice_list_stepped(self, message: ChoiceList.Stepped) -> None:
        """Take the next or previous value of a row."""
        self.setup = self.setup.moved(message.key, message.by)
        self._show()

    def on_choice_list_turned(self, message: ChoiceList.Turned) -> None:
        """Take the next value of a row."""
        self.setup = self.setup.moved(message.key, 1)
        self._show()

    def on_choice_list_typed(self, message: ChoiceList.Typed) -> None:
        """Take a number that was typed."""
        self.setup = self.setup.typed(message.key, message.digits)
        self._show()

    def action_start(self) -> None:
        """Begin the drill."""
        setup = self.setup
        if setup.wall is not None:
            require_libraries()
        plan = DrillPlan(
            banks=tuple(bank.bank for bank in setup.banks),
            settings=setup.settings,
            items=setup.given,
            limit=setup.limit,
            only_options=setup.only_options,
            topics=setup.topics,
        )
        self.go(RunDrill(start_drill(self.workspace, plan), setup.wall), in_place=True)

    def action_new_class(self) -> None:
        """Type or paste a class list."""
        self.go(NewClass(), self._take_class)

    def _take_class(self, class_list: ClassList | None) -> None:
        if class_list is not None:
            self.setup = self.setup.with_class_list(self.workspace.record.class_lists.all(), class_list.id)
            self._show()
