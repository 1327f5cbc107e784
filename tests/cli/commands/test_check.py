from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.cli.main import main
from quiz.cli.render_diagnostics import rendered
from quiz.core.content.diagnostics import Finding, Severity
from tests.programs import start

HEAD = "format: 1\nbank: {id}\ntitle: T\n"
GOOD = HEAD + "items:\n  - {{id: a, stem: S, key: K, distractors: [D], rationale: R}}\n"
BAD = GOOD.replace("title", "titel")
WARNED = GOOD + "summary: C #\n"


@pytest.fixture
def banks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to check that is the working directory, with nothing in it."""
    folder = tmp_path / "banks"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(path: Path, text: str, bank: str = "b") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(id=bank), encoding="utf-8")


def test_a_good_bank_passes(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(banks / "a.yaml", GOOD)
    assert main(["check", "a.yaml"]) == 0
    assert capsys.readouterr() == ("1 bank checked: nothing wrong.\n", "")


def test_findings_look_like_a_compilers(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(banks / "a.yaml", BAD)
    assert main(["check", "a.yaml"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines()[:3] == [
        "a.yaml:3:1: error[unknown-field] “titel” is not a field of a bank. Did you mean “title”?",
        "  3 | titel: T",
        "    | ^^^^^",
    ]
    assert out.splitlines()[3].startswith("    = help: Its fields are: format, bank, title")
    assert out.splitlines()[-1] == "1 bank checked: 1 error."


def test_warnings_alone_are_no_failure(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(banks / "a.yaml", WARNED)
    assert main(["check", "a.yaml"]) == 0
    out = capsys.readouterr().out
    assert "a.yaml:6:10: warning[text-cut-off]" in out
    assert out.endswith("1 bank checked: 1 warning.\n")


def test_folders_are_searched(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(banks / "one.yaml", GOOD, "one")
    write(banks / "deep" / "two.YML", GOOD.replace("stem: S", "stem: Z"), "two")
    write(banks / ".hidden" / "three.yaml", BAD)
    write(banks / "notes.txt", BAD)
    assert main(["check", "."]) == 0
    assert capsys.readouterr().out == "2 banks checked: nothing wrong.\n"


def test_a_folder_named_like_a_bank_is_a_finding(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (banks / "folder.yaml").mkdir()
    os.mkfifo(banks / "fifo.yaml")
    assert main(["check", "."]) == 1
    out = capsys.readouterr().out
    assert "fifo.yaml:1:1: error[not-a-file]" in out
    assert "folder.yaml:1:1: error[not-a-file]" in out


def test_the_same_id_twice_is_a_finding(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(banks / "a.yaml", GOOD)
    write(banks / "b.yaml", GOOD)
    assert main(["check", "a.yaml", "b.yaml", "a.yaml"]) == 1
    out = capsys.readouterr().out
    assert (
        out.splitlines()[0] == "b.yaml:2:7: error[duplicate-bank] The bank in a.yaml is called “b” as well."
    )
    assert out.splitlines()[-1] == "2 banks checked: 1 error."


@pytest.mark.parametrize("arguments", [["gone.yaml"], ["a.yaml", "gone/"], ["empty"]])
def test_a_path_that_is_not_there_is_refused(
    arguments: list[str], banks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(banks / "a.yaml", GOOD)
    (banks / "empty").mkdir()
    assert main(["check", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("quiz: There is no ")


def test_without_paths_all_banks_are_checked(
    tmp_path: Path, banks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "quiz-home" / "banks" / "mine.yaml", BAD, "mine")
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "mine.yaml:3:1: error[unknown-field]" in out
    shipped = len(list((Path(__file__).parents[3] / "questions").glob("*.yaml")))
    assert f"{shipped + 1} banks checked" in out


def test_json_is_data_and_nothing_else(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(banks / "a.yaml", BAD)
    assert main(["check", "a.yaml", "--json"]) == 1
    (finding,) = [
        finding
        for finding in json.loads(capsys.readouterr().out)["findings"]
        if finding["code"] == "unknown-field"
    ]
    assert (finding["file"], finding["line"], finding["column"], finding["width"]) == ("a.yaml", 3, 1, 5)
    assert (finding["severity"], finding["source"]) == ("error", "titel: T")
    write(banks / "a.yaml", GOOD)
    assert main(["check", "a.yaml", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"banks": 1, "findings": []}


def finding(source: str, column: int, width: int = 1, message: str = "No.") -> Finding:
    return Finding("code", Severity.ERROR, "f.yaml", 1, column, message, "", source, width)


@pytest.mark.parametrize(
    ("source", "column", "width", "shown", "caret"),
    [
        ("key: x", 6, 1, "key: x", "     ^"),
        ("問題: x", 5, 1, "問題: x", "      ^"),
        ("key: 問題", 6, 2, "key: 問題", "     ^^^^"),
        ("é́a: x", 4, 1, "é́a: x", "  ^"),
        ("\tkey: x", 2, 3, "    key: x", "    ^^^"),
        ("a\x1b[31m: x", 8, 1, "a␛[31m: x", "       ^"),
        ("👍🏽: x", 5, 1, "👍🏽: x", "      ^"),
        ("x" * 200, 150, 3, "…" + "x" * 98 + "…", " " * 60 + "^^^"),
        ("x" * 200, 1, 200, "x" * 99 + "…", "^" * 99),
        ("key:", 5, 1, "key:", "    ^"),
    ],
)
def test_the_caret_stands_below_what_is_meant(
    source: str, column: int, width: int, shown: str, caret: str
) -> None:
    _, line, below = rendered(finding(source, column, width)).splitlines()
    assert line == f"  1 | {shown}"
    assert below == f"    | {caret}"


def test_nothing_that_a_terminal_obeys_is_printed(banks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "a\x1b[2J\u202e.yaml"
    (banks / name).write_bytes(b'format: 1\n"\\e]0;x": \x07\n')
    (banks / "b.yaml").write_bytes(b'format: 1\n"\\e]0;x": y\n"a\\nb": c\n')
    assert main(["check", "."]) == 1
    assert main(["check", "gone\x1b[2J"]) == 2
    out, err = capsys.readouterr()
    assert all(character.isprintable() or character == "\n" for character in out + err)
    assert "a␛[2J" in out


def test_an_undecodable_file_name_is_printed(banks: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    Path(os.fsdecode(b"\xff.yaml")).write_text(BAD, encoding="utf-8")
    assert main(["check", "."]) == 1
    assert main(["check", ".", "--json"]) == 1


def test_an_encoding_without_our_signs_is_no_failure(banks: Path) -> None:
    write(banks / "a.yaml", BAD)
    ran = subprocess.run(
        [sys.executable, "-m", "quiz", "check", "a.yaml"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parents[3])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (1, "")
    assert '"titel" is not a field' in ran.stdout


def test_a_reader_that_stops_listening_is_no_failure(banks: Path) -> None:
    write(banks / "a.yaml", "format: 1\nitems:\n" + "  - {{}}\n" * 2000)
    read, written = os.pipe()
    os.close(read)
    ran = subprocess.run(
        [sys.executable, "-m", "quiz", "check", "a.yaml"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdout=written, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(written)
    assert (ran.returncode, ran.stderr) == (1, "")


def in_a_terminal(*arguments: str, **environment: str) -> str:
    """Return what a command line prints on a terminal."""
    main_end, its_end = pty.openpty()
    env = {**os.environ, "TERM": "xterm", **environment}
    started = start(arguments, (its_end, its_end, its_end), environment=env)
    os.close(its_end)
    printed = b""
    while True:
        try:
            piece = os.read(main_end, 65536)
        except OSError:
            break
        if not piece:
            break
        printed += piece
    started.wait()
    os.close(main_end)
    return printed.decode()


def test_colours_are_for_terminals_that_want_them(banks: Path) -> None:
    write(banks / "a.yaml", BAD)
    assert "\x1b[1;31merror[unknown-field]\x1b[0m" in in_a_terminal("check", "a.yaml")
    assert "\x1b" not in in_a_terminal("check", "a.yaml", NO_COLOR="1")
    assert "\x1b" not in in_a_terminal("check", "a.yaml", TERM="dumb")
    assert "\x1b[1;31m" in in_a_terminal("check", "a.yaml", NO_COLOR="")
