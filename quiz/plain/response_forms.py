"""Interactions as lines: what is read out, what is asked, and how an answer is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_lowercase
from typing import NamedTuple

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Recalled, Response, Sorted
from quiz.core.content.interaction import RATINGS, Choose, Enter, Interaction, Match, Order, Reveal, Sort
from quiz.core.text.answer_matching import normalised


class FormStep(NamedTuple):
    """Some lines to read, then one line to answer."""

    lines: tuple[str, ...]
    prompt: str


class Unclear(Exception):
    """An answer that cannot be understood. The message says what would be."""


def steps(interaction: Interaction) -> list[FormStep]:
    """Return what is read out and asked, one step for each line of the answer."""
    match interaction:
        case Choose(options=options):
            how = "The number of your answer" if interaction.is_single else "The numbers of your answers"
            return [FormStep(_numbered(options), how)]
        case Enter(fields=fields):
            lead = _with_gaps(interaction) if interaction.around else ()
            labels = [
                f"Answer {number}" if interaction.is_list else field.label.capitalize() or "Answer"
                for number, field in enumerate(fields, 1)
            ]
            units = [
                f" (in {field.unit})" if field.unit else f" ({field.choices})" if field.options else ""
                for field in fields
            ]
            prompts = [label + unit for label, unit in zip(labels, units, strict=True)]
            return [FormStep(lead if number == 0 else (), prompt) for number, prompt in enumerate(prompts)]
        case Order(entries=entries):
            return [FormStep(_numbered(entries), "The numbers in the right order, such as 2 1 3")]
        case Match(lefts=lefts, rights=rights):
            return [FormStep((*_numbered(lefts), *_lettered(rights)), "The pairs, such as 1b 2a")]
        case Sort(members=members, bins=bins):
            lines = (*(f"- {member}" for member in members), *_numbered(bins))
            return [FormStep(lines, "The number of a group for each in turn, such as 1 2 1")]
        case Reveal(back=back):
            ratings = ", ".join(f"{rating} {word.lower()}" for rating, word in RATINGS.items())
            return [
                FormStep((), "Recall it, then press enter"),
                FormStep((back,), f"How well did you know it? {ratings}"),
            ]


def response_of(interaction: Interaction, answers: Sequence[str]) -> Response:
    """Return the response that the answers, one for each step, stand for. Raises Unclear."""
    first = answers[0].strip() if answers else ""
    match interaction:
        case Choose(options=options):
            return Chosen(_choices(interaction, options, first))
        case Enter():
            texts = tuple(field.given(text) for field, text in zip(interaction.fields, answers, strict=False))
            for field, text in zip(interaction.fields, texts, strict=False):
                if not field.takes(text):
                    raise Unclear(
                        f"{field.label.capitalize()}: give a number from 1 to {len(field.options)}."
                    )
            return Entered(texts)
        case Order(entries=entries):
            unclear = f"Give each of the numbers 1 to {len(entries)} once."
            places = _numbers(first, len(entries), unclear)
            if sorted(places) != list(range(len(entries))):
                raise Unclear(unclear)
            return Ordered(tuple(entries[place] for place in places))
        case Match(lefts=lefts, rights=rights):
            return Matched(_pairs(first, lefts, rights))
        case Sort(members=members, bins=bins):
            return Sorted(_bins(first, members, bins))
        case Reveal():
            rating = answers[-1].strip()
            if rating not in {"1", "2", "3", "4"}:
                raise Unclear("Give a number from 1 to 4.")
            return Recalled(int(rating))


def _choices(interaction: Choose, options: tuple[str, ...], answer: str) -> tuple[str, ...]:
    by_text = [option for option in options if normalised(option) == normalised(answer)]
    if by_text and not answer.isdigit():
        return (by_text[0],)
    how_many = "one number" if interaction.is_single else "one or more numbers"
    unclear = f"Give {how_many} from 1 to {len(options)}."
    places = _numbers(answer, len(options), unclear)
    if not places or (interaction.is_single and len(places) != 1):
        raise Unclear(unclear)
    return tuple(options[place] for place in dict.fromkeys(places))


def _numbers(answer: str, most: int, unclear: str) -> list[int]:
    """Read numbers from 1 to `most` as places from 0. Raises Unclear, which says that."""
    words = re.findall(r"\S+", answer.replace(",", " "))
    places = [int(word) - 1 if word.isascii() and word.isdigit() and len(word) < 6 else -1 for word in words]
    if any(not 0 <= place < most for place in places):
        raise Unclear(unclear)
    return places


def _pairs(answer: str, lefts: tuple[str, ...], rights: tuple[str, ...]) -> dict[str, str]:
    found = {}
    pieces = re.findall(r"([0-9]{1,5})\s*[-:=.]?\s*([A-Za-z])\b", answer)
    for number, letter in pieces:
        left, right = int(number) - 1, ascii_lowercase.index(letter.lower())
        if not 0 <= left < len(lefts) or right >= len(rights):
            raise Unclear(f"There is no pair {number}{letter}.")
        found[lefts[left]] = rights[right]
    if set(found) != set(lefts):
        raise Unclear(f"Give a letter for each of the numbers 1 to {len(lefts)}, such as 1b 2a.")
    return found


def _bins(answer: str, members: tuple[str, ...], bins: tuple[str, ...]) -> dict[str, str]:
    typed = " ".join(answer) if answer.isdigit() and len(answer) == len(members) else answer
    unclear = f"Give {len(members)} numbers from 1 to {len(bins)}, such as 1 2 1."
    places = _numbers(typed, len(bins), unclear)
    if len(places) != len(members):
        raise Unclear(unclear)
    return {member: bins[place] for member, place in zip(members, places, strict=True)}


def _numbered(things: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{number}. {thing}" for number, thing in enumerate(things, 1))


def _lettered(things: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{letter}) {thing}" for letter, thing in zip(ascii_lowercase, things, strict=False))


def _with_gaps(interaction: Enter) -> tuple[str, ...]:
    parts = [interaction.around[0]]
    for number, text in enumerate(interaction.around[1:], 1):
        parts += [f"[gap {number}]", text]
    return ("".join(parts),)
