"""What any record must answer, as tests: derive from `RecordContract` and say how one is made."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import msgspec
import pytest

from quiz.core.content.grading import Confidence, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import EventKind, Mode
from quiz.core.scheduling.fsrs_schedule import remembered
from quiz.core.scheduling.recall_model import ReviewSequence
from quiz.core.scheduling.study_day import next_day
from quiz.core.statistics.activity import Day
from quiz.core.statistics.class_decisions import SETTING, Decision, DecisionKind
from quiz.record.interface import Record
from quiz.record.read_models import Extent, Learner
from tests.record.record_stress import BANK, DAY, HOUR, MINUTE, NOON, attempt, event, header

ONE, TWO = ItemRef(BANK, "one"), ItemRef(BANK, "two")


class RecordContract:
    """The contract. `record` is a new, empty one."""

    @pytest.fixture
    def record(self, tmp_path: Path) -> Record:
        raise NotImplementedError

    @pytest.fixture
    def mina(self, record: Record) -> str:
        return record.learner("mina").id

    def test_memories_are_what_the_schedule_says_of_all_sessions(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        for day, score in enumerate((0.0, 1.0, 1.0)):
            started = header(mina, rng, NOON + day * DAY)
            record.start_with(started, [attempt(1, "one", score, started.started)])
        told = record.session_events(mina, ONE)
        assert len(told) == 3
        assert record.memory(mina, ONE) == remembered(told)
        assert record.memories(mina, [BANK]) == {ONE: remembered(told)}
        assert record.memories(mina, ["other"]) == {}
        assert record.memories(mina, []) == {}
        assert record.memory(mina, TWO) is None

    def test_rating_and_override_change_the_memory_even_without_naming_the_item(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        started = header(mina, rng)
        record.start_with(started, [attempt(1, "one", 0.0), attempt(2, "two", 1.0)])
        missed, known = record.memory(mina, ONE), record.memory(mina, TWO)
        record.append(started.id, [event(3, EventKind.OVERRIDE, 1)])
        record.append(started.id, [event(4, EventKind.RATE, 2, body={"rating": 4})])
        assert (missed and missed.misses) == 1
        assert record.memory(mina, ONE) == msgspec.structs.replace(
            record.memory(mina, ONE) or missed, misses=0
        )
        easy = record.memory(mina, TWO)
        assert known is not None
        assert easy is not None
        assert easy.due > known.due
        record.append(started.id, [event(5, EventKind.UNDO, 4, body={"also": [3]})])
        assert (record.memory(mina, ONE), record.memory(mina, TWO)) == (missed, known)

    def test_what_was_attempted_elsewhere_since(self, record: Record, mina: str, rng: Random) -> None:
        early, late, own = (header(mina, rng, NOON + hour * HOUR) for hour in range(3))
        record.start_with(early, [attempt(1, "one", at=NOON), attempt(2, "two", at=NOON + 5 * HOUR)])
        record.start_with(late, [attempt(1, "three", at=NOON + HOUR), attempt(2, "four", at=NOON + HOUR)])
        record.start_with(own, [attempt(1, "five", at=NOON + 2 * HOUR)])
        record.append(late.id, [event(3, EventKind.UNDO, 2)])
        since = record.attempted_since(mina, NOON + 1, own.id)
        assert since == {TWO, ItemRef(BANK, "three")}
        assert ItemRef(BANK, "five") in record.attempted_since(mina, NOON + 1)
        assert record.attempted_since("nobody", 0) == set()

    def test_items_answered_for_the_first_time_are_counted(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        before, today = header(mina, rng), header(mina, rng, NOON + DAY)
        test = header(mina, rng, mode=Mode.EXAM, settings={"policy": {"feeds_schedule": False}})
        record.start_with(before, [attempt(1, "one")])
        record.start_with(test, [attempt(1, "three")])
        record.start_with(
            today,
            [
                attempt(1, "one", at=NOON + DAY),
                attempt(2, "two", at=NOON + DAY),
                attempt(3, "three", at=NOON + DAY),
                event(4, EventKind.SKIP, bank=BANK, item="four", at=NOON + DAY),
                attempt(5, "five", at=NOON + DAY),
                event(6, EventKind.UNDO, 5, at=NOON + DAY),
            ],
        )
        assert record.new_since(mina, NOON + DAY) == 2
        assert record.new_since(mina, NOON) == 3
        assert record.reviewed_since(mina, NOON + DAY) == 1
        assert record.reviewed_since(mina, NOON) == 0

    def test_unfinished_sessions_come_newest_first(self, record: Record, mina: str, rng: Random) -> None:
        started = [header(mina, rng, NOON + hour * HOUR) for hour in range(4)]
        for each in started:
            record.start(each)
        record.append(started[0].id, [attempt(1, at=NOON + 9 * HOUR)])
        record.append(started[1].id, [event(1, EventKind.END)])
        record.append(started[2].id, [event(1, EventKind.VOID)])
        found = record.unfinished(mina)
        assert [(told.header, told.attempts) for told in found] == [(started[3], 0), (started[0], 1)]
        assert [told.last_at for told in found] == [started[3].started, NOON + 9 * HOUR]
        assert record.unfinished(mina, Mode.EXAM) == []
        assert record.unfinished(mina, Mode.STUDY) == found
        assert record.unfinished(mina, limit=1) == found[:1]
        assert record.unfinished("nobody") == []

    def test_sessions_are_listed_by_bank_mode_and_page(self, record: Record, mina: str, rng: Random) -> None:
        modes = (Mode.STUDY, Mode.EXAM, Mode.EXAM)
        started = [header(mina, rng, NOON + hour * HOUR, mode=mode) for hour, mode in enumerate(modes)]
        for each in started:
            record.start(each)
        mixed = header(mina, rng, NOON + 9 * HOUR, banks=(BANK, "other"))
        record.start_with(mixed, [attempt(1), attempt(2, bank="other", score=0.5)])
        everything = [mixed, *reversed(started)]
        assert [told.id for told in record.sessions()] == [each.id for each in everything]
        assert [told.id for told in record.sessions(limit=2, before=mixed.id)] == [
            each.id for each in everything[1:3]
        ]
        assert [told.id for told in record.sessions(mode=Mode.EXAM)] == [started[2].id, started[1].id]
        (of_other,) = record.sessions(bank="other")
        assert (of_other.attempts, of_other.partial, of_other.score) == (1, 1, 0.5)
        for who in (mina, None):
            assert [told.id for told in record.sessions(who, bank=BANK)] == [mixed.id]
        assert record.sessions(mina, BANK, Mode.EXAM) == []
        assert record.sessions(mina, BANK, before=mixed.id) == []
        assert record.sessions()[0].banks == (BANK, "other")
        assert record.sessions(bank='x" OR 1') == []

    def test_last_scores_are_of_finished_sessions_oldest_first(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        for day, scores in enumerate(((1.0, 0.5), (1.0, 1.0), (0.0, 0.0))):
            started = header(mina, rng, NOON + day * DAY, mode=Mode.EXAM)
            events = [attempt(n, f"i{n}", score) for n, score in enumerate(scores, 1)]
            end = [] if day == 2 else [event(3, EventKind.END)]
            record.start_with(started, [*events, *end])
        assert record.last_scores(mina, BANK) == [0.75, 1.0]
        assert record.last_scores(mina, BANK, limit=1) == [1.0]
        assert record.last_scores(mina, BANK, Mode.STUDY) == []
        weighted = [attempt(1, "i1", body={"weight": 3.0}), attempt(2, "i2", 0.0), event(3, EventKind.END)]
        record.start_with(header(mina, rng, NOON + 3 * DAY, mode=Mode.EXAM), weighted)
        assert record.last_scores(mina, BANK, limit=1) == [0.75]
        assert (record.sessions(mina)[0].share, record.sessions(mina)[0].score) == (0.75, 1.0)

    def test_what_is_remembered_of_items_in_short(self, record: Record, mina: str, rng: Random) -> None:
        started = header(mina, rng)
        record.start_with(
            started,
            [
                attempt(1, "one", 0.0),
                attempt(2, "two", 1.0),
                attempt(3, "three", 1.0),
                event(4, EventKind.SUSPEND, bank=BANK, item="three"),
                event(5, EventKind.SUSPEND, bank=BANK, item="four"),
            ],
        )
        held = record.held_items(mina, BANK)[BANK]
        assert set(held) == {"one", "two", "three", "four"}
        assert [held[item].attempts for item in ("one", "two", "three", "four")] == [1, 1, 1, 0]
        assert [held[item].is_suspended for item in ("one", "two", "three", "four")] == [
            False,
            False,
            True,
            True,
        ]
        assert (held["one"].misses, held["two"].misses) == (1, 0)
        assert record.suspended_among(mina, [ONE, ItemRef(BANK, "four")]) == {ItemRef(BANK, "four")}
        assert held["two"].reviewed_at == NOON
        today = next_day(NOON, "Europe/Berlin")
        one, two = held["one"].due, held["two"].due
        assert one is not None
        assert two is not None
        assert one < today <= two
        assert sum(record.due_by_day(mina, NOON).values()) == 2
        assert record.due_by_day(mina, two) == {0: 1}
        record.append(started.id, [event(6, EventKind.BURY, bank=BANK, item="one")])
        buried = record.held_items(mina)[BANK]["one"]
        assert (buried.due, buried.due_since) == (today, one)
        assert held["one"].due_since == one
        assert record.held_items(mina, "other") == record.held_items("nobody") == {}

    def test_its_extent_changes_with_whatever_is_added(self, record: Record, mina: str, rng: Random) -> None:
        one, two = header(mina, rng), header(mina, rng, NOON + DAY)
        assert record.extent(mina) == Extent(mina, 0, 0, "")
        record.start_with(one, [attempt(1), attempt(2)])
        assert record.extent(mina) == Extent(mina, 1, 2, one.id)
        record.start(two)
        assert record.extent(mina) == Extent(mina, 2, 2, two.id)
        record.append(one.id, [event(3, EventKind.UNDO, 2)])
        assert record.extent(mina) == Extent(mina, 2, 3, two.id)
        assert record.extent("nobody") == Extent("nobody", 0, 0, "")

    def test_figures_follow_what_counts(self, record: Record, mina: str, rng: Random) -> None:
        night = NOON + 15 * HOUR  # three at night in Berlin: still the same study day
        started = header(mina, rng)
        record.start_with(
            started,
            [
                attempt(1, "one", 0.0, confidence=Confidence.SURE),
                attempt(2, "one", 1.0, night, duration_ms=None),
                attempt(3, "one", 0.25, NOON + DAY, fingerprint="fedcba9876543210"),
                event(4, EventKind.SKIP, bank=BANK, item="one", verdict=Verdict.SKIPPED),
            ],
        )
        first, second = date(2025, 6, 18), date(2025, 6, 19)
        assert record.days(mina) == [Day(first, 2, 1.0, 4000), Day(second, 1, 0.25, 4000)]
        assert record.days_active(mina) == [first, second]
        assert record.totals_by_bank(mina, second) == {BANK: Day(second, 3, 1.25, 8000)}
        tallies = {
            told.fingerprint: (told.attempts, told.score, told.skipped) for told in record.tallies(mina, BANK)
        }
        assert tallies == {"0123456789abcdef": (2, 1.0, 0), "fedcba9876543210": (1, 0.25, 0), "": (0, 0.0, 1)}
        assert record.tallies(mina, BANK, "two") == record.tallies(mina, "other") == []
        assert record.scores_by_confidence(mina) == {Confidence.SURE: (1, 0.0)}
        record.append(started.id, [event(5, EventKind.OVERRIDE, 1)])
        assert record.scores_by_confidence(mina, BANK) == {Confidence.SURE: (1, 1.0)}
        record.append(started.id, [event(6, EventKind.UNDO, 5), event(7, EventKind.UNDO, 1)])
        assert record.scores_by_confidence(mina) == {}
        assert [told.accuracy for told in record.sessions()] == [0.625]
        assert record.days("nobody") == []

    def test_attempts_at_an_item_are_read_newest_first_and_on(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        sessions = [header(mina, rng, NOON + day * DAY) for day in range(3)]
        for made in sessions:
            record.start_with(
                made, [attempt(1, at=made.started), attempt(2, score=0.0, at=made.started + MINUTE)]
            )
        record.append(sessions[2].id, [event(3, EventKind.OVERRIDE, 2), event(4, EventKind.UNDO, 1)])
        told = record.attempts_at(mina, ONE, 10)
        assert [(one.header.id, one.event.n, one.score) for one in told] == [
            (sessions[2].id, 2, 1.0),
            *((made.id, n, score) for made in reversed(sessions[:2]) for n, score in ((2, 0.0), (1, 1.0))),
        ]
        rest = record.attempts_at(mina, ONE, 10, before=(sessions[1].id, 2))
        assert [(one.header.id, one.event.n) for one in rest] == [
            (sessions[1].id, 1), (sessions[0].id, 2), (sessions[0].id, 1),
        ]  # fmt: skip
        assert record.attempts_at(mina, TWO, 10) == []

    def test_reviews_are_counted_and_told_in_sequences(self, record: Record, mina: str, rng: Random) -> None:
        for day in (0, 4):
            record.start_with(made := header(mina, rng, NOON + day * DAY), [attempt(1, at=made.started)])
        assert record.review_count(mina) == 2
        assert record.review_sequences(mina) == [ReviewSequence(3, ((4, 3),))]
        assert sum(reviews.reviews for reviews in record.predicted_reviews(mina, BANK).values()) == 1
        assert record.predicted_reviews(mina, "other") == {}
        assert record.trainings(mina) == record.trainings("nobody")

    def test_a_learner_is_made_once_whatever_the_spacing(self, record: Record) -> None:
        assert record.learner(" Mina  K. ") == record.learner("Mina K.")
        assert [learner.name for learner in record.learners()] == ["Mina K."]
        with pytest.raises(ValueError, match="name"):
            record.learner("  ")

    def test_what_was_undone_or_voided_does_not_count(self, record: Record, mina: str, rng: Random) -> None:
        made = header(mina, rng)
        record.start_with(made, [attempt(1), attempt(2), event(3, EventKind.UNDO, 2)])
        assert record.effective_events(made.id) == (attempt(1),)
        record.append(made.id, [event(4, EventKind.VOID)])
        assert record.effective_events(made.id) == ()
        assert record.sessions() == record.unfinished(mina) == record.days(mina) == []
        assert list(record.everything()) == [(made, record.events(made.id))]

    def test_a_merge_brings_what_is_not_there(self, record: Record, mina: str, rng: Random) -> None:
        ours, theirs = header(mina, rng), header("their-id", rng)
        record.start_with(ours, [attempt(1)])
        sessions = [(ours, [attempt(1), attempt(2)]), (theirs, [attempt(1)])]
        merged = record.merge([Learner("their-id", "Otto")], sessions)
        assert (merged.sessions, merged.events, merged.conflicts) == (1, 2, ())
        again = record.merge([Learner("their-id", "Otto")], sessions)
        assert (again.sessions, again.events) == (0, 0)
        assert record.memory("their-id", ONE) is not None
        other = record.merge([], [(ours, [attempt(1, "two")])])
        assert len(other.conflicts) == 1
        assert record.events(ours.id)[0] == attempt(1)
        gap = header(mina, rng, NOON + DAY)
        assert len(record.merge([], [(gap, [attempt(2)])]).left_out) == 1
        assert record.merge([], [(gap, [attempt(2)])], with_gaps=True).sessions == 1
        assert len(record.gaps()) == 1

    def test_a_sound_record_has_nothing_to_mend(self, record: Record, mina: str, rng: Random) -> None:
        record.start_with(header(mina, rng), [attempt(1), attempt(2, "two", 0.5), event(3, EventKind.END)])
        record.wait_at_most(1.0)
        assert not record.is_read_only
        assert record.rebuild_memory() == 0
        with record.at_one_moment():
            assert len(record.held_items(mina)[BANK]) == sum(record.due_by_day(mina, NOON).values()) == 2
        assert record.integrity() == record.gaps() == []

    def test_class_lists_hold_learners(self, record: Record) -> None:
        added = record.class_lists.add("7b", ["Ada", "Bo"])
        assert [pupil.name for pupil in added.class_list.pupils] == ["Ada", "Bo"]
        assert {learner.name for learner in record.learners()} == {"Ada", "Bo"}
        assert [class_list.name for class_list in record.class_lists.all()] == ["7b"]

    def test_a_learner_gets_another_name(self, record: Record, mina: str) -> None:
        assert record.rename(mina, " Mina  K. ") == Learner(mina, "Mina K.")
        assert record.learners() == [Learner(mina, "Mina K.")]
        with pytest.raises(ValueError, match="name"):
            record.rename(mina, " ")
        with pytest.raises(KeyError):
            record.rename("nobody", "Otto")

    def test_items_are_flagged_until_they_are_flagged_again(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        flags = [
            event(n, EventKind.FLAG, bank=BANK, item=item) for n, item in enumerate(("one", "two", "two"), 1)
        ]
        record.start_with(header(mina, rng), flags)
        assert record.flagged(mina) == {ONE}
        assert record.flagged("nobody") == set()

    def test_items_that_were_missed_or_new_since_a_moment(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        made = header(mina, rng)
        record.start_with(made, [attempt(1, "one", 0.0), attempt(2, "two", 0.75), attempt(3, "two")])
        assert record.missed_since(mina, NOON) == {ONE, TWO}
        assert record.new_by_bank(mina, NOON) == {BANK: 2}
        record.append(made.id, [event(4, EventKind.OVERRIDE, 1)])
        assert record.missed_since(mina, NOON) == {TWO}
        assert record.missed_since(mina, NOON + 1) == set()
        assert record.new_by_bank(mina, NOON + 1) == {}

    def test_attempts_at_items_whatever_their_version(self, record: Record, mina: str, rng: Random) -> None:
        attempts = [attempt(1), attempt(2, score=0.5, fingerprint="fedcba9876543210"), attempt(3, "two")]
        record.start_with(header(mina, rng), attempts)
        told = {item: (tally.attempts, tally.score) for item, tally in record.asked(mina, BANK)[BANK].items()}
        assert told == {ONE.item: (2, 1.5), TWO.item: (1, 1.0)}
        assert record.asked(mina) == record.asked(mina, BANK)
        assert record.asked(mina, "other") == {"other": {}}

    def test_decisions_for_a_class_count_until_they_are_void(
        self, record: Record, mina: str, rng: Random
    ) -> None:
        decision = Decision(
            class_list="7b", kind=DecisionKind.LEAVE_OUT, bank=BANK, item="one", fingerprint="0", at=NOON
        )
        made = header(mina, rng, banks=(), items=(), settings={SETTING: msgspec.to_builtins(decision)})
        record.start_with(made, [event(1, EventKind.END)])
        assert record.class_decisions("7b") == [(made.id, decision)]
        assert record.class_decisions("8b") == []
        record.append(made.id, [event(2, EventKind.VOID)])
        assert record.class_decisions("7b") == []
