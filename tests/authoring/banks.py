"""Banks to try rules on."""

from __future__ import annotations

from quiz.authoring.quality import quality_of
from quiz.banks.files import read_bank_text
from quiz.core.content.bank import Bank
from quiz.core.content.diagnostics import Problem

HEAD = "format: 1\nbank: b\ntitle: T\n"


def bank_of(items: str, head: str = "") -> Bank:
    """Return the bank with these items, each a mapping in one line."""
    lines = "".join(f"  - {line}\n" for line in items.strip().splitlines())
    reading = read_bank_text(f"{HEAD}{head}items:\n{lines}".encode(), "b.yaml")
    assert reading.bank is not None, reading.findings
    return reading.bank


def problems_in(items: str, head: str = "") -> list[Problem]:
    """Return what the rules find in a bank with these items."""
    return list(quality_of(bank_of(items, head)).problems)


def codes_in(items: str, head: str = "") -> list[str]:
    """Return the codes of what the rules find, sorted."""
    return sorted(problem.code for problem in problems_in(items, head))


def single(stem: str, key: str, *distractors: str, **more: str) -> str:
    """Return a sound single-choice item but for what is asked for."""
    fields = {"id": "a", "rationale": "Because.", **more}
    others = "".join(f", {name}: {value}" for name, value in fields.items())
    options = ", ".join(f'"{option}"' for option in distractors)
    return f'{{stem: "{stem}", key: "{key}", distractors: [{options}]{others}}}'
