"""Every screen that quiz can open, by its route, as a person would open it over a generated record.

A test compares this with all routes that there are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from quiz.config.settings import THEME_NAMES
from quiz.core.class_list import ClassList
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.formats import all_formats
from quiz.core.drill.settings import DrillSettings
from quiz.core.drill.wall_words import ENGLISH
from quiz.core.events.model import Mode
from quiz.core.exam.marking import key_line
from quiz.core.exam.settings import ExamSettings
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.services.drill.live import LiveDrill
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.exam.live import LiveExam
from quiz.services.exam.marking import Marking
from quiz.services.exam.paper import paper_forms
from quiz.services.exam.start import start_exam
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from quiz.tui import routes
from quiz.tui.available_actions import HelpGroup
from quiz.tui.statistics.learner_rows import learner_rows

Opening = Callable[[], routes.Route[Any]]
"""What the key that opens a screen does before it goes there; it is measured with the screen."""

BANK, CLASS = "bank-000", "7b"
ITEM = ItemRef(BANK, "item-00001")
WORDS = "harbour 1"
NOT_MEASURED = {routes.Phones}
"""What needs a server, and reads nothing of banks or record."""


def add_class(workspace: Workspace) -> None:
    """Put a class on record with an exam of each pupil, for the screens that show one."""
    workspace.record.class_lists.add(CLASS, [f"Pupil {number}" for number in range(1, 29)])
    pile = _pile(workspace)
    for code in pile.codes:
        pile.mark(f"{code} A {key_line(pile.questions['A'])}")


def prepared(workspace: Workspace) -> dict[str, Callable[[], Opening]]:
    """Return for every screen what prepares it, which is not measured, and returns what opens it."""
    return {
        **_of_home(workspace),
        **_of_statistics(workspace),
        **_of_sessions(workspace),
        **_dialogs(workspace),
    }


def _at_once(make: Opening) -> Callable[[], Opening]:
    return lambda: make


def _of_home(workspace: Workspace) -> dict[str, Callable[[], Opening]]:
    banks = (BANK,)
    opened: dict[str, Opening] = {
        "study of a bank": lambda: routes.Study(StudyFilter(banks=banks)),
        "study of all banks": lambda: routes.Study(StudyFilter()),
        "the choice of what to study": routes.ChooseStudy,
        "Browse": routes.Browse,
        "Browse, searched": lambda: routes.Browse(words=WORDS),
        "what Browse shows": lambda: routes.Narrow(StudyFilter()),
        "the plan for an exam": lambda: routes.PlanExam(banks),
        "a bank's settings": lambda: routes.SetUpBank(BANK),
        "the set-up of an exam": lambda: routes.SetUpExam(banks),
        "the set-up of a drill": lambda: routes.SetUpDrill(banks),
        "the briefing": lambda: routes.Briefing(workspace.library.bank(BANK), leads_on=True),
        "Find": routes.Find,
        "an item with its answer": lambda: routes.ShownItem(ITEM),
        "Import": routes.Import,
        "the left sessions": routes.LeftSessions,
        "leeches": routes.Leeches,
        "settings": routes.Settings,
        "keys": routes.Keys,
        "a new class": routes.NewClass,
        "the tour": routes.Tour,
    }
    return {name: _at_once(make) for name, make in opened.items()}


def _of_statistics(workspace: Workspace) -> dict[str, Callable[[], Opening]]:
    def marking() -> Opening:
        pile = _pile(workspace)
        return lambda: routes.MarkPapers(pile)

    opened: dict[str, Opening] = {
        "the overview": routes.Statistics,
        "a bank's statistics": lambda: routes.BankStatistics(BANK),
        "a bank's statistics as a table": lambda: routes.BankStatistics(BANK, as_table=True),
        "an item's statistics": lambda: routes.ItemStatistics(ITEM),
        "an item's statistics as a table": lambda: routes.ItemStatistics(ITEM, as_table=True),
        "calibration": routes.ShowCalibration,
        "calibration as a table": lambda: routes.ShowCalibration(as_table=True),
        "a bank's calibration": lambda: routes.ShowCalibration(bank=BANK),
        "what if": routes.ShowWhatIf,
        "the history": lambda: routes.SessionList(workspace.learner),
        "everybody's history": routes.SessionList,
        "a bank's history": lambda: routes.SessionList(workspace.learner, BANK),
        "a class's results": lambda: routes.ShowClassResults(_class(workspace)),
    }
    return {**{name: _at_once(make) for name, make in opened.items()}, "marking papers": marking}


def _of_sessions(workspace: Workspace) -> dict[str, Callable[[], Opening]]:
    def resumed() -> Opening:
        live = _study(workspace, is_finished=False)
        return lambda: routes.Resume(live.session.header)

    def results() -> Opening:
        live = _study(workspace, is_finished=True)
        return lambda: routes.StudyResults(live)

    def past(mode: Mode) -> Opening:
        match mode:
            case Mode.EXAM:
                session = _handed_in(workspace)
            case Mode.DRILL:
                session = _ended(_drill(workspace, "buzz")).drill.header.id
            case Mode.STUDY:
                session = _study(workspace, is_finished=True).session.header.id
        return lambda: routes.SessionResult(session)

    def review() -> Opening:
        session = _handed_in(workspace)
        return lambda: routes.ExamReview(session)

    def report() -> Opening:
        live = _ended(_drill(workspace, "buzz"))
        return lambda: routes.ShowDrillReport(live.drill, live.names)

    def attendance() -> Opening:
        live = _drill(workspace, "hot-seat")
        return lambda: routes.Attendance(live)

    def of_exam(make: Callable[[LiveExam], routes.Route[Any]]) -> Opening:
        live = _exam(workspace)
        return lambda: make(live)

    def drilled(which: str) -> Opening:
        return lambda: routes.RunDrill(_drill(workspace, which))

    return {
        "a session gone on with": resumed,
        "the results of a session": results,
        **{f"a past {mode.word}": partial(past, mode) for mode in Mode},
        "an exam": _at_once(lambda: routes.TakeExam(_exam(workspace))),
        "all items of an exam": partial(of_exam, lambda live: routes.AllItems(live.session, live.now())),
        "handing in": partial(of_exam, lambda live: routes.HandIn(live.session)),
        "the review of an exam": review,
        **{f"a drill, {which}": partial(drilled, which) for which in all_formats()},
        "the report of a drill": report,
        "attendance": attendance,
        "who is missing": _at_once(lambda: routes.StillMissing(("  1  Ada", "  2  Bo"), ENGLISH)),
    }


def _dialogs(workspace: Workspace) -> dict[str, Callable[[], Opening]]:
    opened: dict[str, Opening] = {
        "notes": lambda: routes.Notes(workspace.library.bank(BANK), ()),
        "help": lambda: routes.Help("Home", "", (HelpGroup("Keys", (("s", "Study"),)),)),
        "a question": lambda: routes.Confirm("Delete it?"),
        "a line to type": lambda: routes.AskText("Which tag?"),
        "a row to choose": lambda: routes.ChooseRow("Whose?", learner_rows(workspace.record.learners())),
        "a key to press": lambda: routes.PressKey("Study"),
        "themes": lambda: routes.Themes(THEME_NAMES, THEME_NAMES[0]),
        "too small": lambda: routes.TooSmall(40, 12),
    }
    return {name: _at_once(make) for name, make in opened.items()}


def _study(workspace: Workspace, *, is_finished: bool) -> LiveStudy:
    """Study one item to the end, or answer the first of several."""
    live = start_study(workspace, StudyFilter(), [ITEM] if is_finished else _items(workspace)[:20])
    if live is None:
        raise LookupError(BANK)
    live.submit(live.session.current.item.key_response())
    while live.session.phase is not Phase.FINISHED:
        live.advance()
        if not is_finished:
            break
        if live.session.phase is Phase.ANSWERING:
            live.submit(live.session.current.item.key_response())
    return live


def _items(workspace: Workspace) -> list[ItemRef]:
    return [each.ref for each in workspace.library.contents(BANK).items]


def _exam(workspace: Workspace) -> LiveExam:
    return start_exam(workspace, (BANK,), ExamSettings(items=20), seed=7)


def _handed_in(workspace: Workspace) -> str:
    live = _exam(workspace)
    for _ in live.session.items:
        live.answer(live.session.current.item.key_response())
    live.hand_in()
    return live.session.header.id


def _drill(workspace: Workspace, which: str) -> LiveDrill[Any]:
    of_class = which in {"hot-seat", "everyone"}
    pupils = tuple(pupil.id for pupil in _class(workspace).pupils) if of_class else ()
    told = DrillSettings(
        format=which,
        pupils=pupils,
        class_list=_class(workspace).id if of_class else "",
        teams=3,
        class_size=20,
        seconds=60 if which == "sprint" else 0,
    )
    return start_drill(workspace, DrillPlan((BANK,), told, limit=20))


def _ended(live: LiveDrill[Any]) -> LiveDrill[Any]:
    live.append(live.drill.start(live.now()))
    live.append(live.drill.end(live.now()))
    return live


def _class(workspace: Workspace) -> ClassList:
    return next(one for one in workspace.record.class_lists.all() if one.name == CLASS)


def _pile(workspace: Workspace) -> Marking:
    papers = paper_forms(workspace, (BANK,), msgspec.structs.replace(ExamSettings(), items=20), 1, "A")
    return Marking(workspace, _class(workspace), papers)
