"""What every front end works with: the config, the banks, the record, the clock and the learner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Any

from quiz.banks.library import Library
from quiz.config.reading import changed
from quiz.config.settings import Config, value_of
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.ids import new_learner_id, new_session_id
from quiz.core.events.model import Mode, SessionHeader
from quiz.core.scheduling.study_day import day_of, next_day, start_of
from quiz.errors import BankError, RecordError, RecordReadOnly
from quiz.record.read_models import Learner

if TYPE_CHECKING:
    from quiz.clock import Clock
    from quiz.core.content.bank import Bank
    from quiz.core.content.search import BankTexts
    from quiz.core.scheduling.study_selection import Candidate
    from quiz.core.session import ItemLookup
    from quiz.record.in_use import SessionLock
    from quiz.record.interface import Record
    from quiz.services.counts import Held


def _learner_of(record: Record, name: str, rng: Random) -> Learner:
    """Return the learner of a name, or an unrecorded one where the record is read-only."""
    try:
        return record.learner(name)
    except RecordReadOnly:
        return Learner(new_learner_id(rng), name)


class Workspace:
    """A learner at a machine, with the banks and the record."""

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
        self._at: SessionLock | None = None

    def take(self, session_id: str) -> bool:
        """Be at a session, and at no other any more; say whether no other program is at it."""
        if self._at is not None and self._at.session == session_id:
            return True
        from quiz.record.in_use import take_session

        self.let_go()
        self._at = take_session(self.record.path, session_id)
        return self._at is not None

    def let_go(self) -> None:
        """Be at no session any more."""
        if self._at is not None:
            self._at.let_go()
            self._at = None

    def is_in_use(self, session_id: str) -> bool:
        """Return whether another program is at a session."""
        from quiz.record.in_use import is_taken

        is_own = self._at is not None and self._at.session == session_id
        return not is_own and is_taken(self.record.path, session_id)

    @cached_property
    def device(self) -> str:
        """The random id of this device, which tells it apart from others of the same learner's."""
        from quiz.services.sync_state import remembered_state

        return remembered_state(self.record.path).device

    @property
    def zone(self) -> str:
        """The learner's time zone."""
        return self.clock.zone()

    @property
    def today(self) -> date:
        """The present study day."""
        return day_of(self.clock.now(), self.zone, self.config.day_starts_at)

    @property
    def day_end(self) -> int:
        """The end of today's study day, in milliseconds since 1970 UTC."""
        return next_day(self.clock.now(), self.zone, self.config.day_starts_at)

    @property
    def day_start(self) -> int:
        """The start of today's study day, in milliseconds since 1970 UTC."""
        return start_of(self.today, self.zone, self.config.day_starts_at)

    def set(self, name: str, written: Any) -> None:
        """Change a setting, both here and in the config file.

        Raises:
            UsageError: there is no such setting, or it cannot be that.
        """
        self.config = changed(self.config, name, written)
        if self._keep_config is not None:
            self._keep_config(name, value_of(self.config, name))

    def back_up(self) -> None:
        """Make today's backup of the record unless there is one. May run in its own thread."""
        if self._back_up is not None:
            self._back_up(self.today)

    @property
    def policy(self) -> dict[str, Any]:
        """The settings that this learner's schedule depends on, as they are recorded with a session."""
        own = self.record.trainings(self.learner.id).current.values
        return {**self.config.policy, **({"parameters": list(own)} if own else {})}

    def train_if_due(self) -> None:
        """Start training the learner's own parameters if reviews have doubled since the last training."""
        if self._train is None:
            return
        with suppress(RecordError):
            told = self.record.trainings(self.learner.id)
            if told.is_due(self.record.review_count(self.learner.id)):
                self._train(self.learner.id)

    def banks(self, ids: Sequence[str] = ()) -> list[Bank]:
        """Read some banks, or all usable ones. Raises BankError for an unusable one."""
        wanted = ids or [bank.id for bank in self.library.usable()]
        return [self.library.bank(bank_id) for bank_id in wanted]

    def whole_banks(self, ids: Sequence[str] = ()) -> list[Bank]:
        """Read some banks without their drafts, or all without errors, for an exam or a drill.

        Raises BankError for one that has errors, be they of single items.
        """
        wanted = ids or [each.id for each in self.library.summaries() if each.is_whole]
        return [self.library.whole_bank(bank_id) for bank_id in wanted]

    def items_of(self, ids: Iterable[str]) -> ItemLookup:
        """Return the items of some banks as they are now, each bank read when it is first needed.

        Raises BankError at once for an unusable one.
        """
        from quiz.core.session import ItemLookup, ShelvedBank
        from quiz.services.word_lists import word_list

        library = self.library
        shelved = {
            bank: ShelvedBank(library.summary(bank).title, library.names(bank), library.bank_later(bank))
            for bank in ids
        }
        return ItemLookup(shelved, word_list)

    def lookup(self, banks: Iterable[Bank]) -> ItemLookup:
        """Return the items of some banks, with word lists of their languages where there are any."""
        from quiz.core.session import ItemLookup
        from quiz.services.word_lists import word_list

        return ItemLookup.of(*banks, word_lists=word_list)

    def candidates(self, ids: Sequence[str] = ()) -> list[Candidate]:
        """Return the heads of the items of some banks, or of all usable ones. Raises BankError."""
        wanted = ids or [bank.id for bank in self.library.usable()]
        return [candidate for bank in wanted for candidate in self.library.contents(bank).items]

    def header(
        self, mode: Mode, banks: tuple[str, ...], seed: int, settings: dict[str, Any], items: Sequence[Any]
    ) -> SessionHeader:
        """Return the opening of a session that starts now, and be at it."""
        from quiz.services.sync_state import signature

        now = self.clock.now()
        session_id = new_session_id(now, self.rng)
        self.take(session_id)
        return SessionHeader(
            id=session_id,
            learner=self.learner.id,
            device=signature(self.device),
            mode=mode,
            banks=banks,
            seed=seed,
            settings=settings,
            items=tuple(items),
            started=now,
            zone=self.zone,
        )

    def held(self, learner: str = "", bank: str | None = None) -> Held:
        """Return what the record holds now of a learner's items; by default, of this learner's."""
        from quiz.services.counts import Held

        memories = self.record.held_items(learner or self.learner.id, bank)
        return Held(memories, now=self.clock.now(), day_end=self.day_end)

    def unfinished(self, mode: Mode | None = None) -> SessionHeader | None:
        """Return this learner's newest unfinished session (of a mode) that can be continued here."""
        left = self.record.unfinished(self.learner.id, mode)
        return next((each.header for each in left if not self.is_others(each.header)), None)

    def is_others(self, header: SessionHeader) -> bool:
        """Say whether another program is at a session, or another device that this one syncs with began it.

        Two devices that go on with a session apart would give different answers the same numbers, of which
        only one can stay; so each studies in sessions of its own.
        """
        may_be_elsewhere = self.config.is_synced and header.mode is Mode.STUDY
        return (may_be_elsewhere and not self._began(header)) or self.is_in_use(header.id)

    def _began(self, header: SessionHeader) -> bool:
        """Say whether this device began a session; of one that an older quiz began, whether its host did."""
        from quiz.services.sync_state import host, signed_by

        named, device = signed_by(header.device)
        return device == self.device if device else named == host()

    def orphans(self) -> list[ItemRef]:
        """Return items of this learner's record that are in no bank now, as far as all can be read."""
        banks = self.library.summaries()
        usable = {bank.id for bank in banks if bank.is_usable}
        partial = {bank.id for bank in banks if bank.is_usable and (bank.drafts or not bank.is_whole)}
        broken = any(not bank.is_usable for bank in banks)
        known = {candidate.ref for candidate in self.candidates(tuple(usable))} if usable else set()
        gone = []
        for ref in self.record.memories(self.learner.id):
            if ref.bank not in usable:
                if not broken:
                    gone.append(ref)
            elif ref not in known and ref.bank not in partial:
                gone.append(ref)
        return sorted(gone)


def searchable_banks(workspace: Workspace) -> Iterator[BankTexts]:
    """Yield what can be found by its words in every readable bank, one at a time."""
    for summary in workspace.library.usable():
        with suppress(BankError):
            yield workspace.library.texts(summary.id)
