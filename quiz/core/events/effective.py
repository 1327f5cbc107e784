"""Which events of a session count: the rules for undoing, voiding and overriding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quiz.core.events.model import Event, EventKind

ABOUT_ANOTHER = frozenset({EventKind.UNDO, EventKind.VOID, EventKind.OVERRIDE, EventKind.RATE})
"""Kinds of events that change whether earlier events of their session count, and for what."""
_NEVER_VOID = frozenset({EventKind.UNDO, EventKind.VOID})


def undo(n: int, at: int, events: Sequence[Event]) -> Event:
    """Return the event numbered `n` that undoes the first of some events together with the others."""
    target, *also = (event.n for event in events)
    return Event(n=n, kind=EventKind.UNDO, at=at, target=target, body={"also": also})


def targets_of(event: Event) -> tuple[int, ...]:
    """Return the numbers of the earlier events that an event refers to; of an undo, those it takes back."""
    also = event.body.get("also", ()) if event.kind is EventKind.UNDO else ()
    others = [n for n in also if isinstance(n, int)] if isinstance(also, (list, tuple)) else []
    numbers = others if event.target is None else [event.target, *others]
    return tuple(n for n in numbers if n < event.n)


def undone(events: Iterable[Event]) -> frozenset[int]:
    """Return the numbers of all undone events. An undo cannot be undone."""
    return frozenset(n for event in events if event.kind is EventKind.UNDO for n in targets_of(event))


def is_void(events: Iterable[Event]) -> bool:
    """Return whether a session was voided."""
    return any(event.kind is EventKind.VOID for event in events)


def effective_events(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events of a session that count: none of a void session, no undone ones, no undos."""
    if _NEVER_VOID.isdisjoint([event.kind for event in events]):
        return tuple(events)
    if is_void(events):
        return ()
    gone = undone(events)
    return tuple(event for event in events if event.n not in gone and event.kind not in _NEVER_VOID)


def overridden(counting: Iterable[Event]) -> frozenset[int]:
    """Return the numbers of the attempts that an effective event counts as correct."""
    found = [event for event in counting if event.kind is EventKind.OVERRIDE]
    return frozenset(n for event in found for n in targets_of(event))


def about_each_other(events: Sequence[Event]) -> list[Event]:
    """Return some events of a session without those that refer to an event which is not among them."""
    numbers = {event.n for event in events if event.kind not in ABOUT_ANOTHER}
    return [
        event
        for event in events
        if event.kind not in ABOUT_ANOTHER or not numbers.isdisjoint(targets_of(event))
    ]


def changed_by(new: Sequence[Event], all_events: Sequence[Event]) -> list[Event]:
    """Return the new events of a session and all those whose effect they may have changed."""
    if is_void(new):
        return list(all_events)
    by_number = {event.n: event for event in all_events}
    changed: dict[int, Event] = {}
    waiting = list(new)
    while waiting:
        event = waiting.pop()
        if event.n not in changed:
            changed[event.n] = event
            waiting += [by_number[n] for n in targets_of(event) if n in by_number]
    return list(changed.values())
