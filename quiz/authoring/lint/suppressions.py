"""What authors let stand, and whether they say so well."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from quiz.authoring.rule import BankContext, Violation, bank_rule
from quiz.core.content.diagnostics import Where
from quiz.core.content.item import Ignore


def _said(bank_context: BankContext) -> Iterator[tuple[Where, Ignore]]:
    yield (), bank_context.bank.lint
    for index, context in enumerate(bank_context.items):
        yield ("items", index), context.item.lint


@bank_rule(
    "bad-ignore",
    why="A code that is misspelt, or that nobody can let stand, lets nothing stand.",
    mend="“quiz explain” lists the codes; errors of the format cannot be let stand.",
)
def bad_ignore(bank_context: BankContext) -> Iterator[Violation]:
    """Find codes in `lint:` that there are not, or that are errors."""
    for where, ignore in _said(bank_context):
        for place, code in enumerate(ignore.ignore):
            wrong = _wrong_with(code)
            if wrong:
                yield Violation(wrong, (*where, "lint", "ignore", place))


def _wrong_with(code: str) -> str:
    from quiz.authoring.diagnostic_codes import all_codes, explanation_of

    known = explanation_of(code)
    if known is None:
        near = get_close_matches(code[:80], all_codes(), 1)
        return f"There is no code “{code[:80]}”." + (f" Did you mean “{near[0]}”?" if near else "")
    return "" if known.can_stand else f"“{code}” is an error of the format, which cannot stand."


@bank_rule(
    "ignored-without-reason",
    why="Whoever reads the bank next cannot tell whether it still may stand.",
    mend="Add “reason:” with a few words.",
)
def ignored_without_reason(bank_context: BankContext) -> Iterator[Violation]:
    """Find what is let stand without a word on why."""
    for where, ignore in _said(bank_context):
        if ignore.ignore and not ignore.reason.strip():
            yield Violation("It is not said why this may stand.", (*where, "lint"), at_field=True)
