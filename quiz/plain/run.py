"""Starts a session as lines on the process's own input and output."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from quiz.core.events import Mode
from quiz.errors import EXIT_FINE
from quiz.plain.console import Console
from quiz.plain.study import PlainStudy

if TYPE_CHECKING:
    from quiz.core.sessions.test_settings import TestSettings
    from quiz.storage.workspace import Narrowing, Workspace


def study_in_lines(workspace: Workspace, narrowing: Narrowing) -> int:
    """Go on with the study session of these banks that was left, or begin one; return the exit code."""
    console = Console(sys.stdin, sys.stdout)
    left = workspace.unfinished()
    wanted = set(narrowing.banks)
    if left is not None and left.mode is Mode.STUDY and (not wanted or set(left.banks) == wanted):
        console.say("Going on with the session that was left.")
        live = workspace.resume_study(left)
    else:
        begun = workspace.start_study(narrowing)
        if begun is None:
            console.say("Nothing is due and no new item is left for today.")
            return EXIT_FINE
        live = begun
    PlainStudy(workspace, live, console).run()
    return EXIT_FINE


def test_in_lines(
    workspace: Workspace, bank_ids: tuple[str, ...], settings: TestSettings, seed: int | None
) -> int:
    """Go on with the test of these banks that was left, or begin one; return the exit code."""
    from quiz.exchange.score_sheet import as_text
    from quiz.plain.test import PlainTest
    from quiz.storage.start_test import resume_test, start_test
    from quiz.storage.test_record import finished_test, result_of_test

    console = Console(sys.stdin, sys.stdout)
    left = workspace.unfinished()
    if left is not None and left.mode is Mode.TEST and (not bank_ids or set(left.banks) == set(bank_ids)):
        console.say("Going on with the test that was left.")
        live = resume_test(workspace, left)
    else:
        live = start_test(workspace, bank_ids, settings, seed)
    if PlainTest(live, console).run():
        session = finished_test(workspace, live.session.opening.id)
        console.say()
        console.say(as_text(result_of_test(workspace, session)))
    return EXIT_FINE
