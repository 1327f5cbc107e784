"""The report of a drill: per item, per competitor, and what to teach again. Made from the log alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from quiz.core.content.item_ref import ItemRef
from quiz.core.content.response_text import response_text
from quiz.core.drill.drill import Drill
from quiz.core.drill.points import Score, ranked
from quiz.core.drill.settings import DrillStep, Needs, total_score
from quiz.core.drill.votes import OptionVotes
from quiz.core.events.model import Event

TEACH_AGAIN_FROM = 0.25
"""The missed share from which an item is worth teaching again."""


class GivenAnswer(NamedTuple):
    """An answer to an item that was judged."""

    who: str
    """The competitor's name."""
    score: float
    """From 0 to 1."""
    given: str = ""
    """What was answered, on one line; empty where the teacher judged by ear."""


class ItemOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an item."""

    ref: ItemRef
    stem: str
    """Empty if the item is gone from its bank."""
    key: str
    score: Score
    """All verdicts on it together."""
    votes: tuple[OptionVotes, ...] = ()
    is_revealed: bool = False
    """Whether its key was shown; that of a skipped item was not."""
    answers: tuple[GivenAnswer, ...] = ()
    """The answers to it, in their order."""

    @property
    def right(self) -> int:
        """How many were right: hands in the last vote, or answers without help."""
        return self._polls[-1][0] if self._polls else self.score.right

    @property
    def wrong(self) -> int:
        """How many were wrong: hands in the last vote, or answers."""
        return self._polls[-1][1] if self._polls else self.score.wrong

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of right hands in each vote with any hands, 0 to 1."""
        return tuple(right / (right + wrong) for right, wrong in self._polls)

    @property
    def _polls(self) -> list[tuple[int, int]]:
        """The right and wrong hands of each vote with any hands; none if the key was never shown."""
        if not any(option.is_key for option in self.votes):
            return []
        polls = []
        for k in range(len(self.votes[0].hands)):
            right = sum(option.hands[k] for option in self.votes if option.is_key)
            polls.append((right, sum(option.hands[k] for option in self.votes) - right))
        return [poll for poll in polls if any(poll)]

    @property
    def voters(self) -> tuple[int, ...]:
        """How many hands each of the shares is of."""
        return tuple(right + wrong for right, wrong in self._polls)

    @property
    def gain(self) -> float | None:
        """Hake's normalised gain, (second - first) / (1 - first); None without two votes or room to gain.

        R. R. Hake, American Journal of Physics 66, 64 (1998).
        """
        if len(self.shares) < 2 or self.shares[0] >= 1:
            return None
        return (self.shares[-1] - self.shares[0]) / (1 - self.shares[0])

    @property
    def tried(self) -> int:
        """How many hands or answers the share that missed it is of."""
        if self._polls:
            return sum(self._polls[-1])
        return 0 if self.votes else self.score.answers + self.score.passed

    @property
    def is_of_points(self) -> bool:
        """Whether what was missed is a share of the points, because some answers earned part of them."""
        return not self.votes and self.score.helped > 0

    @property
    def missed(self) -> float | None:
        """The share that was missed, 0 to 1, of the last vote's hands, or of all answers and passes.

        It is one of the points where an answer was partly right, or right with help. None if the item has no
        result.
        """
        if self.votes:
            return 1 - self.shares[-1] if self.shares else None
        tried = self.score.answers + self.score.passed
        if tried:
            return (sum(1 - answer.score for answer in self.answers) + self.score.passed) / tried
        return 1.0 if self.is_revealed else None


class CompetitorLine(msgspec.Struct, frozen=True):
    """The result of a pupil, a team or the class."""

    place: int
    is_tied: bool
    name: str
    score: Score
    members: tuple[str, ...] = ()
    """The names of a team's pupils."""


