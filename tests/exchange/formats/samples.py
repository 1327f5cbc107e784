"""A file in each format: what it writes itself, or a text for those that are only read."""

from __future__ import annotations

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.exchange.declaration import ForeignFile, Format
from tests.strategies import example_of

ONLY_READ = {
    "hashcards": "Q: What is 1 + 1?\nA: 2\n---\nC: The [sun] is a [star].\n",
    "obsidian": "# A #flashcards\n\nSun::Star\n\nMoon:::Luna\n\nWhat\nis it?\n?\nA rock\n\nThe ==sun==.\n",
}


def bank_of(*items: Item) -> Bank:
    """Return a bank of items, with ids of their own and a topic."""
    placed = tuple(
        msgspec.structs.replace(item, id=f"item-{number}", topic="first-topic")
        for number, item in enumerate(items)
    )
    return Bank(format=1, bank="a-bank", title="A bank", topics={"first-topic": "First topic"}, items=placed)


def sample_of(form: Format) -> ForeignFile:
    """Return a file that a format reads."""
    name = f"a-bank{form.endings[0]}"
    if form.write is None:
        return ForeignFile(name, ONLY_READ[form.name].encode())
    bank = bank_of(*(example_of(kind) for kind in form.writes))
    return ForeignFile(name, form.write(bank, {}).data)
