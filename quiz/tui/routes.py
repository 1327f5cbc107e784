"""Where to go, as values: a screen names a place by one of these, and `navigation` opens it.

A route's fields are the arguments of the screen that it stands for; `ResultT` is what that screen returns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from quiz.core.content.item import ItemRef

if TYPE_CHECKING:
    from quiz.core.content.bank import Bank
    from quiz.core.drill.drill import Drill
    from quiz.core.drill.formats.hot_seat import HotSeatDrill
    from quiz.core.events.model import SessionHeader
    from quiz.core.exam.session import ExamSession
    from quiz.core.exam.settings import ExamSettings
    from quiz.record.read_models import Learner
    from quiz.services.drill.live import LiveDrill
    from quiz.services.exam.live import LiveExam
    from quiz.services.study.live import LiveStudy
    from quiz.services.workspace import StudyFilter
    from quiz.tui.widgets.row_list import ListRow

ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class Route(Generic[ResultT]):
    """A place to go to. One that returns nothing is a `Route[None]`."""


@dataclass(frozen=True)
class Study(Route[None]):
    """A new study session; without items, on whatever is due and new."""

    study_filter: StudyFilter
    items: tuple[ItemRef, ...] | None = None


@dataclass(frozen=True)
class Resume(Route[None]):
    """A session that was left, of any mode."""

    header: SessionHeader


@dataclass(frozen=True)
class StudyResults(Route[str]):
    """The end of a study session. Returns “undo”, “more” or nothing."""

    live: LiveStudy


@dataclass(frozen=True)
class SessionResult(Route[None]):
    """What a session on record came to, of any mode."""

    session_id: str


@dataclass(frozen=True)
class SetUpExam(Route[None]):
    """The settings of an exam, before it begins."""

    banks: Sequence[str] = ()
    settings: ExamSettings | None = None
    seed: int | None = None


@dataclass(frozen=True)
class TakeExam(Route[None]):
    """An exam in progress."""

    live: LiveExam


@dataclass(frozen=True)
class AllItems(Route[int]):
    """All items of an exam, as they stand at a time in ms. Returns the place to go to, from 0."""

    session: ExamSession
    at: int


@dataclass(frozen=True)
class HandIn(Route[int]):
    """The question before an exam is handed in. Returns its answer or the place to go to, from 0."""

    session: ExamSession


@dataclass(frozen=True)
class ExamReview(Route[None]):
    """Every item of an exam that was handed in, with its answer."""

    session_id: str


@dataclass(frozen=True)
class SetUpDrill(Route[None]):
    """The settings of a drill, before it begins."""

    banks: Sequence[str] = ()
    items: Sequence[ItemRef] = ()
    format: str = "vote"


@dataclass(frozen=True)
class RunDrill(Route[None]):
    """A drill in progress, of any format."""

    live: LiveDrill[Drill]


@dataclass(frozen=True)
class DrillReport(Route[str]):
    """The end of a drill. Returns “undo” or nothing."""

    drill: Drill
    names: Mapping[str, str]


@dataclass(frozen=True)
class Attendance(Route[None]):
    """Which pupils are here."""

    live: LiveDrill[HotSeatDrill]


@dataclass(frozen=True)
class NewClass(Route[Any]):
    """A new class list, which is returned."""


@dataclass(frozen=True)
class Briefing(Route[None]):
    """A bank's notes, from a certain one on."""

    bank: Bank
    note: str | None = None


@dataclass(frozen=True)
class Find(Route[Any]):
    """A search in all banks. Returns the SearchHit that was chosen."""


@dataclass(frozen=True)
class ShownItem(Route[None]):
    """An item with its answer, outside any session."""

    item: ItemRef


@dataclass(frozen=True)
class Settings(Route[None]):
    """The person's settings."""


@dataclass(frozen=True)
class Statistics(Route[None]):
    """What the record says of a learner."""

    learner: Learner | None = None


@dataclass(frozen=True)
class BankStatistics(Route[None]):
    """What the record says of a bank."""

    bank: str
    learner: Learner | None = None
    as_table: bool = False


@dataclass(frozen=True)
class ItemStatistics(Route[None]):
    """What the record says of an item."""

    item: ItemRef
    learner: Learner | None = None
    as_table: bool = False


@dataclass(frozen=True)
class Calibration(Route[None]):
    """Predictions against what happened, in one bank or all."""

    learner: Learner | None = None
    bank: str | None = None
    as_table: bool = False


@dataclass(frozen=True)
class SessionList(Route[None]):
    """The sessions on record, of one learner or all, on one bank or all."""

    learner: Learner | None = None
    bank: str | None = None


@dataclass(frozen=True)
class Notes(Route[None]):
    """Some notes of a bank, over the screen that cites them."""

    bank: Bank
    names: Sequence[str]


@dataclass(frozen=True)
class Help(Route[None]):
    """What a screen is for, and its keys with what they do."""

    title: str
    purpose: str
    keys: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Confirm(Route[bool]):
    """A question with two answers."""

    question: str
    yes: str = "Yes"
    no: str = "No"


@dataclass(frozen=True)
class AskText(Route[str]):
    """A question answered by typing a line."""

    question: str
    value: str = ""


@dataclass(frozen=True)
class Choose(Route[str]):
    """A question answered by choosing a row. Returns the row's key."""

    question: str
    rows: Sequence[ListRow]
    chosen: str = ""


@dataclass(frozen=True)
class TooSmall(Route[None]):
    """A terminal smaller than quiz needs, given in cells."""

    width: int
    height: int
