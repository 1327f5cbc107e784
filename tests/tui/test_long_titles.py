"""Titles as long as they may be are one line among other words."""

from __future__ import annotations

from rich.cells import cell_len
from textual.widgets import Static

from quiz.core.content.bank import Bank, Note
from quiz.core.content.kinds.true_false import TrueFalse
from quiz.core.drill.wall_words import ENGLISH
from quiz.core.events.model import Mode, SessionHeader
from quiz.core.session import BankItem
from quiz.services.left_sessions import LeftSession
from quiz.tui.drill.projected_item import _said
from quiz.tui.home.left_line import LONGEST_TITLE, _said_of

TITLE = "\n ".join(["word"] * 4_000)


def test_the_title_of_a_cited_note_is_a_line() -> None:
    item = TrueFalse(id="i", stem="S", key=True, cites=("n",))
    bank = Bank(format=1, bank="b", title="T", items=(item,), notes={"n": Note(TITLE, "What it says.")})
    (note,) = _said(BankItem(bank, item), ENGLISH, (), has_key_row=True)
    assert isinstance(note, Static)
    said = str(note.content)
    assert "\n" not in said
    assert said.endswith(" What it says.")


def test_the_title_of_a_bank_that_was_left_is_short() -> None:
    header = SessionHeader(id="s", learner="l", device="d", mode=Mode.STUDY, banks=("b",), seed=1, started=0)
    said = str(_said_of([LeftSession(header, TITLE, "study", 1, 2)], "c", "del"))
    assert "\n" not in said
    assert cell_len(said) < LONGEST_TITLE + 100
