"""All codes of findings, with why they matter and how to fix them."""

from __future__ import annotations

from functools import lru_cache

from quiz.authoring.code_explanation import CodeExplanation, Family


@lru_cache(maxsize=1)
def all_codes() -> dict[str, CodeExplanation]:
    """Return all explanations by code: those of reading first, then the rules, each sorted by code."""
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
    """Return the explanation of a code, or None if there is no such code."""
    return all_codes().get(code)
