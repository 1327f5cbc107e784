"""Figures on a bank: what it covers, and whether its keys can be guessed."""

from __future__ import annotations

from collections import Counter

import msgspec

from quiz.authoring.key_balance import Longest, Positions, longest_in, positions_in
from quiz.authoring.rule import BankContext
from quiz.core.content.bank import Bank
from quiz.core.text.phrases import count
from quiz.core.text.safe_text import one_line

DIFFICULTIES = ("easy", "medium", "hard")


class Coverage(msgspec.Struct, frozen=True):
    """How well a note is covered by items."""

    title: str
    items: int
    """How many items cite it."""
    kinds: int
    """Of how many kinds they are."""
    facts: int
    """How many facts it states."""


class BankOverview(msgspec.Struct, frozen=True):
    """The figures that `quiz check --report` shows."""

    bank: str
    title: str
    items: int
    kinds: dict[str, int]
    """The number of items of each kind, most first."""
    difficulties: dict[str, int]
    topics: dict[str, int]
    """The number of items of each topic, by its title."""
    notes: tuple[Coverage, ...]
    citing_nothing: int
    """The number of items that cite no note."""
    shuffled: int
    """The number of items whose options are shuffled, so that their keys have no fixed position."""
    positions: tuple[Positions, ...]
    longest: Longest


def overview_of(bank: Bank) -> BankOverview:
    """Return the figures on a bank."""
    bank_context = BankContext(bank)
    kinds = Counter(item.kind for item in bank.items)
    held = Counter(item.topic for item in bank.items)
    hard: Counter[str] = Counter(item.difficulty for item in bank.items)
    choosing = [context for context in bank_context.items if context.options]
    return BankOverview(
        bank=bank.bank,
        title=bank.title,
        items=len(bank.items),
        kinds=dict(kinds.most_common()),
        difficulties={name: hard[name] for name in DIFFICULTIES if hard[name]},
        topics={title: held[name] for name, title in bank.topics.items()},
        notes=tuple(_coverages(bank)),
        citing_nothing=sum(not item.cites for item in bank.items),
        shuffled=sum(context.item.shuffle for context in choosing),
        positions=positions_in(bank_context),
        longest=longest_in(bank_context),
    )


def _coverages(bank: Bank) -> list[Coverage]:
    citing = {name: [item for item in bank.items if name in item.cites] for name in bank.notes}
    return [
        Coverage(note.title, len(citing[name]), len({item.kind for item in citing[name]}), len(note.facts))
        for name, note in bank.notes.items()
    ]


def overview_lines(overview: BankOverview) -> list[str]:
    """Return an overview as lines, safe for a terminal."""
    said = [
        ("items", f"{overview.items}: {_listed(overview.kinds)}"),
        ("difficulty", _listed(overview.difficulties)),
        ("topics", "; ".join(f"{title} {number}" for title, number in overview.topics.items())),
        ("notes", _notes_line(overview)),
        *(("keys", _positions_line(positions)) for positions in overview.positions),
        ("keys", _shuffled_line(overview)),
        ("longest", _longest_line(overview.longest)),
    ]
    lines = [one_line(f"{overview.bank}: {overview.title}")]
    before = ""
    for name, text in said:
        if text:
            lines.append(f"  {name if name != before else '':10}  {one_line(text, 2000)}")
            before = name
    return lines


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _notes_line(overview: BankOverview) -> str:
    if not overview.notes:
        return ""
    asked = [note for note in overview.notes if note.items]
    parts = [f"{len(asked)} of {len(overview.notes)} asked"]
    if asked:
        least, most = min(note.items for note in asked), max(note.items for note in asked)
        parts.append(
            f"by {least} to {most} items each" if least != most else f"by {count(most, 'item')} each"
        )
        one_kind = sum(note.kinds == 1 for note in asked)
        if one_kind:
            parts.append(f"{one_kind} by one kind of item only")
    facts = sum(note.facts for note in overview.notes)
    if facts:
        parts.append(f"stating {count(facts, 'fact')}")
    if overview.citing_nothing:
        parts.append(f"{count(overview.citing_nothing, 'item')} citing none")
    return ", ".join(parts)


def _positions_line(positions: Positions) -> str:
    places = ", ".join(f"{label} {n}" for label, n in zip(positions.labels, positions.counts, strict=True))
    test = positions.test
    if not test.is_telling:
        return f"{places} (too few to tell whether that is chance)"
    return f"{places} (chi-square {test.statistic:.2f}, {test.degrees} df, p = {test.p:.2g})"


def _shuffled_line(overview: BankOverview) -> str:
    if not overview.shuffled:
        return ""
    has = "is" if overview.shuffled == 1 else "are"
    return f"{count(overview.shuffled, 'item')} {has} shuffled whenever asked, so that no place tells"


def _longest_line(longest: Longest) -> str:
    if not longest.items:
        return ""
    return (
        f"the longest option is the key in {longest.keys} of {longest.items} items, "
        f"{longest.expected:.1f} by chance (binomial, p = {longest.p:.2g})"
    )
