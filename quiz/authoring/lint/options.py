"""Options that give the key away, or that are no options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from quiz.authoring.rule import ItemContext, Violation, WrittenOption, item_rule
from quiz.core.content.grading import Chosen, Matched, Ordered, Sorted
from quiz.core.content.interaction import Choose, Match, Order, Sort

MUCH_LONGER: Final = 1.5
"""How many times as long as the longest distractor a key is much longer."""
NOTICEABLY: Final = 12
"""By how many cells a key must be longer at least for anybody to notice."""
MOST_WORDS: Final = 60
"""How many words of a stem or an option are compared: what comes after is too long by itself."""
SAME_BEGINNING: Final = 5
"""Words that share so many letters at their beginnings and differ little in length are one word."""


@item_rule(
    "all-of-the-above",
    why="Whoever sees that two options are right, or that one is wrong, knows the rest without knowing it.",
    mend="Write a real option in its place, or make the item multiple-response.",
)
def all_of_the_above(context: ItemContext) -> Iterator[Violation]:
    """Find options that stand for other options."""
    for option in context.options:
        if _stands_for_others(option, context):
            yield Violation(f"“{option.text}” stands for other options.", option.where)


def _stands_for_others(option: WrittenOption, context: ItemContext) -> bool:
    plain = " ".join(option.text.split()).casefold().rstrip(".!")
    return context.words.catch_alls.fullmatch(plain) is not None


@item_rule(
    "absolute-distractor",
    why="Learners know that what is always or never so is seldom right, and strike it out unread.",
    mend="Put it without the word, or give the key such a word as well.",
)
def absolute_distractor(context: ItemContext) -> Iterator[Violation]:
    """Find words that claim too much, where only distractors have them."""

    def claimed(option: WrittenOption) -> list[str]:
        if _stands_for_others(option, context):
            return []
        return [
            word
            for before, word in pairwise(["", *context.words_in(option.text)])
            if word in context.words.absolutes and before not in context.words.hedges
        ]

    if any(map(claimed, context.keys)):
        return
    for option in context.distractors:
        for word in claimed(option)[:1]:
            yield Violation(f"Only distractors claim as much as “{word}”.", option.where)


@item_rule(
    "long-key",
    why="Authors take more words to make a key quite right, and learners know it: the longest is chosen.",
    mend="Shorten the key, or say as much in the distractors.",
)
def long_key(context: ItemContext) -> Iterator[Violation]:
    """Find keys that are much longer than every distractor."""
    if not context.keys or not context.distractors:
        return
    longest = max(option.cells for option in context.distractors)
    shortest = min(context.keys, key=lambda option: option.cells)
    size = shortest.cells
    if size >= MUCH_LONGER * longest and size - longest >= NOTICEABLY:
        yield Violation(
            f"The key is {size} characters long, and no distractor is longer than {longest}.", shortest.where
        )


@item_rule(
    "echoed-word",
    why="A key that alone repeats a word of the stem is found by matching words, without understanding.",
    mend="Use another word in the key, or the same word in a distractor.",
)
def echoed_word(context: ItemContext) -> Iterator[Violation]:
    """Find a word of the stem that the key repeats and no distractor does."""
    if len(context.keys) != 1 or not context.distractors or not context.words.fillers:
        return
    key = context.keys[0]
    asked = _content_words(context.item.stem, context)
    others = [word for option in context.distractors for word in _content_words(option.text, context)]
    for word in _content_words(key.text, context):
        if any(_is_same(word, one) for one in asked) and not any(_is_same(word, one) for one in others):
            yield Violation(f"Only the key repeats “{word}” from the stem.", key.where)
            return


def _content_words(text: str, context: ItemContext) -> list[str]:
    words = dict.fromkeys(context.words_in(text)[:MOST_WORDS])
    return [word for word in words if len(word) >= 4 and word not in context.words.fillers]


def _is_same(one: str, other: str) -> bool:
    return one == other or (one[:SAME_BEGINNING] == other[:SAME_BEGINNING] and abs(len(one) - len(other)) < 3)


_ENDS_IN_ARTICLE = re.compile(r"\b(an?)(?:\s*(?:[:…]|\.\.\.|_+)[\s.?]*)?$")
_LETTERS_WITH_AN: Final = "AEFHILMNORSX"
"""Letters whose names begin with a vowel: an FBI agent."""
_SPELT: Final = re.compile(r"[A-Z]{2,4}(?![a-z])")
_LIKE_YOU_OR_ONE = re.compile(r"one\b|once\b|one-|uni(?!n|m)|us[aeu]|eu|ewe|ubiq|u-")
_SILENT_H = re.compile(r"hour|honest|hono|heir")


@item_rule(
    "article-cue",
    why="“a” or “an” at the end of the stem fits some options only, and rules the others out.",
    mend="Write “a(n)”, or begin each option with its own article.",
)
def article_cue(context: ItemContext) -> Iterator[Violation]:
    """Find stems that end in an article that not all options go with."""
    ending = _ENDS_IN_ARTICLE.search(context.item.stem.rstrip())
    if not context.words.has_a_and_an or ending is None or not context.options:
        return
    misfits = [option for option in context.options if _article_of(option.text) != ending[1]]
    if misfits and len(misfits) < len(context.options):
        yield Violation(f"“{ending[1]}” does not go with “{misfits[0].text}”.", misfits[0].where)


def _article_of(text: str) -> str:
    """Return the article that goes before a text, by its first sound as its spelling suggests it."""
    word = text.lstrip(" “\"'(")
    if _SPELT.match(word):
        return "an" if word[0] in _LETTERS_WITH_AN else "a"
    word = word.lower()
    if _LIKE_YOU_OR_ONE.match(word):
        return "a"
    return "an" if word[:1] in {*"aeiou"} or _SILENT_H.match(word) else "a"


@item_rule(
    "shuffle-off",
    why="“shuffle: false” shows the options as the file has them, the key first: the position tells.",
    mend="Take “shuffle: false” out, or say in “lint:” why their order does not tell.",
)
def shuffle_off(context: ItemContext) -> Iterator[Violation]:
    """Find items that are shown with their key in the key's own place."""
    item = context.item
    asked = item.interaction()
    if item.shuffle or getattr(asked, "can_shuffle", True):
        return
    if isinstance(asked, Choose) and not context.options:
        return
    if _tells(asked, item.key_response()):
        yield Violation("Unshuffled, its options stand as the key has them.", ("shuffle",))


def _tells(asked: object, key: object) -> bool:
    """Say whether a key can be read off the order in which an interaction shows things."""
    match asked, key:
        case Choose(options), Chosen(keys) if len(options) > len(keys):
            return options[: len(keys)] == keys
        case Order(entries), Ordered(right):
            return entries == right
        case Match(lefts, rights), Matched(pairs):
            return rights[: len(lefts)] == tuple(pairs.get(left) for left in lefts)
        case Sort(members, bins), Sorted(right):
            places = [bins.index(right[member]) for member in members if member in right]
            return places == sorted(places)
    return False
