"""What any store of events must do, as tests: derive from `EventStoreContract` and say how one is made."""

from __future__ import annotations

from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.errors import RecordConflict
from quiz.record.interface import EventStore
from tests.record.record_stress import DAY, NOON, attempt, event, header


class EventStoreContract:
    """The contract. `store` is a new, empty one; `learner_in` makes somebody known to it."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> EventStore:
        raise NotImplementedError

    def learner_in(self, store: EventStore, name: str) -> str:
        """Return the id of a learner whose name the store knows."""
        raise NotImplementedError

    def names_in(self, store: EventStore) -> set[str]:
        """Return all names that the store knows."""
        raise NotImplementedError

    @pytest.fixture
    def begun(self, store: EventStore) -> SessionHeader:
        """A session with two events."""
        made = header(self.learner_in(store, "mina"), Random(1))
        store.start_with(made, [attempt(1), attempt(2, "two", 0.0)])
        return made

    def test_what_was_put_there_is_there(self, store: EventStore, begun: SessionHeader) -> None:
        assert store.header(begun.id) == begun
        assert store.events(begun.id) == (attempt(1), attempt(2, "two", 0.0))
        store.append(begun.id, [event(3, EventKind.UNDO, 2)])
        assert [one.kind for one in store.events(begun.id)] == ["attempt", "attempt", "undo"]

    def test_the_same_again_is_nothing(self, store: EventStore, begun: SessionHeader) -> None:
        store.start_with(begun, [attempt(1)])
        store.append(begun.id, [attempt(2, "two", 0.0), attempt(3)])
        assert store.heads() == {begun.id: 3}

    def test_something_else_in_that_place_is_a_conflict(
        self, store: EventStore, begun: SessionHeader
    ) -> None:
        with pytest.raises(RecordConflict):
            store.append(begun.id, [attempt(2, "another")])
        with pytest.raises(RecordConflict):
            store.start_with(msgspec.structs.replace(begun, seed=7), [])
        assert store.heads() == {begun.id: 2}

    @pytest.mark.parametrize("numbers", [(4,), (3, 5), (0,), (3, 3)])
    def test_numbers_are_never_left_out(
        self, store: EventStore, begun: SessionHeader, numbers: tuple[int, ...]
    ) -> None:
        with pytest.raises(ValueError, match="come events"):
            store.append(begun.id, [attempt(n) for n in numbers])
        assert store.heads() == {begun.id: 2}

    def test_all_or_nothing(self, store: EventStore, begun: SessionHeader) -> None:
        with pytest.raises(ValueError, match="score"):
            store.append(begun.id, [attempt(3), attempt(4, score=float("nan"))])
        assert store.heads() == {begun.id: 2}

    def test_a_session_that_was_never_started_is_unknown(self, store: EventStore) -> None:
        unknown = header("nobody", Random(9)).id
        for ask in (store.header, store.events, lambda key: store.append(key, [attempt(1)])):
            with pytest.raises(KeyError):
                ask(unknown)

    def test_an_empty_session_is_a_session(self, store: EventStore) -> None:
        made = header(self.learner_in(store, "mina"), Random(1))
        store.start_with(made, [])
        assert store.heads() == {made.id: 0}
        assert list(store.since({})) == [(made, ())]
        assert list(store.since({made.id: 0})) == []

    def test_what_is_beyond_some_heads_is_read_from_there_on(
        self, store: EventStore, begun: SessionHeader
    ) -> None:
        other = header(begun.learner, Random(2), NOON + DAY)
        before = store.heads()
        store.start_with(other, [attempt(1, at=NOON + DAY)])
        store.append(begun.id, [attempt(3)])
        assert dict(_by_id(store, before)) == {
            begun.id: (attempt(3),),
            other.id: (attempt(1, at=NOON + DAY),),
        }
        assert list(store.since(store.heads())) == []
        assert {session for session, _ in _by_id(store, {})} == {begun.id, other.id}
        assert list(store.since({begun.id: 99, other.id: 99})) == [], "another store may be ahead"

    def test_a_name_that_is_forgotten_is_gone_and_its_events_stay(
        self, store: EventStore, begun: SessionHeader
    ) -> None:
        self.learner_in(store, "otto")
        store.forget([begun.learner])
        assert self.names_in(store) == {"otto"}
        assert len(store.events(begun.id)) == 2


def _by_id(store: EventStore, heads: dict[str, int]) -> list[tuple[str, tuple[Event, ...]]]:
    return [(one.id, events) for one, events in store.since(heads)]
