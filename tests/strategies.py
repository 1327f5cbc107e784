"""Hypothesis strategies for what the core is about: texts, items, responses, banks, openings and events.

Items and banks drawn here are sound: they have no problems. Responses may be anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from quiz.core.bank import Bank, Note, Source
from quiz.core.events import Event, EventKind, Mode, Opening
from quiz.core.grading import (
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
from quiz.core.interaction import Choose, Enter, Interaction, Match, Order, Reveal, Sort
from quiz.core.item import Item, ItemRef, Option
from quiz.core.kinds import all_kinds
from quiz.core.kinds.cloze import Cloze
from quiz.core.kinds.flashcard import Flashcard
from quiz.core.kinds.listing import Entry, Listing
from quiz.core.kinds.matching import Matching
from quiz.core.kinds.multiple_response import MultipleResponse
from quiz.core.kinds.numeric import Numeric
from quiz.core.kinds.ordering import Ordering
from quiz.core.kinds.short_answer import ShortAnswer
from quiz.core.kinds.single_choice import SingleChoice
from quiz.core.kinds.sorting import Sorting
from quiz.core.kinds.true_false import TrueFalse
from quiz.core.spelling import normalised

steady = settings(derandomize=True, deadline=None, max_examples=60)
"""The same examples on every run; `settings(steady, max_examples=…)` asks for more or fewer."""

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHABET = (
    LETTERS + "äöüßéèçñøłœİıαβΣςжшяאבعر漢字かな0123456789   '’“”.,;:!?()[]/%°²½+-−–—*&=#@$€<>_~^|\\\"\t"
)
"""What people write in banks, and what trips programs up."""

ABSURD = (
    "", " ", "\n", "\x00", "\ud800", "\u202e", "{{", "}}" * 500, "[[", "0", "-0", "+", "-", ".", ",", "1/0", "1e999",
    "1e-999", "9" * 5000, "٣", "Ⅷ", "²", "½", "NaN", "inf", "e", "%", "a" * 100_000, "ä" * 20_000, " " * 50_000,
    "1 " * 20_000, "a b " * 5_000, "\u0301" * 5_000, "🇺🇦👩‍👩‍👧", "ﷺ" * 300, "None", "True", "True ", "null", "ß", "İ",
)  # fmt: skip
"""Texts that nobody sane types."""

words = st.text(ALPHABET, min_size=1, max_size=12).map(str.strip).filter(bool)
"""Short texts with something to see in them."""

plain_words = st.text(LETTERS[:26], min_size=1, max_size=10)
"""Texts of small Latin letters."""

any_text = st.one_of(words, st.sampled_from(ABSURD), st.text(st.characters(), max_size=30))
"""Texts that may hold anything, lone surrogates too."""

ids = st.from_regex(r"\A[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}\Z")


def different(texts: SearchStrategy[str], least: int, most: int) -> SearchStrategy[list[str]]:
    """Return lists of texts that say different things."""
    return st.lists(texts, min_size=least, max_size=most, unique_by=normalised)


@st.composite
def with_feedback(draw: DrawFn, text: str) -> str | Option:
    """Return a text as an option, some of them with feedback."""
    said = draw(st.none() | words)
    return text if said is None else Option(text, said)


# --------------------------------------------------------------------------- items, by their kinds


def _common(draw: DrawFn) -> dict[str, Any]:
    """Draw the fields that items of every kind share; what they refer to is for the bank to have."""
    return {
        "id": draw(ids),
        "stem": draw(words),
        "rationale": draw(st.just("") | words),
        "hint": draw(st.just("") | words),
        "tags": tuple(draw(st.lists(plain_words, max_size=2))),
        "weight": draw(st.sampled_from([0.5, 1.0, 2.0])),
        "shuffle": draw(st.booleans()),
    }


def _options(draw: DrawFn, texts: list[str]) -> tuple[str | Option, ...]:
    return tuple(draw(with_feedback(text)) for text in texts)


@st.composite
def single_choice_items(draw: DrawFn) -> SingleChoice:
    key, *wrong = _options(draw, draw(different(words, 2, 6)))
    return SingleChoice(key=key, distractors=tuple(wrong), **_common(draw))


@st.composite
def multiple_response_items(draw: DrawFn) -> MultipleResponse:
    options = _options(draw, draw(different(words, 2, 7)))
    keys = draw(st.integers(1, len(options) - 1))
    return MultipleResponse(keys=options[:keys], distractors=options[keys:], **_common(draw))


@st.composite
def true_false_items(draw: DrawFn) -> TrueFalse:
    return TrueFalse(key=draw(st.booleans()), feedback=draw(st.just("") | words), **_common(draw))


@st.composite
def short_answer_items(draw: DrawFn) -> ShortAnswer:
    key, *others = _options(draw, draw(different(words, 1, 6)))
    accepted = draw(st.integers(0, len(others)))
    return ShortAnswer(
        key=key,
        accept=tuple(others[:accepted]),
        refuse=tuple(others[accepted:]),
        case=draw(st.sampled_from(["ignore", "match"])),
        **_common(draw),
    )


@st.composite
def numeric_items(draw: DrawFn) -> Numeric:
    number = draw(st.decimals(-1_000_000, 1_000_000, places=2))
    return Numeric(
        key=draw(st.sampled_from([f"{number}", f"{number:,}", f"{number:.0f}", f"{abs(number):.0f}/7"])),
        tolerance=draw(st.sampled_from(["", "0", "0.5", "5", "1/2"])),
        unit=draw(st.sampled_from(["", "km", "%", "°C", "m²"])),
        units=draw(st.sampled_from([(), ("kilometres",)])),
        feedback=draw(st.just("") | words),
        **_common(draw),
    )


@st.composite
def cloze_items(draw: DrawFn) -> Cloze:
    braceless = words.filter(lambda text: not {"{", "}"} & set(text))
    gaps = draw(different(braceless, 1, 4))
    text = "".join(f"{draw(braceless)} {{{{{gap}}}}} " for gap in gaps) + draw(braceless)
    others = [
        other for other in draw(different(words, 0, 4)) if normalised(other) not in map(normalised, gaps)
    ]
    accepted = draw(st.integers(0, len(others)))
    fields = _common(draw)
    del fields["stem"]
    return Cloze(
        text=text,
        accept={gaps[0]: _options(draw, others[:accepted])} if others[:accepted] else {},
        refuse={gaps[-1]: _options(draw, others[accepted:])} if others[accepted:] else {},
        **fields,
    )


@st.composite
def listing_items(draw: DrawFn) -> Listing:
    texts = draw(different(words, 1, 6))
    keys = tuple(
        draw(st.just(text) | st.builds(Entry, st.just(text), st.just((f"{text} bis",)), st.just("") | words))
        for text in texts
    )
    return Listing(keys=keys, ask_for=draw(st.none() | st.integers(1, len(keys))), **_common(draw))


@st.composite
def ordering_items(draw: DrawFn) -> Ordering:
    return Ordering(order=tuple(draw(different(words, 2, 7))), **_common(draw))


@st.composite
def matching_items(draw: DrawFn) -> Matching:
    lefts = draw(different(words, 2, 5))
    rights = draw(different(words, 1, 7))
    used = [draw(st.integers(0, len(rights) - 1)) for _ in lefts]
    spare = [right for place, right in enumerate(rights) if place not in used]
    pairs = {left: draw(with_feedback(rights[place])) for left, place in zip(lefts, used, strict=True)}
    return Matching(pairs=pairs, distractors=_options(draw, spare), **_common(draw))


@st.composite
def sorting_items(draw: DrawFn) -> Sorting:
    names = draw(different(words, 2, 4))
    members = draw(different(words, len(names), 8))
    bins: dict[str, list[str | Option]] = {name: [] for name in names}
    for place, member in enumerate(members):
        name = names[place] if place < len(names) else draw(st.sampled_from(names))
        bins[name].append(draw(with_feedback(member)))
    return Sorting(categories={name: tuple(inside) for name, inside in bins.items()}, **_common(draw))


@st.composite
def flashcard_items(draw: DrawFn) -> Flashcard:
    return Flashcard(back=draw(words), **_common(draw))


ITEMS: dict[str, Callable[[], SearchStrategy[Item]]] = {
    "single-choice": single_choice_items,
    "multiple-response": multiple_response_items,
    "true-false": true_false_items,
    "short-answer": short_answer_items,
    "numeric": numeric_items,
    "cloze": cloze_items,
    "listing": listing_items,
    "ordering": ordering_items,
    "matching": matching_items,
    "sorting": sorting_items,
    "flashcard": flashcard_items,
}


def example_of(kind: str) -> Item:
    """Return a kind's worked example."""
    return msgspec.convert(
        yaml.load(all_kinds()[kind].example, yaml.BaseLoader), all_kinds()[kind], strict=False
    )


