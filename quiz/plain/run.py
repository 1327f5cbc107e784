"""Running a session as lines on standard input and output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from quiz.core.events.model import Mode
from quiz.errors import EXIT_FINE
from quiz.plain.console import Console
from quiz.plain.study import PlainStudy
from quiz.services.nothing_to_ask import nothing_to_study
from quiz.services.study.start import open_study, said_of_left_out

if TYPE_CHECKING:
    from quiz.core.exam.settings import ExamSettings
    from quiz.core.study_filter import StudyFilter
    from quiz.services.workspace import Workspace


def study_in_lines(workspace: Workspace, study_filter: StudyFilter, *, has_colour: bool = False) -> int:
    """Continue the unfinished study session of these banks, or start one; return the exit code."""
    console = Console(sys.stdin, sys.stdout, has_colour=has_colour)
    live = open_study(workspace, study_filter)
    if live is not None and live.session.n:
        console.say("Continuing the session that was left.")
    for sentence in said_of_left_out(workspace, live.session.header.banks if live else study_filter.banks):
        console.say(sentence)
    if live is None:
        console.say(nothing_to_study(workspace, study_filter))
    else:
        PlainStudy(workspace, live, console).run()
    return EXIT_FINE


def exam_in_lines(
    workspace: Workspace,
    bank_ids: tuple[str, ...],
    settings: ExamSettings,
    seed: int | None,
    *,
    has_colour: bool,
) -> int:
    """Continue the unfinished exam of these banks, or start one; return the exit code."""
    from quiz.exchange.score_sheet import as_text
    from quiz.plain.exam import PlainExam
    from quiz.services.exam.results import finished_exam, result_of_exam
    from quiz.services.exam.start import resume_exam, start_exam

    console = Console(sys.stdin, sys.stdout, has_colour=has_colour)
    left = workspace.unfinished(Mode.EXAM)
    if left is not None and (not bank_ids or set(left.banks) == set(bank_ids)):
        console.say("Continuing the exam that was left.")
        live = resume_exam(workspace, left)
    else:
        live = start_exam(workspace, bank_ids, settings, seed)
    if PlainExam(live, console).run():
        session = finished_exam(workspace, live.session.header.id)
        console.say()
        console.say(as_text(result_of_exam(workspace, session)))
    return EXIT_FINE
