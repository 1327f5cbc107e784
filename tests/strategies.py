"""Hypothesis strategies for what the core is about: texts, items, responses, banks, openings and events.

Items and banks drawn here are sound: they have no problems. Responses may be anything.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from quiz.core.content.bank import Bank, Note, Source
from quiz.core.content.grading import (
    Chosen,
    Confidence,
    Entered,
    Matched,
    Ordered,
    Recalled,
    Response,
    Sorted,
    Verdict,
)
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Reveal, Sort
from quiz.core.content.item import Item, Option, text_of
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds import all_kinds
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.listing import Entry, Listing
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.multiple_response import MultipleResponse
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.content.kinds.sorting import Sorting
from quiz.core.content.kinds.true_false import TrueFalse
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.text.answer_matching import normalised
from tests.sampling import tries

steady = settings(max_examples=tries(30))
"""Enough for what is tried with each kind; `settings(steady, max_examples=…)` asks for more or fewer."""

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARKS = "   '’“”.,;:!?()[]/%°²½+-−–—*&=#@$€<>_~^|\\\"\t"
ALPHABET = f"{LETTERS}äöüßéèçñøłœİıαβΣςжшяאבعر漢字かな0123456789{MARKS}"
"""What people write in banks, and what trips programs up."""

ABSURD = (
    "", " ", "\n", "\x00", "\ud800", "\u202e", "{{", "}}" * 500, "[[", "None", "True", "True ", "null", "ß",
    "0", "-0", "+", "-", ".", ",", "1/0", "1e999", "1e-999", "9" * 5000, "٣", "Ⅷ", "²", "½", "NaN", "inf",
    "a" * 100_000, "ä" * 20_000, " " * 50_000, "1 " * 20_000, "a b " * 5_000, "\u0301" * 5_000, "ﷺ" * 300,
    "e", "%", "İ", "🇺🇦👧",
)  # fmt: skip
"""Texts that nobody sane types."""

words = st.text(ALPHABET, min_size=1, max_size=8).map(str.strip).filter(bool)
"""Short texts with something to see in them."""

plain_words = st.text(LETTERS[:26], min_size=1, max_size=8)
"""Texts of small Latin letters."""

any_text = st.one_of(words, st.sampled_from(ABSURD), st.text(st.characters(), max_size=30))
"""Texts that may hold anything, lone surrogates too."""

unicode_text = any_text.filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text))
"""Texts that may hold anything that can be encoded."""

ids = st.from_regex(r"\A[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}\Z")


def different(texts: SearchStrategy[str], least: int, most: int) -> SearchStrategy[list[str]]:
    """Return lists of texts that say different things."""
    return st.lists(texts, min_size=least, max_size=most, unique_by=normalised)


# --------------------------------------------------------------------------- items, by their kinds
#
# What is drawn from is made once: making a strategy costs more than drawing from it.

feedbacks = st.none() | words
sayings = st.just("") | words
numbers = st.integers(0, 11)

COMMON = st.fixed_dictionaries(
    {
        "id": ids,
        "stem": words,
        "rationale": sayings,
        "hint": sayings,
        "tags": st.lists(plain_words, max_size=2).map(tuple),
        "weight": st.sampled_from([0.5, 1.0, 2.0]),
        "shuffle": st.booleans(),
    }
)
"""The fields that items of every kind share; what they refer to is for the bank to have."""


def as_option(text: str, feedback: str | None) -> str | Option:
    """Return a text as an option, a mapping if there is feedback."""
    return text if feedback is None else Option(text, feedback)


def options(least: int, most: int) -> SearchStrategy[list[str | Option]]:
    """Return lists of options that say different things, some of them with feedback."""
    pairs = st.tuples(words, feedbacks)
    drawn = st.lists(pairs, min_size=least, max_size=most, unique_by=lambda pair: normalised(pair[0]))
    return drawn.map(lambda pairs: [as_option(*pair) for pair in pairs])


def _single_choice(common: dict[str, Any], texts: list[Any]) -> Item:
    return SingleChoice(key=texts[0], distractors=tuple(texts[1:]), **common)


def _multiple_response(common: dict[str, Any], texts: list[Any], number: int) -> Item:
    cut = 1 + number % (len(texts) - 1)
    return MultipleResponse(keys=tuple(texts[:cut]), distractors=tuple(texts[cut:]), **common)


def _short_answer(common: dict[str, Any], texts: list[Any], number: int, case: Any) -> Item:
    cut = 1 + number % len(texts)
    return ShortAnswer(
        key=texts[0], accept=tuple(texts[1:cut]), refuse=tuple(texts[cut:]), case=case, **common
    )


def _numeric(common: dict[str, Any], number: Decimal, form: str, **more: Any) -> Item:
    return Numeric(key=form.format(number, abs(number)), **more, **common)


def _cloze(
    common: dict[str, Any], gaps: list[str], between: list[str], others: list[Any], number: int
) -> Item:
    text = "".join(f"{words} {{{{{gap}}}}} " for gap, words in zip(gaps, between, strict=False)) + between[-1]
    taken = {normalised(gap) for gap in gaps}
    free = [other for other in others if normalised(text_of(other)) not in taken]
    cut = number % (len(free) + 1)
    accept, refuse = tuple(free[:cut]), tuple(free[cut:])
    return Cloze(
        text=text,
        accept={gaps[0]: accept} if accept else {},
        refuse={gaps[-1]: refuse} if refuse else {},
        **{name: value for name, value in common.items() if name != "stem"},
    )


def _listing(common: dict[str, Any], texts: list[Any], number: int) -> Item:
    keys = tuple(
        text if isinstance(text, str) else Entry(text.text, (f"{text.text} bis",), text.feedback)
        for text in texts
    )
    asked_for = number % (len(keys) + 1)
    return Listing(keys=keys, ask_for=asked_for or None, **common)


def _matching(common: dict[str, Any], lefts: list[str], rights: list[Any], places: list[int]) -> Item:
    used = [place % len(rights) for place in places]
    spare = tuple(right for place, right in enumerate(rights) if place not in used[: len(lefts)])
    pairs = {left: rights[place] for left, place in zip(lefts, used, strict=False)}
    return Matching(pairs=pairs, distractors=spare, **common)


def _sorting(common: dict[str, Any], names: list[str], members: list[Any], places: list[int]) -> Item:
    bins: dict[str, list[Any]] = {name: [] for name in names}
    for count, (member, place) in enumerate(zip(members, places, strict=False)):
        bins[names[count if count < len(names) else place % len(names)]].append(member)
    return Sorting(categories={name: tuple(inside) for name, inside in bins.items()}, **common)


_braceless = words.filter(lambda text: not {"{", "}"} & set(text))
_places = st.lists(numbers, min_size=8, max_size=8)

ITEMS: dict[str, SearchStrategy[Item]] = {
    "single-choice": st.builds(_single_choice, COMMON, options(2, 6)),
    "multiple-response": st.builds(_multiple_response, COMMON, options(2, 7), numbers),
    "true-false": st.builds(
        lambda common, **more: TrueFalse(**more, **common), COMMON, key=st.booleans(), feedback=sayings
    ),
    "short-answer": st.builds(
        _short_answer, COMMON, options(1, 6), numbers, st.sampled_from(["ignore", "match"])
    ),
    "numeric": st.builds(
        _numeric,
        COMMON,
        st.decimals(-1_000_000, 1_000_000, places=2, allow_nan=False),
        st.sampled_from(["{0}", "{0:,}", "{0:.0f}", "{1:.0f}/7"]),
        tolerance=st.sampled_from(["", "0", "0.5", "5", "1/2", "5%"]),
        unit=st.sampled_from(["", "km", "%", "°C", "m²"]),
        units=st.sampled_from([(), ("kilometres",)]),
        feedback=sayings,
    ),
    "cloze": st.builds(
        _cloze,
        COMMON,
        different(_braceless, 1, 4),
        st.lists(_braceless, min_size=5, max_size=5),
        options(0, 4),
        numbers,
    ),
    "listing": st.builds(_listing, COMMON, options(1, 6), numbers),
    "ordering": st.builds(
        lambda common, order: Ordering(order=tuple(order), **common), COMMON, different(words, 2, 7)
    ),
    "matching": st.builds(_matching, COMMON, different(words, 2, 5), options(1, 7), _places),
    "sorting": st.builds(_sorting, COMMON, different(words, 2, 4), options(4, 8), _places),
    "flashcard": st.builds(lambda common, back: Flashcard(back=back, **common), COMMON, words),
}
"""Items of the kinds that ship; not all of them sound."""


@cache
def example_of(kind: str) -> Item:
    """Return a kind's worked example."""
    return parsed(yaml.load(all_kinds()[kind].example, yaml.BaseLoader), kind)


