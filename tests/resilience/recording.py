"""A program that answers items one after the other, and says of each when it is on record.

    python -m tests.resilience.recording HOME COUNT [SEED [NEXT]]

It is what is traced, cut off, killed and run twice at once by the tests of the record. With NEXT, it waits
for a line on standard input before each answer.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from quiz.banks.library import Library
from quiz.config.settings import Config
from quiz.core.session import Phase
from quiz.core.study_filter import StudyFilter
from quiz.record.sqlite_record import SqliteRecord
from quiz.services.study.live import LiveStudy
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.fakes import NOON, SECOND, FakeClock
from tests.resilience.world import bank_of, wrong

ROOT = Path(__file__).parents[2]


def workspace_at(home: Path, seed: int) -> Workspace:
    """Open a workspace on a record and a bank that lie in a folder; both are made where they are not."""
    home.mkdir(parents=True, exist_ok=True)
    bank = home / "world.yaml"
    if not bank.exists():
        bank.write_text(bank_of("plain"), encoding="utf-8")
    return Workspace(
        config=Config(new_per_day=9999),
        library=Library(files=[bank]),
        record=SqliteRecord.open(home / "record" / "history.db", rng=Random(seed)),
        clock=FakeClock(time=NOON + seed, step=SECOND),
        rng=Random(seed),
        learner_name="mina",
    )


class Learner:
    """Somebody who studies on and on, and misses every third item."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace = workspace
        self.rng = Random(seed)
        self.live: LiveStudy | None = None

    def answer(self) -> tuple[str, int]:
        """Answer the next item, and return the session and the number of the event that is on record now.

        Whatever the record refuses is raised, and may be tried again.
        """
        live = self.live
        if live is None:
            items = self.workspace.library.contents("world").items
            self.live = live = start_study(self.workspace, StudyFilter(), [item.ref for item in items])
            assert live is not None
        if live.session.phase is Phase.REVIEWING:
            live.advance()
        if live.session.phase is Phase.FINISHED:
            self.live = None
            return self.answer()
        key = live.session.current.item.key_response()
        live.submit(wrong(live.session.interaction, "x") if self.rng.random() < 0.3 else key)
        return live.session.header.id, live.session.log[-1].n


def main(home: Path, count: int, seed: int, *, waits: bool) -> None:
    """Answer a number of items."""
    workspace = workspace_at(home, seed)
    learner = Learner(workspace, seed)
    for _ in range(count):
        if waits:
            sys.stdin.readline()
        session, n = learner.answer()
        sys.stdout.write(f"ACK {session} {n}\n")
        sys.stdout.flush()
    workspace.record.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int((*sys.argv, "1")[3]), waits=len(sys.argv) > 4)
