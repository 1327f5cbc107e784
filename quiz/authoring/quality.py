"""Problems of a bank that can be read, without those that its author accepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quiz.authoring.lint import all_rules
from quiz.authoring.rule import BankContext
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem, Severity, Where
from quiz.core.content.item import Ignore


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
    """Return what is accepted, with the places where that is written."""
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
    """Yield problems for accepted findings that do not exist."""
    from quiz.authoring.diagnostic_codes import explanation_of

    everywhere = warned | {problem.code for problem in found}
    at_item = {(problem.where[:2], problem.code) for problem in found}
    for where, ignore in _ignores(bank):
        for place, code in enumerate(ignore.ignore):
            is_there = (where, code) in at_item if where else code in everywhere
            known = explanation_of(code)
            if not is_there and known is not None and known.can_stand:
                yield Problem(
                    "idle-ignore", f"There is no “{code}” to accept here.",
                    (*where, "lint", "ignore", place),
                    "Take it out, so that it hides nothing later.", Severity.WARNING,
                )  # fmt: skip
