"""Where to go, as values: a screen names a place by one of these, and `navigation` opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from quiz.core.content.item_ref import ItemRef

if TYPE_CHECKING:
    from quiz.core.class_list import ClassList
    from quiz.core.content.bank import Bank
    from quiz.core.drill.drill import Drill
    from quiz.core.drill.room import WallSettings
    from quiz.core.drill.wall_words import WallWords
    from quiz.core.events.model import SessionHeader
    from quiz.core.exam.session import ExamSession
    from quiz.core.exam.settings import ExamSettings
    from quiz.core.statistics.grades import GradeTable
    from quiz.core.study_filter import StudyFilter
    from quiz.record.read_models import Learner
    from quiz.services.drill.live import LiveDrill
    from quiz.services.exam.live import LiveExam
    from quiz.services.exam.marking import Marking
    from quiz.services.study.live import LiveStudy
    from quiz.tui.available_actions import HelpGroup
    from quiz.tui.widgets.row_list import ListRow
    from quiz.web.server import RoomServer

ResultT = TypeVar("ResultT")


class Route(msgspec.Struct, Generic[ResultT], frozen=True):
    """A place to go to: the arguments of the screen there; `ResultT` is what it returns, None for nothing."""


class Study(Route[None], frozen=True):
    """A new study session; without items, on whatever is due and new."""

    study_filter: StudyFilter
    items: tuple[ItemRef, ...] | None = None


class ChooseStudy(Route[None], frozen=True):
    """The choice of what to study, from one that was made before on."""

    chosen: StudyFilter | None = None


class Browse(Route[None], frozen=True):
    """Every item of all banks, narrowed and searched as one came."""

    chosen: StudyFilter | None = None
    words: str = ""


class Narrow(Route[Any], frozen=True):
    """The choice of which items are shown. Returns the StudyFilter that was chosen."""

    chosen: StudyFilter


class PlanExam(Route[None], frozen=True):
    """What to answer until the day of an exam on some banks, or on all."""

    banks: Sequence[str] = ()


class SetUpBank(Route[None], frozen=True):
    """How a bank is studied."""

    bank: str


class Resume(Route[None], frozen=True):
    """A session that was left, of any mode."""

    header: SessionHeader


class StudyResults(Route[Any], frozen=True):
    """The end of a study session. Returns “undo”, the route to go on with, or nothing."""

    live: LiveStudy


class SessionResult(Route[None], frozen=True):
    """What a session on record came to, of any mode."""

    session_id: str


class SetUpExam(Route[None], frozen=True):
    """The settings of an exam, before it begins."""

    banks: Sequence[str] = ()
    settings: ExamSettings | None = None
    seed: int | None = None


class TakeExam(Route[None], frozen=True):
    """An exam in progress."""

    live: LiveExam


class AllItems(Route[int], frozen=True):
    """All items of an exam, as they stand at a time in ms. Returns the place to go to, from 0."""

    session: ExamSession
    at: int


class HandIn(Route[int], frozen=True):
    """The question before an exam is handed in. Returns its answer or the place to go to, from 0."""

    session: ExamSession


class ExamReview(Route[None], frozen=True):
    """Every item of an exam that was handed in, with its answer."""

    session_id: str


class SetUpDrill(Route[None], frozen=True):
    """The settings of a drill, before it begins."""

    banks: Sequence[str] = ()
    items: Sequence[ItemRef] = ()
    format: str = "vote"
    wall: WallSettings | None = None


class RunDrill(Route[None], frozen=True):
    """A drill in progress, of any format; `wall` is how a browser shows it, None for the terminal alone."""

    live: LiveDrill[Drill]
    wall: WallSettings | None = None


class ShowDrillReport(Route[str], frozen=True):
    """The end of a drill. Returns “undo” or nothing."""

    drill: Drill
    names: Mapping[str, str]


class Phones(Route[None], frozen=True):
    """The addresses of wall and phones, and who has joined."""

    server: RoomServer


class Attendance(Route[None], frozen=True):
    """Which pupils are here."""

    live: LiveDrill[Any]


class StillMissing(Route[None], frozen=True):
    """Which pupils have not answered yet, by name, in the words of the wall."""

    pupils: tuple[str, ...]
    words: WallWords


class NewClass(Route[Any], frozen=True):
    """A new class list, which is returned."""


class Briefing(Route[None], frozen=True):
    """A bank's notes, from a certain one on."""

    bank: Bank
    note: str | None = None
    leads_on: bool = False
    """Whether its last page offers to study the bank; within a session it leads back there."""


class Find(Route[Any], frozen=True):
    """A search in all banks. Returns the SearchHit that was chosen."""


class ShownItem(Route[None], frozen=True):
    """An item with its answer, outside any session."""

    item: ItemRef


class Import(Route[None], frozen=True):
    """Questions from other programs, looked at before they come."""


class LeftSessions(Route[None], frozen=True):
    """The sessions that were left, to go on with or to end."""


class Leeches(Route[None], frozen=True):
    """The leeches, and what to do about each."""

    learner: Learner | None = None


class Settings(Route[None], frozen=True):
    """The person's settings."""


class Keys(Route[None], frozen=True):
    """The keys, and what they do."""


class Statistics(Route[None], frozen=True):
    """What the record says of a learner."""

    learner: Learner | None = None


class BankStatistics(Route[None], frozen=True):
    """What the record says of a bank."""

    bank: str
    learner: Learner | None = None
    as_table: bool = False


class ItemStatistics(Route[None], frozen=True):
    """What the record says of an item."""

    item: ItemRef
    learner: Learner | None = None
    as_table: bool = False


class ShowCalibration(Route[None], frozen=True):
    """Predictions against what happened, in one bank or all."""

    learner: Learner | None = None
    bank: str | None = None
    as_table: bool = False


class ShowWhatIf(Route[None], frozen=True):
    """A year at other retentions, with one marked or else the suggested one, and at other daily numbers."""

    marked: float | None = None


class SessionList(Route[None], frozen=True):
    """The sessions on record, of one learner or all, on one bank or all."""

    learner: Learner | None = None
    bank: str | None = None


class ShowClassResults(Route[None], frozen=True):
    """What a class did, with grades where a table is given."""

    class_list: ClassList
    grades: GradeTable | None = None


class MarkPapers(Route[None], frozen=True):
    """A pile of papers to be marked."""

    marking: Marking


class Notes(Route[None], frozen=True):
    """Some notes of a bank, over the screen that cites them."""

    bank: Bank
    names: Sequence[str]


class Help(Route[None], frozen=True):
    """What a screen is for, and its keys with what they do."""

    title: str
    purpose: str
    groups: Sequence[HelpGroup]


class Tour(Route[None], frozen=True):
    """What Home shows and how a day goes, step by step."""


class Confirm(Route[bool], frozen=True):
    """A question with two answers."""

    question: str
    yes: str = "Yes"
    no: str = "No"


class AskText(Route[str], frozen=True):
    """A question answered by typing a line."""

    question: str
    value: str = ""


class ChooseRow(Route[str], frozen=True):
    """A question answered by choosing a row. Returns the row's key."""

    question: str
    rows: Sequence[ListRow]
    chosen: str = ""


class PressKey(Route[str], frozen=True):
    """A question answered by pressing a key. Returns the key's name."""

    effect: str


class Themes(Route[str], frozen=True):
    """The themes, shown as one moves along them. Returns the one that was chosen."""

    names: Sequence[str]
    before: str


class TooSmall(Route[None], frozen=True):
    """A terminal smaller than quiz needs, given in cells."""

    width: int
    height: int
