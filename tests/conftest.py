"""What every test can ask for; nothing of the developer's own set-up reaches a test."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from quiz.record.sqlite import connection
from tests.fakes import FakeClock, make_workspace
from tests.postgres import school, school_database, server
from tests.rest import let_pilots_wait_for_work

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs start as they do for a person
os.environ["PYTHONUTF8"] = "1"  # so do they, and the workers, where the locale is another
let_pilots_wait_for_work()

__all__ = ["school", "school_database", "server"]  # fixtures

QUESTIONS = Path(__file__).parent / "shelf"
"""Two banks for tests to study, apart from those that are shipped."""
NOT_FOR_TESTS = {"NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "EDITOR", "VISUAL"}
SLOW = [HealthCheck.too_slow]

settings.register_profile(
    "short", settings.get_profile("default"), deadline=None, suppress_health_check=SLOW, derandomize=True,
    database=None, max_examples=34,
)  # fmt: skip
settings.register_profile(
    "long", settings.get_profile("default"), deadline=None, suppress_health_check=SLOW, derandomize=False
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Draw the same examples each time; in the long form those of a seed, which --hypothesis-seed gives."""
    is_long = "long" in config.option.markexpr.replace("not long", "")
    settings.load_profile("long" if is_long else "short")
    if is_long and config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = "0"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test by the name of the program or package that it needs and that is not installed."""
    for marker in item.iter_markers("extra"):
        for name in marker.args:
            if shutil.which(name) is None and importlib.util.find_spec(name) is None:
                pytest.skip(f"{name} is not installed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skipped test fail where everything should be installed."""
    report = yield
    return _no_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Let a skipped module fail where everything should be installed."""
    report = yield
    return _no_skip(report)


def _no_skip(report: Any) -> Any:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{reason}: under CI nothing may be skipped"
    return report


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's config, record and environment out."""
    for name in os.environ.copy():
        if name in NOT_FOR_TESTS or (name.startswith(("QUIZ_", "XDG_")) and name != "QUIZ_UPDATE_LOOKS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path / "quiz-home"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[str]:
    """Let the record not wait for the disk; programs that tests start do."""
    durable = connection.SYNCHRONOUS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "SYNCHRONOUS", "OFF")
        yield durable


@pytest.fixture(autouse=True)
def _durable(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _no_wait_for_the_disk: str
) -> None:
    """Let the record wait for the disk after all in tests with that marker."""
    if request.node.get_closest_marker("durable"):
        monkeypatch.setattr(connection, "SYNCHRONOUS", _no_wait_for_the_disk)


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
    """Run a worker more than there are cores: now and then one waits for a program that it started."""
    return 1 + (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
