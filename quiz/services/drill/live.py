"""A drill in progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from quiz.clock import Clock
from quiz.core.class_list import Pupil, competitor_names, meant_by
from quiz.core.drill.drill import Drill
from quiz.core.drill.formats import begin
from quiz.core.drill.settings import Stage
from quiz.core.events.model import Event, SessionHeader
from quiz.core.session import InvalidTransition, ItemLookup
from quiz.record.interface import Record
from quiz.services.live_session import LiveSession

TICK_MS, SLOW_TICK_MS = 1000, 5000
"""How often a running clock is put on record, so that a crash costs no more of what it showed: a countdown,
and a clock that only tells how long something took."""

D = TypeVar("D", bound=Drill)


class LiveDrill(LiveSession[D]):
    """A drill with its record and its clock."""

    def __init__(self, record: Record, clock: Clock, drill: D, known: Mapping[str, str]) -> None:
        super().__init__(record, clock, drill, drill.last_at)
        self._known = known
        """What learners are called, by their ids: read beforehand, since drawing must not read the record."""
        self._last_at = self._begun_at
        self._is_following = False
        """Whether another window went on with this drill: it minds the time, until a step is taken here."""

    @classmethod
    def start(
        cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup
    ) -> LiveDrill[Drill]:
        """Begin a drill and put its start on record."""
        drill = begin(header, lookup)
        known = known_names(record, drill)
        record.start(header)
        return LiveDrill(record, clock, drill, known)

    @classmethod
    def resume(
        cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup
    ) -> LiveDrill[Drill]:
        """Go on with a drill where its record ends; a clock that was running stands at what it showed.

        An item that is gone from its bank meanwhile is skipped.
        """
        drill = begin(header, lookup, record.events(header.id))
        live = LiveDrill(record, clock, drill, known_names(record, drill))
        if drill.timer.is_going:
            live.append(drill.pause(drill.log[-1].at))
        if live.drill.is_gone:
            live.append(live.drill.leave_gone(live.now()))
        if closing := live._closing(live.drill, live.now()):
            live.append(*closing)
        return live

    @property
    def drill(self) -> D:
        """Where the drill stands."""
        return self.session

    def append(self, *events: Event, leading_to: D | None = None) -> None:
        """Save events, and stand where they lead; the last one together with the end."""
        super().append(*events, leading_to=leading_to)
        self._last_at = events[-1].at
        self._is_following = False

    def can(self, command: Callable[[int], Event]) -> bool:
        """Say whether something could be done now: a command that takes nothing but the time."""
        try:
            command(self.now())
        except InvalidTransition:
            return False
        return True

    def on_tick(self) -> bool:
        """Do what the passing of time asks for; say whether the drill stands elsewhere for it.

        To be called several times a second. A running clock is kept on record as well.
        """
        if self._is_following:
            return False
        drill, now = self.drill, self.now()
        if (due := drill.due(now)) is not None:
            self.append(due)
            return True
        if self._is_tick_due(now):
            self.append(drill.tick(now))
        return False

    def _is_tick_due(self, now: int) -> bool:
        """Say whether the clock shows something else than what the record can bring back."""
        drill = self.drill
        if not drill.timer.is_going or drill.is_time_up(self._last_at):
            return False
        every = TICK_MS if drill.limit_ms else SLOW_TICK_MS
        return now - self._last_at >= every or drill.is_time_up(now)

    def _closing(self, after: D, at: int) -> tuple[Event, ...]:
        """Return the drill's end once no item is left."""
        is_over = after.stage is Stage.FINISHED and not after.has_ended
        return (after.end(max(self.now(), at)),) if is_over else ()

    def _taken_up(self, session: D) -> D:
        """Leave the time to the other window that went on with the drill."""
        self._known = known_names(self.record, session)
        self._last_at = max(self.now(), session.last_at)
        self._is_following = True
        return session

    def add_late(self, name: str = "") -> None:
        """Take in a late pupil of a name, or the next number; a team more; or one more in the class.

        Whoever of that name was absent is meant, else who is on the class list and not in the drill; else a
        pupil is made. Raises InvalidTransition where nobody can join, UsageError for a name that cannot be.
        """
        drill = self.drill
        event = drill.join(self.now())
        if name and drill.takes_names:
            absent = [Pupil(pupil, self.names[pupil]) for pupil in drill.absent]
            if back := meant_by(name, absent):
                self.append(drill.mark_present(back[0].id, self.now()))
                return
            pupil = self.record.class_lists.join(drill.settings.class_list, name, drill.competitors)
            self._known = known_names(self.record, drill)
            event = drill.join_as(pupil.id, self.now())
        self.append(event)

    @property
    def has_class_list(self) -> bool:
        """Whether a late pupil is entered by name, in a class list that is still there."""
        class_list = self.drill.settings.class_list
        return self.drill.takes_names and self.record.class_lists.by_id(class_list) is not None

    def leave(self) -> None:
        """Stop the clock, so that the drill can be gone on with another time."""
        if self.drill.timer.is_going:
            self.append(self.drill.pause(self.now()))

    @property
    def names(self) -> dict[str, str]:
        """What the competitors are called."""
        return competitor_names(self.drill.competitors, self._known)


def known_names(record: Record, drill: Drill) -> dict[str, str]:
    """Return the learners' names by their ids, namesakes told apart as on the drill's class list.

    A name that was forgotten is empty.
    """
    names = {learner.id: learner.name for learner in record.learners()}
    class_list = record.class_lists.by_id(drill.settings.class_list) if drill.settings.class_list else None
    if class_list is not None:
        names.update((pupil.id, pupil.name) for pupil in class_list.pupils)
    return names


def names_in(record: Record, drill: Drill) -> dict[str, str]:
    """Return what a drill's competitors are called, those whose names were forgotten anonymously."""
    return competitor_names(drill.competitors, known_names(record, drill))
