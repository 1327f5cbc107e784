"""Setting up an exam: how many items, of which banks and topics, in what time; and the form's code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.exam.blueprint import supply
from quiz.core.exam.form_code import FormCode, bank_digest, digest_of
from quiz.core.exam.setup import (
    RANGES,
    asks_all,
    stepped,
    typed,
    with_count,
    with_tag_turned,
    with_topic_turned,
)
from quiz.core.text.phrases import count, only_or_count
from quiz.errors import UsageError
from quiz.services.exam.start import new_seed, start_exam, usual_settings, with_code
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.routes import AskText, TakeExam
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.choice_list import ChoiceList
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.start_card import LOW_BELOW, StartCard
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank
    from quiz.core.exam.settings import ExamSettings
    from quiz.services.workspace import Workspace

LABELS: dict[str, tuple[str, str]] = {
    "items": ("Questions", "How many questions the exam asks. Type a number, or step with the arrows."),
    "minutes": ("Time in all", "At its end what you answered is handed in. The clock never stops."),
    "seconds_per_item": (
        "Time per question",
        "When it is used up, the question closes and the next one comes.",
    ),
    "feedback": ("Verdicts", "At the end: answers can be changed till then. At once: each stands as given."),
    "shuffle": ("Order", "Whether questions are shuffled. Options always are."),
    "weights": ("Weights", "Whether questions count by the weights their bank gives them."),
    "confidence": (
        "How sure",
        "Whether you say how sure you are, for certainty-based marks.",
    ),
    "pass_mark": ("Pass mark", "The percentage of the points that passes the exam."),
    "form": ("Form", "The same code, settings and banks give the same questions."),
}
"""What each setting is called, and what it is for."""
ALL_ELSE = 15
"""The rows of the screen that the list of what is asked cannot have."""
MOST_TOPICS = 500
"""How many topics can be chosen on the screen; `quiz exam --topic` takes any."""
MUTED = "$foreground-muted"
ON, OFF = ("[✓] ", "$text-success"), ("[ ] ", "$foreground-muted")


def _heading(words: str) -> ListRow:
    return ListRow("", show(words, "bold"), is_enabled=False)


class ExamSetupScreen(BaseScreen[None]):
    """One screen for all that `quiz exam` takes as flags."""

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = "#settings"
    name_shown = "Set up an exam"
    about = (
        "Arrows change a value or how many questions of a topic; digits type a number; space ticks. On the"
        " command line, quiz paper prints an exam for a class, and quiz mark marks its papers."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("exam-setup.start", "enter", "start", "Start", "Start the exam", "⏎"),
        bar_key("exam-setup.other", "tab", "app.focus_next", "Topics", "To the other list"),
        bar_key("exam-setup.code", "c", "type_code", "Type a code", "Take the form of a code"),
        bar_key("exam-setup.new", "n", "new_form", "New form", "Draw other questions"),
        bar_key("exam-setup.close", "escape,q", "close", "Back", "Back without an exam"),
    ]

    settings_list = query_one("#settings", ChoiceList)
    picks = query_one("#picks", ChoiceList)

    def __init__(
        self,
        workspace: Workspace,
        bank_ids: Sequence[str] = (),
        told: ExamSettings | None = None,
        seed: int | None = None,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        workspace.whole_banks(tuple(bank_ids))
        self._summaries = tuple(each for each in workspace.library.summaries() if each.is_whole)
        known = tuple(summary.id for summary in self._summaries)
        self.bank_ids = tuple(bank for bank in bank_ids if bank in known) or known
        self.told = told or usual_settings(workspace, self.bank_ids)
        self._seed = new_seed(workspace) if seed is None else seed
        self._digests: dict[str, bytes] = {}

    def compose(self) -> ComposeResult:
        """Lay out the settings, what is asked, and what it all amounts to."""
        top = TopLine()
        top.left = show("Set up an exam", "bold $foreground")
        yield top
        yield StartCard()
        with Horizontal(id="panes"):
            with Vertical(id="how"):
                yield ChoiceList(id="settings")
                yield Static(id="about")
            yield ChoiceList(id="picks")
        yield KeyBar()

    def on_resize(self) -> None:
        """Say in one line what begins where the screen is low; set the picks apart where there is room."""
        self.query_one(StartCard).set_class(self.size.height < LOW_BELOW, "-low")
        self._show_picks()

    def on_mount(self) -> None:
        """Show the settings as they are."""
        self.settings_list.border_title = Content("How")
        self._show()

    def _show(self) -> None:
        """Show all values, and what they come to."""
        banks = self.workspace.whole_banks(self.bank_ids)
        self.told = msgspec.structs.replace(self.told, form=str(self._form_code(banks)))
        self._supply = supply(banks, self.told.blueprint)
        self._topics = {topic: title for bank in reversed(banks) for topic, title in bank.topics.items()}
        self._tags = sorted({tag for bank in banks for item in bank.items for tag in item.tags})
        self.settings_list.show_rows([self._setting(name) for name in LABELS])
        self._show_picks()
        self._show_sum()

    def _show_picks(self) -> None:
        rows = self._pick_rows()
        first = next((row.key for row in rows if row.is_enabled), None)
        current = self.picks.current
        self.picks.show_rows(rows, current.key if current is not None else first)

    def _show_sum(self) -> None:
        titles = {summary.id: summary.title for summary in self._summaries}
        of = only_or_count([titles.get(bank_id, bank_id) for bank_id in self.bank_ids], "bank")
        self.query_one(StartCard).put(self._supply.total, *_said_of(self.told, self._supply.total, of))
        self.picks.border_title = show(f"What it asks: {self._supply.total} of {self._supply.most}")

    def _setting(self, name: str) -> ListRow:
        value = f"{'◂ ' if name != 'form' else '  '}{self._written(name)}{' ▸' if name != 'form' else '  '}"
        return ListRow(name, show(LABELS[name][0]), show(value))

    def _written(self, name: str) -> str:
        told = self.told
        match name:
            case "items":
                return "all" if asks_all(told, self._supply.most) else str(told.items)
            case "minutes":
                return "no limit" if told.minutes is None else f"{told.minutes} min"
            case "seconds_per_item":
                return "no limit" if told.seconds_per_item is None else f"{told.seconds_per_item} s"
            case "feedback":
                return "at once" if told.is_at_once else "at the end"
            case "shuffle":
                return "shuffled" if told.shuffle else "as in the bank"
            case "weights":
                return "count" if told.weights else "all the same"
            case "confidence":
                return "asked" if told.confidence else "not asked"
            case "pass_mark":
                return "none" if told.pass_mark is None else f"{told.pass_mark} %"
        return told.form

    def _pick_rows(self) -> list[ListRow]:
        parts: list[list[ListRow]] = []
        if len(self._summaries) > 1:
            rows = [_heading("Banks")]
            for summary in self._summaries:
                box = ON if summary.id in self.bank_ids else OFF
                number = show(f"{self._supply.by_bank.get(summary.id, summary.items)}  ", MUTED)
                rows.append(ListRow(f"bank {summary.id}", join(box, show_line(summary.title)), number))
            parts.append(rows)
        rows = [_heading("Topics")] if parts else []
        for topic, available in islice(self._supply.available.items(), MOST_TOPICS):
            is_in = not self.told.topics or topic in self.told.topics
            title = join(ON if is_in else OFF, show_line(self._topics.get(topic, "Other")))
            fixed = "= " if topic in self.told.counts else ""
            number = show(f"◂ {fixed}{self._supply.asked[topic]} of {available} ▸")
            rows.append(ListRow(f"topic {topic}", title, number if is_in else show(f"{available}  ", MUTED)))
        parts.append(rows)
        if self._tags:
            boxes = {tag: ON if tag in self.told.tags else OFF for tag in self._tags}
            ticks = [ListRow(f"tag {tag}", join(box, show_line(tag))) for tag, box in boxes.items()]
            parts.append([_heading("Only what is tagged"), *ticks])
        has_room = sum(map(len, parts)) + len(parts) - 1 <= self.size.height - ALL_ELSE
        between = [_heading("")] if has_room and not self.has_class("-narrow") else []
        return [*parts[0], *(row for part in parts[1:] for row in (*between, *part))]

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        """Say what the setting is for."""
        if message.control.has_focus:
            self._show_about()

    def on_descendant_focus(self) -> None:
        """Say what the list that has the focus is for."""
        self._show_about()

    def _show_about(self) -> None:
        row = self.settings_list.current
        said = "Topics are asked in proportion to their size; the arrows give one a number of its own."
        if row is not None and self.settings_list.has_focus:
            said = LABELS[row.key][1]
        self.query_one("#about", Static).update(show(said))

    def on_choice_list_stepped(self, message: ChoiceList.Stepped) -> None:
        """Make a value more or less."""
        what, _, name = message.key.partition(" ")
        if what == "topic" and (not self.told.topics or name in self.told.topics):
            number = max(0, min(self._supply.available[name], self._supply.asked[name] + message.by))
            self.told = with_count(self.told, name, number)
        elif what == "form":
            self.action_new_form()
        elif not name:
            self.told = stepped(self.told, what, message.by, self._supply.most)
        self._show()

    def on_choice_list_turned(self, message: ChoiceList.Turned) -> None:
        """Tick a bank, a topic or a tag; take the next value of a setting."""
        what, _, name = message.key.partition(" ")
        if what == "bank":
            chosen = {*self.bank_ids} ^ {name}
            self.bank_ids = (
                tuple(summary.id for summary in self._summaries if summary.id in chosen) or self.bank_ids
            )
            self.told = msgspec.structs.replace(self.told, topics=(), tags=(), counts={})
        elif what == "topic":
            self.told = with_topic_turned(self.told, name, tuple(self._supply.available))
        elif what == "tag":
            self.told = with_tag_turned(self.told, name)
        elif what == "form":
            self.action_type_code()
        else:
            self.told = stepped(self.told, what, 1, self._supply.most)
        self._show()

    def on_choice_list_typed(self, message: ChoiceList.Typed) -> None:
        """Take a number that was typed; erased, a topic follows from its size again."""
        what, _, name = message.key.partition(" ")
        if what in RANGES:
            self.told = typed(self.told, what, message.digits)
        elif what == "topic":
            self.told = with_count(self.told, name, int(message.digits) if message.digits else None)
        self._show()

    def action_type_code(self) -> None:
        """Ask for the code of a form."""
        self.go(AskText("The form's code, such as BZE06-180MT-2GRE8"), self._take_code)

    def _take_code(self, code: str | None) -> None:
        if not code:
            return
        try:
            wanted = FormCode.read(code)
            self.told = with_code(self.workspace, self.bank_ids, self.told, wanted)
        except (ValueError, UsageError) as error:
            self.notify(str(error), severity="error")
            return
        self._seed = wanted.seed
        self._show()

    def _form_code(self, banks: Sequence[Bank]) -> FormCode:
        """Return the code of what is set up; what stands for a bank is worked out once."""
        for bank in banks:
            if bank.bank not in self._digests:
                self._digests[bank.bank] = bank_digest(bank)
        digest = digest_of((self._digests[bank.bank] for bank in banks), self.told)
        return FormCode(self._seed, self.told.items, digest)

    def action_new_form(self) -> None:
        """Draw another form."""
        self._seed = new_seed(self.workspace)
        self._show()

    def action_start(self) -> None:
        """Start the exam: its clock runs from now on."""
        live = start_exam(self.workspace, self.bank_ids, self.told, self._seed)
        self.go(TakeExam(live), in_place=True)


def _said_of(told: ExamSettings, questions: int, of: str) -> tuple[str, str]:
    """Say what begins: how many questions of what, in which time; and how it is marked."""
    if not questions:
        return "Choose something to ask.", ""
    parts = [f"{count(questions, 'question')} from {of}"]
    parts.append(f"in {count(told.minutes, 'minute')}" if told.minutes else "no limit")
    if told.seconds_per_item:
        parts.append(f"{told.seconds_per_item} seconds each")
    marked = ["Verdicts at once" if told.is_at_once else "Verdicts at the end"]
    if told.pass_mark:
        marked.append(f"{told.pass_mark} % passes")
    return ", ".join(parts), " · ".join(marked)
