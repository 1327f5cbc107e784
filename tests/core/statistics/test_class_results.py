"""What a class came to, from what its pupils gave."""

from __future__ import annotations

import time
from random import Random

import pytest

from quiz.core.class_list import Pupil
from quiz.core.content.grading import Chosen, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import ItemLookup
from quiz.core.statistics.class_answers import PupilAnswer, Sitting
from quiz.core.statistics.class_decisions import Decision, DecisionKind, ItemVersion
from quiz.core.statistics.class_results import Cell, ClassResults, class_results
from quiz.core.statistics.grades import GradeTable
from tests.core.exam.papers import every_kind

BANK = every_kind()
LOOKUP = ItemLookup.of(BANK)
PUPILS = [Pupil(f"p{k}", f"Pupil {k}") for k in range(12)]


def version(item: str) -> ItemVersion:
    ref = ItemRef("every", item)
    return ItemVersion(ref, LOOKUP[ref].item.fingerprint)


def answer(score: float, option: str = "", weight: float = 1.0) -> PupilAnswer:
    response = Chosen((option,)) if option else None
    return PupilAnswer(verdict=Verdict.of(score), score=score, weight=weight, response=response)


def sitting(
    pupil: int, answers: dict[str, PupilAnswer], *, session: str = "s", started: int = 1, **more: bool
) -> Sitting:
    given = {version(item): told for item, told in answers.items()}
    return Sitting(session=session, pupil=f"p{pupil}", started=started, answers=given, **more)


def results(*sittings: Sitting, decisions: list[Decision] | None = None) -> ClassResults:
    return class_results("8b", PUPILS, sittings, LOOKUP, decisions or [])


def decision(kind: DecisionKind, item: str) -> Decision:
    told = version(item)
    return Decision(
        class_list="c", kind=kind, bank="every", item=item, fingerprint=told.fingerprint, at=1_700_000_000_000
    )


def test_the_absent_the_wrong_and_what_was_not_asked_stand_apart() -> None:
    told = results(
        sitting(0, {"choice": answer(1.0), "truth": answer(0.0)}),
        sitting(1, {"choice": answer(0.5)}),
        Sitting(session="d", pupil="p2", started=2, answers={}, is_exam=False),
    )
    assert [row.cells for row in told.pupils[:4]] == [
        (Cell.RIGHT, Cell.WRONG),
        (Cell.PARTLY, Cell.NOT_ASKED),
        (Cell.NOT_ASKED, Cell.NOT_ASKED),
        (Cell.ABSENT, Cell.ABSENT),
    ]
    assert [row.is_absent for row in told.pupils[:4]] == [False, False, False, True]


def test_the_first_answer_counts() -> None:
    told = results(
        sitting(0, {"choice": answer(1.0)}, session="late", started=9),
        sitting(0, {"choice": answer(0.0)}, session="early", started=3),
    )
    assert told.pupils[0].cells == (Cell.WRONG,)
    assert told.sessions == ("early", "late")


def test_the_last_answer_counts_where_that_is_wanted() -> None:
    taken = [
        sitting(0, {"choice": answer(1.0), "truth": answer(0.0)}, session="early", started=3),
        sitting(0, {"choice": answer(0.0)}, session="late", started=9),
    ]
    told = class_results("8b", PUPILS, taken, LOOKUP, last_counts=True)
    assert told.pupils[0].cells == (Cell.WRONG, Cell.WRONG)
    assert told.sessions == ("early", "late")


def test_different_items_are_analysed_one_by_one_and_totals_are_not_compared() -> None:
    told = results(sitting(0, {"choice": answer(1.0)}), sitting(1, {"truth": answer(0.0)}))
    assert told.exam is None
    assert [column.analysis and column.analysis.n for column in told.items] == [1, 1]


def test_drawn_pupils_are_listed_and_not_analysed() -> None:
    told = results(sitting(0, {"choice": answer(1.0)}, is_exam=False))
    assert told.items[0].analysis is None
    assert told.pupils[0].points == 1.0


def test_points_follow_weights() -> None:
    told = results(sitting(0, {"choice": answer(0.5, weight=2.0), "truth": answer(1.0)}))
    assert (told.pupils[0].points, told.pupils[0].out_of) == (2.0, 3.0)


