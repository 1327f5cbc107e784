"""Options as written in a bank, without duplicates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from quiz.core.text.answer_matching import normalised

MOST_OPTIONS: Final = 20
"""How many wrong answers a gap may have to choose from."""


class Unusable(Exception):
    """A question that cannot become an item. The message says why."""


def option(text: str, feedback: str = "") -> str | dict[str, str]:
    """Return an option as it is written in a bank."""
    return {"text": text, "feedback": feedback} if feedback.strip() else text


def text_in_option(option: Any) -> str:
    """Return the text of an option as it is written in a bank."""
    return str(option["text"] if isinstance(option, dict) else option)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def left_out_repeats(fields: dict[str, Any], language: str) -> list[str]:
    """Remove options that say the same as an earlier one, and return what is lost.

    Raises `Unusable` where an option is both right and wrong.
    """
    losses: list[str] = []
    if fields.get("kind") == "matching":
        known = {text_in_option(right) for right in fields["pairs"].values()}
        fields["distractors"] = [
            right for right in fields.get("distractors", []) if text_in_option(right) not in known
        ]
        return losses
    if fields.get("kind") in {"short-answer", "cloze"}:
        _leave_out_same_typed(fields, language, losses)
    options = fields.get("distractors")
    if not isinstance(options, list):
        return losses
    taken = {_same(text_in_option(key)) for key in fields.get("keys", ())}
    taken |= {_same(text_in_option(fields.get("key") or ""))}
    if any(_same(text_in_option(option)) in taken - {""} for option in options):
        raise Unusable("One option is right and wrong at once.")
    fields["distractors"] = _each_once(options, taken, _same, losses)
    return losses


def _leave_out_same_typed(fields: dict[str, Any], language: str, losses: list[str]) -> None:
    """Remove typed answers that are read like an earlier one."""

    def same(text: str) -> str:
        return text if fields.get("case") == "match" else normalised(text, language)

    if fields["kind"] == "short-answer":
        taken = {same(text_in_option(fields.get("key") or ""))}
        fields["accept"] = _each_once(fields.get("accept", []), taken, same)
        fields["refuse"] = _each_once(fields.get("refuse", []), taken, same, losses)
        return
    chosen = fields.get("options", {})
    for key, others in chosen.items():
        chosen[key] = _each_once(others, {_same(key)}, _same, losses)
    fields["options"] = {key: others for key, others in chosen.items() if others}
    for key, others in fields.get("accept", {}).items():
        fields["accept"][key] = _each_once(others, {same(key)}, same)
    for key, others in fields.get("refuse", {}).items():
        accepted = {same(text_in_option(one)) for one in fields.get("accept", {}).get(key, [])}
        fields["refuse"][key] = _each_once(others, {same(key)} | accepted, same, losses)


def _each_once(
    options: list[Any], taken: set[str], same: Callable[[str], str], losses: list[str] | None = None
) -> list[Any]:
    """Return options that are not empty and not in `taken`; the others are reported as losses."""
    kept = []
    for option in options:
        said = same(text_in_option(option))
        if text_in_option(option).strip() and said not in taken:
            kept.append(option)
            taken.add(said)
        elif losses is not None:
            losses.append("an option that says the same as another, or nothing")
    return kept


def choosable(options: dict[str, list[str]], losses: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return the field of a cloze item that holds what there is to choose from, as far as it may be."""
    kept = {key: others for key, others in options.items() if 0 < len(others) <= MOST_OPTIONS}
    if any(len(others) > MOST_OPTIONS for others in options.values()):
        losses.append("the words to choose from")
    return {"options": kept} if kept else {}
