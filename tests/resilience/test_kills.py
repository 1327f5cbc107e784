"""The program is killed at random moments: every verdict that could be seen is on record, once."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
import time
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import cast

import pytest

from quiz.banks.library import Library
from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind, Mode, SessionHeader
from quiz.core.session import ItemLookup, Phase
from quiz.core.study.session import StudySession
from quiz.core.study.state import RETURN_AFTER_MS
from quiz.paths import shipped_banks_dir
from quiz.record.sqlite_record import SqliteRecord
from tests.resilience.world import BANK, bank_of
from tests.terminal import Terminal

pytestmark = pytest.mark.durable

VERDICT = re.compile(r"✓ Correct|✗ Not quite|◐ Part")
"""What study and tests show; a drill shows only that it is at the next item."""
PLACE = re.compile(r"\b(\d+) of (\d+)\b")
ANSWERING = (
    *(("1", "enter"), ("2", "enter"), ("x", "enter"), ("1", "a", "2", "b", "enter"), ("enter",)) * 3,
    *(("1", "2", "enter"), ("space", "1"), ("space",), ("s",), ("f",), ("a",), ("u",), ("tab",), ("down",)),
)
KEYS = {
    "study": ANSWERING,
    "test": ANSWERING,
    "drill": (*(("y",), ("n",), ("1",)) * 3, ("space",), ("p",), ("s",), ("enter",)),
}
"""What may be pressed at once, with what answers more often than what does something else."""
SPRINT = f"""
import sys
from quiz.cli.startup import open_app, open_workspace
from quiz.core.drill.settings import DrillSettings
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.tui.routes import RunDrill

with open_workspace([sys.argv[1]]) as workspace:
    plan = DrillPlan(("{BANK}",), DrillSettings(format="sprint", seconds=300))
    sys.exit(open_app(workspace, RunDrill(start_drill(workspace, plan))))
