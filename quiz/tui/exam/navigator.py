"""The navigator: all items of an exam, with how each stands."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from quiz.core.exam.session import AnswerState, ExamSession
from quiz.core.text.phrases import clock
from quiz.tui.available_actions import key_label
from quiz.tui.base_modal import BaseModal
from quiz.tui.bindings import bar_key
from quiz.tui.exam.item_map import FLAG, MARKS, Mark
from quiz.tui.responses.key_hints import KeyLine
from quiz.tui.text import join, show_line
from quiz.tui.widgets.row_list import ListRow, RowList

WORDS = {AnswerState.ANSWERED: "answered", AnswerState.BEGUN: "unfinished", AnswerState.EMPTY: "empty"}
NARROW = 60
"""The width in cells below which only symbols stand at the rows' ends."""


class NavigatorModal(BaseModal[int]):
    """Returns the place of the item to go to, from 0, or None."""

    CSS = """
    NavigatorModal {
        & .dialog { width: 96; height: 90%; padding: 1 1 0 1; border-title-color: $foreground; }
        & #counts { margin: 0 1 1 1; color: $foreground-muted; }
        & KeyLine { margin: 1 1 0 1; }
        &.-short .dialog { height: 100%; padding: 0; }
        &.-short #counts { margin: 0 1; }
        &.-short KeyLine { margin: 0 1; }
    }
    """
    name_shown = "All questions"
    about = "Go to any question of the exam. e and f find what is empty or flagged."
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("navigator.close", "escape,q,g,ctrl+g", "close", "Back", "Back to the question"),
        bar_key("navigator.empty", "e", "look_for('empty')", "Next empty", "The next that is empty"),
        bar_key("navigator.flag", "f", "look_for('flag')", "Next flagged", "The next flagged question"),
    ]

    rows = query_one(RowList)

    def __init__(self, session: ExamSession, at: int) -> None:
        super().__init__()
        self._session = session
        self._at = at
        self._marks = [
            Mark(session.answer_state(ref), ref in session.flagged, session.can_show(place, at))
            for place, ref in enumerate(session.items)
        ]

    def compose(self) -> ComposeResult:
        """Lay out the counts, the list and the keys."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content("All questions")
            yield Static(id="counts")
            yield RowList()
            yield KeyLine(
                tuple(
                    (key_label(self, name), effect)
                    for name, effect in (
                        ("list.choose", "go there"),
                        ("navigator.empty", "next empty"),
                        ("navigator.flag", "next flagged"),
                        ("navigator.close", "back"),
                    )
                )
            )

    def on_mount(self) -> None:
        """List the items, the cursor on the current one."""
        self._list()
        self.rows.focus()

    def on_resize(self) -> None:
        """Words stand at the rows' ends where there is room."""
        self._list()

    def _list(self) -> None:
        self.query_one("#counts", Static).update(self._counts())
        current = self.rows.current
        key = current.key if current is not None else str(self._session.place)
        self.rows.show_rows([self._row(place) for place in range(len(self._marks))], key)

    def _counts(self) -> Content:
        standings = [mark.standing for mark in self._marks]
        is_narrow = self.app.size.width < NARROW
        parts = [
            join((f"{MARKS[standing][0]} ", MARKS[standing][1]), f"{number}{'' if is_narrow else f' {word}'}")
            for standing, word in WORDS.items()
            if (number := standings.count(standing))
        ]
        flagged = sum(mark.is_flagged for mark in self._marks)
        if flagged:
            parts.append(join((f"{FLAG[0]} ", FLAG[1]), f"{flagged}{'' if is_narrow else ' flagged'}"))
        return Content("   ").join(parts)

    def _row(self, place: int) -> ListRow:
        session, mark = self._session, self._marks[place]
        ref = session.items[place]
        sign, style = Mark(mark.standing, is_open=mark.is_open).sign
        number = f"{place + 1:>{len(str(len(self._marks)))}} "
        left = join(
            (number, "$foreground-muted"), (f"{sign} ", style), show_line(session.lookup[ref].item.headline)
        )
        words = WORDS[mark.standing] if mark.is_open else "time used up"
        said = session.drafts[ref].confidence if ref in session.drafts else None
        spent = session.timing.spent_on(ref, self._at)
        if self.app.size.width < NARROW:
            right = join(FLAG if mark.is_flagged else " ")
        else:
            right = join(
                (f"{FLAG[0]} " if mark.is_flagged else "", FLAG[1]),
                (f"{said.value}  " if said is not None else "", "$foreground-muted"),
                (f"{words:<12}", "$foreground-muted"),
                (f"{clock(spent) if spent else '':>5}", "$foreground-muted"),
            )
        return ListRow(str(place), left, right, is_enabled=mark.is_open)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go to the item that was chosen."""
        self.dismiss(int(event.row.key))

    def action_look_for(self, what: str) -> None:
        """Move the cursor to the next item, around the end, that is empty or unfinished, or flagged."""
        total = len(self._marks)
        for step in range(1, total + 1):
            mark = self._marks[place := (self.rows.cursor + step) % total]
            is_wanted = mark.is_flagged if what == "flag" else mark.standing is not AnswerState.ANSWERED
            if is_wanted and mark.is_open:
                self.rows.cursor = place
                return
        self.app.bell()
