"""Every code that a finding may have, with why it matters and how to mend it."""

from __future__ import annotations

from functools import lru_cache

from quiz.authoring.code_explanation import CodeExplanation, Family


@lru_cache(maxsize=1)
def all_codes() -> dict[str, CodeExplanation]:
    """Return every explanation by its code: those of reading first, then the rules, each sorted by code."""
    from quiz.authoring.format_diagnostics import explanations
    from quiz.authoring.lint import all_rules

    found = list(explanations())
    found += [
        CodeExplanation(rule.code, Family.QUALITY, rule.severity.value, rule.why, rule.mend)
        for rule in all_rules()
    ]
    order = list(Family)
    found.sort(key=lambda one: (order.index(one.family), one.code))
    return {one.code: one for one in found}


def explanation_of(code: str) -> CodeExplanation | None:
    """Return what there is to say of a code, None where there is no such code."""
    return all_codes().get(code)
