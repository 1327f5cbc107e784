"""Study sessions for tests: a small bank, an opening, and right and wrong responses."""

from __future__ import annotations

from typing import Any

from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Entered, Ordered, Recalled, Response
from quiz.core.content.item import Item
from quiz.core.content.item_ref import ItemRef
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.multiple_response import MultipleResponse
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.core.session import ItemLookup
from quiz.core.study.session import StudySession
from tests.fakes import NOON, SECOND

ITEMS: dict[str, tuple[Item, Response, Response]] = {
    "choice": (
        SingleChoice(
            id="choice",
            stem="Choose.",
            key="Paris",
            distractors=("Lyon", "Nice", "Lille", "Metz"),
            rationale="So.",
        ),
        Chosen(("Paris",)),
        Chosen(("Lyon",)),
    ),
    "typed": (
        ShortAnswer(id="typed", stem="Type.", key="Pacific"),
        Entered(("pacific",)),
        Entered(("Baltic",)),
    ),
    "number": (Numeric(id="number", stem="Count.", key="1000"), Entered(("1e3",)), Entered(("7",))),
    "order": (
        Ordering(id="order", stem="Order.", order=("a", "b", "c", "d")),
        Ordered(("a", "b", "c", "d")),
        Ordered(("d", "c", "b", "a")),
    ),
    "several": (
        MultipleResponse(id="several", stem="Choose all.", keys=("2", "3"), distractors=("4", "6")),
        Chosen(("2", "3")),
        Chosen(("2",)),
    ),
    "card": (Flashcard(id="card", stem="Front.", back="Back."), Recalled(3), Recalled(1)),
}
"""Items by their ids, each with a right response and one that is not."""

BANK = Bank(format=1, bank="b", title="A bank", items=tuple(item for item, _, _ in ITEMS.values()))
LOOKUP = ItemLookup.of(BANK)


def ref(name: str) -> ItemRef:
    return ItemRef("b", name)


def header(*names: str, seed: int = 5, **study: Any) -> SessionHeader:
    """Return the opening of a study session on some of the items, or all."""
    return SessionHeader(
        id="01890000-0000-7000-8000-000000000001",
        learner="mina",
        device="desk",
        mode=Mode.STUDY,
        banks=("b",),
        seed=seed,
        settings={"study": study},
        items=tuple(ref(name) for name in names or ITEMS),
        started=NOON,
        zone="Europe/Berlin",
    )


def begun(*names: str, seed: int = 5, **study: Any) -> StudySession:
    return StudySession.begin(header(*names, seed=seed, **study), LOOKUP)


def current(session: StudySession) -> str:
    """Return the id of the item that is asked or reviewed."""
    return session.current.item.id


def waiting(session: StudySession) -> list[str]:
    """Return the ids of what is still to be asked."""
    return [each.item for each in session.queue]


def respond(session: StudySession, *, right: bool = True, at: int = 0, **more: Any) -> Event:
    """Answer the current item rightly or wrongly."""
    response = ITEMS[current(session)][1 if right else 2]
    more = {"duration_ms": SECOND, **more}
    return session.submit(response, at=at or NOON + session.n, **more)


def answered(session: StudySession, *rights: bool) -> StudySession:
    """Answer one item after the other and go on after each."""
    for right in rights:
        session = session.apply(respond(session, right=right)).advance()
    return session
