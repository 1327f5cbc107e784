"""Problems of a bank that can be read, without those that its author accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from quiz.authoring.lint import all_rules
from quiz.authoring.rule import BankContext, problems_by
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.item import Ignore

BEYOND_THE_BANK: Final = frozenset({"comma-in-list", "item-elsewhere", "quote-not-found", "read-otherwise"})
"""Codes of what is found by looking at more than a bank: letting them stand is never idle."""


class Quality(NamedTuple):
    """The result of applying the rules to a bank."""

    problems: tuple[Problem, ...]
    """What they find."""
    let_stand: tuple[Problem, ...]
    """Warnings and notes of the bank's own checks that its author accepts."""


def quality_of(bank: Bank, warned: Iterable[str] = ()) -> Quality:
    """Apply all rules to a bank, and leave out what `lint:` accepts.

    `warned` are the codes of warnings from reading its file, which can be accepted as well.
    """
    return quality_in(BankContext(bank), warned)


def quality_in(bank_context: BankContext, warned: Iterable[str] = ()) -> Quality:
    """Look at a bank, or at what can be read of one, by all rules, as `quality_of` does."""
    bank = bank_context.bank
    found = list(problems_by(all_rules(), bank_context))
    said = [(where, ignore) for where, ignore in bank_context.accepted if ignore.ignore]
    if not said:
        return Quality(tuple(found), ())
    let = {(where, code) for where, ignore in said for code in ignore.ignore}
    own = [
        problem for problem in placed(bank.problems(), bank_context) if problem.severity is not Severity.ERROR
    ]
    kept = [problem for problem in found if not _is_let_stand(problem, let)]
    let_stand = [problem for problem in own if _is_let_stand(problem, let)]
    idle = _idle(bank_context, said, [*own, *found], set(warned))
    return Quality((*kept, *idle), tuple(let_stand))


def placed(problems: Iterable[Problem], bank_context: BankContext) -> Iterator[Problem]:
    """Yield a bank's problems with the places of its items in the file."""
    for problem in problems:
        match problem.where:
            case ("items", int(index), *rest):
                where = ("items", bank_context.items[index].place, *rest)
                yield msgspec.structs.replace(problem, where=where)
            case _:
                yield problem


def _is_let_stand(problem: Problem, let: set[tuple[Where, str]]) -> bool:
    return ((), problem.code) in let or (problem.where[:2], problem.code) in let


def _idle(
    bank_context: BankContext, said: Iterable[tuple[Where, Ignore]], found: list[Problem], warned: set[str]
) -> Iterator[Problem]:
    """Yield what is said to stand and is not there."""
    from quiz.authoring.diagnostic_codes import explanation_of

    everywhere = warned | {problem.code for problem in found}
    at_item = {(problem.where[:2], problem.code) for problem in found}
    for where, ignore in said:
        if not where and bank_context.others:
            continue
        for place, code in enumerate(ignore.ignore):
            is_there = (where, code) in at_item if where else code in everywhere
            known = explanation_of(code)
            if not is_there and known is not None and known.can_stand and code not in BEYOND_THE_BANK:
                yield Problem(
                    "idle-ignore", f"There is no “{code}” to accept here.",
                    (*where, "lint", "ignore", place),
                    "Take it out, so that it hides nothing later.", Severity.WARNING,
                )  # fmt: skip
