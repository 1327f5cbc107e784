"""What a class came to, from what its pupils gave."""

from __future__ import annotations

import time
from random import Random

import msgspec
import pytest

from quiz.core.class_list import Pupil
from quiz.core.content.grading import Chosen, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.session import ItemLookup
from quiz.core.statistics.class_answers import PupilAnswer, Sitting
from quiz.core.statistics.class_decisions import Decision, DecisionKind, ItemVersion
from quiz.core.statistics.class_results import Cell, ClassResults, class_results
from quiz.core.statistics.grades import GradeTable
from quiz.exchange.class_results import Sheet, as_text, facts
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


def test_questions_have_the_numbers_of_the_first_form_of_their_exam() -> None:
    def form(letter: str, pupil: int, *items: str) -> Sitting:
        taken = sitting(
            pupil, {"choice": answer(1.0), "truth": answer(0.0)}, session=letter, started=9 - pupil
        )
        refs = tuple(version(item).ref for item in items)
        return msgspec.structs.replace(taken, occasion="exam", form=letter, items=refs)

    told = results(form("A", 0, "truth", "choice"), form("B", 1, "choice", "truth"))
    assert [column.version.ref.item for column in told.items] == ["truth", "choice"]
    assert [column.in_forms for column in told.items] == [(("A", 1), ("B", 2)), (("A", 2), ("B", 1))]
    assert told.pupils[1].cells == (Cell.WRONG, Cell.RIGHT)
    assert "question 1 in form A, 2 in form B" in as_text(Sheet(told))
    alone = results(form("C", 0, "truth", "choice"))
    assert "form C" not in as_text(Sheet(alone))


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
    told = results(*taken)
    assert f"alpha {facts(Sheet(told))['exam']['alpha']:.2f}," in as_text(Sheet(told))
    column = told.items[0]
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
    told = class_results("8b", pupils, taken, ItemLookup())
    assert time.process_time() - begun < 1
    assert (len(told.pupils), len(told.items), len(told.items[0].options)) == (1000, 100, 4)


def test_what_is_wrong_with_a_table_of_grades_is_said() -> None:
    cases: list[tuple[tuple[float, ...], str]] = [
        ((), "it has no steps"), ((101, 0), "its steps are not all from 0 to 100 per cent"),
        ((50, -1), "its steps are not all from 0 to 100 per cent"), ((0, 50), "its steps do not go down"),
        ((50, 50, 0), "its steps do not go down"), ((50, 1), "its last step does not start at 0"),
        ((100, 0), ""), ((0,), ""),
    ]  # fmt: skip
    for froms, flaw in cases:
        assert GradeTable("t", tuple((least, "x") for least in froms)).flaw() == flaw


def test_a_grade_forgives_rounding_and_a_table_takes_no_other_fields() -> None:
    table = GradeTable("t", ((30, "A"), (0, "B")))
    assert (0.1 + 0.2 - 1e-12, table.grade(0.3 - 1e-12)) == (pytest.approx(0.3), "A")
    assert (table.grade(0.2999999), table.step_above(0.3 - 1e-12), table.step_above(0.29)) == ("B", None, 30)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"title": "t", "step": []}, GradeTable)
    assert GradeTable("t").steps == ()


def certain(right: int, wrong: int) -> tuple[str, ...]:
    """Return the remarks on an item that so many had right, in an exam with another one."""
    taken = [
        sitting(k, {"choice": answer(float(k < right)), "truth": answer(float(k % 2))})
        for k in range(right + wrong)
    ]
    pupils = [Pupil(f"p{k}", f"Pupil {k}") for k in range(right + wrong)]
    return class_results("8b", pupils, taken, LOOKUP).items[0].remarks


def test_an_item_is_called_hard_or_easy_where_it_is_certain() -> None:
    hard = "Hard: certainly fewer than 25 % of the points were reached."
    easy = "Easy: certainly more than 95 % of the points were reached."
    assert certain(0, 11) == ()
    assert certain(0, 12) == (hard,)
    assert certain(72, 0) == ()
    assert certain(73, 0) == (easy,)


