"""Drills in which every pupil gives an answer of their own: by phone, by card, or typed in at the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple, Self

import msgspec

from quiz.core.class_list import numbered
from quiz.core.content.grading import Chosen, Entered, Response
from quiz.core.drill.drill import Drill
from quiz.core.drill.items import can_be_answered
from quiz.core.drill.settings import Channel, DrillStep, Stage, whole
from quiz.core.drill.votes import OptionVotes
from quiz.core.events.model import Event
from quiz.core.session import InvalidTransition
from quiz.core.text.forbidden import FORBIDDEN

MANY = 0.25
"""The share of all who chose from which a wrong option is worth a word."""
MOST_MISTAKEN = 2
LONGEST_ANSWER = 400
"""How many characters an answer may have in each of its fields."""
BESIDE = frozenset(
    {
        DrillStep.ANSWER, DrillStep.COUNT, DrillStep.EXTEND, DrillStep.JOIN, DrillStep.ABSENT,
        DrillStep.PRESENT,
    }
)  # fmt: skip
"""Steps beside which answers come in that do not follow from them."""


class Given(NamedTuple):
    """An answer that a pupil gave."""

    response: Response
    spent_ms: int
    """The milliseconds on the clock when it came in."""
    is_by_card: bool = False


@dataclass(frozen=True)
class AnsweredDrill(Drill):
    """A drill that takes the answers of every pupil. The last one that a pupil gives in a round counts."""

    takes_names: ClassVar[bool] = True
    takes_phones: ClassVar[bool] = True
    carried: ClassVar[frozenset[str]] = frozenset({DrillStep.NEXT, DrillStep.VERDICT})

    roll: tuple[str, ...] = ()
    """All pupils, late ones last."""
    away: frozenset[str] = frozenset()
    """The pupils who are absent."""
    given: tuple[Mapping[str, Given], ...] = ()
    """The pupils' answers to the current item, first round first."""

    @property
    def here(self) -> tuple[str, ...]:
        """The pupils who are present."""
        return tuple(pupil for pupil in self.roll if pupil not in self.away)

    @property
    def named(self) -> tuple[str, ...]:
        """All pupils."""
        return self.roll

    @property
    def absent(self) -> frozenset[str]:
        """The pupils who are absent."""
        return self.away

    @property
    def takes_answers(self) -> bool:
        """Whether pupils may give answers of their own now."""
        return self.stage is Stage.ASKING and not self.is_gone and can_be_answered(self.current.item)

    @property
    def round(self) -> int:
        """The present round, from 0."""
        return max(0, len(self.given) - 1)

    @property
    def answers(self) -> Mapping[str, Response]:
        """The answers in the present round, by pupil."""
        return {pupil: given.response for pupil, given in self._latest.items()}

    @property
    def has_cards(self) -> bool:
        """Whether a card was read in this round."""
        return any(given.is_by_card for given in self._latest.values())

    @property
    def missing(self) -> tuple[str, ...]:
        """The pupils who are present and have not answered in this round."""
        return tuple(pupil for pupil in self.here if pupil not in self._latest)

    @property
    def tallies(self) -> tuple[tuple[int, ...], ...]:
        """How many chose each of the options, in each round; empty for an item without options."""
        if not self.is_by_option:
            return ()
        counts = [_chosen_in(given.response for given in answers.values()) for answers in self.given]
        return tuple(tuple(counted[text] for text in self.options) for counted in counts)

    @property
    def mistaken(self) -> tuple[str, ...]:
        """The wrong options that a quarter chose in any round, most first, at most two.

        Raises InvalidTransition before the key is shown.
        """
        keys, shares = self.key_options, dict[str, float]()
        for tally in self.tallies if self.is_by_option else ():
            for option, number in zip(self.options, tally, strict=True):
                shares[option] = max(shares.get(option, 0.0), number / (sum(tally) or 1))
        wrong = [option for option, share in shares.items() if option not in keys and share >= MANY]
        return tuple(sorted(wrong, key=lambda option: -shares[option])[:MOST_MISTAKEN])

    def answer_of(self, pupil: str, response: Response, channel: Channel, at: int) -> Event:
        """Record a pupil's own answer, or another one in its place.

        Raises:
            InvalidTransition: no answers are taken, the pupil is absent or unknown, the answer does not fit
                the item, or it came from a phone and may not be changed. The message says which.
        """
        say = self.words.say
        if not self.takes_answers:
            raise InvalidTransition(say("No answers are taken now."))
        if pupil not in self.roll:
            raise InvalidTransition(say("That pupil does not take part in this drill."))
        if pupil in self.away:
            raise InvalidTransition(say("That pupil is marked absent."))
        if not _is_safe(response) or not self.interaction.is_complete(response):
            raise InvalidTransition(say("That answer does not fit this question."))
        if channel is Channel.PHONE and pupil in self._latest and not self.settings.may_change:
            raise InvalidTransition(say("Answers cannot be changed in this drill."))
        note = self._item_note(
            DrillStep.ANSWER, at, by=pupil, round=self.round, channel=str(channel), spent=self.timer.spent(at)
        )
        return msgspec.structs.replace(note, response=response)

    def close(self, at: int) -> Event:
        """Take no more answers. Raises InvalidTransition where none are taken."""
        if not self.takes_answers:
            raise InvalidTransition("No answers are taken now.")
        return self._timed_note(DrillStep.CLOSE, at, options=list(self.options) if self.is_by_option else [])

    def reveal(self, at: int) -> Event:
        """Show the key, and record with it which options there were."""
        event = super().reveal(at)
        if not self.is_by_option:
            return event
        key = self.current.item.key_response()
        keys = list(key.options) if isinstance(key, Chosen) else []
        return msgspec.structs.replace(
            event, body={**event.body, "options": list(self.options), "keys": keys}
        )

    def following(self, at: int) -> tuple[Event, ...]:
        """Return the verdicts on the answers of the last round, once the key is shown."""
        if not self.log or self.log[-1].body.get("do") != DrillStep.REVEAL:
            return ()
        answered = [pupil for pupil in self.roll if pupil in self._latest]
        return tuple(
            msgspec.structs.replace(self._verdict_on(pupil, at), n=self.n + place)
            for place, pupil in enumerate(answered, 1)
        )

    def votes(self, events: Iterable[Event]) -> tuple[OptionVotes, ...]:
        """Return how many chose each option, from the events about an item; empty if nobody did."""
        told = list(events)
        options, keys = options_in(told)
        rounds = chosen_by_round(told)
        if not options or not any(rounds):
            return ()
        return tuple(
            OptionVotes(text, tuple(counted[text] for counted in rounds), text in keys) for text in options
        )

    def join(self, at: int) -> Event:
        """Add a late pupil with the next number."""
        return self.join_as(self._next_number(), at)

    def join_as(self, pupil: str, at: int) -> Event:
        """Add a late pupil, by the id of a learner or by a number such as #7."""
        self._require_going()
        if pupil in self.roll:
            raise InvalidTransition("That pupil is on the list already.")
        return self._note(DrillStep.JOIN, at, pupil=pupil)

    def mark_absent(self, pupil: str, at: int) -> Event:
        """Leave a pupil out from now on. An answer that was given stays."""
        self._require_going()
        if pupil not in self.here:
            raise InvalidTransition("That pupil is not present.")
        return self._note(DrillStep.ABSENT, at, pupil=pupil)

    def mark_present(self, pupil: str, at: int) -> Event:
        """Bring an absent pupil back."""
        self._require_going()
        if pupil not in self.away:
            raise InvalidTransition("That pupil is present.")
        return self._note(DrillStep.PRESENT, at, pupil=pupil)

    @property
    def _latest(self) -> Mapping[str, Given]:
        return self.given[-1] if self.given else {}

    def _require_going(self) -> None:
        if self.stage is Stage.FINISHED:
            raise InvalidTransition("The drill is over.")

    def _next_number(self) -> str:
        number = 1
        while f"#{number}" in self.roll:
            number += 1
        return f"#{number}"

    def _prepared(self) -> Self:
        return replace(self, roll=self.settings.pupils or numbered(self.settings.class_size))

    def _asked(self, at: int) -> Self:  # noqa: ARG002
        return replace(self, given=({},))

    def _verdict_on(self, pupil: str, at: int) -> Event:
        given = self._latest[pupil]
        score = self.current.grade(given.response).score
        return self._verdict(pupil, score, at, given.response, spent_ms=given.spent_ms)

    def _after(self, do: str, event: Event) -> Self:
        pupil = str(event.body.get("pupil", ""))
        match do:
            case DrillStep.ANSWER if event.response is not None and self.given:
                is_by_card = event.body.get("channel") == Channel.CARD
                given = Given(event.response, whole(event, "spent"), is_by_card)
                latest = {**self._latest, str(event.body.get("by", "")): given}
                return replace(self, given=(*self.given[:-1], latest))
            case DrillStep.CLOSE:
                return replace(self, stage=Stage.COUNTED, timer=self.timer.stopped(event.at))
            case DrillStep.JOIN if pupil and pupil not in self.roll:
                return replace(self, roll=(*self.roll, pupil))
            case DrillStep.ABSENT:
                return replace(self, away=self.away | {pupil})
            case DrillStep.PRESENT:
                return replace(self, away=self.away - {pupil})
        return super()._after(do, event)

    def _is_undoable(self, event: Event) -> bool:
        """Return whether an undo can take back this event by itself; not what pupils gave themselves."""
        if event.body.get("do") == DrillStep.ANSWER:
            return event.body.get("channel") == Channel.DESK
        return super()._is_undoable(event)

    def _with_followers(self, place: int) -> list[Event]:
        """Return the step at a place with all that an undo of it takes back.

        Answers that came in beside it stay, except those of a pupil who joined by it.
        """
        first, *later = super()._with_followers(place)
        if first.body.get("do") not in BESIDE:
            return [first, *later]
        pupil = first.body.get("pupil", "")
        return [first, *(event for event in later if event.body.get("by") == pupil)]