def parsed(data: Any, kind: str) -> Item:
    """Return the item that some plain data describes."""
    return msgspec.convert(data, all_kinds()[kind], strict=False)


@cache
def items(kind: str | None = None) -> SearchStrategy[Item]:
    """Return sound items of a kind, or of all kinds; a kind without a strategy gives its worked example."""
    if kind is None:
        return st.one_of([items(each) for each in all_kinds()])
    if kind not in ITEMS:
        return st.just(example_of(kind))
    return ITEMS[kind].filter(lambda item: not list(item.problems()))


# --------------------------------------------------------------------------- responses


def responses_to(interaction: Interaction, texts: SearchStrategy[str] = any_text) -> SearchStrategy[Response]:
    """Return responses that the interaction's own front end could give, complete or not."""
    match interaction:
        case Choose(options):
            most = len(options) if interaction.most > 1 else 1
            return st.lists(st.sampled_from(options), max_size=most, unique=True).map(tuple).map(Chosen)
        case Enter(fields):
            return st.lists(texts, max_size=len(fields)).map(tuple).map(Entered)
        case Order(entries):
            return st.permutations(entries).map(tuple).map(Ordered)
        case Match(lefts, rights):
            return st.dictionaries(st.sampled_from(lefts), st.sampled_from(rights)).map(Matched)
        case Sort(members, bins):
            return st.dictionaries(st.sampled_from(members), st.sampled_from(bins)).map(Sorted)
        case Reveal():
            return st.integers(0, 4).map(Recalled)


