"""Marking papers. Each pupil's answers are recorded before the next pupil's are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from quiz.core.class_list import ClassList
from quiz.core.events.ids import new_session_id
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.exam.form_code import FormCode
from quiz.core.exam.marking import PupilMarks, QuestionMark, UnreadableMarks, pupil_codes, read_marks
from quiz.core.exam.paper import PaperQuestion
from quiz.core.exam.settings import exam_settings
from quiz.core.item_result import points_text
from quiz.core.text.phrases import whole_per_cent
from quiz.services.exam.paper import PaperForms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quiz.services.workspace import Workspace


class Marked(NamedTuple):
    """A paper that is recorded."""

    session: str
    learner: str
    """The pupil's id."""
    pupil: str
    """The pupil's name."""
    form: str
    points: float
    out_of: float
    replaced: str = ""
    """The session of the paper that was marked earlier; empty the first time."""

    @property
    def sentence(self) -> str:
        """A sentence about it."""
        share = whole_per_cent(self.points / self.out_of) if self.out_of else 0
        points = f"{points_text(self.points)} of {points_text(self.out_of)}"
        return f"{self.pupil}, form {self.form}: {points} ({share} %)"


class Marking:
    """The papers of one exam, being marked for a class."""

    def __init__(self, workspace: Workspace, class_list: ClassList, paper: PaperForms) -> None:
        self._workspace = workspace
        self._settings = paper.settings
        self._forms = {code.letter: (code, questions) for code, questions in paper.forms.items()}
        self.names = {pupil.id: pupil.name for pupil in class_list.pupils}
        self.codes = pupil_codes(self.names)
        self.done: list[Marked] = []
        """The papers marked in this run, the latest last."""
        self._known = self._on_record()

    @property
    def questions(self) -> Mapping[str, Sequence[PaperQuestion]]:
        """The questions of each form, by its letter."""
        return {letter: questions for letter, (_, questions) in self._forms.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the pupils whose papers are not marked yet."""
        return tuple(name for learner, name in self.names.items() if learner not in self._known)

    def read(self, line: str) -> PupilMarks:
        """Read a line as far as it was typed. Raises UnreadableMarks for an invalid one."""
        return read_marks(line, self.codes, self.questions)

    def is_marked(self, pupil: str) -> bool:
        """Return whether a pupil's paper of this exam is recorded already; the pupil is given by id."""
        return pupil in self._known

    def mark(self, line: str) -> Marked:
        """Record a pupil's paper, replacing one marked earlier.

        Raises UnreadableMarks for an incomplete line, RecordError where it cannot be saved.
        """
        read = self.read(line)
        if not read.form:
            raise UnreadableMarks("Type the pupil's two letters, the form's letter, then the answers.")
        code, questions = self._forms[read.form]
        missing = len(questions) - len(read.marks)
        if missing:
            raise UnreadableMarks(f"{missing} of {len(questions)} questions are missing.")
        before = self._known.get(read.pupil, "")
        header, events = self._session(read, code, questions)
        self._workspace.record.start_with(header, events)
        if before:
            self._void(before)
        self._known[read.pupil] = header.id
        points = sum(m.score * q.points for m, q in zip(read.marks, questions, strict=True))
        out_of = sum(question.points for question in questions)
        self.done.append(
            Marked(header.id, read.pupil, self.names[read.pupil], read.form, points, out_of, before)
        )
        return self.done[-1]

    def undo(self) -> Marked:
        """Undo the latest paper; one that it replaced counts again.

        Raises UnreadableMarks where there is none, RecordError where that cannot be saved.
        """
        if not self.done:
            raise UnreadableMarks("There is nothing to undo.")
        last = self.done.pop()
        self._void(last.session)
        del self._known[last.learner]
        if last.replaced:
            self._known[last.learner] = self._count_again(last.replaced)
        return last

    def _count_again(self, session: str) -> str:
        """Record a session that no longer counts once more and return its id: what is void stays void."""
        record, workspace = self._workspace.record, self._workspace
        header = record.header(session)
        again = new_session_id(workspace.clock.now(), workspace.rng)
        events = [event for event in record.events(session) if event.kind is not EventKind.VOID]
        record.start_with(msgspec.structs.replace(header, id=again), events)
        return again

    def _void(self, session: str) -> None:
        from quiz.services.past_sessions import void_session

        void_session(self._workspace, session)

    def _on_record(self) -> dict[str, str]:
        """Return the recorded sessions of this exam, by pupil."""
        codes = {str(code) for code, _ in self._forms.values()}
        record, found = self._workspace.record, {}
        for learner in self.names:
            for told in record.sessions(learner, mode=Mode.EXAM, limit=200):
                if told.is_ended and exam_settings(record.header(told.id)).form in codes:
                    found[learner] = told.id
                    break
        return found

    def _session(
        self, read: PupilMarks, code: FormCode, questions: Sequence[PaperQuestion]
    ) -> tuple[SessionHeader, list[Event]]:
        workspace = self._workspace
        told = msgspec.structs.replace(self._settings, form=str(code))
        header = workspace.header(
            Mode.EXAM,
            tuple(dict.fromkeys(question.ref.bank for question in questions)),
            code.seed,
            {
                "policy": {**workspace.policy, "feeds_schedule": False},
                "test": msgspec.to_builtins(told),
                "paper": True,
            },
            [question.ref for question in questions],
        )
        header = msgspec.structs.replace(header, learner=read.pupil)
        events = [
            _attempt(number, question, mark, header.started)
            for number, (question, mark) in enumerate(zip(questions, read.marks, strict=True), 1)
        ]
        return header, [*events, Event(n=len(events) + 1, kind=EventKind.END, at=header.started)]


def _attempt(number: int, question: PaperQuestion, mark: QuestionMark, at: int) -> Event:
    by_teacher = {"by": "teacher"} if question.is_open and mark.response is None else {}
    weight = {} if question.points == 1 else {"weight": question.points}
    return Event(
        n=number,
        kind=EventKind.ATTEMPT,
        at=at,
        bank=question.ref.bank,
        item=question.ref.item,
        fingerprint=question.bank_item.item.fingerprint,
        response=mark.response,
        score=mark.score,
        verdict=mark.verdict,
        body={**weight, **by_teacher},
    )
