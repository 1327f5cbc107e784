"""A learner's own parameters: trained on the record, scheduling what comes, taken back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec
import pytest

from benchmarks.learners import FORGETFUL, USUAL, answers
from quiz.core.events.import_validation import flaw_in
from quiz.core.scheduling.own_parameters import SETTING
from quiz.core.scheduling.policy import policy_of
from quiz.core.study_filter import StudyFilter
from quiz.record.sqlite_record import SqliteRecord
from quiz.services.own_parameters import process
from quiz.services.own_parameters.training import take_back, train
from quiz.services.statistics import calibration_of
from quiz.services.study.start import start_study
from quiz.services.workspace import Workspace
from tests.fakes import DAY, NOON, FakeClock, make_workspace
from tests.record.answered import put_reviews
from tests.sample_banks import SMALL


def workspace_in(home: Path) -> Workspace:
    bank = home / "small.yaml"
    bank.write_text(SMALL, encoding="utf-8")
    return make_workspace(home, bank, clock=FakeClock(NOON))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_in(tmp_path)
    yield made
    made.record.close()


@pytest.fixture(scope="module")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home on whose record a learner unlike the usual one was trained."""
    home = tmp_path_factory.mktemp("trained")
    made = workspace_in(home)
    learn(made)
    assert trained_in(made)
    made.record.close()
    return home


@pytest.fixture
def trained(trained_home: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on a copy of that home."""
    shutil.copytree(trained_home, tmp_path, dirs_exist_ok=True)
    made = workspace_in(tmp_path)
    yield made
    made.record.close()


def learn(workspace: Workspace, reviews: int = 900, truth: tuple[float, ...] = FORGETFUL) -> None:
    put_reviews(workspace.record, workspace.learner.id, answers(truth, reviews, 3), NOON - DAY)


def trained_in(workspace: Workspace) -> bool:
    return train(workspace.record, workspace.learner.id, workspace.clock, Random(1)) is not None


def test_reviews_are_counted_and_come_back_as_they_were(workspace: Workspace) -> None:
    learn(workspace)
    learner = workspace.learner.id
    assert workspace.record.review_count(learner) == 900
    key = repr
    assert sorted(workspace.record.review_sequences(learner), key=key) == sorted(
        answers(FORGETFUL, 900, 3), key=key
    )


def test_an_unlike_learner_s_parameters_are_adopted_and_schedule_the_next_session(
    workspace: Workspace,
) -> None:
    learn(workspace)
    assert "parameters" not in workspace.policy
    assert trained_in(workspace)
    own = workspace.record.trainings(workspace.learner.id).current
    assert own.reviews == 900
    assert own.since == NOON
    assert own.loss_after < own.loss_before
    live = start_study(workspace, StudyFilter(banks=("small",)))
    assert live is not None
    assert policy_of(live.session.header).parameters == own.values
    live.submit(live.session.current.item.key_response())
    memory = live.memory()
    assert memory is not None
    assert memory.card is not None
    assert memory.card.decay == own.values[20]
    assert memory.card.stability == pytest.approx(own.values[2])
    assert calibration_of(workspace, workspace.learner).own == own
    assert workspace.record.rebuild_memory() == 0
    assert not trained_in(workspace)


def test_a_usual_learner_keeps_the_usual_parameters_and_is_not_trained_again(workspace: Workspace) -> None:
    learn(workspace, 450, USUAL)
    assert trained_in(workspace)
    told = workspace.record.trainings(workspace.learner.id)
    assert told.current.values == ()
    assert told.most_reviews == 450
    assert "parameters" not in workspace.policy
    assert calibration_of(workspace, workspace.learner).own is None
    assert not trained_in(workspace)


def test_too_few_reviews_are_not_trained_on(workspace: Workspace) -> None:
    learn(workspace, 399)
    assert not trained_in(workspace)
    assert not take_back(workspace, workspace.learner)
    assert workspace.record.trainings(workspace.learner.id).most_reviews == 0


def test_what_was_adopted_is_taken_back_for_good(trained: Workspace) -> None:
    assert "parameters" in trained.policy
    assert take_back(trained, trained.learner)
    assert "parameters" not in trained.policy
    assert not trained_in(trained)
    assert not take_back(trained, trained.learner)
    assert trained.record.rebuild_memory() == 0


def test_of_two_machines_the_one_with_more_reviews_wins(trained: Workspace, tmp_path: Path) -> None:
    few = trained.record.trainings(trained.learner.id).current
    with SqliteRecord.open(tmp_path / "other.db", rng=Random(5)) as other:
        other.merge(trained.record.learners(), ())
        learner = trained.learner.id
        put_reviews(other, learner, answers(FORGETFUL, 1_200, 8), NOON - 2 * DAY)
        assert train(other, learner, FakeClock(NOON - DAY), Random(2)) is not None
        many = other.trainings(learner).current
        sessions = list(other.everything())
        assert all(not flaw_in(header, events) for header, events in sessions)
        trained.record.merge((), sessions)
        other.merge((), trained.record.everything())
        assert other.trainings(learner).current == many
    assert few.reviews < many.reviews
    assert trained.record.trainings(learner).current == many
    assert trained.record.rebuild_memory() == 0


def test_parameters_that_are_none_are_not_taken_in(trained: Workspace) -> None:
    (header, events) = next(told for told in trained.record.everything() if not told[0].banks)
    for wrong in ([1.0] * 20, [1.0] * 21, ["x"] * 21):
        own = {**header.settings[SETTING], "values": wrong}
        assert flaw_in(msgspec.structs.replace(header, settings={SETTING: own}), events)
        policy = {"policy": {"parameters": wrong}}
        assert flaw_in(msgspec.structs.replace(header, settings=policy), events)
    assert not flaw_in(header, events)


def test_a_session_begins_training_only_where_it_is_due(workspace: Workspace) -> None:
    begun: list[str] = []
    workspace._train = begun.append
    workspace.train_if_due()
    assert begun == []
    learn(workspace)
    workspace.train_if_due()
    assert begun == [workspace.learner.id]
    assert trained_in(workspace)
    workspace.train_if_due()
    assert len(begun) == 1


def test_a_process_of_its_own_trains_and_runs_nothing_of_the_folder_it_is_in(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(workspace, 500)
    trap = tmp_path / "trap"
    trap.mkdir()
    for name in ("json.py", "random.py", "quiz.py", "fsrs.py"):
        (trap / name).write_text(f"open({str(tmp_path / 'sprung')!r}, 'w')\n", encoding="utf-8")
    monkeypatch.chdir(trap)
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *args, **told: started.append(real(*args, **told)) or started[-1]
    )
    process.start_training(tmp_path / "history.db", workspace.learner.id)
    (child,) = started
    assert child.args[:2] == [sys.executable, "-P"]
    assert child.wait(timeout=120) == 0
    assert workspace.record.trainings(workspace.learner.id).most_reviews == 500
    assert not (tmp_path / "sprung").exists()
