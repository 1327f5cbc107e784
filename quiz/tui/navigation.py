"""Opens the screen that a route stands for. Only this module knows which screen that is.

Screens are imported when they are first shown: the first one should not wait for the others.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from textual.screen import Screen

from quiz.core.events.model import Mode
from quiz.errors import UsageError
from quiz.tui import routes

if TYPE_CHECKING:
    from quiz.core.drill.room import WallSettings
    from quiz.core.events.model import SessionHeader
    from quiz.services.drill.live import LiveDrill
    from quiz.services.workspace import Workspace
    from quiz.tui.drill.screen import DrillScreen

DIALOGS: Final[dict[type[routes.Route[Any]], str]] = {
    routes.AskText: "dialogs.ask_text:AskTextModal",
    routes.ChooseRow: "dialogs.choose_one:ChooseModal",
    routes.Confirm: "dialogs.confirm:ConfirmModal",
    routes.Help: "dialogs.help:HelpModal",
    routes.Notes: "dialogs.note:NoteModal",
    routes.PressKey: "dialogs.press_key:PressKeyModal",
    routes.Themes: "dialogs.themes:ThemesModal",
    routes.TooSmall: "dialogs.too_small:TooSmallScreen",
    routes.Briefing: "home.briefing:BriefingScreen",
    routes.AllItems: "exam.navigator:NavigatorModal",
    routes.HandIn: "exam.hand_in:HandInModal",
    routes.Attendance: "drill.attendance:AttendanceModal",
    routes.Phones: "drill.phones:PhonesModal",
    routes.StillMissing: "drill.still_missing:StillMissingModal",
}
"""Screens that need no more than their route says."""
SCREENS: Final[dict[type[routes.Route[Any]], str]] = {
    routes.ChooseStudy: "study.choose:ChooseStudyScreen",
    routes.Browse: "browse.screen:BrowseScreen",
    routes.Narrow: "browse.narrow:NarrowModal",
    routes.SetUpBank: "home.bank_settings:BankSettingsScreen",
    routes.PlanExam: "statistics.exam_plan:ExamPlanScreen",
    routes.StudyResults: "study.results:ResultsScreen",
    routes.SetUpExam: "exam.setup:ExamSetupScreen",
    routes.TakeExam: "exam.screen:ExamScreen",
    routes.ExamReview: "exam.review:ReviewScreen",
    routes.SetUpDrill: "drill.setup:DrillSetupScreen",
    routes.ShowDrillReport: "drill.report:DrillReportScreen",
    routes.NewClass: "drill.new_class:NewClassModal",
    routes.ShownItem: "home.item:ItemScreen",
    routes.Find: "home.find:FindModal",
    routes.Import: "home.import_bank:ImportScreen",
    routes.LeftSessions: "home.left_sessions:LeftSessionsModal",
    routes.Leeches: "home.leeches:LeechesScreen",
    routes.Keys: "home.own_keys:KeysScreen",
    routes.Tour: "home.tour:TourModal",
    routes.Settings: "home.settings:SettingsScreen",
    routes.Statistics: "statistics.overview:StatisticsScreen",
    routes.BankStatistics: "statistics.bank:BankStatisticsScreen",
    routes.ItemStatistics: "statistics.item:ItemStatisticsScreen",
    routes.ShowCalibration: "statistics.calibration:CalibrationScreen",
    routes.ShowWhatIf: "statistics.what_if:WhatIfScreen",
    routes.ShowClassResults: "classes.results:ClassResultsScreen",
    routes.MarkPapers: "classes.marking:MarkingScreen",
    routes.SessionList: "statistics.session_list:SessionListScreen",
}
"""Screens that need the workspace as well."""
RESULTS: Final[dict[Mode, str]] = {
    Mode.STUDY: "study.review:StudyReviewScreen",
    Mode.EXAM: "exam.result:ExamResultScreen",
    Mode.DRILL: "drill.past:PastDrillScreen",
}
"""The screen that shows what a session on record came to."""


class NothingToStudy(UsageError):
    """Nothing is due, and nothing new is to be learned today."""


def dialog(route: routes.Route[Any]) -> Screen[Any]:
    """Return the screen of a route that needs no workspace."""
    return _screen(DIALOGS[type(route)])(*_arguments(route))


def screen_for(workspace: Workspace, route: routes.Route[Any]) -> Screen[Any]:
    """Return the screen that a route stands for.

    Raises:
        QuizError: what it is to show cannot be read, is not there, or there is nothing to study.
    """
    match route:
        case routes.Study(study_filter, items):
            from quiz.services.nothing_to_ask import nothing_to_study
            from quiz.services.study.start import open_study, start_study

            if items is None:
                live = open_study(workspace, study_filter)
            else:
                live = start_study(workspace, study_filter, list(items))
            if live is None:
                raise NothingToStudy(nothing_to_study(workspace, study_filter))
            return _screen("study.screen:StudyScreen")(workspace, live)
        case routes.Resume(header):
            return _resumed(workspace, header)
        case routes.RunDrill(live, wall):
            return drill_screen(workspace, live, wall)
        case routes.SessionResult(session_id):
            return _screen(RESULTS[workspace.record.header(session_id).mode])(workspace, session_id)
    if type(route) in DIALOGS:
        return dialog(route)
    return _screen(SCREENS[type(route)])(workspace, *_arguments(route))


def _resumed(workspace: Workspace, header: SessionHeader) -> Screen[Any]:
    match header.mode:
        case Mode.STUDY:
            from quiz.services.study.start import resume_study

            return _screen("study.screen:StudyScreen")(workspace, resume_study(workspace, header))
        case Mode.EXAM:
            from quiz.services.exam.start import resume_exam

            return screen_for(workspace, routes.TakeExam(resume_exam(workspace, header)))
    from quiz.services.drill.start import resume_drill

    return drill_screen(workspace, resume_drill(workspace, header))


def drill_screen(workspace: Workspace, live: LiveDrill[Any], wall: WallSettings | None = None) -> Screen[Any]:
    """Return the screen for a drill, whatever its format."""
    screen = drill_screen_of(live.drill.name)(workspace, live)
    screen.wall = wall
    return screen


def drill_screen_of(name: str) -> type[DrillScreen[Any]]:
    """Return the screen of a format of drills: the one in the module that is called as the format is."""
    from quiz.tui.drill.screen import DrillScreen

    module = import_module(f"quiz.tui.drill.formats.{name.replace('-', '_')}")
    return next(
        found
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, DrillScreen) and found.__module__ == module.__name__
    )


def _screen(name: str) -> Callable[..., Screen[Any]]:
    """Return the class that a table names as “module:Class”."""
    module, _, cls = name.partition(":")
    screen: Callable[..., Screen[Any]] = getattr(import_module(f"quiz.tui.{module}"), cls)
    return screen


def _arguments(route: routes.Route[Any]) -> list[Any]:
    return [getattr(route, name) for name in route.__struct_fields__]
