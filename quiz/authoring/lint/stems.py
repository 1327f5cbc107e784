"""Stems that do not pose their task well."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.authoring.rule import ItemContext, Violation, item_rule
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
MOST_READ = 2000
"""How many characters of a stem are looked at: what comes after is too long by itself."""
LEAST_LETTERS = 4
"""Keys shorter than this stand in many a word by chance."""


@item_rule(
    "quiet-negative",
    why="A negative that is read over turns the task into its opposite, and punishes those who know.",
    mend="Ask for what is so, or write the negative in capitals: NOT, EXCEPT.",
)
def quiet_negative(context: ItemContext) -> Iterator[Violation]:
    """Find negatives in small letters in the stem of what is chosen from; quotations do not count."""
    if not isinstance(context.item.interaction(), Choose):
        return
    unquoted = _QUOTED.sub("", context.item.stem[:MOST_READ])
    for found in context.words.negatives.finditer(unquoted):
        if not found[0].isupper():
            yield Violation(f"“{found[0]}” is easily read over.", ("stem",))
            return


@item_rule(
    "short-stem",
    why="Where the stem says less than its options, learners read the options to find out what is asked.",
    mend="Say in the stem all that the options have in common, and keep the options short.",
)
def short_stem(context: ItemContext) -> Iterator[Violation]:
    """Find stems that are shorter than every option; with a stimulus a stem may be short."""
    if not context.options or context.item.stimulus:
        return
    least = min(option.cells for option in context.options)
    size = cells(context.item.stem)
    if size < least:
        yield Violation(
            f"The stem has {size} characters, and even the shortest option has {least}.", ("stem",)
        )


@item_rule(
    "too-long-to-project",
    why="On the wall of a classroom a long text is small or cut off, and the class waits for slow readers.",
    mend="Shorten it, or move what several items need into a stimulus.",
)
def too_long_to_project(context: ItemContext) -> Iterator[Violation]:
    """Find stems, texts with gaps and options too long for a drill's layout (`core.text.projector_fit`)."""
    asked = context.item.interaction()
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
    """Find typed keys that stand in the stem."""
    if isinstance(context.item.interaction(), Enter):
        for key in _typed_keys(context):
            if _holds(context.item.stem, key, context.language):
                yield Violation(f"The stem says “{key}”, which is the key.", ("stem",))
                return


@item_rule(
    "key-in-hint",
    why="A hint that says the key turns the item into copying.",
    mend="Help to think of it instead of saying it.",
)
def key_in_hint(context: ItemContext) -> Iterator[Violation]:
    """Find keys, to be typed or chosen, that stand in the hint and not in the stem."""
    keys = [option.text for option in context.keys] or _typed_keys(context)
    others = [option.text for option in context.distractors]
    for key in keys:
        if _holds(context.item.hint, key, context.language) and not any(
            _holds(context.item.hint, other, context.language) for other in (context.item.stem, *others)
        ):
            yield Violation(f"The hint says “{key}”, which is the key.", ("hint",))
            return


def _typed_keys(context: ItemContext) -> list[str]:
    keys = getattr(context.item.key_response(), "texts", ())
    return [key for key in keys if sum(map(str.isalpha, key)) >= LEAST_LETTERS]


def _holds(text: str, words: str, language: str) -> bool:
    """Say whether a text holds some words, one after the other."""
    return bool(words) and f" {normalised(words, language)} " in f" {normalised(text, language)} "
