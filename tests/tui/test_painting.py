"""What is done and drawn for a key: the same as Textual would, with less work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual._callback import count_parameters
from textual._compositor import Compositor
from textual.app import App
from textual.containers import VerticalScroll
from textual.css.stylesheet import Stylesheet
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from quiz.core.study_filter import StudyFilter
from quiz.services.workspace import Workspace
from quiz.tui.app import QuizApp, run_app
from quiz.tui.compositor import ThriftyCompositor
from quiz.tui.hardened_screen import HardenedScreen
from quiz.tui.responses.base import ResponseWidget
from quiz.tui.routes import Study
from quiz.tui.statistics.overview import StatisticsScreen
from quiz.tui.study.screen import StudyScreen
from quiz.tui.stylesheet import KeptStylesheet
from quiz.tui.textual_caches import textuals_count, textuals_search
from quiz.tui.widgets.action_line import ActionLine
from tests.fakes import FakeClock, make_workspace
from tests.rest import draw
from tests.screens import flat, press

BANK = """\
format: 1
bank: two
title: Two of a kind
items:
  - {id: sea, shuffle: false, stem: Which is a sea?, key: Baltic, distractors: [Etna, Nile]}
  - {id: river, shuffle: false, stem: Which is a river?, key: Rhine, distractors: [Alps, Rome]}
  - {id: city, shuffle: false, stem: Which is a city?, key: Oslo, distractors: [Elbe, Oder, Main]}
