"""`quiz explain`, `quiz schema`, `quiz new` and `quiz preview`, as far as they are lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from quiz.authoring.diagnostic_codes import all_codes
from quiz.banks.files import read_bank
from quiz.cli.commands.preview import WatchedBank
from quiz.cli.main import main
from quiz.core.content.kinds import all_kinds
from tests.test_imports import loaded_by


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --------------------------------------------------------------------------- explain


def test_a_code_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "shuffle-off"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("shuffle-off: warning, about item writing\n\nWhy   “shuffle: false” shows")
    assert "\nMend  Take “shuffle: false” out" in out
    assert "lint: {ignore: [shuffle-off], reason: …}" in out
    assert max(map(len, out.splitlines())) <= 88
    assert main(["explain", "missing-field"]) == 0
    assert "lint:" not in capsys.readouterr().out


def test_a_code_may_be_copied_with_its_brackets(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "[Bad-Id]"]) == 0
    assert capsys.readouterr().out.startswith("bad-id: error")


def test_all_codes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {code} " in out for code in all_codes())
    assert main(["explain", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in listed] == list(all_codes())
    assert main(["explain", "no-key", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["can_stand"] is False


def test_an_unknown_code_is_refused_with_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "long-keys"]) == 2
    assert "Did you mean “long-key”?" in capsys.readouterr().err
    assert main(["explain", "\x1b[2J"]) == 2
    assert "\x1b" not in capsys.readouterr().err


# --------------------------------------------------------------------------- schema


def test_the_schema_is_printed_for_editors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft7Validator.check_schema(schema)
    assert main(["new", "mine"]) == 0
    Draft7Validator(schema).validate(yaml.safe_load(Path("mine.yaml").read_text(encoding="utf-8")))


# --------------------------------------------------------------------------- new


def test_a_new_bank_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "my first bank"]) == 0
    assert capsys.readouterr().out.startswith("Wrote my first bank.yaml.\n")
    assert main(["check", "my first bank.yaml", "--strict"]) == 0
    bank = read_bank(Path("my first bank.yaml")).bank
    assert bank is not None
    assert (bank.bank, bank.title) == ("my-first-bank", "My first bank")
    assert [item.kind for item in bank.items] == ["single-choice", "short-answer", "true-false"]


@pytest.mark.parametrize("kind", all_kinds())
def test_every_kind_may_be_asked_for(kind: str) -> None:
    assert main(["new", "b", "--kind", kind]) == 0
    assert main(["check", "b.yaml", "--strict"]) == 0
    bank = read_bank(Path("b.yaml")).bank
    assert bank is not None
    assert [item.kind for item in bank.items] == [kind]


def test_all_kinds_may_be_asked_for_at_once() -> None:
    kinds = list(all_kinds())
    assert main(["new", "b", "--kind", *kinds, "--kind", kinds[0]]) == 0
    assert main(["check", "b.yaml", "--strict"]) == 0
    bank = read_bank(Path("b.yaml")).bank
    assert bank is not None
    assert [item.kind for item in bank.items] == kinds


@pytest.mark.parametrize(
    "name", ["it's", 'x" #: [', "Ünï", "a: b", "x.yaml", "sub/y.yml", "{}z", "- 1", "№ 7"]
)
def test_odd_names_make_sound_banks(name: str) -> None:
    Path("sub").mkdir()
    assert main(["new", "--", name]) == 0
    assert main(["check", ".", "--strict"]) == 0


def test_a_title_is_taken_as_it_is() -> None:
    assert main(["new", "b", "--title", "“A” # b: [c]"]) == 0
    bank = read_bank(Path("b.yaml")).bank
    assert bank is not None
    assert bank.title == "“A” # b: [c]"


def test_nothing_is_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.yaml").write_text("mine", encoding="utf-8")
    assert main(["new", "b"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert Path("b.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone/b"], "There is no folder “gone”"),
        (["文"], "no letter"),
        (["b", "--kind", "essay"], "invalid choice"),
        (["b\x00"], "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list(Path().glob("*.yaml")) == []


# --------------------------------------------------------------------------- preview


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.yaml"], "There is no bank “gone.yaml”"),
        (["gone"], "There is no bank “gone”"),
        (["b.yaml", "largest-oceans"], "Did you mean “largest-ocean”?"),
        (["b.yaml"], "needs a terminal"),
        (["courtship", "who-is-asked-home"], "needs a terminal"),
    ],
)
def test_a_preview_wants_a_bank_an_item_and_a_terminal(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "b"]) == 0
    assert main(["preview", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_watched_bank_is_read_again_when_it_is_saved() -> None:
    path = Path("b.yaml")
    assert main(["new", "b"]) == 0
    watched = WatchedBank(path)
    look = watched.look()
    assert (look.name, look.items, look.findings) == ("b.yaml", 3, ())
    assert [path.read_text(encoding="utf-8").splitlines()[line - 1][:6] for line in look.lines] == [
        "  - id"
    ] * 3
    assert not watched.has_changed()
    path.write_text("format: 1\n", encoding="utf-8")
    assert watched.has_changed()
    assert watched.look().bank is None
    assert not watched.has_changed()
    path.unlink()
    assert watched.has_changed()
    assert [finding.code for finding in watched.look().findings] == ["not-found"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "tab"],
        ["schema"],
        ["completion", "zsh"],
        ["new", "{}/b"],
        ["check", "--report"],
        ["check", "{}", "--fix"],
    ],
)
def test_the_screens_libraries_are_left_alone(arguments: list[str], tmp_path: Path) -> None:
    assert main(["new", "mine"]) == 0
    loaded = loaded_by(*(argument.format(tmp_path) for argument in arguments))
    assert not {"textual", "rich", "textual_plotext", "plotext", "sqlite3"} & loaded
