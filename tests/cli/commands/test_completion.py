"""`quiz completion`: what the shells make of it. zsh and fish are asked where they are installed."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.cli.commands import all_commands
from quiz.cli.completion_scripts import Values, specs_of
from quiz.cli.main import main

ROOT = Path(__file__).parents[3]
CASES = [
    ("quiz che", {"check"}),
    ("quiz check --rep", {"--report"}),
    ("quiz check --", {"--help", "--json", "--strict", "--report", "--fix", "--watch"}),
    ("quiz check my", {"my-bank.yaml"}),
    ("quiz new --kind cl", {"cloze"}),
    ("quiz explain labelled", {"labelled-option"}),
    ("quiz completion z", {"zsh"}),
    ("quiz config new_p", {"new_per_day"}),
    ("quiz study long", {"long-road"}),
    ("quiz study --set them", {"theme="}),
    ("quiz preview cour", {"courtship"}),
    ("quiz list --banks fol", {"folder"}),
    ("quizterm list --banks fol", {"folder"}),
    ("quiz schema x", set()),
    ("quiz record exp", {"export"}),
    ("quiz record export --format j", {"jsonl"}),
    ("quiz record import my", {"my-bank.yaml"}),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a bank and a folder in it, and the program on the path."""
    program = tmp_path / "bin" / "quiz"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m quiz "$@"\n', encoding="utf-8"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    program.with_name("quizterm").symlink_to(program)
    here = tmp_path / "here"
    (here / "folder").mkdir(parents=True)
    (here / "my-bank.yaml").write_text("", encoding="utf-8")
    return here


def run(place: Path, *command: str) -> str:
    """Return what a command prints, with the program on its path."""
    program = shutil.which(command[0]) or command[0]
    ran = subprocess.run(
        [program, *command[1:]], cwd=place, capture_output=True, text=True, check=False,
        env={"PATH": f"{place.parent / 'bin'}:/usr/bin:/bin", "QUIZ_HOME": str(place), "HOME": str(place)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


def test_every_command_and_option_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    specs = {spec.name: spec for spec in specs_of(all_commands())}
    assert set(specs) == set(all_commands())
    options = {name for flag in specs["check"].flags for name in flag.names}
    assert {"--json", "--watch", "--fix", "--report", "--strict", "--help"} <= options
    banks = next(flag for flag in specs["study"].flags if flag.names == ("--banks",))
    assert banks.value is not None
    assert banks.value.what is Values.FOLDERS
    for shell in ("bash", "zsh", "fish"):
        text = script(shell, capsys)
        for spec in specs.values():
            assert spec.name in text
            for flag in spec.flags:
                for name in flag.names:
                    assert name.lstrip("-") in text


def test_a_shell_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err
    assert main(["completion", "tcsh"]) == 2


def test_ids_are_printed_for_the_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "--ids"]) == 0
    assert {"courtship", "words"} <= set(capsys.readouterr().out.split())


@pytest.mark.extra("bash")
def test_bash_completes(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = "".join(
        f"COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1));"
        ' _quiz_completion; echo "${COMPREPLY[*]}"\n'
        for line, _ in CASES
    )
    (place / "asked.sh").write_text(script("bash", capsys) + asked, encoding="utf-8")
    lines = run(place, "bash", "--norc", "asked.sh").splitlines()
    for (line, expected), offered in zip(CASES, lines, strict=True):
        found = set(offered.split())
        assert expected <= found if line.endswith("--") else found == expected, line


@pytest.mark.extra("fish")
def test_fish_completes(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "quiz.fish").write_text(script("fish", capsys), encoding="utf-8")
    for line, expected in CASES:
        offered = run(place, "fish", "-N", "-c", f"source quiz.fish; complete -C '{line}'")
        found = {one.partition("\t")[0].rstrip("/") for one in offered.splitlines()}
        assert expected <= found, line


@pytest.mark.extra("zsh")
def test_zsh_reads_it(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "_quiz").write_text(script("zsh", capsys), encoding="utf-8")
    assert run(place, "zsh", "-f", "-n", "_quiz") == ""
    assert run(place, "zsh", "-f", "-c", "compdef() { print $* }; source ./_quiz") == "_quiz quiz quizterm\n"
