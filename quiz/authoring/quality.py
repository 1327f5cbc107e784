"""What is wrong with a bank that can be read, as far as its author has not let it stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quiz.authoring.lint import all_rules
from quiz.authoring.rule import BankContext
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.item import Ignore


class Quality(NamedTuple):
    """What the rules say of a bank."""

    problems: tuple[Problem, ...]
    """What they find."""
    let_stand: tuple[Problem, ...]
    """Warnings and notes of the bank's own checks that its author lets stand."""


def quality_of(bank: Bank, warned: Iterable[str] = ()) -> Quality:
    """Look at a bank by all rules, and leave out what `lint:` lets stand.

    `warned` are the codes of warnings that reading its file gave: letting those stand is of use as well.
    """
    bank_context = BankContext(bank)
    found = [problem for rule in all_rules() for problem in rule.problems(bank_context)]
    if not _ignores(bank):
        return Quality(tuple(found), ())
    own = [problem for problem in bank.problems() if problem.severity is not Severity.ERROR]
    kept = [problem for problem in found if not _is_let_stand(problem, bank)]
    let_stand = [problem for problem in own if _is_let_stand(problem, bank)]
    idle = _idle(bank, [*own, *found], set(warned))
    return Quality((*kept, *idle), tuple(let_stand))


def _ignores(bank: Bank) -> list[tuple[Where, Ignore]]:
    """Return what is let stand, with the places where that is said."""
    said: list[tuple[Where, Ignore]] = [((), bank.lint)]
    said += [(("items", index), item.lint) for index, item in enumerate(bank.items)]
    return [(where, ignore) for where, ignore in said if ignore.ignore]


def _is_let_stand(problem: Problem, bank: Bank) -> bool:
    if problem.code in bank.lint.ignore:
        return True
    match problem.where:
        case ("items", int(index), *_):
            return problem.code in bank.items[index].lint.ignore
    return False


def _idle(bank: Bank, found: list[Problem], warned: set[str]) -> Iterator[Problem]:
    """Yield what is said to stand and is not there."""
    from quiz.authoring.diagnostic_codes import explanation_of

    everywhere = warned | {problem.code for problem in found}
    at_item = {(problem.where[:2], problem.code) for problem in found}
    for where, ignore in _ignores(bank):
        for place, code in enumerate(ignore.ignore):
            is_there = (where, code) in at_item if where else code in everywhere
            known = explanation_of(code)
            if not is_there and known is not None and known.can_stand:
                yield Problem(
                    "idle-ignore", f"There is no “{code}” to let stand here.",
                    (*where, "lint", "ignore", place),
                    "Take it out, so that it hides nothing later.", Severity.WARNING,
                )  # fmt: skip
