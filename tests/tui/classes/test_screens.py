"""A class on the screen: marking its papers, and looking at its results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.class_list import ClassList
from quiz.core.exam.marking import key_line
from quiz.core.exam.settings import ExamSettings
from quiz.services.exam.marking import Marking
from quiz.services.exam.paper import paper_forms
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.classes.marking import MarkingScreen
from quiz.tui.classes.results import ClassResultsScreen
from quiz.tui.dialogs.confirm import ConfirmModal
from quiz.tui.home.item import ItemScreen
from tests.core.exam.papers import EVERY_KIND
from tests.fakes import FakeClock, make_workspace
from tests.screens import flat, places_of, press

NAMES = ["Anna Berg", "Ben Carl", "Cleo Dorn"]


@pytest.fixture
def every(tmp_path: Path, clock: FakeClock, bank_file: Callable[..., Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(EVERY_KIND), clock=clock)
    yield made
    made.record.close()


def a_class(workspace: Workspace) -> ClassList:
    return workspace.record.class_lists.add("8b", NAMES).class_list


def a_pile(workspace: Workspace, class_list: ClassList) -> tuple[Marking, str]:
    paper = paper_forms(workspace, ("every",), ExamSettings(), 7, "AB")
    (questions, *_) = paper.forms.values()
    return Marking(workspace, class_list, paper), key_line(questions)


async def test_papers_are_marked_line_by_line(every: Workspace, clock: FakeClock) -> None:
    marking, key = a_pile(every, a_class(every))
    app = QuizApp(every)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await pilot.pause()
        screen = MarkingScreen(every, marking)
        app.push_screen(screen)
        await pilot.pause()
        assert "3 papers to come" in flat(app)
        screen.paper.value = "zz"
        await pilot.pause()
        assert "No pupil has the letters “ZZ”." in flat(app)
        screen.paper.value = "ab a"
        await pilot.pause()
        assert "Anna Berg, form A: 0 of 10 questions" in flat(app)
        screen.paper.value = f"ab a {key}"
        await press(pilot, clock, "enter")
        assert "✓ Anna Berg, form A: 13 of 13 (100 %)" in flat(app)
        assert "2 papers to come" in flat(app)
        assert screen.paper.value == ""
        screen.paper.value = "ab a" + "-" * 10
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, ConfirmModal)
        await press(pilot, clock, "y")
        assert "Anna Berg, form A: 0 of 13 (0 %)" in flat(app)
        await press(pilot, clock, "ctrl+z")
        assert "Taken back: Anna Berg" in flat(app)
        assert marking.missing == ("Ben Carl", "Cleo Dorn")
        await press(pilot, clock, "ctrl+z", "ctrl+z")
        assert "There is nothing to undo." in flat(app)


async def test_results_hide_names_and_tell_of_questions(every: Workspace, clock: FakeClock) -> None:
    class_list = a_class(every)
    marking, key = a_pile(every, class_list)
    marking.mark(f"AB A {key}")
    marking.mark(f"BC A {'-' * 10}")
    app = QuizApp(every)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        app.push_screen(ClassResultsScreen(every, class_list))
        await pilot.pause()
        assert "Anna" not in flat(app)
        assert "8b · 3 pupils · 10 questions" in flat(app)
        await press(pilot, clock, "n")
        assert "Anna Berg" in flat(app)
        assert "n Names" in flat(app)
        assert "p Preview" not in flat(app)
        assert "13 of 13 (100 %)" in flat(app)
        assert "absent" in flat(app)
        first = places_of(app, "✓")
        assert {column for column, _ in places_of(app, "–")} == {column for column, _ in first}
        assert places_of(app, "  9 10")[0][0] + 5 == first[-1][0]
        assert "mean 6.50 of 13" in flat(app)
        await press(pilot, clock, "v")
        assert "Which is a metal?" in flat(app)
        assert "n Names" not in flat(app)
        assert "p Preview" in flat(app)
        assert "Which is a metal? 50 % of the points" in flat(app)
        assert "discrimination needs 10 pupils" in flat(app)
        await press(pilot, clock, "d", "down", "enter")
        assert "left out" in flat(app)
        await press(pilot, clock, "o")
        assert flat(app).index("Name two metals.") < flat(app).index("1. Fill in. left out")
        await press(pilot, clock, "p")
        assert isinstance(app.screen, ItemScreen)


async def test_results_of_one_exam_with_grades_where_not_all_fit(every: Workspace, clock: FakeClock) -> None:
    class_list = a_class(every)
    for seed in (7, 8):
        paper = paper_forms(every, ("every",), ExamSettings(items=seed), seed, "A")
        clock.time += 86_400_000
        marking = Marking(every, class_list, paper)
        marking.mark(f"AB A {key_line(next(iter(paper.forms.values())))}")
        if seed == 8:
            marking.mark(f"BC A {'-' * seed}")
    app = QuizApp(every)
    async with app.run_test(size=(72, 24), notifications=True) as pilot:
        await pilot.pause()
        screen = ClassResultsScreen(every, class_list)
        app.push_screen(screen)
        await pilot.pause()
        both = len(screen.results.items)
        await press(pilot, clock, "g", "down", "enter")
        assert "(100 %), grade 1" in flat(app)
        assert "grade 6" in flat(app)
        assert f"1–6 of {both} questions" in flat(app)
        await press(pilot, clock, "right", "right")
        assert f"{both - 5}–{both} of {both} questions" in flat(app)
        await press(pilot, clock, "x")
        assert "2 pupils" in flat(app)
        await press(pilot, clock, "down", "down", "enter")
        assert len(screen.results.items) == 7
        assert [row.is_absent for row in screen.results.pupils] == [False, True, True]


async def test_statistics_lead_to_a_class(every: Workspace, clock: FakeClock) -> None:
    from quiz.tui.statistics.overview import StatisticsScreen

    marking, key = a_pile(every, a_class(every))
    marking.mark(f"AB A {key}")
    app = QuizApp(every)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        app.push_screen(StatisticsScreen(every))
        await pilot.pause()
        await press(pilot, clock, "g")
        assert isinstance(app.screen, ClassResultsScreen), "there is but one"
        await press(pilot, clock, "escape")
        every.record.class_lists.add("9c", ["Dora Ende"])
        await press(pilot, clock, "g")
        assert "Which class?" in flat(app)
        await press(pilot, clock, "enter")
        assert isinstance(app.screen, ClassResultsScreen)
