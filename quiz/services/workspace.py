"""All that a front end works with: the config, the banks, the record, the clock and the learner."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from quiz.banks.library import Library
from quiz.clock import Clock
from quiz.config.settings import Config, changed
from quiz.core.content.item import ItemRef
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.scheduling.study_day import day_of, next_day, start_of
from quiz.core.session import ItemLookup
from quiz.errors import BankError
from quiz.record.record import Record
from quiz.services.home import BankView, HomeView, bank_view, home_view
from quiz.services.word_lists import word_list

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank
    from quiz.core.scheduling.fsrs_schedule import Memory
    from quiz.core.scheduling.study_selection import Candidate, StudyQueue
    from quiz.services.study.live import LiveStudy


class StudyFilter(msgspec.Struct, frozen=True):
    """Which items a session is limited to; what is empty limits nothing."""

    banks: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    limit: int | None = None
    minutes: int | None = None


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
        remarks: Sequence[str] = (),
    ) -> None:
        self.config = config
        self.library = library
        self.record = record
        self.clock = clock
        self.rng = rng
        self.learner = record.learner(config.learner or learner_name)
        self._keep_config = keep_config
        self._back_up = back_up
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
            value = getattr(self.config, name)
            self._keep_config(name, list(value) if isinstance(value, tuple) else value)

    def back_up(self) -> None:
        """Make today's backup of the record unless there is one. It may run in a thread of its own."""
        if self._back_up is not None:
            self._back_up(self.today)

    def banks(self, ids: Sequence[str] = ()) -> list[Bank]:
        """Read some banks, or all that can be used. Raises BankError for one that cannot."""
        wanted = ids or [card.id for card in self.library.shelf() if card.is_usable]
        return [self.library.bank(bank_id) for bank_id in wanted]

    def lookup(self, banks: Iterable[Bank]) -> ItemLookup:
        """Return the items of some banks, with the words of their languages where there are lists of them."""
        return ItemLookup.of(*banks, word_lists=word_list)

    def candidates(self, ids: Sequence[str] = ()) -> list[Candidate]:
        """Return the heads of the items of some banks, or of all that can be used. Raises BankError."""
        wanted = ids or [card.id for card in self.library.shelf() if card.is_usable]
        return [candidate for bank in wanted for candidate in self.library.contents(bank).items]

    def study_queue(self, study_filter: StudyFilter, seed: int) -> StudyQueue:
        """Return what there is to study today."""
        from quiz.core.scheduling.study_selection import study_queue

        memories = self.record.memories(self.learner.id, study_filter.banks or None)
        new_left = max(0, self.config.new_per_day - self.record.new_since(self.learner.id, self.day_start))
        return study_queue(
            self._worth_asking(study_filter, memories, new_left),
            memories,
            day_end=self.day_end,
            new_left=new_left,
            due_left=self._due_left(),
            seed=seed,
            limit=study_filter.limit,
        )

    def _worth_asking(
        self, study_filter: StudyFilter, memories: Mapping[ItemRef, Memory], new_left: int
    ) -> list[Candidate]:
        """Return the items that a study session may ask.

        Unless banks are named, those in which nothing is due are looked into only until there are new items
        enough for today: a thousand banks need not be read to begin with the first one.
        """
        from quiz.core.scheduling.study_selection import filtered

        day_end = self.day_end
        is_due_in = {ref.bank for ref, memory in memories.items() if memory.is_due(day_end)}
        enough = new_left if study_filter.limit is None else min(new_left, study_filter.limit)
        found: list[Candidate] = []
        new = 0
        for bank in study_filter.banks or [card.id for card in self.library.shelf() if card.is_usable]:
            if new >= enough and bank not in is_due_in and not study_filter.banks:
                continue
            asked = filtered(self.library.contents(bank).items, study_filter.topics, study_filter.tags)
            found += asked
            new += sum(
                (memory := memories.get(each.ref)) is None or memory.is_askable_as_new(day_end)
                for each in asked
            )
        return found

    def _due_left(self) -> int | None:
        """Return how many due items may still be asked today; None is no limit."""
        if not self.config.due_per_day:
            return None
        return max(0, self.config.due_per_day - self.record.reviewed_since(self.learner.id, self.day_start))

    def start_study(self, study_filter: StudyFilter, items: Sequence[Any] | None = None) -> LiveStudy | None:
        """Begin a study session on what is due and new, or on given items; None where there is nothing."""
        from quiz.services.study.live import LiveStudy

        seed = self.rng.getrandbits(32)
        refs = tuple(items) if items is not None else self.study_queue(study_filter, seed).items
        if not refs:
            return None
        banks = tuple(dict.fromkeys(ref.bank for ref in refs))
        settings = {
            "policy": self.config.policy,
            "study": {
                "criterion": self.config.criterion,
                "minutes": study_filter.minutes,
                "confidence": self.config.confidence,
            },
        }
        header = self.header(Mode.STUDY, banks, seed, settings, refs)
        return LiveStudy.start(self.record, self.clock, header, self.lookup(self.banks(banks)))

    def resume_study(self, header: SessionHeader) -> LiveStudy:
        """Go on with a study session; banks that are gone or broken are left out.

        Raises:
            BankError: none of its banks can be used now.
        """
        from quiz.services.study.live import LiveStudy

        usable = {card.id for card in self.library.shelf() if card.is_usable}
        banks = [self.library.bank(bank) for bank in header.banks if bank in usable]
        if not banks:
            raise BankError(
                f"The session asks from {', '.join(header.banks)}, which cannot be read now.",
                "Open quiz with that file, or end the session.",
            )
        return LiveStudy.resume(self.record, self.clock, header, self.lookup(banks))

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

    def home_view(self) -> HomeView:
        """Return what the home screen says of the banks and the record."""
        return home_view(self)

    def bank_view(self, bank_id: str) -> BankView:
        """Return a bank and how well its items are known. Raises BankError for one that cannot be read."""
        return bank_view(self, bank_id)

    def unfinished(self) -> SessionHeader | None:
        """Return the newest session of this learner that was not finished."""
        left = self.record.unfinished(self.learner.id)
        return left[0].header if left else None

    def end_session(self, header: SessionHeader) -> None:
        """Put the end of a session that was left on record; what was answered in it stays.

        An exam is handed in as it is, unless one of its banks cannot be used.
        """
        if header.mode is Mode.EXAM:
            from quiz.services.exam.start import hand_in_left

            with suppress(BankError):
                hand_in_left(self, header)
                return
        events = self.record.events(header.id)
        n = events[-1].n + 1 if events else 1
        at = max(self.clock.now(), events[-1].at if events else header.started)
        self.record.append(header.id, [Event(n=n, kind=EventKind.END, at=at)])

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