"""
QUIZ = (sys.executable, "-m", "quiz")
DEAF = ("/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh")
BEGIN = {
    "study": (QUIZ, ("study",), ""),
    "test": (QUIZ, ("exam", "--feedback", "at-once", "--items", "11"), ""),
    "drill": ((sys.executable, "-c", SPRINT), (), "\r"),
}
"""How a session of each mode is begun on a bank, and what is to be pressed then."""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "world.yaml"
    path.write_text(bank_of("plain"), encoding="utf-8")
    return path


def begun(mode: str, bank: Path, home: Path, *, deaf: bool = False) -> Terminal:
    """Begin a session in a terminal; a deaf program does not hear of hangups."""
    program, arguments, keys = BEGIN[mode]
    if deaf:
        program = (*DEAF, *program)
    is_quiz = program == QUIZ
    terminal = Terminal(
        [*arguments, str(bank)], home=home, size=(100, 30), program=() if is_quiz else program
    )
    terminal.wait_until(lambda shown: "begins" in shown if keys else bool(PLACE.search(shown)), "an item")
    if keys:
        terminal.wait_until(lambda shown: _has_begun(terminal, keys), "the first item")
    return terminal


def _has_begun(terminal: Terminal, keys: str) -> bool:
    found = PLACE.search(terminal.text.split("\n")[0])
    if found and found[1] != "0":
        return True
    terminal.press(*keys)
    terminal.read(0.3)
    return False


def resumed(bank: Path, home: Path) -> Terminal:
    """Start the app again and go on with the session that was left."""
    terminal = Terminal([str(bank)], home=home, size=(100, 30))
    terminal.wait_for("Continue")
    terminal.press("c")
    terminal.wait_until(
        lambda shown: PLACE.search(shown.split("\n")[0]) is not None or "session done" in shown,
        "the session",
    )
    if "Sprint" in terminal.text:  # its clock stands
        terminal.press("p")
    return terminal


class Watch:
    """Remembers at which places of a session a verdict stood on the screen."""

    def __init__(self, answered: int) -> None:
        self.seen: set[int] = set()
        self._asked: set[int] = set()
        self._answered = answered
        self._place = 0

    def look(self, terminal: Terminal) -> None:
        """Look at the screen. A sprint shows only where it is, and begins anew after the last item."""
        text = terminal.text
        head = text.split("\n")[0]
        found = PLACE.search(head)
        if found is None:
            return
        place, total = int(found[1]), int(found[2])
        if place < self._place:  # taken back: the verdict is shown again, and the next item asked again
            self._asked = {asked for asked in self._asked if asked <= place}
        if "Sprint" in head:
            if self._place:
                self._answered += (place - self._place) % total
            else:
                assert place == self._answered % total + 1, f"{self._answered} are on record:\n{text}"
            self.seen = set(range(1, self._answered + 1))
        elif not VERDICT.search(text):
            self._asked.add(place)
        elif (
            place in self._asked
        ):  # else it may be the verdict before, of which the last is not yet drawn over
            self.seen.add(place)
        self._place = place


def test_a_verdict_that_is_shown_again_is_not_one_on_the_next_item() -> None:
    watch = Watch(0)
    for place, shown in ((8, ""), (8, "✓ Correct"), (9, ""), (8, "✓ Correct"), (9, "✓ Correct")):
        watch.look(cast("Terminal", SimpleNamespace(text=f"{place} of 11\n{shown}")))
    assert watch.seen == {8}
    for shown in ("", "✓ Correct"):
        watch.look(cast("Terminal", SimpleNamespace(text=f"9 of 11\n{shown}")))
    assert watch.seen == {8, 9}


def play(terminal: Terminal, rng: Random, mode: str, answered: int) -> set[int]:
    """Press random keys until a verdict was seen and then some; kill the program in the middle of one more.

    Return the places at which a verdict was seen.
    """
    watch, enough = Watch(answered), rng.randint(8, 30)
    watch.look(terminal)
    had = len(watch.seen)
    count, end = 0, time.monotonic() + 10
    while count < 90 and time.monotonic() < end:
        if terminal.status is not None or (count >= enough and len(watch.seen) > had):
            break
        drawn = len(terminal.written)
        terminal.press(*rng.choice(KEYS[mode]))
        for _ in range(20):
            before = len(terminal.written)
            terminal.read(0.03)
            if len(terminal.written) == before:
                break
        watch.look(terminal)
        terminal.wait_quietly(0)
        count += len(terminal.written) > drawn  # a slow machine has not come to the others
    assert terminal.status in {None, 0}
    if terminal.status is None:
        terminal.press(*rng.choice(KEYS[mode]))
        time.sleep(rng.random() * 0.03)
    terminal.kill()
    before = -1
    while before != len(terminal.written):  # what it had written before it died
        before = len(terminal.written)
        terminal.read(0.02)
    watch.look(terminal)
    return watch.seen


def crash_note(home: Path, terminal: Terminal) -> str:
    """Return what a program left behind when it ended otherwise than it should."""
    note = home / "crash.txt"
    return f"{terminal.text}\n{note.read_text(encoding='utf-8') if note.exists() else ''}"


def on_record(home: Path) -> int:
    """Return how many items were done with by the record, and see that it is whole."""
    with SqliteRecord.open(home / "history.db") as record:
        assert record.integrity() == []
        assert record.rebuild_memory() == 0
        attempts = 0
        for header, events in record.everything():
            assert [event.n for event in events] == list(range(1, len(events) + 1))
            done = [event for event in events if _is_answer(event)]
            assert_none_is_doubled(header, events, done, home)
            attempts += len(done)
    with sqlite3.connect(home / "history.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    return attempts


def _is_answer(event: Event) -> bool:
    return event.kind is EventKind.ATTEMPT or event.body.get("do") in {"verdict", "pass", "time"}


def assert_none_is_doubled(
    header: SessionHeader, events: tuple[Event, ...], done: list[Event], home: Path
) -> None:
    """See that each answer is to what was asked when it was given; a second one to the same would not be."""
    match header.mode:
        case Mode.STUDY:
            library = Library(files=[home.parent / "world.yaml", *shipped_banks_dir().glob("*.yaml")])
            session = StudySession.begin(header, ItemLookup.of(*map(library.bank, header.banks)))
            for event in events:
                if event.kind is EventKind.ATTEMPT:
                    assert event.ref in may_be_asked(session, event.at)
                session = session.apply(event)
        case Mode.EXAM:  # where the verdict is shown at once, an answer is final
            assert len({event.ref for event in done}) == len(done)
        case Mode.DRILL:  # each answer says which place comes after it
            assert [event.body["place"] for event in done] == list(range(1, len(done) + 1))


def may_be_asked(session: StudySession, until: int) -> set[ItemRef]:
    """Return what can be asked at a time: it depends on when the learner went on, which is no event.

    Only where an item has stayed away long enough does going on later lead to another one.
    """
    if session.phase is not Phase.REVIEWING:
        return {session.current.ref}
    rested = (event.at + RETURN_AFTER_MS for event in session.attempts)
    moments = {session.last_at, until, *(at for at in rested if session.last_at < at < until)}
    nexts = [session.advance(at) for at in moments]
    return {after.current.ref for after in nexts if after.phase is Phase.ANSWERING}


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.parametrize("mode", BEGIN)
def test_a_kill_loses_no_answer(mode: str, kills: int, bank: Path, tmp_path: Path) -> None:
    rng, seen, homes = Random(3), set[int](), [tmp_path / "home 0"]
    answers, shown = [0], 0
    for count in range(kills):
        is_left = count > 0 and _is_left(homes[-1])
        if count and not is_left:
            seen = set()
            homes.append(tmp_path / f"home {count}")
            answers.append(0)
        home = homes[-1]
        with resumed(bank, home) if is_left else begun(mode, bank, home) as terminal:
            now = play(terminal, rng, mode, answers[-1])
        shown += len(now - seen)
        seen |= now
        answers[-1] = on_record(home)
        assert answers[-1] >= len(seen), f"{seen} were seen; {answers[-1]} are on record"
    assert shown > 0
    print(f"{mode}: {kills} kills, {shown} verdicts seen, {sum(answers)} answers on record")


def _is_left(home: Path) -> bool:
    """Say whether Home offers to go on: not with a study session in which nothing was answered."""
    with SqliteRecord.open(home / "history.db") as record:
        left = [one for learner in record.learners() for one in record.unfinished(learner.id)]
        return any(one.attempts or one.header.mode is not Mode.STUDY for one in left)


SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
EVERY_SIGNAL = [
    pytest.param(mode, how, marks=[] if place == number else pytest.mark.long, id=f"{mode}-{how.name}")
    for place, mode in enumerate(BEGIN)
    for number, how in enumerate(SIGNALS)
]
"""Each signal in each mode; each of both once without being asked for."""


@pytest.mark.parametrize(("mode", "how"), EVERY_SIGNAL)
def test_a_signal_ends_every_session_cleanly(
    mode: str, how: signal.Signals, bank: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with begun(mode, bank, home) as terminal:
        terminal.press("2", "enter")
        terminal.read(0.3)
        os.kill(terminal.pid, how)
        code = terminal.wait()
        assert code in {128 + how, -how}, crash_note(home, terminal)
        assert "Traceback" not in terminal.text
        if how is not signal.SIGHUP:
            assert b"\x1b[?1049l" in terminal.written
            assert b"\x1b[?25h" in terminal.written
    on_record(home)
    with resumed(bank, home) if _is_left(home) else begun(mode, bank, home) as terminal:
        terminal.press("ctrl+q")
        assert terminal.wait() == 0


def test_ctrl_c_takes_nothing_away(bank: Path, tmp_path: Path) -> None:
    with begun("study", bank, tmp_path / "home") as terminal:
        terminal.press("ctrl+c", "ctrl+c", "ctrl+c")
        terminal.read(0.3)
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    on_record(tmp_path / "home")


@pytest.mark.parametrize(
    "mode", [mode if mode == "test" else pytest.param(mode, marks=pytest.mark.long) for mode in BEGIN]
)
def test_a_terminal_that_vanishes_ends_a_deaf_program_within_three_seconds(
    mode: str, bank: Path, tmp_path: Path
) -> None:
    """Hangups are ignored, as under nohup; nothing tells the program but the terminal itself."""
    home = tmp_path / "home"
    with begun(mode, bank, home, deaf=True) as terminal:
        terminal.press("2", "enter")
        terminal.read(0.3)
        terminal.hang_up()
        assert terminal.wait_quietly(seconds=3) == 128 + signal.SIGHUP
    on_record(home)
    with resumed(bank, home) if _is_left(home) else begun(mode, bank, home) as terminal:
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
