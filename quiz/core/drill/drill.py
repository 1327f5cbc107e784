"""What drills of every format share: items in order, a timer, a board, and the teacher's controls.

A drill is an immutable value. Its commands return events, `apply` returns the drill after an event, and
everything it shows is rebuilt from its opening and its events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

import msgspec

from quiz.core.content.grading import Chosen, Response, Verdict
from quiz.core.drill.points import points
from quiz.core.drill.settings import EXTENSION_MS, KEPT, Channel, DrillStep, Stage, is_learner, whole
from quiz.core.drill.state import DrillState
from quiz.core.drill.timer import Timer
from quiz.core.drill.votes import OptionVotes
from quiz.core.events.effective import targets_of, undo
from quiz.core.events.model import Event, EventKind, SessionHeader
from quiz.core.session import InvalidTransition, ItemLookup


@dataclass(frozen=True)
class Drill(DrillState):
    """A drill of some format. Steps return a new drill."""

    @classmethod
    def begin(cls, header: SessionHeader, lookup: ItemLookup, events: Iterable[Event] = ()) -> Self:
        """Start a drill, or rebuild it from its events, with or without undone ones."""
        drill = cls(header, lookup)._prepared()
        for event in events:
            drill = drill.apply(event)
        return drill

    def _prepared(self) -> Self:
        """Take what the format needs from the settings."""
        return self

    def start(self, at: int) -> Event:
        """Ask the first item."""
        self._require(Stage.READY)
        return self._note(DrillStep.START, at, place=self._place_after(-1))

    def next(self, at: int) -> Event:
        """Go from a revealed item to the next, or to the end."""
        self._require(Stage.REVEALED)
        return self._note(DrillStep.NEXT, at, place=self._place_after(self.place))

    def skip(self, at: int) -> Event:
        """Leave the item without a verdict and go on."""
        self._require(Stage.ASKING, Stage.ANSWERING, Stage.COUNTED)
        return self._timed_note(DrillStep.SKIP, at, place=self._place_after(self.place))

    def leave_gone(self, at: int) -> Event:
        """Go on from an item that is gone from its bank, in any stage."""
        if not self.is_gone:
            raise InvalidTransition("The item is still there.")
        return self._timed_note(DrillStep.SKIP, at, place=self._place_after(self.place))

    def reveal(self, at: int) -> Event:
        """Show the key, for the teacher to judge by or because nobody knows."""
        self._require(Stage.ASKING, Stage.ANSWERING, Stage.COUNTED)
        if self.is_revealed:
            raise InvalidTransition("The correct answer is on the screen already.")
        return self._timed_note(DrillStep.REVEAL, at)

    def join(self, at: int) -> Event:  # noqa: ARG002
        """Add one more who comes late. Raises InvalidTransition where nobody can join."""
        raise InvalidTransition("Nobody can join this drill.")

    def join_as(self, pupil: str, at: int) -> Event:  # noqa: ARG002
        """Add a late pupil who has a record. Raises InvalidTransition where pupils are not called by name."""
        raise InvalidTransition("Nobody can join this drill by name.")

    def mark_absent(self, pupil: str, at: int) -> Event:  # noqa: ARG002
        """Leave a pupil out from now on. Raises InvalidTransition where pupils are not called by name."""
        raise InvalidTransition("Nobody is called by name in this drill.")

    def mark_present(self, pupil: str, at: int) -> Event:  # noqa: ARG002
        """Bring an absent pupil back. Raises InvalidTransition where pupils are not called by name."""
        raise InvalidTransition("Nobody is called by name in this drill.")

    def answer(self, option: str, at: int) -> Event:  # noqa: ARG002
        """Judge by the option that was named. Raises InvalidTransition in formats without judged answers."""
        raise InvalidTransition("No answer is judged in this drill.")

    def answer_of(self, pupil: str, response: Response, channel: Channel, at: int) -> Event:  # noqa: ARG002
        """Record a pupil's own answer. Raises InvalidTransition, with a sentence, where it is not taken."""
        raise InvalidTransition("Pupils do not answer for themselves in this drill.")

    def following(self, at: int) -> tuple[Event, ...]:  # noqa: ARG002
        """Return the events that the last step brings with it, recorded together with it."""
        return ()

    def judge(self, at: int, *, is_right: bool) -> Event:  # noqa: ARG002
        """Judge a spoken answer. Raises InvalidTransition in formats without judged answers."""
        raise InvalidTransition("No answer is judged in this drill.")

    def due(self, at: int) -> Event | None:  # noqa: ARG002
        """Return the step that is due at a moment, usually None."""
        return None

    def votes(self, events: Iterable[Event]) -> tuple[OptionVotes, ...]:  # noqa: ARG002
        """Return the hands for each option recorded in some events about an item, usually none."""
        return ()

    def pause(self, at: int) -> Event:
        """Stop the clock."""
        if not self.timer.is_going:
            raise InvalidTransition("The clock is not running.")
        return self._note(DrillStep.PAUSE, at, spent=self.timer.spent(at))

    def go_on(self, at: int) -> Event:
        """Let the clock run again."""
        if self.timer.is_going or not self.is_timed:
            raise InvalidTransition("There is no clock to go on.")
        return self._note(DrillStep.GO_ON, at)

    def extend(self, at: int, by_ms: int = EXTENSION_MS) -> Event:
        """Give more time for the present stage. Raises InvalidTransition while nothing is timed."""
        self._require(Stage.ASKING, Stage.ANSWERING)
        if not self.limit_ms or not (self.is_timed or self.stage is Stage.ANSWERING):
            raise InvalidTransition("There is no time limit.")
        return self._note(DrillStep.EXTEND, at, ms=by_ms)

    def show_board(self, at: int, *, is_shown: bool) -> Event:
        """Show the board to the class, or hide it."""
        return self._note(DrillStep.BOARD, at, shown=is_shown)

    def tick(self, at: int) -> Event:
        """Record that the clock is still running, so that a crash loses little of it."""
        return self._note(DrillStep.TICK, at)

    def end(self, at: int) -> Event:
        """Finish the drill, early or after its last item."""
        early = {} if self.stage is Stage.FINISHED else {"early": True}
        return Event(n=self.n + 1, kind=EventKind.END, at=at, body=early)

    def undo(self, at: int) -> Event:
        """Undo the last step and what followed from it. Raises InvalidTransition where there is none."""
        place = self._last_undoable()
        if place is None:
            raise InvalidTransition("There is nothing to undo.")
        return undo(self.n + 1, at, self._with_followers(place))

    @property
    def undoable(self) -> Event | None:
        """The event that an undo would take back."""
        place = self._last_undoable()
        return None if place is None else self.log[place]

    # What events lead to

    def apply(self, event: Event) -> Self:
        """Return the drill after an event. An unknown event changes nothing."""
        if event.kind is EventKind.UNDO:
            return self._undone(event)
        after = replace(self, n=event.n, log=(*self.log, event))
        if event.kind is EventKind.END:
            return replace(after, stage=Stage.FINISHED, timer=self.timer.stopped(event.at))
        match event.body.get("do"):
            case DrillStep.START | DrillStep.NEXT | DrillStep.SKIP:
                return after._at_place(whole(event, "place"), event.at)
            case DrillStep.PAUSE:
                return replace(after, timer=Timer(whole(event, "spent")), is_paused=True)
            case DrillStep.GO_ON:
                return replace(after, timer=self.timer.going(event.at), is_paused=False)
            case DrillStep.EXTEND:
                return replace(after, extra_ms=self.extra_ms + whole(event, "ms"))
            case DrillStep.BOARD:
                return replace(after, is_board_shown=bool(event.body.get("shown", True)))
        return after._after(str(event.body.get("do", "")), event)

    def _after(self, do: str, event: Event) -> Self:
        """Return the drill after a step of its own format, which is already in the log."""
        if do == DrillStep.REVEAL:
            return self._revealed(event)
        return self

    def _revealed(self, event: Event, chosen: str = "") -> Self:
        """Show the key and stop the clock."""
        return replace(
            self, stage=Stage.REVEALED, is_revealed=True, chosen=chosen, timer=self.timer.stopped(event.at)
        )

    def _at_place(self, place: int, at: int) -> Self:
        """Show an item to the class, or finish if there is none."""
        if place >= self.total:
            return replace(self, stage=Stage.FINISHED, place=self.total, timer=self.timer.stopped(at))
        fresh = replace(self, place=place, stage=Stage.ASKING, is_revealed=False, chosen="")
        return fresh._timed(at)._asked(at)

    def _asked(self, at: int) -> Self:  # noqa: ARG002
        """Clear the state that belonged to the previous item."""
        return self

    def _timed(self, at: int) -> Self:
        """Restart the clock."""
        return replace(self, timer=Timer(since=at), extra_ms=0, is_paused=False)

    def _undone(self, undo: Event) -> Self:
        """Rebuild the drill without what an undo takes back, with the clock as it was then."""
        gone = targets_of(undo)
        target = next((event for event in self.log if event.n == undo.target), None)
        before = self.begin(self.header, self.lookup, (event for event in self.log if event.n not in gone))
        timer = self.timer
        if before.stage is Stage.READY:
            timer = Timer()
        elif target is not None and target.duration_ms is not None:
            timer = Timer(target.duration_ms)
        is_paused = self.is_paused and not timer.is_going
        return replace(before, n=undo.n, timer=timer, is_paused=is_paused)

    def _last_undoable(self) -> int | None:
        for place in range(len(self.log) - 1, -1, -1):
            if self._is_undoable(self.log[place]):
                return place
        return None

    def _with_followers(self, place: int) -> list[Event]:
        """Return the step at a place of the log with all that an undo of it takes back."""
        return [event for event in self.log[place:] if event.body.get("do") not in KEPT]

    def _is_undoable(self, event: Event) -> bool:
        """Return whether an undo can take back this event by itself."""
        if event.kind is EventKind.END:
            return bool(event.body.get("early"))
        do = event.body.get("do")
        return do is not None and do not in KEPT and do not in self.carried

    # Helpers for commands

    def _require(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise InvalidTransition(f"The drill is {self.stage}.")

    def _place_after(self, place: int) -> int:
        """Return the next place whose item is still in its bank, or the number of items."""
        items = self.header.items
        return next((k for k in range(place + 1, len(items)) if items[k] in self.lookup), len(items))

    def _note(self, do: str, at: int, **body: Any) -> Event:
        """Return the next event, about the drill itself."""
        return Event(n=self.n + 1, kind=EventKind.NOTE, at=at, body={"do": str(do), **body})

    def _item_note(self, do: str, at: int, **body: Any) -> Event:
        """Return the next event, about the current item."""
        ref = self.ref
        bank_item = self.lookup.get(ref)
        return Event(
            n=self.n + 1,
            kind=EventKind.NOTE,
            at=at,
            bank=ref.bank,
            item=ref.item,
            fingerprint=bank_item.item.fingerprint if bank_item else "",
            body={"do": str(do), **body},
        )

    def _timed_note(self, do: str, at: int, **body: Any) -> Event:
        """Return the next event about the current item with the clock's time, to which an undo resets it."""
        return msgspec.structs.replace(self._item_note(do, at, **body), duration_ms=self.timer.spent(at))

    def _verdict(
        self,
        by: str,
        score: float,
        at: int,
        response: Response | None,
        *,
        spent_ms: int | None = None,
        **body: Any,
    ) -> Event:
        """Return the verdict on an answer: an attempt of a learner, or a note about a team or the class.

        `spent_ms` is how long the answer took, if not until now.
        """
        spent = self.timer.spent(at) if spent_ms is None else spent_ms
        note = self._item_note(DrillStep.VERDICT, at, by=by, points=self._worth(score, spent), **body)
        own = is_learner(by) and self.settings.feeds_records
        return msgspec.structs.replace(
            note,
            duration_ms=spent,
            kind=EventKind.ATTEMPT if own else EventKind.NOTE,
            learner=by if own else "",
            response=response,
            score=score,
            verdict=Verdict.of(score),
        )

    def _worth(self, score: float, spent_ms: int) -> int:
        """Return the points for an answer that took so long."""
        return points(
            score,
            items=self.total,
            spent_ms=spent_ms,
            limit_ms=self.limit_ms,
            has_bonus=self.has_bonus,
            all_bonus=self.all_bonus,
        )

    def _graded(self, option: str) -> tuple[float, Chosen]:
        """Grade an option on the screen. Raises InvalidTransition for any other."""
        if not self.is_by_option or option not in self.options:
            raise InvalidTransition("There is no such option.")
        response = Chosen((option,))
        bank_item = self.current
        return bank_item.grade(response).score, response
