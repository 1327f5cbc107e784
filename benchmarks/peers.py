"""The same work in Anki's own library, where it is installed (`pip install anki`): 100,000 notes.

Not the same programs: Anki keeps its notes in a database and was not asked to read a text file; quiz reads
YAML once and keeps an index. Each is asked to open what it keeps, say what is due, and take 1,000 answers.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile

from benchmarks.measuring import Row, milliseconds

ITEMS, ANSWERS = 100_000, 1_000

ANKI = """
import sys, time
from anki.collection import Collection
path, items, answers = sys.argv[1] + "/c.anki2", int(sys.argv[2]), int(sys.argv[3])
col = Collection(path)
model = col.models.by_name("Basic")
begun = time.perf_counter()
from anki.collection import AddNoteRequest
requests = []
for number in range(items):
    note = col.new_note(model)
    note["Front"], note["Back"] = f"Question number {number}?", f"Answer {number}"
    requests.append(AddNoteRequest(note, 1))
col.add_notes(requests)
print("add", time.perf_counter() - begun)
conf = col.decks.config_dict_for_deck_id(1)
conf["new"]["perDay"] = conf["rev"]["perDay"] = 9999
col.decks.update_config(conf)
col.close()
begun = time.perf_counter()
col = Collection(path)
queued = col.sched.get_queued_cards()
print("open", time.perf_counter() - begun)
taken = []
for _ in range(answers):
    queued = col.sched.get_queued_cards()
    card = queued.cards[0]
    real = col.get_card(card.card.id)
    real.start_timer()
    answer = col.sched.build_answer(card=real, states=card.states, rating=2)
    begun = time.perf_counter()
    col.sched.answer_card(answer)
    taken.append(time.perf_counter() - begun)
print("answer", sorted(taken)[len(taken) // 2])
col.close()
"""

QUIZ = """
import sys, time
from pathlib import Path
from random import Random
from benchmarks.generate_banks import write_banks
from quiz.clock import SystemClock
from quiz.config.settings import Config
from quiz.banks.index.index import BankIndex
from quiz.record.sqlite_record import SqliteRecord
from quiz.banks.library import Library
from quiz.services.home import home_view
from quiz.services.study.start import start_study
from quiz.core.study_filter import StudyFilter
from quiz.services.workspace import Workspace
home, items, answers = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
write_banks(home / "banks", banks=items // 100, items=100)
def opened():
    index = BankIndex(home / "index.db")
    library = Library(folders=[home / "banks"], index=index)
    record = SqliteRecord.open(home / "h.db")
    return Workspace(config=Config(new_per_day=9999), record=record, clock=SystemClock(), library=library,
                     rng=Random(1), learner_name="measured")
begun = time.perf_counter()
opened().library.summaries()
print("add", time.perf_counter() - begun)
time.sleep(2.1)
opened().library.summaries()
begun = time.perf_counter()
workspace = opened()
home_view(workspace)
live = start_study(workspace, StudyFilter(limit=answers))
print("open", time.perf_counter() - begun)
taken = []
for _ in range(answers):
    begun = time.perf_counter()
    live.submit(live.session.current.item.key_response())
    taken.append(time.perf_counter() - begun)
    live.advance()
print("answer", sorted(taken)[len(taken) // 2])
"""


def measure() -> list[Row]:
    """Run both; without Anki only ours."""
    ours = _figures(QUIZ)
    theirs = _figures(ANKI)
    names = {
        "add": f"taking in {ITEMS:,} items for the first time",
        "open": "opening, what is due, and the first item",
        "answer": "an answer, on disk, median",
    }
    return [
        Row(
            f"{what} (quiz beside the anki library)",
            milliseconds(ours[name]),
            f"anki {milliseconds(theirs[name])}" if name in theirs else "anki is not installed",
            ours[name] / theirs[name] if name in theirs else None,
        )
        for name, what in names.items()
    ]


def _figures(code: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", code, folder, str(ITEMS), str(ANSWERS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line.split() for line in done.stdout.splitlines()]
    return {line[0]: float(line[1]) for line in lines if len(line) == 2}
