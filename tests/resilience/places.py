"""Every screen of the app, and how to get to it in a world."""

from __future__ import annotations

import pkgutil
from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module
from typing import Any
from zlib import crc32

from textual.screen import Screen

import quiz.tui
from quiz.config.settings import THEME_NAMES
from quiz.core.content.item_ref import ItemRef
from quiz.core.exam.marking import key_line
from quiz.core.exam.settings import ExamSettings
from quiz.core.study_filter import StudyFilter
from quiz.services.exam.marking import Marking
from quiz.services.exam.paper import paper_forms
from quiz.tui.app import QuizApp
from quiz.tui.available_actions import HelpGroup
from quiz.tui.browse.narrow import NarrowModal
from quiz.tui.browse.screen import BrowseScreen
from quiz.tui.classes.marking import MarkingScreen
from quiz.tui.classes.results import ClassResultsScreen
from quiz.tui.dialogs.ask_text import AskTextModal
from quiz.tui.dialogs.choose_one import ChooseModal
from quiz.tui.dialogs.confirm import ConfirmModal
from quiz.tui.dialogs.help import HelpModal
from quiz.tui.dialogs.note import NoteModal
from quiz.tui.dialogs.press_key import PressKeyModal
from quiz.tui.dialogs.themes import ThemesModal
from quiz.tui.dialogs.too_small import TooSmallScreen
from quiz.tui.drill.attendance import AttendanceModal
from quiz.tui.drill.new_class import NewClassModal
from quiz.tui.drill.past import PastDrillScreen
from quiz.tui.drill.report import DrillReportScreen
from quiz.tui.drill.setup import DrillSetupScreen
from quiz.tui.drill.still_missing import StillMissingModal
from quiz.tui.exam.hand_in import HandInModal
from quiz.tui.exam.navigator import NavigatorModal
from quiz.tui.exam.result import ExamResultScreen
from quiz.tui.exam.review import ReviewScreen
from quiz.tui.exam.screen import ExamScreen
from quiz.tui.exam.setup import ExamSetupScreen
from quiz.tui.home.bank_settings import BankSettingsScreen
from quiz.tui.home.briefing import BriefingScreen
from quiz.tui.home.find import FindModal
from quiz.tui.home.import_bank import ImportScreen
from quiz.tui.home.item import ItemScreen
from quiz.tui.home.leeches import LeechesScreen
from quiz.tui.home.left_sessions import LeftSessionsModal
from quiz.tui.home.own_keys import KeysScreen
from quiz.tui.home.settings import SettingsScreen
from quiz.tui.home.tour import TourModal
from quiz.tui.navigation import drill_screen
from quiz.tui.statistics.bank import BankStatisticsScreen
from quiz.tui.statistics.calibration import CalibrationScreen
from quiz.tui.statistics.exam_plan import ExamPlanScreen
from quiz.tui.statistics.item import ItemStatisticsScreen
from quiz.tui.statistics.learner_rows import learner_rows
from quiz.tui.statistics.overview import StatisticsScreen
from quiz.tui.statistics.session_list import SessionListScreen
from quiz.tui.statistics.what_if import WhatIfScreen
from quiz.tui.study.choose import ChooseStudyScreen
from quiz.tui.study.results import ResultsScreen
from quiz.tui.study.review import StudyReviewScreen
from quiz.tui.study.screen import StudyScreen
from tests.resilience.monkey import Monkey
from tests.resilience.world import BANK, FORMATS, World, wrong

Place = Callable[[World], Screen[Any]]
ITEMS = (
    "choice", "several", "truth", "short", "number", "gaps", "list", "order", "pairs", "bins", "card"
)  # fmt: skip


def _study(item: str, *, is_answered: bool) -> Place:
    def made(world: World) -> Screen[Any]:
        live = world.live_study(item)
        if is_answered:
            live.submit(wrong(live.session.interaction, world.text))
        return StudyScreen(world.workspace, live)

    return made


def _drill(which: str) -> Place:
    return lambda world: drill_screen(world.workspace, world.live_drill(which))


def _begun_drill(which: str) -> Place:
    def made(world: World) -> Screen[Any]:
        live = world.live_drill(which)
        live.append(live.drill.start(live.now()))
        if live.can(live.drill.reveal):
            live.append(live.drill.reveal(live.now()))
        return drill_screen(world.workspace, live)

    return made


def _results(world: World) -> Screen[Any]:
    live = world.live_study("choice")
    live.submit(live.session.current.item.key_response())
    live.advance()
    return ResultsScreen(world.workspace, live)


def _drill_report(world: World) -> Screen[Any]:
    live = world.live_drill("buzz")
    live.append(live.drill.start(live.now()))
    live.append(live.drill.end(live.now()))
    return DrillReportScreen(world.workspace, live.drill, live.names)


def _marking(world: World) -> Screen[Any]:
    return MarkingScreen(world.workspace, _pile(world))


def _class_results(world: World) -> Screen[Any]:
    pile = _pile(world)
    pile.mark(f"{next(iter(pile.codes))} A {key_line(pile.questions['A'])}")
    (class_list, *_) = world.workspace.record.class_lists.all()
    return ClassResultsScreen(world.workspace, class_list)


def _pile(world: World) -> Marking:
    (class_list, *_) = world.workspace.record.class_lists.all()
    return Marking(world.workspace, class_list, paper_forms(world.workspace, (BANK,), ExamSettings(), 1, "A"))


def _bank(world: World) -> Any:
    return world.workspace.library.bank(BANK)