def options_in(events: Iterable[Event]) -> tuple[list[str], list[str]]:
    """Return the options of an item and the right ones among them, as they were recorded with its key."""
    options: list[str] = []
    keys: list[str] = []
    for event in events:
        if event.body.get("do") in {DrillStep.CLOSE, DrillStep.REVEAL}:
            options = _texts(event, "options") or options
            keys = _texts(event, "keys")
    return options, keys


def chosen_by_round(events: Iterable[Event]) -> list[Counter[str]]:
    """Return how many pupils chose each option in each round. The last answer of a pupil counts."""
    rounds: dict[int, dict[str, Response]] = {}
    for event in events:
        if event.body.get("do") == DrillStep.ANSWER and event.response is not None:
            rounds.setdefault(whole(event, "round"), {})[str(event.body.get("by", ""))] = event.response
    last = max(rounds, default=-1)
    return [_chosen_in(rounds.get(place, {}).values()) for place in range(last + 1)]


def _chosen_in(responses: Iterable[Response]) -> Counter[str]:
    """Return how often each option was chosen."""
    return Counter(
        option for response in responses if isinstance(response, Chosen) for option in response.options
    )


def _is_safe(response: Response) -> bool:
    """Return whether typed texts are short and hold nothing that a terminal must not be given."""
    texts = response.texts if isinstance(response, Entered) else ()
    return all(len(text) <= LONGEST_ANSWER and not FORBIDDEN.search(text) for text in texts)


def _texts(event: Event, name: str) -> list[str]:
    """Return the texts in a list of an event's body."""
    texts = event.body.get(name)
    return [str(text) for text in texts] if isinstance(texts, list) else []
