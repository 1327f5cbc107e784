"""At 80×24 a verdict shows its stem, the missed row at hand with what is said of it, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quiz.core.content.grading import Matched, Ordered, Response, Sorted
from quiz.core.study_filter import StudyFilter
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp
from quiz.tui.responses.row import ResponseRow
from quiz.tui.routes import Study
from quiz.tui.study.screen import StudyScreen
from quiz.tui.widgets.stimulus_view import StimulusView
from tests.fakes import FakeClock, make_workspace
from tests.screens import flat, press

WHY = "  rationale: {}\n".format("Those who serve everybody are paid by everybody, and so on. " * 4)
MEMBERS = (
    "Building schools and universities in the smaller towns",
    "Lowering the taxes on the wages of young engineers",
    "Training people on the job for the tools it works with",
    "Paying for the move and for the rent of the first months",
    "Letting people work from wherever they live and like to be",
)
LONG = "  key: Atlantic\n  rationale: {}\n".format("Those who serve everybody are paid by everybody. " * 40)
PLACES = tuple(f"the {place} of all places that might be meant" for place in ("first", "second", "third"))
SORT = (
    "  kind: sorting\n  categories:\n    Paid for by a government: ["
    + ", ".join(f'{{text: "{member}", feedback: "Reason {place}."}}' for place, member in enumerate(MEMBERS))
    + "]\n    Paid for by a firm or by nobody: [Nothing]\n"
)
MATCH = "  kind: matching\n  pairs:\n" + "".join(
    f'    {member}: {{text: "Number {place}", feedback: "Reason {place}."}}\n'
    for place, member in enumerate(MEMBERS)
)
ORDER = "  kind: ordering\n  order: [{}]\n".format(", ".join((*MEMBERS, *PLACES)))
TURNED: tuple[Response, ...] = (
    Sorted(
        {**dict.fromkeys(MEMBERS, "Paid for by a firm or by nobody"), "Nothing": "Paid for by a government"}
    ),
    Matched({member: f"Number {(place + 1) % 5}" for place, member in enumerate(MEMBERS)}),
    Ordered((*MEMBERS[1:], *PLACES, MEMBERS[0])),
)


@pytest.fixture
def make_app(
    tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> Iterator[Callable[[str], QuizApp]]:
    made: list[Workspace] = []

    def make(item: str) -> QuizApp:
        stem = "  stem: " + "Which of these is it that somebody would have to do first of all? " * 2 + "\n"
        bank = "format: 1\nbank: much\ntitle: Much\nitems:\n- id: one\n  shuffle: false\n" + stem + WHY + item
        made.append(make_workspace(tmp_path, bank_file(bank), clock=clock))
        return QuizApp(made[-1], Study(StudyFilter(banks=("much",))))

    yield make
    for workspace in made:
        workspace.record.close()


@pytest.mark.parametrize(("item", "response"), list(zip((SORT, MATCH, ORDER), TURNED, strict=True)))
async def test_stem_missed_row_and_reasons_are_in_sight(
    make_app: Callable[[str], QuizApp], clock: FakeClock, item: str, response: Response
) -> None:
    app = make_app(item)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        screen.response.change(screen.response.fitting(response))
        await press(pilot, clock, "enter")
        pane = screen.pane
        missed = [row for row in pane.query(ResponseRow) if row.tone == "wrong"]
        seen = [row for row in missed if row.display]
        assert len(missed) >= 5
        assert seen[0] is missed[0]
        assert seen[0].fold is not None
        assert seen[0].fold.is_open
        for row in seen:
            assert screen.can_view_entire(row)
        assert screen.can_view_entire(pane.stem)
        assert pane.feedback.region.y + pane.feedback.verdict_rows <= pane.body.region.bottom
        assert f"↑ ↓ {len(missed)} missed" in flat(app)
        await press(pilot, clock, "down", "down")
        assert screen.can_view_entire(missed[2])
        assert missed[2].fold is not None
        assert missed[2].fold.is_open
        assert screen.can_view_entire(pane.stem)
        if missed[2].note:
            assert missed[2].note.plain in flat(app)


async def test_bins_are_rows_where_boxes_would_not_all_be_in_sight(
    make_app: Callable[[str], QuizApp], clock: FakeClock
) -> None:
    app = make_app(SORT)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "1", "1", "1", "2")
        response = app.screen.response
        assert all(app.screen.can_view_entire(row) for row in (*response.left_rows, *response.right_rows))
        assert "→ 1 Paid for by a" in flat(app)
        await pilot.resize_terminal(120, 50)
        await pilot.pause()
        assert "• Building schools" in flat(app)


async def test_a_table_above_the_stem_gives_rows_to_the_verdict_and_has_them_back(
    make_app: Callable[[str], QuizApp], clock: FakeClock
) -> None:
    choice = (
        "  stimulus: years\n  key: Ten\n  distractors: [{text: Two, feedback: 'Two is too few, as it says.'},"
        " Three, Four, Five, Six]\n- id: two\n  stimulus: years\n  stem: And which year?\n  key: '2000'\n"
        "  distractors: ['2001', '2002']\nstimuli:\n  years: {title: Years, table: [[Year, Sold],"
        " [2000, Oil], [2001, Oil], [2002, Tin], [2003, Tin], [2004, Tin], [2005, Tin]]}\n"
    )
    app = make_app(choice)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        pane = screen.pane
        table = pane.query_one(".beside")
        whole = table.size.height
        await press(pilot, clock, "2", "enter")
        assert table.size.height < whole
        assert screen.can_view_entire(pane.stem)
        assert pane.feedback.region.y + pane.feedback.verdict_rows <= pane.body.region.bottom
        table.query_one(StimulusView).scroll_end(animate=False)
        await pilot.pause()
        assert "2005 Tin" in flat(app)
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "2000 Oil" in flat(app)
        assert "2005 Tin" in flat(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert pane.feedback.region.y + pane.feedback.verdict_rows <= pane.body.region.bottom
        await press(pilot, clock, "enter")
        assert table.size.height == whole


async def test_the_usual_spelling_stays_in_sight_whatever_else_is_said(
    make_app: Callable[[str], QuizApp], clock: FakeClock
) -> None:
    app = make_app(
        "  kind: short-answer\n  key: Pacific\n- id: two\n  kind: short-answer\n  stem: It?\n" + LONG
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "f6", *"atlantik", "enter")
        assert "usual spelling: Atlantic" in flat(app)


async def test_what_was_close_is_said_beside_what_was_misspelt(
    make_app: Callable[[str], QuizApp], clock: FakeClock
) -> None:
    app = make_app('  kind: cloze\n  text: "The {{Pacific}} and {{Silicon Valley}}"\n')
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, clock, *"pacifik", "enter", *"silicon", "enter", "enter")
        said = flat(app)
        assert said.count("usual spelling") == 1
        assert "“silicon” was close: that is only part of it." in said
