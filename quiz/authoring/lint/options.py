"""Rules about options that give the key away, or are not real options."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quiz.authoring.rule import ItemContext, Violation, item_rule
from quiz.core.content.grading import Chosen, Matched, Ordered, Sorted
from quiz.core.content.interaction import Choose, Match, Order, Sort

MUCH_LONGER: Final = 1.5
"""A key this many times as long as the longest distractor is much longer."""
NOTICEABLY: Final = 12
"""A key must be longer by at least this many cells to be noticeable."""
MOST_WORDS: Final = 60
"""How many words of a stem or an option are compared: what comes after is too long by itself."""
MOST_READ: Final = 2000
"""How many characters of an option are looked at."""
LEAST_WORDS: Final = 4
"""Of how many words a statement is at the least."""
MOST_ECHOED: Final = 6
"""Up to how many words a key is found by one of them: a sentence repeats what it is about."""
LEAST_LETTERS: Final = 4
"""How many letters a word has that is compared, and how many make it akin to another."""


@item_rule(
    "all-of-the-above",
    why="Whoever sees that two options are right, or that one is wrong, knows the rest without knowing it.",
    mend="Write a real option in its place, or make the item multiple-response.",
)
def all_of_the_above(context: ItemContext) -> Iterator[Violation]:
    """Find options that stand for other options."""
    for option in context.options:
        if context.words.is_catch_all(option.text):
            yield Violation(f"“{option.text}” stands for other options.", option.where)


@item_rule(
    "long-key",
    why="Authors take more words to make a key quite right, and learners know it: the longest is chosen.",
    mend="Shorten the key, or say as much in the distractors.",
)
def long_key(context: ItemContext) -> Iterator[Violation]:
    """Find keys that are much longer than every distractor; names, titles and code cannot be shortened."""
    if not context.keys or len(context.distractors) < 2:
        return
    longest = max(option.cells for option in context.distractors)
    shortest = min(context.keys, key=lambda option: option.cells)
    size = shortest.cells
    if size < MUCH_LONGER * longest or size - longest < NOTICEABLY:
        return
    text = shortest.text
    if len(text.split()) >= LEAST_WORDS and not _is_name(text) and not _CODE.search(text[:MOST_READ]):
        yield Violation(
            f"The key is {size} characters long, and no distractor is longer than {longest}.", shortest.where
        )


@item_rule(
    "echoed-word",
    why="A key that alone repeats a word of the stem is found by matching words, without understanding.",
    mend="Use another word in the key, or the same word in a distractor.",
)
def echoed_word(context: ItemContext) -> Iterator[Violation]:
    """Find a word of the stem that the key repeats and no distractor does; code is compared by its signs."""
    if len(context.keys) != 1 or not context.distractors or not context.words.fillers:
        return
    key = context.keys[0]
    if len(key.text.split()) > MOST_ECHOED or _CODE.search(key.text[:MOST_READ]):
        return
    asked = set(map(_stem_of, _content_words(_QUOTED.sub(" ", context.item.stem[:MOST_READ]), context)))
    if not asked:
        return
    for word in _content_words(key.text, context):
        same = _stem_of(word)
        if same in asked and not context.words.asks_for(context.item.stem, word):
            others = (one for option in context.distractors for one in _content_words(option.text, context))
            if not any(_is_akin(same, _stem_of(one)) for one in others):
                yield Violation(f"Only the key repeats “{word}” from the stem.", key.where)
                return


def _content_words(text: str, context: ItemContext) -> list[str]:
    words = dict.fromkeys(context.words_in(text)[:MOST_WORDS])
    return [word for word in words if len(word) >= LEAST_LETTERS and word not in context.words.fillers]


_INFLECTED = re.compile(r"(?<=\w{4})(?:ies|es|s|en|e|n|y)$")


def _stem_of(word: str) -> str:
    """Return a word without the ending of its plural."""
    return _INFLECTED.sub("", word)


def _is_akin(one: str, other: str) -> bool:
    """Return whether two words begin alike, so that both repeat the same word for whoever looks for one."""
    return one[:LEAST_LETTERS] == other[:LEAST_LETTERS]


def _is_name(text: str) -> bool:
    """Return whether a text is a quotation, or a name, whose longer words begin with capitals."""
    if _QUOTED.fullmatch(text.strip().rstrip(".")):
        return True
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text[:MOST_READ]) if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) > len(words) * 0.6


@item_rule(
    "labelled-option",
    why="Options are shuffled, so that the letters in front of them stand in no order and mean nothing.",
    mend="Take the letters and numbers out.",
)
def labelled_option(context: ItemContext) -> Iterator[Violation]:
    """Find options with a letter or a number of their own in front."""
    if not context.item.shuffle:
        return
    found = [(option, _LABEL.match(option.text)) for option in context.options]
    labels = [label[1].lower() for _, label in found if label]
    if len(labels) < max(2, len(found) - 1):
        return
    if any(set(labels) <= set(row[: len(found)]) for row in _ROWS) and len(set(labels)) == len(labels):
        option, label = next((option, label) for option, label in found if label)
        yield Violation(f"“{label[0].strip()}” stands before an option that is shuffled.", option.where)


@item_rule(
    "answer-in-option",
    why="An option that says of itself that it is right, or which one is, gives the key away.",
    mend="Leave nothing but the option's own words; the key stands in its own field.",
)
def answer_in_option(context: ItemContext) -> Iterator[Violation]:
    """Find options that say which option is the key."""
    found = [
        (option, context.words.marks_of_key.search(option.text[:MOST_READ])) for option in context.options
    ]
    marked = [(option, mark) for option, mark in found if mark]
    if marked and len(marked) < len(found):
        option, mark = marked[0]
        yield Violation(f"“{mark[0].strip()}” says which one is the key.", option.where)


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|„[^“]*“|«[^»]*»|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")
_CODE = re.compile(r"[{}<>=;`$\\]|\w\(|\w\.\w|\w_\w|--\w|\b[a-z]+[A-Z]\w|://|^/|\w/\w")
_LABEL = re.compile(r"\(?([A-Ha-h]|[1-9])(?:\)\s*|[.:]\s+|\s[–-]\s)(?=\S)")
_ROWS: Final = ("abcdefgh", "123456789")
_ENDS_IN_ARTICLE = re.compile(r"\b(an?)(?:\s*(?:[:…]|\.\.\.|_+)[\s.?]*)?$")
_LETTERS_WITH_AN: Final = "AEFHILMNORSX"
"""Letters whose names begin with a vowel: an FBI agent."""
_SPELT: Final = re.compile(r"[A-Z]{2,4}(?![a-z])")
_OWN_ARTICLE = re.compile(r"(?:an?|the)\s", re.IGNORECASE)
_LIKE_YOU_OR_ONE = re.compile(r"one\b|once\b|one-|uni(?!n|m)|us[aeu]|ut[ei]|ur[aei]|eu|ewe|ubiq|u-")
_SILENT_H = re.compile(r"hour|honest|hono|heir")


@item_rule(
    "article-cue",
    why="“a” or “an” at the end of the stem fits some options only, and rules the others out.",
    mend="Write “a(n)”, or begin each option with its own article.",
)
def article_cue(context: ItemContext) -> Iterator[Violation]:
    """Find stems that end in an article that does not fit all options."""
    ending = _ENDS_IN_ARTICLE.search(context.item.stem.rstrip())
    if not context.words.has_a_and_an or ending is None or not context.options:
        return
    if any(_OWN_ARTICLE.match(option.text) for option in context.options):
        return
    misfits = [option for option in context.options if _article_of(option.text) != ending[1]]
    if misfits and len(misfits) < len(context.options):
        yield Violation(f"“{ending[1]}” does not go with “{misfits[0].text}”.", misfits[0].where)


def _article_of(text: str) -> str:
    """Return the article for a text, by its first sound as its spelling suggests it."""
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
    """Find items whose key is always shown in its own place."""
    item = context.item
    asked = context.asked
    if item.shuffle or getattr(asked, "can_shuffle", True):
        return
    if isinstance(asked, Choose) and not context.options:
        return
    if _tells(asked, context.key):
        yield Violation("Unshuffled, its options stand as the key has them.", ("shuffle",))


def _tells(asked: object, key: object) -> bool:
    """Return whether a key can be seen from the order in which an interaction shows things."""
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
