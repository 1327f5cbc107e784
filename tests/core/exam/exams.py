"""Tests to take in tests: a small bank, an opening, and a clock to take them by."""

from __future__ import annotations

from typing import Any

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Response
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.events.model import Mode, SessionHeader
from quiz.core.exam.session import ExamSession as Session
from quiz.core.exam.settings import ExamSettings as Settings
from quiz.core.session import ItemLookup
from tests.fakes import NOON

CAPITAL, OCEAN, CITIES, PLANETS = (
    ItemRef("exam", name) for name in ("capital", "ocean", "cities", "planets")
)
FORM = (CAPITAL, OCEAN, CITIES, PLANETS)

ITEMS: tuple[Item, ...] = (
    SingleChoice(
        id="capital", topic="places", stem="The capital of France?", key="Paris", distractors=("Lyon", "Nice")
    ),
    ShortAnswer(id="ocean", topic="seas", stem="The largest ocean?", key="Pacific", weight=2.0),
    Matching(id="cities", topic="places", stem="Match.", pairs={"France": "Paris", "Italy": "Rome"}),
    Ordering(id="planets", topic="sky", stem="Order.", order=("Mercury", "Venus", "Earth", "Mars")),
)
EXAM = Bank(
    format=1,
    bank="exam",
    title="An exam",
    topics={"places": "Places", "seas": "Seas", "sky": "The sky"},
    items=ITEMS,
)

RIGHT: dict[ItemRef, Response] = {ItemRef("exam", item.id): item.key_response() for item in ITEMS}
WRONG: dict[ItemRef, Response] = {
    CAPITAL: Chosen(("Lyon",)),
    OCEAN: Entered(("Baltic",)),
    CITIES: Matched({"France": "Rome", "Italy": "Paris"}),
    PLANETS: Ordered(("Mars", "Earth", "Venus", "Mercury")),
}
HALF: dict[ItemRef, Response] = {CITIES: Matched({"France": "Paris"})}


def header(*items: ItemRef, started: int = NOON, number: int = 1, **settings: Any) -> SessionHeader:
    """Return the opening of an exam on the bank above."""
    told = msgspec.json.decode(msgspec.json.encode(Settings(**settings)))
    return SessionHeader(
        id=f"01978a2e-0000-7000-8000-{number:012x}",
        learner="mina",
        device="desk",
        mode=Mode.EXAM,
        banks=("exam",),
        seed=7,
        settings={"test": told},
        items=items or FORM,
        started=started,
        zone="Europe/Berlin",
    )


def begun(*items: ItemRef, lookup: ItemLookup | None = None, **settings: Any) -> Session:
    """Return an exam with its first item shown."""
    session = Session.begin(header(*items, **settings), ItemLookup.of(EXAM) if lookup is None else lookup)
    return session.apply(session.show(0, session.at))
