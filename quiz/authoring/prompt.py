"""What to give to whoever is to write items, a person or a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quiz.authoring.articles import Article
from quiz.authoring.lint.banks import UNWRITTEN
from quiz.core.content.bank import Bank, Note
from quiz.core.content.kinds import DEFAULT_KIND, all_kinds
from quiz.core.text.safe_text import one_line

LEVELS: Final = ("remember", "understand", "apply", "analyse")
"""What items can ask of a learner, after Anderson and Krathwohl (2001)."""
USUAL_KINDS: Final = (DEFAULT_KIND, "short-answer", "true-false")

_RULES: Final = """\
* Ask what matters in the text, in stems that make sense to someone who does not have it at hand.
* The stem is a whole question or task. It can be answered without reading the options.
* One key, and three distractors that someone who half knows it would choose; all of one sort and length.
* Repeat no word of the stem in the key alone. Write no “all of the above”, “none of these” or “both A and B”.
* Ask for what is so. If a negative is needed, write it in capitals: NOT, EXCEPT.
* No letters or numbers before options: they are shuffled.
* “rationale” says in a sentence or two why the key is right, in your own words.
* “quote” is the passage of the text that supports the key, copied letter by letter, one to three sentences.
* Every item has an id of its own: a few lower-case words with hyphens.
* Everything but “quote” is in your own words."""

_FORM: Final = """\
Answer with a YAML list of items, or the same in JSON, and nothing else. A text that contains “: ” or “ #” or
begins with a quote, a bracket or a dash goes in single quotes, with apostrophes doubled.
{fields}"""

_CHECKED: Final = """\
The answer goes to “quiz add”. It is checked for form, for repeats and for well-known faults of items; what is
wrong comes back as JSON with the item's id, the field's path, a message and what to do. Then answer with
the mended items alone, under the same ids, until nothing is wrong. A person reads every draft before it
counts."""


def prompt(
    bank: Bank | None,
    article: Article | None,
    *,
    kinds: Sequence[str] = (),
    items: int = 10,
    levels: Sequence[str] = (),
) -> str:
    """Return the rules of good items, the format by examples, the text, what is asked already, and the check.

    Raises KeyError where there is no such kind.
    """
    chosen = list(dict.fromkeys(kinds or USUAL_KINDS))
    about = _about(bank, article)
    task = f"Write {items} items for a question bank{about}, of these kinds: {', '.join(chosen)}."
    parts = [
        f"# Your task\n\n{task}{_wanted(levels)}",
        f"# What makes a good item\n\n{_RULES}",
        f"# The form\n\n{_FORM.format(fields=_fields(bank))}\n\n{_examples(chosen)}",
    ]
    if article is not None:
        text = "\n\n".join(f"[{one.number}] {one.text}" for one in article.paragraphs)
        parts.append(f"# The text, with its paragraphs numbered\n\n{text}")
    if bank is not None and bank.notes:
        notes = "\n".join(f"* {name}: {_told(note)}" for name, note in bank.notes.items())
        parts.append(f"# The notes that items can cite\n\n{notes}")
    if bank is not None and bank.items:
        asked = "\n".join(
            f"* {one_line(item.stem, 160)} → {one_line(item.key_text(), 80)}" for item in bank.items
        )
        parts.append(f"# What is already asked, and must not be asked again\n\n{asked}")
    parts.append(f"# How your answer is checked\n\n{_CHECKED}")
    return "\n\n".join(parts) + "\n"


def _about(bank: Bank | None, article: Article | None) -> str:
    """Return the bank's title, and its language or else the text's."""
    called = f" called “{one_line(bank.title)}”," if bank else ""
    source = bank or article
    return f"{called} in the language “{source.language}”" if source else ""


def _wanted(levels: Sequence[str]) -> str:
    if not levels:
        return ""
    tags = ", ".join(f"level-{level}" for level in levels)
    return f"\nSpread them over these levels, and tag each item with its own: {tags}."


def _told(note: Note) -> str:
    """Return what a note says, or where in the text it is from as long as it says nothing."""
    if note.text.strip() == UNWRITTEN:
        return f"{note.title} ({note.where})" if note.where else note.title
    return f"{note.title}. {one_line(note.text, 300)}"


def _fields(bank: Bank | None) -> str:
    if bank is None:
        return ""
    topics = f"“topic” is one of: {', '.join(bank.topics)}." if bank.topics else ""
    cites = "“cites” is a list of the notes, named below, that say what one must know." if bank.notes else ""
    return f"{topics} {cites}".strip()


def _examples(kinds: Sequence[str]) -> str:
    """Return the worked example of each kind as an entry of a list."""
    known = all_kinds()
    entries = []
    for name in kinds:
        lines = known[name].example.rstrip().splitlines()
        entries.append("\n".join(f"{'- ' if at == 0 else '  '}{line}" for at, line in enumerate(lines)))
    return "\n\n".join(entries)
