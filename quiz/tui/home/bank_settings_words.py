"""How a bank's own settings are worded."""

from __future__ import annotations

from typing import Final

from quiz.core.content.bank_settings import BankSettings

ORDERS: Final = {
    "file": "as in the bank",
    "random": "shuffled",
    "by-topic": "topic after topic",
    "prerequisites": "topic after topic, strictly",
}


def in_words(name: str, value: object) -> str:
    """Return a setting's value as a person would say it."""
    match name, value:
        case "retention", float(share):
            return f"{share * 100:g} %"
        case "pass_mark", None:
            return "none"
        case "pass_mark", mark:
            return f"{mark} %"
        case "order", str(order):
            return ORDERS[order]
        case _, bool(is_on):
            return "yes" if is_on else "no"
    return str(value)


def settings_line(own: BankSettings) -> str:
    """Return in a line what is set for a bank alone; empty where nothing is."""
    said = {
        "new_per_day": "{} new a day", "order": "new ones {}", "retention": "{} kept",
        "confidence": "asks how sure: {}", "pass_mark": "pass mark {}",
    }  # fmt: skip
    told = ((words, name, getattr(own, name)) for name, words in said.items())
    return " · ".join(words.format(in_words(name, value)) for words, name, value in told if value is not None)
