"""Random drills of every format: fair, exact, and not to be broken by any sequence of keys."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.core.content.grading import Response
from quiz.core.drill.answered_drill import AnsweredDrill
from quiz.core.drill.formats import all_formats
from quiz.core.drill.formats.sprint import SprintDrill
from quiz.core.drill.settings import Channel, DrillStep, Stage
from quiz.core.events.model import Event, EventKind
from quiz.core.session import InvalidTransition
from tests.core.drill.classroom import Classroom, but_clock, live, pupils, replayed, some_response
from tests.sampling import tries

Key = Callable[[Classroom, int], "Event | None"]

TEACHER: list[Key] = [
    lambda room, _: room.tries(room.drill.start),
    lambda room, _: room.tries(room.drill.next),
    lambda room, _: room.tries(room.drill.next),
    lambda room, _: room.tries(room.drill.undo),
    lambda room, _: room.tries(room.drill.reveal),
    lambda room, _: room.tries(room.drill.skip),
    lambda room, _: room.tries(room.drill.pause),
    lambda room, _: room.tries(room.drill.go_on),
    lambda room, _: room.tries(room.drill.tick),
    lambda room, _: room.tries(room.drill.extend),
    lambda room, n: room.tries(lambda at: room.drill.show_board(at, is_shown=bool(n % 2))),
    lambda room, n: room.tries(room.drill.end) if n % 10 == 0 else None,
]


def option(room: Classroom, n: int) -> str:
    try:
        shown = room.drill.options
    except InvalidTransition:
        return "nothing"
    return shown[n % len(shown)] if shown else "nothing"


def answers(room: Classroom, n: int) -> Event | None:
    return room.tries(room.drill.answer, option(room, n))


def judges(room: Classroom, n: int) -> Event | None:
    return room.tries(lambda at: room.drill.judge(at, is_right=n % 3 > 0))


def somebody(room: Classroom, n: int) -> str:
    everybody = list(room.drill.picker.turns)
    return everybody[n % len(everybody)]


def answers_alone(room: Classroom, n: int) -> Event | None:
    pupils = (*room.drill.named, "nobody")
    channel = list(Channel)[n % 3]
    response = some_response(room.drill, n // 5)
    return room.tries(room.drill.answer_of, pupils[n % len(pupils)], response, channel)


def leaves_or_comes(room: Classroom, n: int) -> Event | None:
    pupils = (*room.drill.named, "nobody")
    step = room.drill.mark_absent if n % 2 else room.drill.mark_present
    return room.tries(step, pupils[n // 2 % len(pupils)])


ALONE: list[Key] = [
    *[answers_alone] * 12,
    *[leaves_or_comes] * 2,
    *[lambda room, _: room.tries(room.drill.close)] * 2,
    lambda room, _: room.tries(room.drill.join),
    lambda room, n: room.tries(room.drill.join_as, f"late{n % 7}"),
]
KEYS: dict[str, list[Key]] = {
    "vote": [
        *ALONE,
        lambda room, _: room.tries(lambda at: room.drill.close(at, with_bars=True)),
        lambda room, _: room.tries(room.drill.show_bars),
        *[lambda room, n: room.tries(room.drill.count, n % 5, n % 37)] * 6,
        *[lambda room, _: room.tries(room.drill.close)] * 2,
        lambda room, _: room.tries(room.drill.vote_again),
        lambda room, _: room.tries(room.drill.reveal),
        lambda room, _: room.tries(room.drill.join),
    ],
    "everyone": [
        *ALONE,
        lambda room, _: room.tries(room.drill.reveal),
        lambda room, _: room.tries(lambda at: room.drill.due(at) or room.drill.next(-1)),
    ],
    "hot-seat": [
        *[lambda room, _: room.tries(room.drill.draw)] * 5,
        *[answers] * 3,
        *[judges] * 3,
        lambda room, _: room.tries(room.drill.pass_on),
        lambda room, _: room.tries(room.drill.help),
        lambda room, n: room.tries(room.drill.mark_absent, somebody(room, n)),
        lambda room, _: room.tries(room.drill.mark_absent, room.drill.seat),
        *[lambda room, n: room.tries(room.drill.mark_present, somebody(room, n))] * 2,
        lambda room, n: room.tries(room.drill.join_as, f"late{n % 7}"),
        lambda room, n: room.tries(room.drill.join) if n % 3 == 0 else None,
    ],
    "buzz": [
        *[lambda room, n: room.tries(room.drill.buzz, f"team-{n % 9}")] * 8,
        *[answers] * 3,
        *[judges] * 3,
        lambda room, _: room.tries(room.drill.join),
    ],
    "sprint": [
        *[answers] * 8,
        *[judges] * 4,
        lambda room, _: room.tries(room.drill.call_time),
    ],
}

CLASSES = st.integers(5, 40)
"""How many pupils there are."""
SETTINGS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "vote": st.fixed_dictionaries(
        {
            "class_size": CLASSES,
            "seconds": st.sampled_from([0, 30]),
            "pupils": st.one_of(st.just(()), CLASSES.map(pupils)),
            "may_change": st.booleans(),
            "feeds_records": st.booleans(),
        }
    ),
    "everyone": st.fixed_dictionaries(
        {
            "pupils": CLASSES.map(pupils),
            "seconds": st.sampled_from([0, 20]),
            "has_bonus": st.booleans(),
            "may_change": st.booleans(),
            "feeds_records": st.booleans(),
        }
    ),
    "hot-seat": st.fixed_dictionaries(
        {"pupils": CLASSES.map(pupils), "seconds": st.sampled_from([0, 20]), "has_bonus": st.booleans()}
    ),
    "buzz": st.fixed_dictionaries(
        {
            "class_size": CLASSES,
            "teams": st.integers(2, 8),
            "seconds": st.sampled_from([0, 20]),
            "has_bonus": st.booleans(),
        }
    ),
    "sprint": st.fixed_dictionaries(
        {
            "pupils": CLASSES.flatmap(
                lambda size: st.lists(st.sampled_from(pupils(size)), max_size=2, unique=True).map(tuple)
            ),
            "seconds": st.sampled_from([60, 90]),
            "has_bonus": st.booleans(),
        }
    ),
}
STEPS = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 9_000)), min_size=20, max_size=160)


def test_every_format_is_simulated() -> None:
    assert set(KEYS) == set(SETTINGS) == set(all_formats())


def simulate(
    which: str, told: dict[str, Any], items: int, seed: int, steps: list[tuple[int, int]]
) -> Classroom:
    """Press keys in a drill and hold it against what must be true after each."""
    room = Classroom.of(which, items, seed, **told).start()
    keys = TEACHER + KEYS[which]
    for key, after in steps:
        room.at += after
        before = room.drill
        done = keys[key % len(keys)](room, key // len(keys))
        if done is None:
            assert room.drill is before
            continue
        hold(room)
        hold_undo(room, before, done)
        hold_draw(before, done)
        if done.body.get("do") == DrillStep.VERDICT:
            hold_verdict(room, before, done)
    assert room.rebuilt() == room.drill
    return room


def hold(room: Classroom) -> None:
    """Check what is true of a drill at any moment."""
    drill = room.drill
    assert drill.log == live(room.events)
    totals = replayed(drill.log)
    assert {
        name: [score.right, score.points] for name, score in drill.scores.items() if score.answers
    } == totals
    assert [rank.score.points for rank in drill.board] == sorted(
        (drill.scores[name].points if name in drill.scores else 0 for name in drill.competitors), reverse=True
    )
    if not drill.is_revealed:
        with pytest.raises(InvalidTransition):
            _ = drill.key_options
    if drill.name == "hot-seat":
        counts = [drill.picker.turns[pupil] for pupil in drill.picker.present]
        assert not counts or max(counts) - min(counts) <= 1
    if isinstance(drill, AnsweredDrill):
        hold_answers(drill)
    if isinstance(drill, SprintDrill):
        assert all(0 <= drill.left_of(side, room.at) <= drill.limit_ms for side in drill.sides)


def hold_answers(drill: AnsweredDrill) -> None:
    """Check a pupil's last answers, and the verdicts on them, against the log."""
    if drill.stage in {Stage.READY, Stage.FINISHED}:
        return
    first = max(k for k, event in enumerate(drill.log) if event.body.get("do") in {"start", "next", "skip"})
    rounds: list[dict[str, Response | None]] = [{}]
    verdicts: dict[str, Event] = {}
    for event in drill.log[first:]:
        match event.body.get("do"):
            case "again":
                rounds.append({})
            case "answer":
                rounds[-1][event.body["by"]] = event.response
            case "verdict":
                verdicts[event.body["by"]] = event
    assert [{p: g.response for p, g in told.items()} for told in drill.given] == rounds
    assert set(drill.missing) == set(drill.here) - set(rounds[-1])
    assert {p: v.response for p, v in verdicts.items()} == (rounds[-1] if drill.is_revealed else {})
    for pupil, verdict in verdicts.items():
        assert verdict.score == drill.current.grade(rounds[-1][pupil]).score
        is_own = pupil.startswith(("pupil", "late")) and drill.settings.feeds_records
        assert verdict.learner == (pupil if is_own else "")
        assert (verdict.kind is EventKind.ATTEMPT) is is_own
        if drill.name == "everyone":
            most = (verdict.score == 1) * Fraction(499, drill.total * drill.most_parts)
            assert 0 <= verdict.body["points"] - round(1000 * verdict.score) <= most
    if drill.is_by_option:
        hands = drill.rounds if drill.name == "vote" else [(0,) * len(drill.options) for _ in rounds]
        assert [sum(tally) for tally in drill.tallies] == [
            sum(told) + len(answers) for told, answers in zip(hands, rounds, strict=True)
        ]