"""


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]) -> Iterator[Workspace]:
    made = make_workspace(tmp_path, bank_file(BANK), clock=clock)
    yield made
    made.record.close()


@pytest.fixture
def app(workspace: Workspace) -> QuizApp:
    return QuizApp(workspace, Study(StudyFilter(banks=("two",))))


def cells(line: Mapping[int, Strip | None]) -> dict[int, tuple[str, object]]:
    """Return the character and the style of each cell of a line; the second of a wide one is empty."""
    found: dict[int, tuple[str, object]] = {}
    for start, strip in line.items():
        x = start
        for segment in strip or ():
            for character in segment.text:
                found[x] = character, segment.style
                for beside in range(x + 1, x := x + cell_len(character)):
                    found[beside] = "", segment.style
    return found


async def test_every_cell_that_changes_is_drawn_as_textual_draws_it(
    app: QuizApp, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = ThriftyCompositor._pieces
    frames = 0

    def both(self: ThriftyCompositor, wanted: dict[int, set[int]]) -> Any:
        nonlocal frames
        frames += 1
        asked = {y: sorted(cuts) for y, cuts in wanted.items()}
        mine = drawn(self, wanted)
        theirs = Compositor._render_chops(self, self.size.region, asked.__contains__)
        for y, starts in asked.items():
            ours, textuals = cells(mine[y]), cells(theirs[y])
            ends = dict(pairwise(self.cuts[y]))
            for x in (x for start in starts for x in range(start, ends[start])):
                assert ours[x] == textuals[x]
        return mine

    monkeypatch.setattr(ThriftyCompositor, "_pieces", both)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("j", "2", "enter", "enter", "question_mark", "escape", "1", "enter", "escape"):
            await press(pilot, clock, key)
            draw(app)
    assert frames > 8


async def test_styles_are_those_that_textual_works_out(app: QuizApp, clock: FakeClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in ((), ("2", "enter"), ("enter", "j"), ("escape",)):
            await press(pilot, clock, *keys)
            textuals = Stylesheet()
            textuals._rules, textuals._require_parse = app.stylesheet.rules, False
            for node in app.screen.walk_children(with_self=True):
                mine = dict(node.styles.base._rules)
                textuals.apply(node)
                assert dict(node.styles.base._rules) == mine, node


async def test_what_is_first_shown_is_given_its_styles_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: list[str] = []
    apply = KeptStylesheet.apply
    monkeypatch.setattr(
        KeptStylesheet,
        "apply",
        lambda sheet, node, **how: styled.append(type(node).__name__) or apply(sheet, node, **how),
    )
    async with QuizApp(workspace).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [styled.count(name) for name in ("TopLine", "TodayCard", "BankDetail", "KeyBar")] == [1] * 4
        styled.clear()
        await pilot.press("i")
        assert isinstance(pilot.app.screen, StatisticsScreen)
        assert [styled.count(name) for name in ("StatisticsScreen", "CalendarMap", "KeyBar")] == [1] * 3


async def test_home_is_laid_out_once_as_it_opens(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    layouts = noted_layouts(monkeypatch)
    async with QuizApp(workspace).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        draw(pilot.app)
        assert len(layouts) == 1


def test_what_is_drawn_is_written_while_the_app_still_works(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = sys.getswitchinterval()
    monkeypatch.setattr(QuizApp, "run_to_end", lambda _, **__: int(sys.getswitchinterval() * 1e6))
    try:
        assert run_app(workspace) < 1000
    finally:
        sys.setswitchinterval(usual)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_figures_are_worked_out_once_as_statistics_open(
    workspace: Workspace, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    lines = StatisticsScreen._days
    monkeypatch.setattr(
        StatisticsScreen, "_days", lambda screen, width: drawn.append(width) or lines(screen, width)
    )
    async with QuizApp(workspace).run_test(size=size) as pilot:
        await pilot.press("i")
        draw(pilot.app)
        assert len(drawn) == 1


async def test_rules_are_matched_once_for_each_place(
    app: QuizApp, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    matched: list[object] = []
    match = KeptStylesheet._check_rule
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "j", "k")
        monkeypatch.setattr(KeptStylesheet, "_check_rule", lambda *told: matched.append(told) or match(*told))
        await press(pilot, clock, "j", "k")
        assert matched == []


def noted_layouts(monkeypatch: pytest.MonkeyPatch) -> list[Screen[Any]]:
    """Return a list to which each screen is added that is laid out from now on."""
    layouts: list[Screen[Any]] = []
    lay_out = Screen._refresh_layout
    monkeypatch.setattr(
        Screen, "_refresh_layout", lambda *told, **by: layouts.append(told[0]) or lay_out(*told, **by)
    )
    return layouts


async def test_a_verdict_takes_one_layout_and_draws_nothing_that_stays(
    app: QuizApp, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw_content = Widget._render_content
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "2")
        draw(app)
        layouts = noted_layouts(monkeypatch)
        monkeypatch.setattr(
            Widget,
            "_render_content",
            lambda widget: drawn.append(type(widget).__name__) or draw_content(widget),
        )
        await press(pilot, clock, "enter")
        assert "✗ Not quite." in flat(app)
        assert layouts.count(app.screen) == 1
        assert not {"StudyScreen", "ItemPane", "ItemBody", "Vertical", "Stem"} & set(drawn)


async def test_the_rows_of_an_item_stay_for_the_next_one_with_as_many(app: QuizApp, clock: FakeClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock)
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        first = screen.response
        await press(pilot, clock, "2", "enter", "enter")
        assert screen.response is first
        assert "Which is a river? ▌ 1 Rhine" in flat(app)
        assert "Choose an option." in flat(app)
        assert not first.is_marked
        assert not first.can_undo
        await press(pilot, clock, "1", "enter", "enter")
        assert screen.response is not first
        assert "Which is a city?" in flat(app)
        assert "4 Main" in flat(app)


async def test_what_handles_a_message_is_what_textual_finds(app: QuizApp, clock: FakeClock) -> None:
    kinds = [kind for kind in vars(events).values() if hasattr(kind, "handler_name")]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock, "2", "enter")
        for pump in (app, *app.screen.walk_children(with_self=True)):
            for kind in (*kinds, ActionLine.Pressed, ResponseWidget.Submitted):
                message = kind.__new__(kind)
                message._no_default_action, message._sender = False, None
                told = pump, kind.handler_name, message
                found = [*MessagePump._get_dispatch_methods(*told)]
                assert found == [*textuals_search(*told)]
                for _, method in found:
                    assert count_parameters(partial(method)) == textuals_count(method)
                message._no_default_action = True
                assert [*MessagePump._get_dispatch_methods(*told)] == []


async def test_a_dialog_that_is_opened_has_nothing_beneath_it_laid_out(
    app: QuizApp, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, clock)
        layouts = noted_layouts(monkeypatch)
        await press(pilot, clock, "question_mark")
        assert set(layouts) == {app.screen}


async def test_a_widget_hears_of_what_a_layout_makes_of_its_content_and_none_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heights: list[int] = []
    monkeypatch.setattr(
        VerticalScroll, "watch_virtual_size", lambda _, size: heights.append(size.height), raising=False
    )
    app: App[None] = App()
    async with app.run_test(size=(40, 10)) as pilot:
        await app.push_screen(HardenedScreen())
        await app.screen.mount(VerticalScroll(Static("one line\n" * 30)))
        await pilot.pause()
        layouts = noted_layouts(monkeypatch)
        app.screen.query_one(Static).update("one line\n" * 50)
        await pilot.pause()
    assert heights[0] >= 30
    assert heights[-1] >= 50
    assert len(layouts) == 1