def test_results_hold_what_was_asked_and_nothing_that_was_not() -> None:
    told = results(
        sitting(0, {"choice": answer(0.5, "Wood", weight=2.0)}),
        decisions=[decision(DecisionKind.LEAVE_OUT, "truth")],
    )
    (column,) = told.items
    assert (told.class_name, told.sessions, told.decisions, len(told.pupils)) == ("8b", ("s",), (), 12)
    assert (column.number, column.stem, column.topic, column.key) == (1, "Which is a metal?", "A", "Iron")
    assert (column.is_current, column.decision, column.is_analysed, column.facility) == (
        True,
        None,
        True,
        0.5,
    )
    assert [(one.text, one.is_key, one.count, one.share) for one in column.options] == [
        ("Iron", True, 0, 0.0), ("Wood", False, 1, 1.0), ("Glass", False, 0, 0.0),
    ]  # fmt: skip
    assert {(one.correlation, one.interval) for one in column.options} == {(None, None)}
    assert (told.pupils[0].share, told.pupils[1].share) == (0.5, None)
    assert (told.pupils[0].pupil.name, told.pupils[0].is_absent, told.pupils[1].is_absent) == (
        "Pupil 0", False, True,
    )  # fmt: skip


def test_items_that_are_gone_have_no_words() -> None:
    gone = ItemVersion(ItemRef("every", "gone"), "0")
    told = results(
        Sitting(
            session="s",
            pupil="p0",
            started=1,
            answers={version("choice"): answer(0.5), gone: answer(0.0, "X")},
        )
    )
    assert [column.version.ref.item for column in told.items] == ["choice", "gone"]
    last = told.items[1]
    assert (last.number, last.stem, last.topic, last.key, last.is_current) == (2, "", "", "", False)
    assert [(one.text, one.is_key, one.share) for one in last.options] == [("X", False, 1.0)]
    assert [column.version.ref.item for column in told.hardest_first] == ["gone", "choice"]


def test_weights_that_differ_between_pupils_are_not_analysed_together() -> None:
    one, other = answer(1.0, weight=1.0), answer(1.0, weight=2.0)
    assert results(sitting(0, {"choice": one}), sitting(1, {"choice": other})).exam is None
    alone = results(sitting(0, {"choice": one}), sitting(1, {"choice": other})).items[0].analysis
    assert alone is not None
    assert (alone.n, alone.out_of, alone.mean) == (2, 2.0, 2.0)


def test_the_hardest_items_come_first_and_those_without_figures_last() -> None:
    drawn = sitting(3, {"bins": answer(0.0)}, is_exam=False)
    told = results(*(sitting(k, {"choice": answer(1.0), "truth": answer(0.5)}) for k in range(2)), drawn)
    assert [column.version.ref.item for column in told.hardest_first] == ["truth", "choice", "bins"]
    assert not told.items[2].is_analysed
    assert told.items[2].facility == 1.0


def test_a_cell_is_read_as_words() -> None:
    assert [cell.value for cell in Cell] == [
        "right", "partly right", "wrong", "left empty", "not asked", "absent",
    ]  # fmt: skip
    skipped = PupilAnswer(verdict=Verdict.SKIPPED, score=0.0)
    assert results(sitting(0, {"choice": skipped})).pupils[0].cells == (Cell.EMPTY,)


def test_an_options_share_is_of_all_who_answered() -> None:
    chosen = ("Wood", "Wood", "Iron", "Glass")
    told = results(*(sitting(k, {"choice": answer(0.0, option)}) for k, option in enumerate(chosen)))
    assert {one.text: (one.count, one.share) for one in told.items[0].options} == {
        "Wood": (2, 0.5), "Iron": (1, 0.25), "Glass": (1, 0.25),
    }  # fmt: skip
