"""The end of a study session: what was learned, what is left, and the keys that go on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot

from quiz.config.settings import Config
from quiz.core.content.grading import Chosen, Entered, Response, Sorted, Verdict
from quiz.core.content.item_ref import ItemRef
from quiz.core.study.result import WorthAnother, study_result
from quiz.core.study_filter import StudyFilter
from quiz.core.text.phrases import clock as clock_words
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.exam.setup import ExamSetupScreen
from quiz.tui.study.result_lines import LONGEST_BAR, coming_lines, right_lines, worth_lines
from quiz.tui.study.results import ResultsScreen
from quiz.tui.study.review import StudyReviewScreen
from quiz.tui.study.screen import StudyScreen
from quiz.tui.widgets.top_line import TopLine
from tests.fakes import SECOND, FakeClock, make_workspace
from tests.screens import flat, press, shown

HEAD = "format: 1\nbank: words\ntitle: Words\ntopics: {t: Topic, o: Other}\nitems:\n"
CHOICE = "  - {id: w%d, topic: t, stem: 'Word %d?', key: right %d, distractors: [wrong, worse]}\n"
SORT = (
    "  - {id: sort, kind: sorting, topic: t, stem: 'Sort these things into the two bins they belong to.',"
    " categories: {Fruit: [Apple, Pear], Root: [Carrot, Beet]}}\n"
)
LAST = "  - {id: last, topic: o, stem: 'Last?', key: right, distractors: [wrong]}\n"
Make = Callable[..., tuple[QuizApp, StudyScreen]]


@pytest.fixture
def ended(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Make]:
    """Answer a session of some items, and return the app with its screen."""
    made: list[Workspace] = []

    def end(*answers: Response | None, items: int = 20, new_per_day: int = 20) -> tuple[QuizApp, StudyScreen]:
        bank = HEAD + SORT + "".join(CHOICE % (k, k, k) for k in range(items)) + LAST
        workspace = make_workspace(
            tmp_path, bank_file(bank), clock=clock, config=Config(new_per_day=new_per_day)
        )
        made.append(workspace)
        live = start_study(workspace, StudyFilter(), [each.ref for each in workspace.candidates()][:4])
        assert live is not None
        given = list(answers)
        while live.session.queue:
            clock.go_on(10 * SECOND)
            answer = given.pop(0) if given else None
            live.submit(answer or live.session.current.item.key_response())
            clock.go_on(120 * SECOND)
            live.advance()
        app = QuizApp(workspace)
        return app, StudyScreen(workspace, live)

    yield end
    for workspace in made:
        workspace.record.close()


async def at_the_end(app: QuizApp, pilot: Pilot[object], study: StudyScreen) -> None:
    """Show a session that is over, until its end is shown."""
    await app.push_screen(study)
    while not isinstance(app.screen, ResultsScreen):
        await pilot.pause()
    await pilot.pause()


PARTLY = Sorted({"Apple": "Fruit", "Pear": "Root", "Carrot": "Root", "Beet": "Root"})
WRONG = Chosen(("wrong",))


async def test_what_was_learned_adds_up(ended: Make) -> None:
    app, study = ended(PARTLY, None, WRONG)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_end(app, pilot, study)
        screen = app.screen
        assert isinstance(screen, ResultsScreen)
        result = screen.outcome.result
        assert (result.asked, result.right_at_once, result.right_later, result.not_right_yet) == (4, 2, 2, 0)
        said = flat(app)
        assert "right the first time, 2 after another go" in said
        assert f"4 new learned · 6 answers in {clock_words(study.live.session.answering_ms)}" in said
        assert " Study the 16 new " in said
        assert "Left for today" not in said, "the button says it"
        assert len(study.live.session.attempts) == 6
        lines = [line.split() for line in shown(app).splitlines()]
        assert any(line[-4:] == ["in", "all", "4", "4"] for line in lines)
        later = coming_lines(msgspec.structs.replace(screen.outcome, later=900), screen.workspace.today, 42)
        days = [line.plain for line in later if line.plain.startswith(("today", "tomorrow", "later"))]
        assert ["━" in line for line in days] == [not line.startswith("later") for line in days]
        assert sum(line.count("━") for line in days) == LONGEST_BAR, "the largest day fills its bar"


async def test_marks_agree_with_the_dots_and_say_what_was_right(ended: Make) -> None:
    """A partly right item has ◐ in the list as in its dot; what it got wrong is named, and there is room."""
    app, study = ended(PARTLY, None, WRONG)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_end(app, pilot, study)
        lines = shown(app).splitlines()
        at = next(place for place, line in enumerate(lines) if "Worth another look" in line)
        listed = [line[2:45].strip() for line in lines[at + 1 : at + 6]]
        assert " ".join(listed[:2]) == "◐ Sort these things into the two bins they belong to."
        assert listed[2] == "◐ 3 of 4 right; Pear: Fruit"
        assert listed[3:] == ["✗ Word 1?", "✓ right 1"]
        assert not any(line[:1].strip() for line in lines[1:])


def test_what_was_right_is_listed_as_far_as_there_are_rows(ended: Make) -> None:
    _, study = ended()
    session = study.live.session
    result = msgspec.structs.replace(study_result(session, {}), right_stems=("One?", "Two?", "Three?"))
    assert [line.plain for line in right_lines(result, 40, 5)][2:] == ["✓ One?", "✓ Two?", "✓ Three?"]
    assert [line.plain for line in right_lines(result, 40, 4)][2:] == ["✓ One?", "… and 2 more"]
    assert right_lines(result, 40, 2) == []


def test_stems_wrap_as_far_as_there_are_rows() -> None:
    stem = "Which of the two rivers that meet here is the longer one?"
    ref = ItemRef("words", "w1")
    worth = (WorthAnother(ref, stem, "right", "", Verdict.INCORRECT, "", 1, False, False, False),) * 3
    for rows, taken in ((0, 7), (7, 7), (8, 8), (9, 9), (20, 10)):
        lines = worth_lines(worth, 40, is_roomy=False, rows=rows)
        assert len(lines) == taken
        assert sum("…" in line.plain for line in lines) == 10 - taken
    long = tuple(msgspec.structs.replace(each, key=stem) for each in worth)
    for rows, cut in ((7, 6), (10, 3), (13, 0)):
        lines = worth_lines(long, 40, is_roomy=False, rows=rows)
        assert len(lines) == rows
        assert sum("…" in line.plain for line in lines) == cut


async def test_an_item_missed_again_says_how_often(ended: Make) -> None:
    app, study = ended(None, WRONG, None, None, WRONG)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_the_end(app, pilot, study)
        assert "✗ Word 0? 2×" in flat(app)


async def test_the_clock_of_a_session_that_was_left_goes_on(ended: Make, clock: FakeClock) -> None:
    app, study = ended()
    clock.go_on(5 * SECOND)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_end(app, pilot, study)
        assert study.query_one(TopLine).right.plain.endswith(" 13:40")
        assert "4 answers in 13:40" in flat(app)


async def test_practise_just_these(ended: Make, clock: FakeClock) -> None:
    app, study = ended(PARTLY, None, WRONG)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_end(app, pilot, study)
        assert "r practise the 2 missed" in flat(app)
        await press(pilot, clock, "r")
        assert isinstance(app.screen, StudyScreen)
        missed = [ref.item for ref in app.screen.live.session.items]
        assert missed == ["sort", "w1"]
        assert app.screen.live.session.header.id != study.live.session.header.id


async def test_ten_more_and_what_else_there_is_today(ended: Make, clock: FakeClock) -> None:
    app, study = ended(new_per_day=4)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_end(app, pilot, study)
        said = flat(app)
        assert "✓ The day is complete." in said
        assert "18 new wait for another day" in said
        assert "+ 10 more new now" in said
        assert "Nothing was missed." in said
        await press(pilot, clock, "s")
        assert isinstance(app.screen, ResultsScreen)
        await press(pilot, clock, "plus")
        assert isinstance(app.screen, StudyScreen)
        assert len(app.screen.live.session.items) == 10


async def test_what_is_left_of_the_day_is_a_key_away(ended: Make, clock: FakeClock) -> None:
    app, study = ended()
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_end(app, pilot, study)
        await press(pilot, clock, "s")
        assert isinstance(app.screen, StudyScreen)
        assert len(app.screen.live.session.items) == 16


async def test_an_exam_on_the_topics_of_the_session(ended: Make, clock: FakeClock) -> None:
    app, study = ended()
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_end(app, pilot, study)
        await press(pilot, clock, "x")
        screen = app.screen
        assert isinstance(screen, ExamSetupScreen)
        assert (screen.told.topics, screen.told.items, screen.bank_ids) == (("t",), 4, ("words",))
        await press(pilot, clock, "enter")
        assert "of 4" in flat(app)


async def test_every_answer_can_be_looked_at_again_and_the_last_be_taken_back(
    ended: Make, clock: FakeClock
) -> None:
    app, study = ended(PARTLY)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_end(app, pilot, study)
        await press(pilot, clock, "v")
        assert isinstance(app.screen, StudyReviewScreen)
        await press(pilot, clock, "escape")
        assert isinstance(app.screen, ResultsScreen)


async def test_a_typed_answer_counted_as_right_is_said(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    bank = "format: 1\nbank: b\ntitle: B\nitems:\n  - {id: a, kind: short-answer, stem: Who?, key: Ada}\n"
    workspace = make_workspace(tmp_path, bank_file(bank), clock=clock)
    live = start_study(workspace, StudyFilter(), [each.ref for each in workspace.candidates()])
    assert live is not None
    live.submit(Entered(("Countess",)))
    live.override()
    live.advance()
    app = QuizApp(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_end(app, pilot, StudyScreen(workspace, live))
        assert "1 of 1 right the first time 1 new learned" in flat(app)
        assert "1 counted as right by you" in flat(app)
    workspace.record.close()
