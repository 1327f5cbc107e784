#!/usr/bin/env python3
"""Write docs/facts.md: every fact that the shipped banks state, where it stands, and which items ask it.

With --check nothing is written: the exit code says whether the page is up to date and every note is asked
by at least two items of different kinds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from quiz.banks.files import read_bank
from quiz.core.content.bank import Bank, Note

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "facts.md"
HEAD = """\
# What the shipped banks teach

Made by `scripts/facts.py` from the banks; do not edit. Every fact stands in a note; items cite notes.
"""


def banks() -> list[Bank]:
    """Read all shipped banks. Raises SystemExit for one that has errors."""
    found = []
    for path in sorted((ROOT / "questions").glob("*.yaml")):
        reading = read_bank(path)
        if reading.bank is None:
            sys.exit(f"{path} has errors: run quiz check.")
        found.append(reading.bank)
    return found


def page(shipped: list[Bank]) -> str:
    """Return the page's text."""
    parts = [HEAD]
    for bank in shipped:
        facts = sum(len(note.facts) for note in bank.notes.values())
        parts.append(
            f"## {bank.title}\n\n{facts} facts in {len(bank.notes)} notes, {len(bank.items)} items.\n"
        )
        parts.append("| fact | where | note | items |\n| --- | --- | --- | --- |")
        for name, note in bank.notes.items():
            parts.extend(_rows(bank, name, note))
        parts.append("")
    return "\n".join(parts)


def _rows(bank: Bank, name: str, note: Note) -> Iterator[str]:
    asking = ", ".join(f"`{item.id}`" for item in bank.items if name in item.cites)
    where = note.where if note.source == "article" else bank.source_line(note)
    for number, fact in enumerate(note.facts):
        yield f"| {_cell(fact)} | {_cell(where)} | {_cell(note.title)} | {asking if number == 0 else '″'} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def uncovered(shipped: list[Bank]) -> list[str]:
    """Return a sentence for every note that states no fact or is not asked by items of two kinds."""
    said = []
    for bank in shipped:
        for name, note in bank.notes.items():
            kinds = {item.kind for item in bank.items if name in item.cites}
            if len(kinds) < 2:
                said.append(f"{bank.bank}: note “{name}” is asked by {len(kinds)} kind of item.")
            if not note.facts:
                said.append(f"{bank.bank}: note “{name}” lists no facts.")
        said += [f"{bank.bank}: item “{item.id}” cites no note." for item in bank.items if not item.cites]
    return said


def main() -> int:
    """Write or check the page."""
    shipped = banks()
    text, said = page(shipped), uncovered(shipped)
    if "--check" not in sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        said.append("docs/facts.md is stale: run scripts/facts.py.")
    for sentence in said:
        print(sentence, file=sys.stderr)
    facts = sum(len(note.facts) for bank in shipped for note in bank.notes.values())
    print(f"{facts} facts, {sum(len(bank.items) for bank in shipped)} items in {len(shipped)} banks.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