def test_an_item_that_is_left_out_brings_and_costs_nothing() -> None:
    taken = [sitting(k, {"choice": answer(0.0, weight=2.0), "truth": answer(1.0)}) for k in range(3)]
    told = results(*taken, decisions=[decision(DecisionKind.LEAVE_OUT, "choice")])
    assert (told.pupils[0].points, told.pupils[0].out_of) == (1.0, 1.0)
    assert told.items[0].analysis is None
    assert told.exam is not None
    assert told.exam.out_of == 1.0


def test_full_points_for_all_who_were_asked() -> None:
    taken = [sitting(0, {"choice": answer(0.0, weight=2.0), "truth": answer(1.0)})]
    told = results(*taken, decisions=[decision(DecisionKind.FULL_POINTS, "choice")])
    assert (told.pupils[0].points, told.pupils[0].out_of) == (3.0, 3.0)
    assert told.pupils[1].is_absent
    assert len(told.decisions) == 1


def test_an_edited_item_is_another_one() -> None:
    old = ItemVersion(version("choice").ref, "0" * 16)
    told = results(
        Sitting(session="s", pupil="p0", started=1, answers={old: answer(1.0)}),
        sitting(1, {"choice": answer(0.0)}),
    )
    assert [column.is_current for column in told.items] == [False, True]


def test_options_say_who_chose_them_and_what_is_sure() -> None:
    strong, weak = range(6), range(6, 12)
    taken = [
        sitting(k, {"choice": answer(0.0, "Wood"), "truth": answer(1.0), "bins": answer(1.0)}) for k in strong
    ]
    taken += [
        sitting(k, {"choice": answer(1.0, "Iron"), "truth": answer(0.0), "bins": answer(0.0)}) for k in weak
    ]
    column = results(*taken).items[0]
    counts = {option.text: (option.count, option.is_key, option.correlation) for option in column.options}
    assert counts["Wood"] == (6, False, 1.0)
    assert counts["Iron"] == (6, True, -1.0)
    assert counts["Glass"] == (0, False, None)
    assert column.analysis is not None
    assert column.analysis.discrimination == -100
    assert any("is the key right?" in remark for remark in column.remarks)
    assert any("“Wood”" in remark for remark in column.remarks)


def test_nothing_is_remarked_on_that_is_not_sure() -> None:
    few = [sitting(k, {"choice": answer(0.0), "truth": answer(1.0)}) for k in range(3)]
    assert [column.remarks for column in results(*few).items] == [(), ()]
    all_twelve = [sitting(k, {"choice": answer(0.0), "truth": answer(1.0)}) for k in range(12)]
    assert [len(column.remarks) for column in results(*all_twelve).items] == [1, 0]


def test_grades_begin_at_their_step() -> None:
    table = GradeTable("t", ((90, "A"), (50, "B"), (0, "C")))
    assert [table.grade(share) for share in (1.0, 0.9, 0.8999, 0.5, 0.49, 0.0)] == list("AABBCC")
    assert [table.step_above(share) for share in (0.95, 0.9, 0.6, 0.5, 0.1)] == [None, None, 90, 90, 50]
    assert not table.flaw()
    for steps in ((), ((50, "B"),), ((0, "C"), (50, "B")), ((101, "A"), (0, "B")), ((0, "A"), (0, "B"))):
        assert GradeTable("t", steps).flaw()


@pytest.mark.long
def test_a_thousand_pupils_and_a_hundred_items_take_less_than_a_second() -> None:
    rng = Random(1)
    versions = [ItemVersion(ItemRef("b", f"i{k}"), "0") for k in range(100)]
    pupils = [Pupil(f"p{n}", f"Pupil {n}") for n in range(1000)]
    taken = [
        Sitting(session=f"s{n}", pupil=f"p{n}", started=n, answers={
            version: answer(float(option == "A"), option)
            for version in versions
            for option in ["A" if rng.random() < n / 1000 else rng.choice("BCD")]
        })
        for n in range(1000)
    ]  # fmt: skip
    begun = time.process_time()
    told = class_results("8b", pupils, taken, ItemLookup(()))
    assert time.process_time() - begun < 1
    assert (len(told.pupils), len(told.items), len(told.items[0].options)) == (1000, 100, 4)