def hold_undo(room: Classroom, before: Any, done: Event) -> None:
    """Check that taking the last step back leaves nothing of it."""
    if room.drill.undoable != done:
        return
    undone = room.drill.apply(room.drill.undo(room.at))
    assert but_clock(undone) == but_clock(before)
    if done.duration_ms is not None and before.stage is not Stage.READY:
        assert undone.timer.spent(room.at + 5000) == done.duration_ms


def hold_draw(before: Any, done: Event) -> None:
    """Check that whoever is drawn is present, and is not who just had a turn while there is anybody else."""
    drawn = done.body.get("pupil" if done.body.get("do") == "turn" else "next")
    if before.name != "hot-seat" or not drawn:
        return
    is_absence = done.body.get("do") == "absent"
    picker = before.before_turn.without(done.body["pupil"]) if is_absence else before.picker
    passed = {before.seat} if done.body.get("do") == DrillStep.PASS else set()
    candidates = set(picker.present) - set(before.tried) - passed
    assert drawn in candidates
    assert drawn != picker.last or candidates == {drawn}


def hold_verdict(room: Classroom, before: Any, verdict: Event) -> None:
    """Check what a verdict is worth, and that undoing it leaves nothing of it; then give it again."""
    drill, limit = room.drill, before.limit_ms
    worth = Fraction(1000) * Fraction(verdict.score or 0)
    assert not (drill.has_bonus and drill.name == "sprint")
    if drill.has_bonus and verdict.score == 1:
        worth += Fraction(499, drill.total) * (1 - Fraction(min(verdict.duration_ms or 0, limit), limit))
    assert verdict.body["points"] == int(worth)
    after = drill
    room.undo()
    undone = room.drill
    assert but_clock(undone) == but_clock(before)
    assert (undone.timer.is_going, undone.timer.spent(room.at)) == (False, verdict.duration_ms)
    assert undone.board == before.board
    is_right = (verdict.score or 0) > 0
    if "option" in verdict.body:
        again = room.do(undone.answer, verdict.body["option"])
    else:
        again = room.do(lambda at: undone.judge(at, is_right=is_right))
    assert (again.kind, again.learner, again.body) == (verdict.kind, verdict.learner, verdict.body)
    assert room.drill.board == after.board
    is_own = verdict.body["by"].startswith(("pupil", "late"))
    assert again.kind is (EventKind.ATTEMPT if is_own else EventKind.NOTE)