def items(kind: str | None = None) -> SearchStrategy[Item]:
    """Return sound items of a kind, or of all kinds; a kind without a strategy gives its worked example."""
    if kind is None:
        return st.one_of([items(each) for each in all_kinds()])
    drawn = ITEMS[kind]() if kind in ITEMS else st.just(example_of(kind))
    return drawn.filter(lambda item: not list(item.problems()))


# --------------------------------------------------------------------------- responses


def responses_to(interaction: Interaction) -> SearchStrategy[Response]:
    """Return responses that the interaction's own front end could give, complete or not."""
    match interaction:
        case Choose(options):
            most = len(options) if interaction.most > 1 else 1
            return st.lists(st.sampled_from(options), max_size=most, unique=True).map(tuple).map(Chosen)
        case Enter(fields):
            return st.lists(any_text, max_size=len(fields)).map(tuple).map(Entered)
        case Order(entries):
            return st.permutations(entries).map(tuple).map(Ordered)
        case Match(lefts, rights):
            return st.dictionaries(st.sampled_from(lefts), st.sampled_from(rights)).map(Matched)
        case Sort(members, bins):
            return st.dictionaries(st.sampled_from(members), st.sampled_from(bins)).map(Sorted)
        case Reveal():
            return st.integers(0, 4).map(Recalled)


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
def banks(draw: DrawFn, least: int = 1, most: int = 6) -> Bank:
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


def openings(mode: Mode = Mode.STUDY) -> SearchStrategy[Opening]:
    """Return openings of sessions."""
    return st.builds(
        Opening,
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
