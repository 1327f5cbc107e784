"""Import: a file or a folder is read, what would come is shown, and enter brings it in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.text.phrases import count
from quiz.errors import QuizError
from quiz.paths import expanded
from quiz.services.exchange import ImportOutcome, files_of
from quiz.services.import_report import lost_lines, outcome_lines
from quiz.services.importing import ImportPlan, carried_out, planned, planned_anew, record_reviews
from quiz.tui.available_actions import key_label, key_sign
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key, key
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.bars import bar
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.text_field import TextField
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

MUTED = "$foreground-muted"
STEMS = 5
"""How many questions of a file are shown before they come."""
BAR = 40
KNOWN = "Anki, Moodle, GIFT, QTI, Kahoot, ClassQuiz, Quizlet, CSV, Aiken, Markdown"


class ImportScreen(BaseScreen[None]):
    """First the field for a file's name, then what would come of it, then what came."""

    CSS = """
    ImportScreen #page { max-width: 90; height: 1fr; padding: 1 2; }
    ImportScreen #file { margin: 0 0 1 0; }
    ImportScreen #progress { height: auto; }
    ImportScreen #found { height: 1fr; padding-right: 1; }
    ImportScreen #found:focus { background-tint: $foreground 3%; }
    """
    AUTO_FOCUS = "#file"
    name_shown = "Import"
    about = "Questions from another program become a bank of yours. Nothing is written before you say so."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("import.bring", "enter", "bring", "Import", "Bring in what is shown"),
        bar_key(
            "import.theirs", "t", "theirs", "Theirs", "Whose version of a question stays where both changed"
        ),
        bar_key("import.another", "o", "another", "Another file", "Choose another file or folder"),
        key("import.leave-file", "down", "look", "Down", "Go to what would come"),
        bar_key("import.close", "escape", "close", "Back", "Back to the banks"),
    ]

    found = query_one("#found", VerticalScroll)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.prefers_theirs = False
        self.plans: list[ImportPlan] = []
        self._is_busy = False

    def compose(self) -> ComposeResult:
        """Lay out the field, the progress and what there is to see of the files."""
        yield TopLine(show("Import", "bold $foreground"))
        with Vertical(id="page"):
            yield TextField(placeholder="A file or a folder, such as ~/Downloads/deck.apkg", id="file")
            yield Static(
                show(f"Type or paste its name, then press enter. Known: {KNOWN}.", MUTED), id="progress"
            )
            with VerticalScroll(id="found"):
                yield Static(id="lines")
        yield KeyBar()

    def on_input_submitted(self) -> None:
        """Read what was named."""
        written = self.query_one("#file", TextField).value.strip()
        if written and not self._is_busy:
            self._read(expanded(written.strip("'\"")))

    @work(exclusive=True, exit_on_error=False)
    async def _read(self, path: Path) -> None:
        """Read the files off the loop, one after the other."""
        self.plans = []
        try:
            files = await asyncio.to_thread(files_of, path)
        except QuizError as error:
            self._say(show(str(error), "$text-error"))
            return
        self._is_busy = True
        try:
            for place, file in enumerate(files):
                self._progress("Reading", place, len(files), file.name)
                self.plans.append(await asyncio.to_thread(planned, file, prefer_theirs=self.prefers_theirs))
        finally:
            self._is_busy = False
        self._show_plans()
        self.found.focus()

    def _show_plans(self) -> None:
        """Show what would come, and whose version of an item stays."""
        ready = [plan.outcome for plan in self.plans if plan.is_ready and plan.outcome]
        coming = {(outcome.path, name) for outcome in ready for name in (*outcome.added, *outcome.changed)}
        is_disputed = any(outcome.kept for outcome in ready) or self.prefers_theirs
        if ready:
            named = f" {key_sign(self, 'import.bring')}  Import {count(len(coming), 'question')} "
            version = "their version" if self.prefers_theirs else "your version"
            stays = f"   where both changed, {version} stays" if is_disputed else ""
            self._say(join((named, "bold reverse $text-accent"), (stays, MUTED)))
        else:
            self._say(show("There is nothing new to import.", "bold"))
        self._show_lines([line for plan in self.plans for line in _plan_lines(plan)])
        self.refresh_bindings()

    def action_bring(self) -> None:
        """Bring in what is shown."""
        if not self._is_busy:
            self._bring()

    @work(exclusive=True, exit_on_error=False)
    async def _bring(self) -> None:
        """Write the banks off the loop; put the answers that came along on record, some days at a time."""
        self._is_busy = True
        lines: list[Content] = []
        ready = [plan for plan in self.plans if plan.is_ready]
        try:
            for place, plan in enumerate(ready):
                self._progress("Writing", place, len(ready), plan.path.name)
                lines += await self._carry_out(plan)
        finally:
            self._is_busy = False
        self.plans = []
        press = key_label(self, "import.close")
        self._say(join(("✓ Done. ", "bold $text-success"), (f"{press} goes back to your banks.", MUTED)))
        self._show_lines(lines)
        self.refresh_bindings()

    async def _carry_out(self, plan: ImportPlan) -> list[Content]:
        """Import one file, and return what to say of it."""
        try:
            outcome = await asyncio.to_thread(carried_out, plan, prefer_theirs=self.prefers_theirs)
            if outcome is None or plan.reading is None:
                return []
            new, total = 0, len(plan.reading.imported.reviews)
            for looked_at, fresh in record_reviews(self.workspace, plan, outcome.bank):
                new += fresh
                self._progress("Putting answers on record", looked_at, total, plan.path.name)
                await asyncio.sleep(0)
        except QuizError as error:
            return [join(("✗ ", "$text-error"), plan.path.name), show(f"  {error}"), Content()]
        done = outcome._replace(reviews=new)
        return [
            join(("✓ ", "$text-success"), (plan.path.name, "bold")),
            *map(_indented, outcome_lines(done, is_dry=False)),
            Content(),
        ]

    def _progress(self, what: str, done: int, total: int, name: str) -> None:
        """Say how far it has come."""
        said = show_line(f"  {what} {name}", MUTED)
        figures = (f" {done:,} of {total:,}", MUTED)
        self._say(join(bar(done / max(1, total), BAR, "$text-accent", "$border"), figures, said))

    def _say(self, said: Content) -> None:
        self.query_one("#progress", Static).update(said)

    def _show_lines(self, lines: list[Content]) -> None:
        self.query_one("#lines", Static).update(Content("\n").join(lines))
        self.found.scroll_home(animate=False)

    def action_theirs(self) -> None:
        """Let the other version stay where both changed."""
        self.prefers_theirs = not self.prefers_theirs
        self._compare()

    @work(exclusive=True, exit_on_error=False)
    async def _compare(self) -> None:
        """Compare what was read with what is there once more, off the loop."""
        theirs = self.prefers_theirs
        self.plans = [
            await asyncio.to_thread(planned_anew, plan, prefer_theirs=theirs) for plan in self.plans
        ]
        self._show_plans()

    def action_another(self) -> None:
        """Choose another file."""
        self.query_one("#file", TextField).focus()

    def action_look(self) -> None:
        """Leave the field for what would come."""
        self.found.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to import only what is there to import, and letters only where none are typed."""
        if action in {"bring", "theirs"}:
            return not self._is_busy and not self.is_typing and any(plan.is_ready for plan in self.plans)
        if action == "another":
            return not self._is_busy and not self.is_typing
        return super().check_action(action, parameters)


def _plan_lines(plan: ImportPlan) -> list[Content]:
    """Return what would come of a file: where to, its first questions, and what would be lost."""
    head = [join((plan.path.name, "bold"))]
    if plan.reading is None:
        return [*head, show(f"  {plan.problem}", "$text-error"), Content()]
    imported = plan.reading.imported
    items = imported.bank.items if imported.bank else ()
    head = [
        join(
            (plan.path.name, "bold"),
            (f"   {plan.reading.format.title}, {count(len(items), 'question')}", MUTED),
        )
    ]
    if plan.problem:
        head.append(show(f"  {plan.problem}", "$text-error"))
    if plan.outcome is not None and plan.bank is not None:
        head += [show(f"  {line}") for line in _coming(plan.outcome, plan.bank.title)]
    stems = [show("    ") + show_line(item.headline, limit=76) for item in items[:STEMS]]
    more = [show(f"    … and {len(items) - STEMS:,} more", MUTED)] if len(items) > STEMS else []
    told = [_indented(line) for line in (*imported.remarks, *lost_lines(imported))]
    return [*head, *stems, *more, *told, Content()]


def _coming(outcome: ImportOutcome, title: str) -> Iterator[str]:
    """Yield what would be done to a bank."""
    if outcome.is_new:
        pictures = f", with {count(outcome.pictures, 'picture')}" if outcome.pictures else ""
        yield f"becomes the new bank “{title}”{pictures}"
    elif outcome.added or outcome.changed:
        news = count(len(outcome.added), "new question")
        yield f"{news} and {len(outcome.changed):,} changed for “{title}”"
    else:
        yield f"nothing new for “{title}”"
    if outcome.kept:
        yield (
            f"{count(len(outcome.kept), 'question')} edited here and changed there, kept as here: "
            + ", ".join(outcome.kept[:STEMS])
            + " …" * (len(outcome.kept) > STEMS)
        )
    if outcome.gone:
        yield f"{count(len(outcome.gone), 'question')} no longer in the source, kept here"


def _indented(line: str) -> Content:
    """Return a line of a report with the indent that it has."""
    return show("  " + " " * (len(line) - len(line.lstrip()))) + show_line(line.lstrip())
