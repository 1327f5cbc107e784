"""Nothing of the folder one stands in is executed, whatever it is called."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import quiz
from quiz.cli.commands import all_commands
from quiz.record.sqlite_record import SqliteRecord
from tests.sample_banks import SMALL
from tests.sampling import one_in
from tests.terminal import Terminal

SPRING = """
import os
with open(os.environ["TRAP_MARK"], "a", encoding="utf-8") as mark:
    mark.write(f"{os.path.abspath(__file__)}\\n")
"""
TRAPS = {
    "json.py": SPRING,
    "sqlite3.py": SPRING,
    "msgspec.py": SPRING,
    "yaml/__init__.py": SPRING,
    "quiz/__init__.py": SPRING,
    "textual.py": SPRING,
    "sitecustomize.py": SPRING,
    "usercustomize.py": SPRING,
    "encodings/__init__.py": SPRING,
    "trap.pth": f"import os; exec({SPRING.replace('__file__', repr('trap.pth'))!r})\n",
    "pyvenv.cfg": "home = nowhere\n",
    "startup.py": SPRING,
}
"""Twelve files that Python executes or obeys where it finds them; the last one by PYTHONSTARTUP."""
DRAFT = """\
  - {id: tide, kind: numeric, topic: seas, stem: How many high tides has a usual day?, key: 2,
     rationale: The earth turns under two bulges., status: draft}
"""
PYTHON = (sys.executable, "-P")
"""A Python that looks nothing up where it stands, as the installed command does."""
CODE = "80000-0800B-VC4WP"
"""The code of the first form of the small bank from the seed 1."""
ARGUMENTS = {
    "add": ["own/own.yaml", "items.yaml"],
    "browse": ["--banks", "banks", "bank-0", "--flag"],
    "cards": ["7b", "-o", "{home}/cards.html"],
    "check": ["banks"],
    "class": ["list"],
    "completion": ["bash"],
    "config": [],
    "doctor": [],
    "drafts": ["drafted.yaml", "--plain"],
    "drill": ["--banks", "banks", "bank-0", "--format", "vote"],
    "exam": ["--banks", "banks", "bank-0", "--plain", "--items", "2"],
    "explain": ["Q001"],
    "export": ["--banks", "banks", "bank-0", "--format", "csv", "-o", "{home}/out.csv"],
    "import": ["-", "--check"],
    "learner": ["list"],
    "list": ["--banks", "many"],
    "mark": ["--banks", "banks", CODE, "7b", "bank-0", "--plain"],
    "new": ["{home}/made.yaml"],
    "paper": ["--banks", "banks", "bank-0", "--seed", "1", "-o", "{home}/paper.html"],
    "paths": [],
    "plan": ["--banks", "banks"],
    "preview": ["banks/bank-0.yaml"],
    "prompt": ["banks/bank-0.yaml"],
    "record": ["list"],
    "result": [],
    "schema": [],
    "school": ["status", "postgresql://127.0.0.1:9/quiz"],
    "stats": ["--banks", "banks"],
    "study": ["--banks", "banks", "--plain", "--limit", "2"],
    "sync": ["."],
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder full of traps, with a small bank, and with banks that are read by several processes."""
    folder = tmp_path_factory.mktemp("traps") / "here"
    banks = {
        "banks/bank-0.yaml": SMALL.replace("bank: small", "bank: bank-0"),
        "own/own.yaml": SMALL.replace("bank: small", "bank: own"),
        "drafted.yaml": SMALL.replace("bank: small", "bank: drafted") + DRAFT,
        "items.yaml": f"items:\n{DRAFT}",
    }
    for name, content in (TRAPS | banks).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "many").mkdir()
    head, item = SMALL.split("  - id: ", 1)
    for number in range(3):
        items = "".join(
            f"  - {{id: more-{n}, stem: '{f'What is {n} plus one? ' * 40}', kind: numeric, key: {n + 1}}}\n"
            for n in range(900)
        )
        text = f"{head.replace('bank: small', f'bank: bank-{number}')}  - id: {item.rstrip()}\n{items}"
        (folder / "many" / f"bank-{number}.yaml").write_text(text, encoding="utf-8")
    return folder


def environment(here: Path) -> dict[str, str]:
    return {
        **os.environ,
        "TRAP_MARK": str(here.parent / "sprung.txt"),
        "PYTHONSTARTUP": "startup.py",
        "QUIZ_HOME": str(here.parent / "home"),
        "TERM": "xterm-256color",
    }


def sprung(here: Path) -> str:
    """Return which traps were sprung since the last time."""
    mark = here.parent / "sprung.txt"
    said = mark.read_text(encoding="utf-8") if mark.exists() else ""
    mark.unlink(missing_ok=True)
    return said


def test_a_trap_would_be_noticed(here: Path) -> None:
    subprocess.run([sys.executable, "-c", "import json"], cwd=here, env=environment(here), check=False)
    assert "json.py" in sprung(here)


def test_every_command_is_tried() -> None:
    assert set(ARGUMENTS) == set(all_commands())


@pytest.mark.parametrize("command", one_in(6, sorted(ARGUMENTS)))
def test_no_command_steps_into_a_trap(command: str, here: Path, tmp_path: Path) -> None:
    arguments = [word.format(home=tmp_path) for word in ARGUMENTS[command]]
    with SqliteRecord.open(tmp_path / "history.db") as record:
        record.class_lists.add("7b", ["Ada", "Bo"])
    done = subprocess.run(
        [*PYTHON, "-m", "quiz", command, *arguments], cwd=here, input="", capture_output=True, text=True,
        env=environment(here) | {"QUIZ_HOME": str(tmp_path)}, timeout=120, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "no such" not in done.stderr, done.stderr
    assert sprung(here) == ""


def test_the_app_does_not_step_into_a_trap(here: Path) -> None:
    program = ("/bin/sh", "-c", 'cd "$0" && exec "$@"', str(here), *PYTHON, "-m", "quiz")
    with Terminal(["--banks", "many"], home=here.parent / "home", size=(100, 30), program=program,
                  environment=environment(here)) as terminal:  # fmt: skip
        terminal.wait_for("questions · 2 topics")  # its bank has been read
        terminal.press("s")
        terminal.wait_for("1 of ")
        terminal.press("ctrl+q")
        assert terminal.wait() == 0
    assert sprung(here) == ""


def test_every_python_that_is_started_looks_nothing_up_where_it_stands() -> None:
    """Wherever the code names its own Python to start it, -P comes next."""
    found = 0
    for path in Path(quiz.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "sys.executable" in text else ():
            if isinstance(node, (ast.List, ast.Tuple)):
                said = [ast.unparse(part) for part in node.elts]
                if "sys.executable" in said:
                    found += 1
                    assert said[said.index("sys.executable") + 1] == "'-P'", f"{path}:{node.lineno}"
    assert found