PLACES: dict[str, Place] = {
    **{f"study {item}": _study(item, is_answered=False) for item in ITEMS},
    **{f"study {item}, answered": _study(item, is_answered=True) for item in ITEMS},
    "results": _results,
    "test": lambda world: ExamScreen(world.workspace, world.live_exam()),
    "test set-up": lambda world: ExamSetupScreen(world.workspace, (BANK,)),
    "navigator": lambda world: NavigatorModal(world.live_exam().session, world.clock.now()),
    "hand in": lambda world: HandInModal(world.live_exam().session),
    "exam result": lambda world: ExamResultScreen(world.workspace, world.test),
    "review": lambda world: ReviewScreen(world.workspace, world.test),
    **{f"drill {which}": _drill(which) for which in FORMATS},
    **{f"drill {which}, begun": _begun_drill(which) for which in FORMATS},
    "drill set-up": lambda world: DrillSetupScreen(world.workspace, (BANK,)),
    "drill set-up, hot seat": lambda world: DrillSetupScreen(world.workspace, (BANK,), which="hot-seat"),
    "drill report": _drill_report,
    "past drill": lambda world: PastDrillScreen(world.workspace, world.drill),
    "still missing": lambda world: StillMissingModal(["  1  Ada", "  2  Bo"]),
    "attendance": lambda world: AttendanceModal(world.live_drill("hot-seat")),  # type: ignore[arg-type]
    "new class list": lambda world: NewClassModal(world.workspace),
    "statistics": lambda world: StatisticsScreen(world.workspace),
    "statistics as a table": lambda world: StatisticsScreen(world.workspace, as_table=True),
    "bank statistics": lambda world: BankStatisticsScreen(world.workspace, BANK),
    "item statistics": lambda world: ItemStatisticsScreen(world.workspace, ItemRef(BANK, "short")),
    "item statistics of a choice": lambda world: ItemStatisticsScreen(
        world.workspace, ItemRef(BANK, "choice")
    ),
    "calibration": lambda world: CalibrationScreen(world.workspace),
    "marking papers": _marking,
    "class results": _class_results,
    "history": lambda world: SessionListScreen(world.workspace),
    "study review": lambda world: StudyReviewScreen(world.workspace, world.study),
    "briefing": lambda world: BriefingScreen(_bank(world)),
    "note": lambda world: NoteModal(_bank(world), ["n"]),
    "find": lambda world: FindModal(world.workspace),
    "left sessions": lambda world: LeftSessionsModal(world.workspace),
    "choose what to study": lambda world: ChooseStudyScreen(world.workspace),
    "narrow": lambda world: NarrowModal(world.workspace, StudyFilter()),
    "browse": lambda world: BrowseScreen(world.workspace, StudyFilter()),
    "a bank's settings": lambda world: BankSettingsScreen(world.workspace, BANK),
    "plan for an exam": lambda world: ExamPlanScreen(world.workspace, (BANK,)),
    "tour": lambda world: TourModal(world.workspace),
    "leeches": lambda world: LeechesScreen(world.workspace),
    "settings": lambda world: SettingsScreen(world.workspace),
    "what if": lambda world: WhatIfScreen(world.workspace),
    "keys": lambda world: KeysScreen(world.workspace),
    "a key to press": lambda world: PressKeyModal(world.text),
    "an item by itself": lambda world: ItemScreen(world.workspace, ItemRef(BANK, "short")),
    "themes": lambda _: ThemesModal(THEME_NAMES, THEME_NAMES[0]),
    "help": lambda world: HelpModal("Study", "about", [HelpGroup(world.text, (("s", world.text),))]),
    "confirm": lambda world: ConfirmModal(world.text, world.text, world.text),
    "ask": lambda world: AskTextModal(world.text, world.text),
    "choose": lambda world: ChooseModal(world.text, learner_rows(world.workspace.record.learners())),
    "questions from another program": lambda world: ImportScreen(world.workspace),
}
"""Every place but home, beneath all; the preview, an app of its own; and too small a terminal."""

FRAMES = {
    "AnsweredScreen",
    "BaseModal",
    "BaseScreen",
    "DrillKeys",
    "DrillScreen",
    "GuardedKeys",
    "HardenedScreen",
    "StatisticsPage",
    "StudyKeys",
    "SyncingScreen",
    "TakesTurns",
    "WaysToItems",
}
"""Screens that are only there to be inherited from."""
ELSEWHERE = {
    "DraftsScreen",
    "HardenedPalette",
    "HomeScreen",
    "MissingRecordScreen",
    "PhonesModal",
    "PreviewScreen",
    TooSmallScreen.__name__,
}


def all_screens() -> set[str]:
    """Return the names of all screens that the app has."""
    found = set()
    for module in pkgutil.walk_packages(quiz.tui.__path__, "quiz.tui."):
        names = vars(import_module(module.name))
        found |= {
            name
            for name, value in names.items()
            if isinstance(value, type) and issubclass(value, Screen) and value.__module__.startswith("quiz.")
        }
    return found - FRAMES


async def tour(world: World, names: Iterable[str], act: Callable[[str, Monkey], Awaitable[None]]) -> None:
    """Go to some places one after the other, and let a monkey act at each.

    Where the app was left, or it is at home after all, it is started anew or the place is gone to again.
    """
    left = list(names)
    while left:
        app = QuizApp(world.workspace)
        async with app.run_test(size=(80, 24), notifications=True, tooltips=True) as pilot:
            monkey = Monkey(app, pilot, 0)
            while left and not app._exit:
                name = left.pop(0)
                monkey.begin(crc32(name.encode()))
                if name != "home":
                    await app.push_screen(PLACES[name](world))
                await pilot.pause()
                await act(name, monkey)
                assert app._exception is None, (name, app._exception, monkey.done[-30:])
                await monkey.check()
                while not app._exit and len(app.screen_stack) > 1:
                    app.pop_screen()
                    await pilot.pause()
            if not app._exit:
                await monkey.quit()
