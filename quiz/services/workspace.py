"""All that a front end works with: the config, the banks, the record, the clock and the learner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from quiz.banks.library import Library
from quiz.clock import Clock
from quiz.config.reading import changed
from quiz.config.settings import Config, value_of
from quiz.core.content.item import ItemRef
from quiz.core.events.ids import new_learner_id, new_session_id
from quiz.core.events.model import Mode, SessionHeader
from quiz.core.scheduling.study_day import day_of, next_day, start_of
from quiz.errors import BankError, RecordError, RecordReadOnly
from quiz.record.interface import Record
from quiz.record.read_models import Learner

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Candidate
    from quiz.core.session import ItemLookup
    from quiz.services.counts import Held


def _learner_of(record: Record, name: str, rng: Random) -> Learner:
    """Return the learner of a name; somebody new, of whom nothing is kept, where the record is read only."""
    try:
        return record.learner(name)
    except RecordReadOnly:
        return Learner(new_learner_id(rng), name)


class Workspace:
    """One learner at one machine, with the banks and the record at hand."""

    def __init__(
        self,
        *,
        config: Config,
        library: Library,
        record: Record,
        clock: Clock,
        rng: Random,
        learner_name: str,
        keep_config: Callable[[str, Any], None] | None = None,
        back_up: Callable[[date], object] | None = None,
        train: Callable[[str], object] | None = None,
        remarks: Sequence[str] = (),
    ) -> None:
        self.config = config
        self.library = library
        self.record = record
        self.clock = clock
        self.rng = rng
        self.learner = _learner_of(record, config.learner or learner_name, rng)
        self._keep_config = keep_config
        self._back_up = back_up
        self._train = train
        self.remarks = tuple(remarks)
        """What is wrong with the config, as sentences for the person."""

    @property
    def zone(self) -> str:
        """The learner's time zone."""
        return self.clock.zone()

    @property
    def today(self) -> date:
        """The study day that it is."""
        return day_of(self.clock.now(), self.zone, self.config.day_starts_at)

    @property
    def day_end(self) -> int:
        """When today's study day ends, in milliseconds since 1970 UTC."""
        return next_day(self.clock.now(), self.zone, self.config.day_starts_at)

    @property
    def day_start(self) -> int:
        """When today's study day began, in milliseconds since 1970 UTC."""
        return start_of(self.today, self.zone, self.config.day_starts_at)

    def set(self, name: str, written: Any) -> None:
        """Change a setting, here and in the config file for the next time.

        Raises:
            UsageError: there is no such setting, or it cannot be that.
        """
        self.config = changed(self.config, name, written)
        if self._keep_config is not None:
            self._keep_config(name, value_of(self.config, name))

    def back_up(self) -> None:
        """Make today's backup of the record unless there is one. It may run in a thread of its own."""
        if self._back_up is not None:
            self._back_up(self.today)

    @property
    def policy(self) -> dict[str, Any]:
        """What this learner's schedule depends on, as it is recorded with a session."""
        own = self.record.trainings(self.learner.id).current.values
        return {**self.config.policy, **({"parameters": list(own)} if own else {})}

    def train_if_due(self) -> None:
        """Begin to train the learner's own parameters where reviews have doubled since the last time."""
        if self._train is None:
            return
        with suppress(RecordError):
            told = self.record.trainings(self.learner.id)
            if told.is_due(self.record.review_count(self.learner.id)):
                self._train(self.learner.id)

    def banks(self, ids: Sequence[str] = ()) -> list[Bank]:
        """Read some banks, or all that can be used. Raises BankError for one that cannot."""
        wanted = ids or [card.id for card in self.library.shelf() if card.is_usable]
        return [self.library.bank(bank_id) for bank_id in wanted]

    def lookup(self, banks: Iterable[Bank]) -> ItemLookup:
        """Return the items of some banks, with the words of their languages where there are lists of them."""
        from quiz.core.session import ItemLookup
        from quiz.services.word_lists import word_list

        return ItemLookup.of(*banks, word_lists=word_list)

    def candidates(self, ids: Sequence[str] = ()) -> list[Candidate]:
        """Return the heads of the items of some banks, or of all that can be used. Raises BankError."""
        wanted = ids or [card.id for card in self.library.shelf() if card.is_usable]
        return [candidate for bank in wanted for candidate in self.library.contents(bank).items]

    def header(
        self, mode: Mode, banks: tuple[str, ...], seed: int, settings: dict[str, Any], items: Sequence[Any]
    ) -> SessionHeader:
        """Return the opening of a session that starts now."""
        import platform

        now = self.clock.now()
        return SessionHeader(
            id=new_session_id(now, self.rng),
            learner=self.learner.id,
            device=platform.node() or "unknown",
            mode=mode,
            banks=banks,
            seed=seed,
            settings=settings,
            items=tuple(items),
            started=now,
            zone=self.zone,
        )

    def held(self, learner: str = "", bank: str | None = None) -> Held:
        """Return what the record holds now of a learner's items, by default the workspace's own learner's."""
        from quiz.services.counts import Held

        return Held(
            self.record, learner or self.learner.id, now=self.clock.now(), day_end=self.day_end, bank=bank
        )

    def unfinished(self) -> SessionHeader | None:
        """Return the newest session of this learner that was not finished."""
        left = self.record.unfinished(self.learner.id)
        return left[0].header if left else None

    def orphans(self) -> list[ItemRef]:
        """Return items of this learner's record that are in no bank now, as far as all can be read."""
        usable = {card.id for card in self.library.shelf() if card.is_usable}
        broken = any(not card.is_usable for card in self.library.shelf())
        known = {candidate.ref for candidate in self.candidates(tuple(usable))} if usable else set()
        gone = []
        for ref in self.record.memories(self.learner.id):
            if ref.bank not in usable:
                if not broken:
                    gone.append(ref)
            elif ref not in known:
                gone.append(ref)
        return sorted(gone)


def searchable_banks(workspace: Workspace) -> Iterator[BankTexts]:
    """Yield what can be found by its words in every bank that can be read."""
    for card in workspace.library.shelf():
        if card.is_usable:
            with suppress(BankError):
                yield workspace.library.texts(card.id)