@pytest.mark.parametrize("which", KEYS)
@settings(max_examples=tries(50), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_sequence_of_keys_breaks_a_drill(which: str, data: st.DataObject) -> None:
    simulate(
        which, data.draw(SETTINGS[which]), data.draw(st.integers(1, 14)), data.draw(st.integers(0, 99)),
        data.draw(STEPS),
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("which", KEYS)
@settings(max_examples=tries(1000), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_sequence_of_keys_breaks_a_thousand_drills(which: str, data: st.DataObject) -> None:
    simulate(
        which, data.draw(SETTINGS[which]), data.draw(st.integers(1, 14)), data.draw(st.integers(0, 99)),
        data.draw(STEPS),
    )  # fmt: skip


@settings(max_examples=tries(100))
@given(count=st.integers(5, 40), items=st.integers(1, 120), seed=st.integers(0, 2**32))
def test_in_a_plain_drill_everyone_has_a_turn_before_anyone_has_two(
    count: int, items: int, seed: int
) -> None:
    room = Classroom.of("hot-seat", items, seed, pupils=pupils(count)).start()
    order = []
    while room.drill.stage is not Stage.FINISHED:
        room.do(room.drill.draw)
        order.append(room.drill.seat)
        room.do(lambda at: room.drill.judge(at, is_right=True))
        room.do(room.drill.next)
    for first in range(0, items, count):
        turns = order[first : first + count]
        assert len(set(turns)) == len(turns)
    assert all(one != other for one, other in pairwise(order))
