"""Banks of any size, made of numbered items."""

from __future__ import annotations

from pathlib import Path

TOPICS = 5


def bank_text(name: str, items: int) -> str:
    """Return a bank of single-choice items with short, differing texts."""
    head = [
        "format: 1",
        f"bank: {name}",
        f"title: Bank {name}",
        "summary: Made to be measured.",
        "topics:",
        *(f"  topic-{number}: Topic {number}" for number in range(TOPICS)),
        "notes:",
        *(f"  note-{n}: {{title: Note {n}, text: 'What note {n} says.'}}" for n in range(TOPICS * 2)),
        "items:",
    ]
    return "\n".join([*head, *(_item(number) for number in range(items))]) + "\n"


def _item(number: int) -> str:
    return f"""\
  - id: item-{number}
    topic: topic-{number % TOPICS}
    stem: Which of these is the answer to question number {number}?
    key: The right answer {number}
    distractors: [Wrong answer {number + 1}, Wrong answer {number + 2}, Wrong answer {number + 3}]
    rationale: Because it is the one that belongs to {number}.
    cites: [note-{number % (TOPICS * 2)}]"""


def write_banks(folder: Path, banks: int, items: int) -> None:
    """Write a number of banks with a number of items each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(banks):
        (folder / f"bank-{number:04}.yaml").write_text(
            bank_text(f"bank-{number:04}", items), encoding="utf-8"
        )
