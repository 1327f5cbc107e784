"""`quiz stats`, as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate_record import LEARNER
from quiz.record.sqlite_record import SqliteRecord
from tests.cli.running import quiz
from tests.generated import generated_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = generated_home(tmp_path_factory.mktemp("home"), attempts=400, items=40)
    with SqliteRecord.open(folder / "history.db") as record:
        record.learner("otto [/b] \x1b[31m")
    return folder


def test_the_overview_as_lines_and_as_json(home: Path) -> None:
    done = quiz(home, "stats")
    assert done.returncode == 0, done.stderr
    data = json.loads(quiz(home, "stats", "--json").stdout)
    total = data["overview"]["total"]
    assert f"{LEARNER}: {total['attempts']} answers on {data['overview']['days_active']} days" in done.stdout
    for line in data["overview"]["banks"]:
        assert line["title"][:30] in done.stdout
    recall = data["calibration"]["recall"]
    assert f"RMSE(bins) {recall['rmse_bins']:.3f}" in done.stdout
    assert f"log loss {recall['log_loss']:.3f}" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 110


def test_a_bank_and_an_item(home: Path) -> None:
    data = json.loads(quiz(home, "stats", "bank-000", "--json").stdout)
    hardest = data["bank"]["items"][0]
    said = quiz(home, "stats", "bank-000").stdout
    assert "Hardest items" in said
    assert hardest["stem"] in said
    item = hardest["ref"][1]
    told = json.loads(quiz(home, "stats", "bank-000", "--item", item, "--json").stdout)["item"]
    lines = quiz(home, "stats", "bank-000", "--item", item).stdout
    assert told["stem"] in lines
    assert f"{told['attempts']} attempt" in lines
    assert lines.count("study") + lines.count("test") + lines.count("drill") >= min(10, len(told["lines"]))


def test_somebody_elses_record(home: Path) -> None:
    done = quiz(home, "stats", "--learner", "otto [/b] \x1b[31m")
    assert "otto [/b] ␛[31m: 0 answers on 0 days" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "“nothing” is not a usable bank"),
        (
            ("bank-000", "--item", "item-0000"),
            "There is no item “item-0000” in this bank. Did you mean “item-",
        ),
        (("--item", "x"), "--item needs the bank"),
        (("--learner", "Nobody"), "Nobody called “Nobody” is on record"),
    ],
)
def test_what_is_not_there_is_told(home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = quiz(home, "stats", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_neither_textual_nor_plotext_is_loaded(home: Path) -> None:
    code = (
        "import sys; from quiz.cli.main import main; main(['stats', 'bank-000']);"
        "sys.exit(any(name.split('.')[0] in {'textual', 'rich', 'plotext', 'textual_plotext'}"
        " for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QUIZ_HOME": str(home)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
