"""A small world for the exams: a bank with items of every kind, a class, and sessions of every mode.

Every text in it, wherever it comes from, is the text that the world is made of.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from quiz.banks.files import read_bank_text
from quiz.config.settings import Config
from quiz.core.content.grading import (
    Chosen,
    Confidence,
    Entered,
    Matched,
    Ordered,
    Recalled,
    Response,
    Sorted,
)
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Reveal, Sort
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import DrillSettings, Stage
from quiz.core.exam.settings import ExamSettings
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.services.drill.live import LiveDrill
from quiz.services.drill.start import DrillPlan, start_drill
from quiz.services.exam.live import LiveExam
from quiz.services.exam.start import start_exam
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.fakes import DAY, SECOND, FakeClock, make_workspace

BANK = "world"
FORMATS = ("vote", "hot-seat", "buzz", "sprint", "everyone")


def quoted(text: str) -> str:
    """Return a text as a double-quoted scalar of YAML, whatever is in it."""
    return '"' + "".join(_written(character) for character in text) + '"'


def _written(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def bank_of(text: str) -> str:
    """Return a bank with an item of every kind, all of whose texts are one text."""
    q = [quoted(text), *(quoted(f"{text} {number}") for number in range(1, 6))]
    gaps = (
        f"{text} {{{{gap}}}} {text} {{{{other}}}}" if not {"{", "}"} & set(text) else "a {{gap}} b {{other}}"
    )
    common = f"topic: t, stem: {q[0]}, rationale: {q[0]}, hint: {q[0]}, cites: [n], tags: [{q[0]}]"
    untagged = common.partition(", tags")[0]
    return f"""\
format: 1
bank: {BANK}
title: {q[0]}
summary: {q[0]}
sources:
  s: {{title: {q[0]}, by: {q[0]}, published: {q[0]}}}
topics: {{t: {q[0]}}}
notes:
  n: {{title: {q[0]}, source: s, where: {q[0]}, text: {q[0]}}}
stimuli:
  m: {{title: {q[0]}, text: {q[0]}}}
items:
  - {{id: choice, stimulus: m, {untagged}, key: {{text: {q[0]}, feedback: {q[0]}}},
      distractors: [{q[1]}, {{text: {q[2]}, feedback: {q[0]}}}]}}
  - {{id: several, kind: multiple-response, {untagged},
      keys: [{q[1]}, {q[2]}], distractors: [{q[3]}, {q[4]}]}}
  - {{id: truth, kind: true-false, {untagged}, key: true, feedback: {q[0]}}}
  - {{id: short, kind: short-answer, {untagged}, key: {q[1]}, accept: [{q[2]}],
      refuse: [{{text: {q[3]}, feedback: {q[0]}}}]}}
  - {{id: number, kind: numeric, {untagged}, key: "42", tolerance: 5%, unit: km, feedback: {q[0]}}}
  - {{id: gaps, kind: cloze, topic: t, text: {quoted(gaps)}, rationale: {q[0]}, accept: {{gap: [{q[1]}]}}}}
  - {{id: list, kind: listing, {untagged}, keys: [{q[1]}, {{text: {q[2]}, accept: [{q[3]}]}}, {q[4]}]}}
  - {{id: order, kind: ordering, {untagged}, order: [{q[1]}, {q[2]}, {q[3]}, {q[4]}]}}
  - {{id: pairs, kind: matching, {untagged},
      pairs: {{{q[1]}: {q[3]}, {q[2]}: {q[4]}}}, distractors: [{q[5]}]}}
  - {{id: bins, kind: sorting, {untagged}, categories: {{{q[1]}: [{q[3]}], {q[2]}: [{q[4]}, {q[5]}]}}}}
  - {{id: card, kind: flashcard, {untagged}, back: {q[0]}}}