class DrillReport(msgspec.Struct, frozen=True, kw_only=True):
    """A drill's figures."""

    id: str
    format: str
    title: str
    """The name of the format."""
    banks: tuple[str, ...]
    """The titles of its banks, or the ids of banks that are gone."""
    started: int
    """In milliseconds since 1970 UTC."""
    zone: str
    duration_ms: int
    """From its start to its last event."""
    is_ended: bool
    items: tuple[ItemOutcome, ...]
    """The items that came up, in order."""
    planned: int
    """How many items there were to ask."""
    competitors: tuple[CompetitorLine, ...]
    """Those who took part, best first."""
    not_called: tuple[str, ...] = ()
    """The names of pupils who were there and never drawn."""
    absent: tuple[str, ...] = ()
    """The names of pupils who were not there and gave no answer."""
    is_board_shown: bool = True
    """Whether the class could see the board at the end."""
    class_name: str = ""
    """The class list's name, empty without one."""
    record: int = 0
    """The most right answers in an earlier sprint of this kind."""
    has_shares: bool = False
    """Whether answers that are neither right nor wrong are partly right, and not right with help."""
    has_places: bool = True
    """Whether the class may see the places."""

    @property
    def tried(self) -> int:
        """How many hands in the last votes, or answers and passes, all items had together."""
        return sum(line.tried for line in self.items)

    @property
    def share_right(self) -> float | None:
        """The share of those that were right, 0 to 1, partly right ones in part; None without any."""
        missed = sum((line.missed or 0.0) * line.tried for line in self.items)
        return 1 - missed / self.tried if self.tried else None

    @property
    def again(self) -> tuple[ItemOutcome, ...]:
        """What to teach again, most missed first."""
        missed = [(line.missed, line) for line in self.items]
        worth = [(share, line) for share, line in missed if share is not None and share >= TEACH_AGAIN_FROM]
        worth.sort(key=lambda pair: (-pair[0], -pair[1].score.wrong))
        return tuple(line for _, line in worth)


def report_of(
    drill: Drill, names: Mapping[str, str], titles: Mapping[str, str], class_name: str = ""
) -> DrillReport:
    """Sum up a drill, finished or not.

    `names` are those of all who have one in it, `titles` the banks', by their ids.
    """
    header, log = drill.header, drill.log
    about: dict[ItemRef, list[Event]] = {}
    for event in log:
        if event.item:
            about.setdefault(event.ref, []).append(event)
    scores, absent = drill.scores, drill.absent
    draws = drill.needs is Needs.PUPILS and not drill.asks_everybody
    idle = [one for one in drill.competitors if one not in scores and (draws or one in absent)]
    return DrillReport(
        id=header.id,
        format=drill.name,
        title=drill.title,
        banks=tuple(titles.get(bank, bank) for bank in header.banks),
        started=header.started,
        zone=header.zone,
        duration_ms=max(0, max((event.at for event in log), default=header.started) - header.started),
        is_ended=drill.has_ended,
        items=tuple(_outcome(ref, told, drill, names) for ref, told in about.items()),
        planned=drill.total,
        competitors=tuple(
            CompetitorLine(
                rank.place,
                rank.is_tied,
                names.get(rank.competitor, ""),
                rank.score,
                tuple(names.get(pupil, "") for pupil in drill.members.get(rank.competitor, ())),
            )
            for rank in ranked(scores, (one for one in drill.competitors if one not in idle))
        ),
        not_called=tuple(names.get(one, "") for one in idle if one not in absent),
        absent=tuple(names.get(one, "") for one in idle if one in absent),
        is_board_shown=drill.is_board_shown,
        class_name=class_name,
        record=drill.settings.record,
        has_shares=drill.has_shares,
        has_places=drill.settings.has_places,
    )


def _outcome(ref: ItemRef, told: Sequence[Event], drill: Drill, names: Mapping[str, str]) -> ItemOutcome:
    bank_item, words = drill.lookup.get(ref), drill.words
    came_to_key = {DrillStep.VERDICT, DrillStep.REVEAL}

    def worded(text: str) -> str:
        return words.option(bank_item.item, text) if bank_item else text

    return ItemOutcome(
        ref=ref,
        stem=bank_item.item.headline if bank_item else "",
        key=worded(bank_item.item.key_text()) if bank_item else "",
        score=total_score(told),
        votes=tuple(msgspec.structs.replace(vote, text=worded(vote.text)) for vote in drill.votes(told)),
        is_revealed=any(event.body.get("do") in came_to_key for event in told),
        answers=tuple(
            GivenAnswer(
                names.get(str(event.body.get("by", "")), ""),
                event.score or 0.0,
                worded(response_text(event.response)),
            )
            for event in told
            if event.body.get("do") == DrillStep.VERDICT
        ),
    )
