"""What every test can ask for; nothing of the developer's own set-up reaches a test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import _wait

from tests.fakes import FakeClock, make_workspace

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs start as they do for a person
_wait.SLEEP_GRANULARITY /= 2  # how long a Pilot waits before it looks whether the app has come to rest
_wait.SLEEP_IDLE /= 2

QUESTIONS = Path(__file__).parent / "shelf"
"""Two banks for tests to study, apart from those that are shipped."""


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's config, record and environment out."""
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path / "quiz-home"))
    for name in ("NO_COLOR", "COLORTERM", "QUIZ_LEARNER", "QUIZ_THEME", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def workspace(tmp_path: Path, clock: FakeClock) -> Iterator[object]:
    """A workspace on the test bank about courtship, with an empty record."""
    made = make_workspace(tmp_path, QUESTIONS / "courtship.yaml", clock=clock)
    yield made
    made.record.close()


@pytest.fixture
def bank_file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a bank file and return its path."""

    def write(text: str, name: str = "bank.yaml") -> Path:
        path = tmp_path / "banks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def pytest_xdist_auto_num_workers() -> int:
    """Run two workers a core: an app under test waits for half of its time."""
    return 2 * (os.cpu_count() or 1)
