"""Choosing what to study: which questions, how many, in which order, and what it counts for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static
from textual.worker import get_current_worker

from quiz.core.study_filter import (
    Purpose,
    StudyFilter,
    StudyOrder,
    stepped,
    turned,
    typed,
)
from quiz.core.text.phrases import count, in_words
from quiz.services.study.choosing import Choices, Shelf
from quiz.services.study.saved import forget_choice, save_choice
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import AskText, Study
from quiz.tui.study.picks import PickList, shelf_titles
from quiz.tui.text import show, show_line
from quiz.tui.widgets.choice_list import ChoiceList
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.start_card import LOW_BELOW, StartCard
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

SETTINGS: Final = {"purpose": "Study", "order": "Order", "limit": "Questions", "minutes": "Time"}
PURPOSES: Final = {
    Purpose.TODAY: ("what today asks", "Due questions, and new ones within the day's share."),
    Purpose.AHEAD: (
        "ahead of time",
        "What is not due yet as well. Answers count, and change when each question comes back.",
    ),
    Purpose.CRAM: ("to practise", "All that you choose. The schedule stays exactly as it is."),
}
ORDERS: Final = {
    StudyOrder.USUAL: (
        "longest due first",
        "The longest due first, with today's new ones among them.",
    ),
    StudyOrder.FILE: ("as in the bank", "As they stand in their banks."),
    StudyOrder.RANDOM: ("shuffled", "In no order."),
    StudyOrder.WEAKEST: ("weakest first", "What you are least likely to know comes first."),
    StudyOrder.OLDEST: ("oldest first", "What you have not answered for longest comes first."),
}


class ChooseStudyScreen(BaseScreen[None]):
    """One screen for all that `quiz study` takes as flags. What is chosen is counted while one chooses."""

    CSS_PATH = "choose.tcss"
    AUTO_FOCUS = "#settings"
    name_shown = "Study what you want"
    about = "Space ticks what you want; where nothing is ticked, all of it is meant. Arrows change a value."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("choose-study.start", "enter", "start", "Start", "Study what is chosen", "⏎"),
        bar_key("choose-study.other", "tab", "app.focus_next", "Other list", "To the other list"),
        bar_key("choose-study.save", "w", "save", "Save", "Keep this choice under a name"),
        bar_key("choose-study.clear", "c", "clear", "Clear", "Clear every choice"),
        bar_key("choose-study.close", "escape,q", "close", "Back", "Back without studying"),
    ]

    settings_list = query_one("#settings", ChoiceList)
    picks = query_one(PickList)

    def __init__(self, workspace: Workspace, chosen: StudyFilter | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.chosen = chosen or StudyFilter()
        self._shelf: Shelf | None = None
        self._choices: Choices | None = None

    def compose(self) -> ComposeResult:
        """Lay out what it comes to, how to study, and what there is to choose from."""
        yield TopLine(show("Study what you want", "bold $foreground"))
        yield StartCard()
        with Horizontal(id="panes"):
            with Vertical(id="how"):
                yield ChoiceList(id="settings")
                yield Static(id="about")
            yield PickList(shelf_titles(self.workspace))
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what there is, and read the banks and the record meanwhile."""
        self.settings_list.border_title = Content("How")
        self.picks.border_title = Content("Which")
        self.show_all()

    def show_all(self) -> None:
        """Show the choice, and count anew what it comes to."""
        self._show_lists()
        self._count(self.chosen)

    @work(thread=True, exclusive=True)
    def _count(self, chosen: StudyFilter) -> None:
        """Count off the loop; a count that another one has overtaken is not shown."""
        worker = get_current_worker()
        if self._shelf is None:
            self._shelf = Shelf(self.workspace)
        choices = self._shelf.choices(chosen)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_choices, choices)

    def _show_choices(self, choices: Choices) -> None:
        if self.is_attached:
            self._choices = choices
            self._show_lists()

    def _show_lists(self) -> None:
        self._show_sum()
        self.settings_list.show_rows(self._setting_rows())
        self.picks.show_choices(self.chosen, self._choices)
        self._show_about()

    def _show_sum(self) -> None:
        """Say what begins when one starts."""
        card, choices = self.query_one(StartCard), self._choices
        if choices is None:
            card.put(None, "Counting…")
        elif not choices.items:
            fit = f"{count(choices.chosen, 'question')} fit, but are not asked now." if choices.chosen else ""
            card.put(0, "Nothing to ask.", fit)
        else:
            of_all = f" of {choices.chosen:,} chosen" if choices.chosen != choices.items else ""
            how = in_words(f"{PURPOSES[self.chosen.purpose][0]}, {ORDERS[self.chosen.order][0]}")
            card.put(choices.items, f"{count(choices.items, 'question')}{of_all}", how)

    def on_resize(self) -> None:
        """Say in one line what begins where the screen is low."""
        self.query_one(StartCard).set_class(self.size.height < LOW_BELOW, "-low")

    def _setting_rows(self) -> list[ListRow]:
        chosen = self.chosen
        written = {
            "purpose": PURPOSES[chosen.purpose][0],
            "order": ORDERS[chosen.order][0],
            "limit": "no limit" if chosen.limit is None else str(chosen.limit),
            "minutes": "no limit" if chosen.minutes is None else f"{chosen.minutes} min",
        }
        rows = [ListRow(name, show(label), show(f"◂ {written[name]} ▸")) for name, label in SETTINGS.items()]
        saved = self.workspace.config.saved
        if saved:
            rows.append(ListRow("", show("Saved", "bold"), is_enabled=False))
            rows += [
                ListRow(f"saved {name}", show_line(name), show("space takes it", "$foreground-muted"))
                for name in saved
            ]
        return rows

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Say what the row is for."""
        if message.control.has_focus:
            self._show_about()

    def on_descendant_focus(self) -> None:
        """Say what the list that has the focus is for."""
        self._show_about()

    def _show_about(self) -> None:
        row = self.settings_list.current if self.settings_list.has_focus else None
        said = "Space ticks what you want. Where nothing is ticked, all of it is meant."
        match row.key.partition(" ")[0] if row is not None else "":
            case "purpose":
                said = PURPOSES[self.chosen.purpose][1]
            case "order":
                said = ORDERS[self.chosen.order][1]
            case "limit":
                said = "How many questions at most. Type a number, or step with the arrows."
            case "minutes":
                said = "The session ends by itself after this many minutes of answering."
            case "saved":
                said = f"Space takes this choice, {key_label(self, 'set-up.erase')} forgets it."
        self.query_one("#about", Static).update(show(said))

    def on_choice_list_stepped(self, message: ChoiceList.Stepped) -> None:
        """Make a value more or less, or tick a row."""
        if message.key in SETTINGS:
            self._choose(stepped(self.chosen, message.key, message.by))

    def on_choice_list_turned(self, message: ChoiceList.Turned) -> None:
        """Tick a row, take the next value, or take what was saved."""
        what, _, name = message.key.partition(" ")
        if what == "saved":
            self._choose(self.workspace.config.saved[name])
        elif what in SETTINGS:
            self._choose(stepped(self.chosen, what, 1))
        else:
            self._choose(turned(self.chosen, what, name))

    def on_choice_list_typed(self, message: ChoiceList.Typed) -> None:
        """Take a number that was typed; erase what was saved."""
        what, _, name = message.key.partition(" ")
        if what == "saved" and not message.digits:
            forget_choice(self.workspace, name)
            self.notify(f"“{name}” is no longer saved.")
            self._show_lists()
        else:
            self._choose(typed(self.chosen, what, message.digits))

    def _choose(self, chosen: StudyFilter) -> None:
        self.chosen = chosen
        self.show_all()

    def action_clear(self) -> None:
        """Clear every choice."""
        self._choose(StudyFilter())

    def action_save(self) -> None:
        """Ask for a name, and keep the choice under it."""
        self.go(AskText("Save this choice as"), self._save)

    def _save(self, name: str | None) -> None:
        if not name or not name.strip():
            return
        kept = save_choice(self.workspace, name, self.chosen)
        self.notify(f"Saved as “{kept}”. You will find it under “Saved”.")
        self._show_lists()

    def action_start(self) -> None:
        """Study what is chosen."""
        self.go(Study(self.chosen), in_place=True)
