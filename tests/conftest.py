"""What every test can ask for; nothing of the developer's own set-up reaches a test."""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.record.sqlite import connection
from tests.fakes import FakeClock, make_workspace
from tests.postgres import school, school_database, server
from tests.rest import let_pilots_wait_for_work

NOT_FOR_TESTS = {"NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "EDITOR", "VISUAL"}
for _name in list(os.environ):  # nothing of the developer's own reaches a test
    if _name in NOT_FOR_TESTS or (_name.startswith(("QUIZ_", "XDG_")) and _name != "QUIZ_UPDATE_LOOKS"):
        del os.environ[_name]
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # programs start as they do for a person
os.environ["PYTHONUTF8"] = "1"  # so do they, and the workers, where the locale is another
os.environ["TEXTUAL_ANIMATIONS"] = "none"
let_pilots_wait_for_work()

__all__ = ["school", "school_database", "server"]  # fixtures

TESTS = Path(__file__).parent
QUESTIONS = TESTS / "shelf"
"""Two banks for tests to study, apart from those that are shipped."""
NUMBERS = count()
"""The numbers of folders, of which each is given once."""
GARBAGE = 10_000
"""How many objects may outlive tests until garbage is collected, few enough to be in a processor's cache."""
SLOW = [HealthCheck.too_slow]
DURABLE, connection.SYNCHRONOUS = connection.SYNCHRONOUS, "OFF"
"""How the record waits for the disk where a person uses it; under test only where that is asked for."""

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
    gc.disable()
    gc.set_threshold(0)  # for good: no app under test resumes it


@pytest.hookimpl(wrapper=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> Generator[None]:
    """Build no cases of the long form, of which there are thousands, where they are not asked for."""
    yield
    if metafunc.config.option.markexpr == "not long" and metafunc._calls:
        is_long = metafunc.definition.get_closest_marker("long") is not None
        short = [case for case in metafunc._calls if not any(mark.name == "long" for mark in case.marks)]
        metafunc._calls = (not is_long and short) or metafunc._calls[:1]


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let every worker begin to import at another place: what one of them has compiled serves the others."""
    told = getattr(session.config, "workerinput", None)
    if told is None or session.config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    files = sorted(TESTS.rglob("test_*.py"))
    first = int(told["workerid"].removeprefix("gw")) * len(files) // told["workercount"]
    for file in (*files[first:], *files[:first]):
        with contextlib.suppress(Exception, pytest.skip.Exception):  # collecting it says so
            importlib.import_module(".".join(file.relative_to(TESTS.parent).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over all that was imported, and come between tests only."""
    # the first run of Hypothesis collects garbage and looks for what refers to its generators, and finds
    # nothing that is frozen
    given(st.none())(settings(max_examples=1)(lambda _: None))()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test by the name of the program or package that it needs and that is not installed."""
    for marker in item.iter_markers("extra"):
        for name in marker.args:
            if shutil.which(name) is None and importlib.util.find_spec(name) is None:
                pytest.skip(f"{name} is not installed")


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Collect garbage once some can have gathered: it is quick while there is little. What is left stays."""
    if gc.get_count()[0] > GARBAGE:
        gc.collect()
        gc.freeze()


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


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the test's own. Pytest's looks through all others, and renews a link to the newest."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}{next(NUMBERS)}"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(autouse=True)
def _own_home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep config and record in the test's own folder, or in one that is not made before it is written to.

    The record does not wait for the disk unless the test has the marker; programs that tests start do.
    What is done for every test asks for no fixture that it can do without.
    """
    if "tmp_path" in request.fixturenames:
        home = request.getfixturevalue("tmp_path") / "quiz-home"
    else:
        home = tmp_path_factory.getbasetemp() / f"quiz-home{next(NUMBERS)}"
    os.environ["QUIZ_HOME"] = str(home)
    connection.SYNCHRONOUS = DURABLE if request.node.get_closest_marker("durable") else "OFF"
    yield
    os.environ.pop("QUIZ_HOME", None)
    connection.SYNCHRONOUS = "OFF"


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
    """Run three workers on two cores: now and then one waits for a program that it started."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + (cores + 1) // 2
