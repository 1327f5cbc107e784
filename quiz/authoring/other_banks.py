"""Rules about items that occur in several banks."""

from __future__ import annotations

from typing import NamedTuple

from quiz.authoring.lint.banks import task_of
from quiz.authoring.rule import BankContext
from quiz.core.content.diagnostics import Problem, Severity
from quiz.core.text.phrases import count


class _Home(NamedTuple):
    """Where a task was first found."""

    bank: str
    item: str


class KnownTasks:
    """The tasks in the banks examined so far."""

    def __init__(self) -> None:
        self._homes: dict[int, _Home] = {}

    def problems(self, bank_context: BankContext) -> list[Problem]:
        """Return the items of a bank that another bank has as well, and remember this bank's own.

        If it shares most of its items with another bank, that is reported once.
        """
        own = bank_context.bank.bank
        found: list[tuple[int, _Home]] = []
        for context, task in zip(bank_context.items, bank_context.of_each(task_of), strict=True):
            if context.item.stimulus:
                continue
            home = self._homes.setdefault(task, _Home(own, context.item.id))
            if home.bank != own and not context.lets_stand("item-elsewhere"):
                found.append((context.place, home))
        if len(found) > 10 and len(found) * 2 > len(bank_context.items):
            bank = found[0][1].bank
            what = f"{count(len(found), 'item')} of this bank are also in others, such as “{bank}”."
            return [_problem(what, ("items",))]
        return [
            _problem(f"The bank “{home.bank}” asks this as well, as item “{home.item}”.", ("items", place))
            for place, home in found
        ]


def _problem(message: str, where: tuple[str | int, ...]) -> Problem:
    mend = "Leave it in one of the banks."
    return Problem("item-elsewhere", message, where, mend, Severity.WARNING, at_field=len(where) == 1)
