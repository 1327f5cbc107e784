"""A new kind is one new file, and nobody lists it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import yaml

import quiz.core.content.kinds
from quiz.core.content.bank import Bank
from quiz.core.content.grading import Chosen, Grade, Verdict
from quiz.core.content.kinds import all_kinds, task_of
from quiz.core.events.model import Event, Mode, SessionHeader
from quiz.core.session import ItemLookup, Phase
from quiz.core.study.session import StudySession
from quiz.core.study_filter import StudyFilter
from quiz.services.study.start import resume_study, start_study
from tests.fakes import FakeClock, make_workspace

ODD_ONE_OUT = '''
"""One thing among several that does not belong."""

from quiz.core.content.grading import Chosen, Grade
from quiz.core.content.interaction import Choose
from quiz.core.content.item import Item, Text


class OddOneOut(Item, frozen=True, kw_only=True, tag="odd-one-out"):
    """An item that asks which of several things does not belong."""

    odd: Text
    others: tuple[Text, ...]

    summary = "Choose what does not belong."
    example = "id: odd\\nkind: odd-one-out\\nstem: Which is no fish?\\nodd: Whale\\nothers: [Cod, Eel]\\n"

    def interaction(self):
        return Choose((self.odd, *self.others), can_shuffle=self.shuffle)

    def key_response(self):
        return Chosen((self.odd,))

    def key_text(self):
        return self.odd

    def grade(self, response, language="en"):
        return Grade(float(response == self.key_response()))
'''


@pytest.fixture
def new_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "odd_one_out.py").write_text(ODD_ONE_OUT, encoding="utf-8")
    monkeypatch.setattr(
        quiz.core.content.kinds, "__path__", [*quiz.core.content.kinds.__path__, str(tmp_path)]
    )
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    all_kinds.cache_clear()
    yield "odd-one-out"
    sys.modules.pop("quiz.core.content.kinds.odd_one_out", None)
    vars(quiz.core.content.kinds).pop("odd_one_out", None)
    all_kinds.cache_clear()


def test_a_new_kind_is_one_new_file(new_kind: str) -> None:
    kind = all_kinds()[new_kind]
    item = msgspec.convert(yaml.load(kind.example, yaml.BaseLoader), kind, strict=False)
    assert item.kind == new_kind

    bank = Bank(format=1, bank="fish", title="Fish", items=(item,))
    lookup = ItemLookup.of(bank)
    header = SessionHeader(
        id="01890000-0000-7000-8000-000000000000", learner="mina", device="desk", mode=Mode.STUDY,
        banks=("fish",), seed=1, items=tuple(lookup), started=0,
    )  # fmt: skip
    session = StudySession.begin(header, lookup)
    assert sorted(session.interaction.options) == ["Cod", "Eel", "Whale"]

    wrong = session.submit(Chosen(("Cod",)), at=1, duration_ms=1)
    assert (wrong.score, wrong.verdict) == (0, Verdict.INCORRECT)
    session = session.apply(wrong).advance()
    right = session.submit(Chosen(("Whale",)), at=2, duration_ms=1)
    assert (right.score, right.fingerprint) == (1, item.fingerprint)

    told = msgspec.json.decode(msgspec.json.encode([wrong, right]), type=list[Event])
    assert told == [wrong, right]
    rebuilt = StudySession.begin(header, lookup, told)
    assert rebuilt.grade == Grade(1.0)
    assert rebuilt.advance().phase is Phase.FINISHED


def test_the_new_kind_is_gone_again() -> None:
    assert "odd-one-out" not in all_kinds()


def test_a_new_kind_goes_from_its_file_to_the_record_and_back(
    new_kind: str, tmp_path: Path, clock: FakeClock, bank_file: Callable[[str], Path]
) -> None:
    example = all_kinds()[new_kind].example.strip().replace("\n", "\n    ")
    path = bank_file(f"format: 1\nbank: fish\ntitle: Fish\nitems:\n  - {example}\n")
    workspace = make_workspace(tmp_path, path, clock=clock)
    live = start_study(workspace, StudyFilter(banks=("fish",)))
    assert live is not None
    live.submit(Chosen(("Cod",)))
    assert live.session.grade.verdict is Verdict.INCORRECT
    (event,) = workspace.record.events(live.session.header.id)
    assert (event.item, event.response, event.score) == ("odd", Chosen(("Cod",)), 0.0)
    assert resume_study(workspace, live.session.header).session.current.item.kind == new_kind
    workspace.record.close()


def test_a_kind_is_named_by_what_it_asks_a_learner_to_do() -> None:
    assert task_of("single-choice") == "Choose the one right option"
    assert task_of("numeric") == "Type a number"
    assert task_of("no-such-kind") == "no-such-kind"
    assert not any("-" in task_of(kind) or task_of(kind).endswith(".") for kind in all_kinds())
