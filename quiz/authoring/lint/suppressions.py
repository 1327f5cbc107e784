"""Rules about findings that authors accept."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from quiz.authoring.rule import BankContext, Violation, bank_rule


@bank_rule(
    "bad-ignore",
    why="A misspelt code, or one of an error, has no effect.",
    mend="“quiz explain” lists the codes; errors of the format cannot be accepted.",
)
def bad_ignore(bank_context: BankContext) -> Iterator[Violation]:
    """Find codes in `lint:` that do not exist, or that are errors."""
    for where, ignore in bank_context.accepted:
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
    return "" if known.can_stand else f"“{code}” is an error of the format, which cannot be accepted."


@bank_rule(
    "ignored-without-reason",
    why="The next person to read the bank cannot tell whether it still applies.",
    mend="Add “reason:” with a few words.",
)
def ignored_without_reason(bank_context: BankContext) -> Iterator[Violation]:
    """Find accepted findings without a reason."""
    for where, ignore in bank_context.accepted:
        if ignore.ignore and not ignore.reason.strip():
            yield Violation("There is no reason why this is accepted.", (*where, "lint"), at_field=True)
