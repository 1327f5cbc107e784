"""The state of a study session, and what can be seen of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Self

import msgspec

from quiz.core.content.grading import Entered, Grade
from quiz.core.content.interaction import Interaction
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.scheduling.policy import policy_of
from quiz.core.session import BankItem, InvalidTransition, ItemLookup, Phase, arrangement
from quiz.core.study.clarification import clarification_in
from quiz.core.study.settings import StudySettings, study_settings

UNDOABLE = frozenset(
    {
        EventKind.ATTEMPT,
        EventKind.SKIP,
        EventKind.SUSPEND,
        EventKind.BURY,
        EventKind.OVERRIDE,
        EventKind.RATE,
    }
)


MOST_RETURNS = 4
"""How often an item comes back on one study day before it waits for the next."""
RETURN_AFTER_MS = 60_000
"""How long an item stays away, in milliseconds, while there are others to ask."""


@dataclass(frozen=True)
class StudyState:
    """The items still to be asked, the events so far, and the attempt being reviewed."""

    header: SessionHeader
    lookup: ItemLookup = field(repr=False)
    queue: tuple[ItemRef, ...]
    """The items still to be asked; the first is the current one."""
    phase: Phase = Phase.ANSWERING
    n: int = 0
    """The number of the last event."""
    log: tuple[Event, ...] = ()
    """The effective events."""
    rights: Mapping[ItemRef, int] = field(default_factory=dict)
    flagged: frozenset[ItemRef] = frozenset()
    attempt: Event | None = None
    """The attempt being reviewed."""
    before: Self | None = field(default=None, repr=False)
    """The session before the last event."""
    graded: Grade | None = field(default=None, repr=False, compare=False)
    """The grade of the attempt being reviewed, if it was computed already."""

    @property
    def settings(self) -> StudySettings:
        """The settings that the session was started with."""
        return study_settings(self.header)

    @property
    def current(self) -> BankItem:
        """The item being asked or reviewed. Raises InvalidTransition when the session is finished."""
        if self.phase is Phase.REVIEWING and self.attempt is not None and self.attempt.ref in self.lookup:
            return self.lookup[self.attempt.ref]
        if self.phase is Phase.FINISHED or not self.queue:
            raise InvalidTransition("The session is finished.")
        return self.lookup[self.queue[0]]

    @property
    def asks_confidence(self) -> bool:
        """Whether the learner is asked how sure they are of the current item."""
        settings = self.settings
        return settings.confidence_by_bank.get(self.current.ref.bank, settings.confidence)

    @property
    def visit(self) -> int:
        """How often the current item was attempted before in this session."""
        ref = self.current.ref
        times = sum(event.kind is EventKind.ATTEMPT and event.ref == ref for event in self.log)
        return times - (self.phase is Phase.REVIEWING)

    @property
    def interaction(self) -> Interaction:
        """The current item's interaction, with its options in this session's order."""
        bank_item = self.current
        return arrangement(self.header.seed, bank_item.ref, self.visit, bank_item.item)

    @property
    def clarification(self) -> Event | None:
        """The draft of the current item that needs to be more exact, if there is one."""
        return clarification_in(self.log, self.current.ref) if self.phase is Phase.ANSWERING else None

    @property
    def grade(self) -> Grade:
        """The grade of the attempt being reviewed. Raises InvalidTransition in any other phase."""
        if self.phase is not Phase.REVIEWING or self.attempt is None or self.attempt.response is None:
            raise InvalidTransition("No attempt is being reviewed.")
        grade = self.graded or self.current.grade(self.attempt.response)
        if self.is_overridden:
            return msgspec.structs.replace(grade, score=1.0, notice="You counted this as right.")
        return grade

    @property
    def is_overridden(self) -> bool:
        """Whether the learner counted the attempt being reviewed as right."""
        return self.about_attempt(EventKind.OVERRIDE) is not None

    @property
    def rating(self) -> int | None:
        """The rating given by hand to the attempt being reviewed, if any."""
        event = self.about_attempt(EventKind.RATE)
        return None if event is None else int(event.body["rating"])

    @property
    def attempts(self) -> tuple[Event, ...]:
        """The effective attempts, in order."""
        return tuple(event for event in self.log if event.kind is EventKind.ATTEMPT)

    @property
    def items(self) -> tuple[ItemRef, ...]:
        """All items of the session; those added later come last."""
        return tuple(dict.fromkeys((*self.header.items, *self.added_by(self.log))))

    @property
    def banks(self) -> set[str]:
        """The banks of its items, without those that are gone."""
        found: set[str] = set()
        for ref in chain(self.header.items, self.added_by(self.log)):
            if ref.bank not in found and ref in self.lookup:
                found.add(ref.bank)
        return found

    @staticmethod
    def added_by(events: Iterable[Event]) -> list[ItemRef]:
        """Return the items that some events added to their session."""
        return [ItemRef(*ref) for event in events for ref in event.body.get("added", ())]

    @property
    def last_at(self) -> int:
        """The time of the last effective event, else of the start, in milliseconds since 1970 UTC."""
        return max((event.at for event in self.log[-1:]), default=self.header.started)

    @property
    def has_ended(self) -> bool:
        """Whether the session's end is recorded."""
        return bool(self.log) and self.log[-1].kind is EventKind.END

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo."""
        return any(event.kind in UNDOABLE for event in self.log)

    @property
    def attempt_ref(self) -> ItemRef | None:
        """The item of the attempt being reviewed."""
        return None if self.attempt is None else self.attempt.ref

    @property
    def counts(self) -> bool:
        """Whether its answers count for the schedule."""
        return policy_of(self.header).feeds_schedule

    @property
    def comes_back(self) -> bool:
        """Whether the item being reviewed comes back in this session."""
        return self.attempt is not None and self.attempt.ref in self.queue

    @property
    def can_override(self) -> bool:
        """Whether the response being reviewed was typed, not right, and not overridden yet."""
        attempt = self.attempt
        return (
            self.phase is Phase.REVIEWING
            and attempt is not None
            and isinstance(attempt.response, Entered)
            and (attempt.score or 0.0) < 1
            and not self.is_overridden
        )

    def rested_first(self, at: int | None) -> tuple[ItemRef, ...]:
        """Return the queue with the first item in front that has stayed away long enough, if there is one."""
        last = {event.ref: event.at for event in self.attempts}
        for place, ref in enumerate(self.queue):
            if at is None or ref not in last or at - last[ref] >= RETURN_AFTER_MS:
                return (ref, *self.queue[:place], *self.queue[place + 1 :])
        return self.queue

    def needs_rest(self, at: int) -> bool:
        """Return whether the item just reviewed is the only one left and was missed before as well."""
        ref = self.attempt_ref
        own = [event for event in self.attempts if event.ref == ref]
        misses = sum((event.score or 0.0) < 1 for event in own)
        return self.queue == (ref,) and misses > 1 and at - own[-1].at < RETURN_AFTER_MS

    def attempts_today(self, ref: ItemRef) -> int:
        """Return how often an item was attempted in this session, and earlier on the day of its first
        attempt."""
        own = [event for event in self.attempts if event.ref == ref]
        earlier = own[0].body.get("earlier", 0) if own else 0
        return len(own) + (earlier if isinstance(earlier, int) else 0)

    @property
    def is_given_up(self) -> bool:
        """Whether the item being reviewed came back as often as it may today and is still not known."""
        ref = self.attempt_ref
        return (
            self.phase is Phase.REVIEWING
            and ref is not None
            and ref in self.lookup
            and self.rights.get(ref, 0) < self.settings.criterion
            and self.attempts_today(ref) > MOST_RETURNS
        )

    @property
    def answering_ms(self) -> int:
        """The total time for answers so far."""
        return sum(event.duration_ms or 0 for event in self.attempts)

    def about_attempt(self, kind: EventKind) -> Event | None:
        """Return the last event of a kind about the attempt being reviewed, or None."""
        n = self.attempt.n if self.attempt is not None else None
        return next((e for e in reversed(self.log) if e.kind is kind and e.target == n), None)


def is_by_itself(event: Event) -> bool:
    """Return whether an event followed from another one and is undone together with it."""
    return bool(event.body.get("by_itself"))


def flagged_after(flagged: frozenset[ItemRef], flag: Event) -> frozenset[ItemRef]:
    """Return the items that are marked after a flag; one that says nothing takes away the one before it."""
    is_flagged = flag.body.get("flagged", flag.ref not in flagged)
    return flagged | {flag.ref} if is_flagged else flagged - {flag.ref}


def flagged_before(flagged: frozenset[ItemRef], events: Iterable[Event]) -> frozenset[ItemRef]:
    """Return the items that were marked before some events, of those that are marked after them."""
    first: dict[ItemRef, Event] = {}
    for event in events:
        if event.kind is EventKind.FLAG:
            first.setdefault(event.ref, event)
    were = {ref for ref, event in first.items() if not event.body.get("flagged", True)}
    return (flagged - first.keys()) | were
