"""The shipped banks, as they stand in the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quiz.banks.files import read_bank
from quiz.core.content.bank import Bank

FOLDER = Path(__file__).parents[2] / "questions"


@cache
def shipped_banks() -> tuple[Bank, ...]:
    """Return the shipped banks in the order in which they are listed."""
    read = [read_bank(path).bank for path in sorted(FOLDER.glob("*.yaml"))]
    return tuple(bank for bank in read if bank is not None)