"""


def wrong(interaction: Interaction, text: str) -> Response:
    """Return a response that is complete and most likely wrong."""
    match interaction:
        case Choose(options):
            return Chosen(options[-1:])
        case Enter(fields):
            return Entered((text,) * len(fields))
        case Order(entries):
            return Ordered(tuple(reversed(entries)))
        case Match(lefts, rights):
            return Matched(dict.fromkeys(lefts, rights[0]))
        case Sort(members, bins):
            return Sorted(dict.fromkeys(members, bins[0]))
        case Reveal():
            return Recalled(1)


@dataclass
class World:
    """A workspace with something of everything on its record."""

    workspace: Workspace
    clock: FakeClock
    text: str
    is_refused: bool
    """Whether a bank of this text is refused; then the bank is plain, and a broken one lies beside it."""
    study: str = ""
    test: str = ""
    drill: str = ""
    """Ids of finished sessions."""

    def __post_init__(self) -> None:
        self.refs = tuple(ItemRef(BANK, item.id) for item in self.workspace.library.bank(BANK).items)

    def live_study(self, *items: str) -> LiveStudy:
        """Begin a study session on some items, or on all."""
        chosen = [ItemRef(BANK, item) for item in items] or self.refs
        live = start_study(self.workspace, StudyFilter(), list(chosen))
        assert live is not None
        return live

    def live_exam(self) -> LiveExam:
        """Begin an exam on all items."""
        return start_exam(self.workspace, (BANK,), ExamSettings(items=11, confidence=True), seed=7)

    def live_drill(self, which: str, limit: int | None = None) -> LiveDrill[Drill]:
        """Begin a drill of some format."""
        class_lists = self.workspace.record.class_lists.all()
        has_pupils = which in {"hot-seat", "everyone"}
        pupils = tuple(pupil.id for pupil in class_lists[0].pupils) if has_pupils else ()
        told = DrillSettings(
            format=which,
            pupils=pupils,
            class_list=class_lists[0].id if pupils else "",
            teams=3,
            class_size=20,
            seconds=60 if which == "sprint" else 0,
        )
        return start_drill(self.workspace, DrillPlan((BANK,), told, limit=limit))

    def live_through(self) -> World:
        """Study, take an exam and hold drills, to the end; then leave one of each in the middle."""
        self.study = self._studied(self.live_study())
        self.clock.go_on(DAY)
        self.test = self._tested(self.live_exam())
        for which in FORMATS:
            self.clock.go_on(DAY)
            self.drill = self._drilled(self.live_drill(which, limit=3))
        self.clock.go_on(DAY)
        self._studied(self.live_study("choice", "short"))
        left = self.live_study()
        left.submit(wrong(left.session.interaction, self.text))
        return self

    def _studied(self, live: LiveStudy) -> str:
        for count in range(60):
            session = live.session
            if session.phase is Phase.FINISHED:
                break
            self.clock.go_on(5 * SECOND)
            is_missed = count % 3 == 0 and count < len(self.refs)
            key = session.current.item.key_response()
            live.submit(wrong(session.interaction, self.text) if is_missed else key, Confidence.SURE)
            self.clock.go_on(2 * SECOND)
            live.advance()
        assert live.session.phase is Phase.FINISHED
        return live.session.header.id

    def _tested(self, live: LiveExam) -> str:
        for count in range(len(live.session.items)):
            session = live.session
            self.clock.go_on(10 * SECOND)
            key = session.current.item.key_response()
            response = wrong(session.interaction, self.text) if count % 2 else key
            live.answer(response, Confidence.GUESS if count % 2 else Confidence.SURE)
        live.hand_in()
        return live.session.header.id

    def _drilled(self, live: LiveDrill[Drill]) -> str:
        live.append(live.drill.start(live.now()))
        while live.drill.stage is not Stage.FINISHED:
            self.clock.go_on(5 * SECOND)
            now = live.now()
            for step in ("reveal", "next", "skip", "end"):
                command = getattr(live.drill, step)
                if live.can(command):
                    live.append(command(now))
                    break
        return live.drill.header.id


def make_world(folder: Path, text: str = "plain", *, other: str | None = None, step: int = 0) -> World:
    """Make a world under a folder whose every text is one text, so far as it is not refused.

    The learner's name, a file's name, a broken bank and a class list may hold another one.
    """
    other = text if other is None else other
    banks = folder / "banks"
    banks.mkdir(parents=True)
    content = bank_of(text).encode("utf-8", "surrogatepass")
    is_refused = read_bank_text(content, "b").bank is None
    files: list[Path] = [banks / "world.yaml"]
    files[0].write_bytes(bank_of("plain").encode() if is_refused else content)
    broken = file_of(banks, other)
    harm = bank_of(other).encode("utf-8", "surrogatepass")
    is_harmless = read_bank_text(harm, "b").bank is not None
    broken.write_bytes(
        b"format: 1\nbank: x\ntitle: " + quoted(other).encode() + b"\n" if is_harmless else harm
    )
    files.append(broken)
    clock = FakeClock(step=step)
    workspace = make_workspace(folder, *files, config=Config(learner=one_name(other)), clock=clock)
    _make_class(workspace, other)
    return World(workspace, clock, text, is_refused)


def one_name(text: str) -> str:
    """Return a text as a name that a record can hold."""
    return " ".join(text.encode("utf-8", "replace").decode().replace("\0", "").split()) or "nameless"


def file_of(folder: Path, text: str) -> Path:
    """Return the path of a bank whose file name is a text, as nearly as the system allows."""
    name = text.replace("/", "_").replace("\0", "").encode("utf-8", "replace")[:60].decode("utf-8", "ignore")
    return folder / f"z{name}.yaml"


def _make_class(workspace: Workspace, text: str) -> None:
    from quiz.errors import UsageError

    try:
        workspace.record.class_lists.add(text[:40], [f"{text[:40]} {number}" for number in range(5)])
    except UsageError:
        workspace.record.class_lists.add("7b", [f"pupil {number}" for number in range(5)])


@contextmanager
def copied(world: World, folder: Path) -> Iterator[World]:
    """Open a copy of a world's record under another folder, and close it in the end.

    It draws other random numbers than the world did: the ids of its sessions are not those on record.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(world.workspace.record.path, folder / "history.db")
    clock = replace(world.clock)
    again = make_workspace(
        folder, *world.workspace.library.paths(), config=world.workspace.config, clock=clock, seed=2
    )
    try:
        yield replace(world, workspace=again, clock=clock)
    finally:
        again.record.close()
