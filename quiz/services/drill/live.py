"""A drill in progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from quiz.clock import Clock
from quiz.core.class_list import MOST_PUPILS, ClassList, Pupil, competitor_names, meant_by, numbers_of
from quiz.core.content.grading import Response
from quiz.core.drill.drill import Drill
from quiz.core.drill.formats import begin
from quiz.core.drill.settings import Channel, Stage, is_learner
from quiz.core.events.model import Event, SessionHeader
from quiz.core.session import InvalidTransition, ItemLookup
from quiz.record.interface import Record
from quiz.services.live_session import LiveSession

TICK_MS, SLOW_TICK_MS = 1000, 5000
"""Milliseconds between recordings of a running clock, so that a crash loses no more than that: of a
countdown, and of a clock that only measures how long something takes."""

D = TypeVar("D", bound=Drill)


class LiveDrill(LiveSession[D]):
    """A drill with its record and its clock."""

    def __init__(self, record: Record, clock: Clock, drill: D, known: _Known) -> None:
        super().__init__(record, clock, drill, drill.last_at)
        self._known = known
        """Read beforehand because drawing must not read the record."""
        self._last_at = self._begun_at
        self._is_following = False
        """Whether another window continued this drill; that window minds the time until a step is taken here.
        """

    @classmethod
    def start(
        cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup
    ) -> LiveDrill[Drill]:
        """Start a drill and record its start."""
        drill = begin(header, lookup)
        known = _known(record, drill)
        record.start(header)
        return LiveDrill(record, clock, drill, known)

    @classmethod
    def resume(
        cls, record: Record, clock: Clock, header: SessionHeader, lookup: ItemLookup
    ) -> LiveDrill[Drill]:
        """Continue a drill where its record ends. A clock that was running stands at what it showed.

        An item that is no longer in its bank is skipped.
        """
        drill = begin(header, lookup, record.events(header.id))
        live = LiveDrill(record, clock, drill, _known(record, drill))
        if drill.timer.is_going:
            live.append(drill.pause(drill.log[-1].at))
        if live.drill.is_gone:
            live.append(live.drill.leave_gone(live.now()))
        if closing := live._closing(live.drill, live.now()):
            live.append(*closing)
        return live

    @property
    def drill(self) -> D:
        """The present state of the drill."""
        return self.session

    def append(self, *events: Event, leading_to: D | None = None) -> None:
        """Save events and move to the state they lead to, recording the last event together with the end."""
        if not events:
            return
        super().append(*events, leading_to=leading_to)
        self._last_at = events[-1].at
        self._is_following = False

    def can(self, command: Callable[[int], Event]) -> bool:
        """Return whether a command that takes only the time is possible now."""
        try:
            command(self.now())
        except InvalidTransition:
            return False
        return True

    def on_tick(self) -> bool:
        """Take the steps that the passing of time calls for, and return whether the drill's state changed.

        Call this several times a second. It also records a running clock.
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
        """Return whether the clock has moved on from what the record would restore."""
        drill = self.drill
        if not drill.timer.is_going or drill.is_time_up(self._last_at):
            return False
        every = TICK_MS if drill.limit_ms else SLOW_TICK_MS
        return now - self._last_at >= every or drill.is_time_up(now)

    def _closing(self, after: D, at: int) -> tuple[Event, ...]:
        """Return what a step brings with it: verdicts on answers, and the end if no item is left."""
        is_over = after.stage is Stage.FINISHED and not after.has_ended
        return (after.end(max(self.now(), at)),) if is_over else after.following(at)

    def _taken_up(self, session: D) -> D:
        """Leave the time to the window that continued the drill."""
        self._known = _known(self.record, session)
        self._last_at = max(self.now(), session.last_at)
        self._is_following = True
        return session

    def answer(self, pupil: str, response: Response, channel: Channel) -> None:
        """Save a pupil's own answer. Raises InvalidTransition, with a sentence, where it is not taken."""
        drill = self.drill
        if not _is_there_already(drill, pupil, response):
            self.append(drill.answer_of(pupil, response, channel, self.now()))

    def take_answers(self, told: Iterable[tuple[str, Response, Channel]]) -> list[str | None]:
        """Save several answers at once, all of them in one commit, and say what became of each.

        None is for an answer that is on record now, and a sentence for one that was refused, which does not
        stop the others. An answer that was sent once more is on record already.
        """
        drill, now = self.drill, self.now()
        events: list[Event] = []
        said: list[str | None] = []
        for pupil, response, channel in told:
            refusal = None
            if not _is_there_already(drill, pupil, response):
                try:
                    events.append(drill.answer_of(pupil, response, channel, now))
                    drill = drill.apply(events[-1])
                except InvalidTransition as error:
                    refusal = str(error)
            said.append(refusal)
        self.append(*events, leading_to=drill)
        return said

    def claim(self, seat_or_name: str) -> str:
        """Return who somebody is that gives a seat number or a name, and let a late or absent pupil in.

        A seat is a pupil's number on the drill's class list, or in a drill without one.
        Raises InvalidTransition, with a sentence, where that is nobody or not certain.
        """
        drill, said = self.drill, seat_or_name.strip()
        pupil = self._seated(said.lstrip("#")) if said.lstrip("#").isdecimal() else self._named(said)
        if pupil not in drill.named:
            self.append(drill.join_as(pupil, self.now()))
        elif pupil in drill.absent:
            self.append(drill.mark_present(pupil, self.now()))
        return pupil

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers by which pupils sit and which their cards bear, by their ids."""
        return numbers_of(self.drill.named, self._known.class_list)

    def _seated(self, digits: str) -> str:
        """Return the pupil in a seat."""
        drill, number = self.drill, int(digits[:4])
        seats = {number: pupil for pupil, number in self.numbers.items()}
        if number in seats:
            return seats[number]
        is_by_list = any(is_learner(pupil) for pupil in drill.settings.pupils)
        if is_by_list or not 1 <= number <= MOST_PUPILS:
            raise InvalidTransition(drill.words.say("There is no seat {number}.", number=digits[:4]))
        return f"#{number}"

    def _named(self, name: str) -> str:
        """Return the pupil of a name."""
        say, names = self.drill.words.say, self.names
        pupils = [Pupil(pupil, names[pupil]) for pupil in self.drill.named if is_learner(pupil)]
        if not pupils:
            raise InvalidTransition(say("Give the number of a seat."))
        found = meant_by(name, pupils)
        if len(found) > 1:
            raise InvalidTransition(say("Several pupils are called that. Add the number, as in Anna 1."))
        if not found:
            raise InvalidTransition(say("Nobody of that name is on the class list."))
        return found[0].id

    def add_late(self, name: str = "") -> None:
        """Add a late pupil by name or number, another team, or one more to the class.

        A name means an absent pupil, else one on the class list who is not in the drill, else a new one.
        Raises InvalidTransition where nobody can join, UsageError for an impossible name.
        """
        drill = self.drill
        if not name or not drill.takes_names:
            self.append(drill.join(self.now()))
            return
        if drill.stage is Stage.FINISHED:
            raise InvalidTransition("The drill is over.")
        absent = [Pupil(pupil, self.names[pupil]) for pupil in drill.absent]
        if back := meant_by(name, absent):
            self.append(drill.mark_present(back[0].id, self.now()))
            return
        pupil = self.record.class_lists.join(drill.settings.class_list, name, drill.named)
        self._known = _known(self.record, drill)
        self.append(drill.join_as(pupil.id, self.now()))

    @property
    def can_join(self) -> bool:
        """Whether one more can join now."""
        is_over = self.drill.stage is Stage.FINISHED
        return not is_over if self.has_class_list else self.can(self.drill.join)

    @property
    def has_class_list(self) -> bool:
        """Whether a late pupil is entered by name, on a class list that still exists."""
        class_list = self.drill.settings.class_list
        return self.drill.takes_names and self.record.class_lists.by_id(class_list) is not None

    def leave(self) -> None:
        """Stop the clock, so that the drill can be continued later."""
        if self.drill.timer.is_going:
            self.append(self.drill.pause(self.now()))

    @property
    def names(self) -> dict[str, str]:
        """The names of all who have one in the drill, by their ids."""
        return competitor_names(self.drill.named, self._known.names, self.drill.words)


def _is_there_already(drill: Drill, pupil: str, response: Response) -> bool:
    """Return whether a pupil gave just this answer, such as one that a phone sends once more."""
    return drill.takes_answers and drill.answers.get(pupil) == response


class _Known(NamedTuple):
    """What the record knows of those in a drill."""

    names: Mapping[str, str]
    """Those of learners by id, numbered as on the class list where they are the same; empty if forgotten."""
    class_list: ClassList | None


def _known(record: Record, drill: Drill) -> _Known:
    """Return who is on record for a drill."""
    names = {learner.id: learner.name for learner in record.learners()}
    class_list = record.class_lists.by_id(drill.settings.class_list) if drill.settings.class_list else None
    if class_list is not None:
        names.update((pupil.id, pupil.name) for pupil in class_list.pupils)
    return _Known(names, class_list)


def names_in(record: Record, drill: Drill) -> dict[str, str]:
    """Return the names of all who have one in a drill; forgotten names are replaced."""
    return competitor_names(drill.named, _known(record, drill).names, drill.words)