@cache
def any_responses(texts: SearchStrategy[str] = any_text) -> SearchStrategy[Response]:
    """Return responses of every interaction, to whatever was asked."""
    tuples = st.lists(texts, max_size=5).map(tuple)
    pairs = st.dictionaries(texts, texts, max_size=4)
    return st.one_of(
        tuples.map(Chosen), tuples.map(Entered), tuples.map(Ordered), pairs.map(Matched), pairs.map(Sorted),
        st.integers(-5, 10).map(Recalled),
    )  # fmt: skip


# --------------------------------------------------------------------------- banks


@st.composite
def banks(draw: DrawFn, least: int = 1, most: int = 4) -> Bank:
    """Return banks whose items refer only to what is there."""
    sources = draw(st.dictionaries(ids, st.builds(Source, words, by=words), max_size=2))
    note = st.builds(Note, words, words, source=st.sampled_from(["", *sources]), where=st.just("") | words)
    notes = draw(st.dictionaries(ids, note, max_size=3))
    topics = draw(st.dictionaries(ids, words, max_size=3))
    drawn = draw(st.lists(items(), min_size=least, max_size=most, unique_by=lambda item: item.id))
    placed = tuple(
        msgspec.structs.replace(
            item,
            topic=draw(st.sampled_from(["", *topics])),
            cites=tuple(draw(st.lists(st.sampled_from(list(notes)), max_size=2, unique=True)))
            if notes
            else (),
        )
        for item in drawn
    )
    return Bank(
        format=1,
        bank=draw(ids),
        title=draw(words),
        summary=draw(st.just("") | words),
        sources=sources,
        topics=topics,
        notes=notes,
        items=placed,
    )


# --------------------------------------------------------------------------- sessions and their events

moments = st.integers(1_000_000_000_000, 2_000_000_000_000)
"""Times in milliseconds since 1970 UTC, from 2001 to 2033."""

refs = st.builds(ItemRef, ids, ids)


def headers(mode: Mode = Mode.STUDY) -> SearchStrategy[SessionHeader]:
    """Return openings of sessions."""
    return st.builds(
        SessionHeader,
        id=st.uuids(version=4).map(str),
        learner=ids,
        device=words,
        mode=st.just(mode),
        banks=st.lists(ids, min_size=1, max_size=2).map(tuple),
        seed=st.integers(0, 2**32 - 1),
        items=st.lists(refs, max_size=4, unique=True).map(tuple),
        started=moments,
        zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "+05:30"]),
    )


def events(texts: SearchStrategy[str] = words) -> SearchStrategy[Event]:
    """Return events of every kind; what they hold need not fit together."""
    return st.builds(
        Event,
        n=st.integers(1, 1000),
        kind=st.sampled_from(EventKind),
        at=moments,
        bank=ids,
        item=ids,
        fingerprint=st.from_regex(r"\A[0-9a-f]{16}\Z"),
        duration_ms=st.none() | st.integers(0, 10_000_000),
        response=st.none() | any_responses(texts),
        score=st.none() | st.floats(0, 1),
        verdict=st.none() | st.sampled_from(Verdict),
        confidence=st.none() | st.sampled_from(Confidence),
        target=st.none() | st.integers(1, 1000),
        body=st.dictionaries(plain_words, st.integers(0, 9) | words, max_size=2),
    )
