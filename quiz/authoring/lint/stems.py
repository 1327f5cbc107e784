"""Rules about stems that do not pose their task well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from quiz.authoring.rule import ItemContext, Violation, item_rule
from quiz.authoring.word_lists import NOTHING
from quiz.core.content.interaction import Choose, Enter
from quiz.core.text.answer_matching import normalised
from quiz.core.text.projector_fit import (
    OPTION_LINES,
    OPTION_WIDTH,
    STEM_LINES,
    STEM_WIDTH,
    cells,
    fits_as_option,
    fits_as_stem,
    lines_of,
)

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“]*“|«[^»]*»|‘[^’]*’(?!\w)")
_LETTERED = re.compile(r"(?<!\w)A\b.+(?<!\w)B\b.+(?<!\w)C\b", re.DOTALL)
"""A stem that holds its options, with letters before them."""
MOST_READ = 2000
"""How many characters of a stem are looked at: what comes after is too long by itself."""
MOST_SHORT = 80
"""How many characters a stem has at the most that says too little."""
VOTED_ON = frozenset({"vote", "wall"})
"""Tags of items that a class answers together."""
LEAST_LETTERS = 4
"""Shorter keys occur in many words by chance."""


@item_rule(
    "quiet-negative",
    why="A negative that is read over turns the task into its opposite, and punishes those who know.",
    mend="Ask for what is so, or write the negative in capitals.",
)
def quiet_negative(context: ItemContext) -> Iterator[Violation]:
    """Find negatives in small letters that turn a question or a statement round; quotations do not count."""
    if not isinstance(context.asked, Choose):
        return
    words = context.words
    is_question = bool(context.options) and words.negative_questions is not NOTHING
    stem = context.item.stem[:MOST_READ]
    if is_question and not any(sign in stem.lower() for sign in words.negative_signs):
        return
    unquoted = _QUOTED.sub("", stem)
    for found in (words.negative_questions if is_question else words.negatives).finditer(unquoted):
        sentence = unquoted[: found.start()].rpartition(". ")[2]
        if not is_question and words.clauses.search(sentence):
            continue
        named = [group for group in found.groupdict().values() if group] or [found[0]]
        if not named[0].isupper():
            mend = f"Ask for what is so, or write the negative in capitals: {words.in_capitals}."
            yield Violation(f"“{named[0]}” is easily read over.", ("stem",), mend)
            return


@item_rule(
    "short-stem",
    why="Where the stem says less than its options, learners read the options to find out what is asked.",
    mend="Say in the stem what the options are about and have in common, and keep the options short.",
)
def short_stem(context: ItemContext) -> Iterator[Violation]:
    """Find stems that could stand before any options; with a stimulus or a picture a stem may be short."""
    item = context.item
    if not context.options or item.stimulus or item.image or len(item.stem) > MOST_SHORT:
        return
    least = min(option.cells for option in context.options)
    if cells(item.stem) < least and context.words.is_unfocused(item.stem):
        yield Violation(f"“{item.stem}” could be asked of anything.", ("stem",))


@item_rule(
    "missing-figure",
    why="Learners look for a figure that is not there.",
    mend="Add it as “image:” or “stimulus:”, or ask without it.",
)
def missing_figure(context: ItemContext) -> Iterator[Violation]:
    """Find stems that speak of a figure or a text nearby, where the item has none."""
    item = context.item
    if item.stimulus or item.image or "\n" in item.stem.strip():
        return
    if any(getattr(option, "image", None) for option in getattr(item, "distractors", ())):
        return
    found = context.words.shown_things.search(_QUOTED.sub("", item.stem[:MOST_READ]))
    if found is not None:
        yield Violation(f"“{found[0]}” is not there.", ("stem",))


@item_rule(
    "too-long-to-project",
    why="On the wall of a classroom a long text is small or cut off, and the class waits for slow readers.",
    mend="Shorten it, or move what several items need into a stimulus.",
)
def too_long_to_project(context: ItemContext) -> Iterator[Violation]:
    """Find what is too long for a drill's layout (`core.text.projector_fit`), where it is meant for one.

    That is so where the bank says `wall: true`, and of items with one of the tags in `VOTED_ON`.
    """
    if not context.bank.wall and VOTED_ON.isdisjoint(context.item.tags):
        return
    asked = context.asked
    if not fits_as_stem(context.item.stem):
        yield Violation(_long("stem", context.item.stem, STEM_LINES, STEM_WIDTH), ("stem",))
    if isinstance(asked, Enter) and asked.around and not fits_as_stem("____".join(asked.around)):
        yield Violation(_long("text", "____".join(asked.around), STEM_LINES, STEM_WIDTH), ("text",))
    for option in context.options:
        if not fits_as_option(option.text):
            yield Violation(_long("option", option.text, OPTION_LINES, OPTION_WIDTH), option.where)


def _long(what: str, text: str, most: int, width: int) -> str:
    return f"This {what} takes {lines_of(text, width)} lines of {width} characters; {most} fit."


@item_rule(
    "key-in-stem",
    why="Whoever copies a word of the stem is right without knowing anything.",
    mend="Ask without the word.",
)
def key_in_stem(context: ItemContext) -> Iterator[Violation]:
    """Find typed keys that occur in the stem, unless it offers them among other answers."""
    if isinstance(context.asked, Enter):
        stem = context.item.stem
        for key in _typed_keys(context):
            if _holds(stem, key, context.language) and not _offers(stem[:MOST_READ], key, context):
                yield Violation(f"The stem says “{key}”, which is the key.", ("stem",))
                return


@item_rule(
    "key-in-hint",
    why="A hint that says the key turns the item into copying.",
    mend="Help to think of it instead of saying it.",
)
def key_in_hint(context: ItemContext) -> Iterator[Violation]:
    """Find keys, typed or chosen, that occur in the hint and not in the stem."""
    keys = [option.text for option in context.keys] or _typed_keys(context)
    others = [option.text for option in context.distractors]
    for key in keys:
        if _holds(context.item.hint, key, context.language) and not any(
            _holds(context.item.hint, other, context.language) for other in (context.item.stem, *others)
        ):
            yield Violation(f"The hint says “{key}”, which is the key.", ("hint",))
            return


def _typed_keys(context: ItemContext) -> list[str]:
    keys = getattr(context.key, "texts", ())
    return [key for key in keys if sum(map(str.isalpha, normalised(key, context.language))) >= LEAST_LETTERS]


def _offers(stem: str, key: str, context: ItemContext) -> bool:
    """Return whether a stem offers a key among others: lettered, in a list, or beside “or” or “and”."""
    if _LETTERED.search(stem):
        return True
    wanted = f" {normalised(key, context.language)} "
    either = rf"/|\b(?:{context.words.joins})\b"
    listed = _parts(rf"[,;:|\n]|\s[–-]\s|{either}", stem, context.language)
    if len(listed) > 2 and (wanted in listed or any(part.endswith(wanted) for part in listed[:-1])):
        return True
    sides = pairwise(_parts(either, stem, context.language))
    return any(left.endswith(wanted) or right.startswith(wanted) for left, right in sides)


def _parts(separator: str, text: str, language: str) -> list[str]:
    """Return what stands between separators in a text, normalised."""
    parts = re.split(separator, text, flags=re.IGNORECASE)
    return [f" {normalised(part, language)} " for part in parts]


def _holds(text: str, words: str, language: str) -> bool:
    """Return whether a text contains some words, one after the other."""
    return bool(words) and f" {normalised(words, language)} " in f" {normalised(text, language)} "
