"""Going through drafts in lines."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from quiz.cli.commands.preview import WatchedDraftFile
from quiz.plain.console import Console
from quiz.plain.drafts import go_through

DRAFT = "  - {{id: {0}, kind: short-answer, stem: What is {0}?, key: A letter, status: draft}}\n"
BANK = "format: 1\nbank: b\ntitle: T\nitems:\n" + DRAFT.format("a") + DRAFT.format("b")


@pytest.mark.parametrize("word", ["u", "undo", "z"])
@pytest.mark.parametrize("decision", ["a", "x"])
def test_what_was_settled_last_is_taken_back_and_asked_again(
    decision: str, word: str, tmp_path: Path
) -> None:
    path, said = tmp_path / "b.yaml", io.StringIO()
    path.write_text(BANK, encoding="utf-8")
    typed = io.StringIO(f"{word}\n{decision}\n{word}\n\n\n")
    go_through(Console(typed, said), WatchedDraftFile(path), edit=lambda _: None)
    assert path.read_text(encoding="utf-8") == BANK
    heard = [line for line in said.getvalue().splitlines() if line.startswith(("Draft", "There", "Taken"))]
    first, second, only = (
        f"Draft {place}, short-answer" for place in ("1 of 2: a", "2 of 2: b", "1 of 1: b")
    )
    assert heard == [first, "There is nothing to undo.", first, only, "Taken back.", first, second]
