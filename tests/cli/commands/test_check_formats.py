"""Findings for editors and CI services, and banks that are piped in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quiz.cli.finding_formats import github_line
from quiz.cli.main import main
from quiz.core.content.diagnostics import Finding, Severity
from tests.cli.running import quiz

BANK = """\
format: 1
bank: b
title: T
items:
  - {id: one, stem: Which river is it?, key: Po, distractors: [Oder], rationale: R}
  - {id: two, stem: Which is not it?, key: Po, distractors: [Po], rationale: R, quote: The Po is a river.}
  - {id: three, stem: What is not wet?, key: Inn, distractors: [Po], rationale: R, quote: "The Inn is “long”"}
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "a b.yaml"
    made.write_text(BANK, encoding="utf-8")
    return made


def test_json_names_the_item_and_the_field(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file.name, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)["findings"]
    assert [(one["code"], one["item"], one["path"]) for one in told] == [
        ("key-among-distractors", "two", "items[1].distractors[0]"),
        ("quiet-negative", "three", "items[2].stem"),
    ]


def test_sarif_is_what_its_standard_asks_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file.name, "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    (run,) = log["runs"]
    assert (log["version"], run["tool"]["driver"]["name"], run["columnKind"]) == (
        "2.1.0",
        "quiz",
        "unicodeCodePoints",
    )
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
    first = run["results"][0]["locations"][0]
    assert first["physicalLocation"]["artifactLocation"]["uri"] == "a b.yaml"
    assert first["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 62, "endColumn": 64}
    assert first["logicalLocations"] == [{"fullyQualifiedName": "items[1].distractors[0]", "name": "two"}]


def test_github_gets_a_line_for_each(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file.name, "--format", "github"]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(
        "::error file=a b.yaml,line=6,col=62,endColumn=64,title=key-among-distractors two::"
    )
    assert second.startswith("::warning ")


def test_nothing_in_a_finding_can_end_githubs_command() -> None:
    finding = Finding("c", Severity.NOTE, "a,b:c%.yaml", 1, 2, "100%\n::error::x", item="i")
    assert github_line(finding) == (
        "::notice file=a%2Cb%3Ac%25.yaml,line=1,col=2,endColumn=3,title=c i::100%25%0A::error::x"
    )


def test_a_bank_can_be_piped_in(tmp_path: Path) -> None:
    done = quiz(tmp_path, "check", "-", typed=BANK)
    assert done.returncode == 1
    assert done.stdout.startswith("stdin:6:62: error[key-among-distractors]")
    assert quiz(tmp_path, "check", "-", "--fix", typed=BANK).returncode == 2


def test_quotes_are_looked_up_in_their_source(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "s.txt").write_text('Title\n\nThe Inn is "long".\n\nThe Po was a river once.\n', "utf-8")
    assert main(["check", file.name, "--source", "s.txt", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["findings"]
    assert [one["item"] for one in told if one["code"] == "quote-not-found"] == []
    file.write_text(
        BANK.replace("[Po], rationale: R, quote: The Po is", "[Nil], rationale: R, quote: The Po is")
    )
    assert main(["check", file.name, "--source", "s.txt", "--json"]) == 0
    (found,) = [
        one for one in json.loads(capsys.readouterr().out)["findings"] if one["code"] == "quote-not-found"
    ]
    assert (found["item"], found["path"]) == ("two", "items[1].quote")
    assert found["help"] == "Paragraph 2 comes nearest: “The Po was a river once.”"


def test_items_that_two_banks_ask_are_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "other.yaml").write_text(
        BANK.replace("bank: b", "bank: c").replace("[Po]", "[Nil]"), "utf-8"
    )
    file.write_text(BANK.replace("[Po]", "[Nil]"), encoding="utf-8")
    main(["check", file.name, "other.yaml", "--json"])
    told = json.loads(capsys.readouterr().out)["findings"]
    found = [(one["file"], one["item"]) for one in told if one["code"] == "item-elsewhere"]
    assert found == [("other.yaml", "one"), ("other.yaml", "two"), ("other.yaml", "three")]


def test_a_carriage_return_with_its_line_feed_is_a_line_end_even_as_an_escape(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(BANK.replace("[Po]", '["N\\r\\nil"]').replace(" not", " NOT"), encoding="utf-8")
    assert main(["check", file.name]) == 0
    assert "nothing wrong" in capsys.readouterr().out


def test_the_schema_completes_codes_and_takes_what_check_takes() -> None:
    from quiz.authoring.schema import bank_schema

    definitions = bank_schema()["definitions"]
    codes = definitions["Ignore"]["properties"]["ignore"]["items"]["enum"]
    assert "quiet-negative" in codes
    assert "missing-field" not in codes
    assert "null" in definitions["single-choice"]["properties"]["hint"]["type"]


def test_a_name_with_a_space_is_printed_so_that_it_can_be_pasted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "Mein Test"]) == 0
    assert "quiz preview 'Mein Test.yaml'" in capsys.readouterr().out


def test_the_hook_runs_the_check_on_yaml() -> None:
    import yaml

    hooks = yaml.safe_load((Path(__file__).parents[3] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [(hook["id"], hook["entry"], hook["types"]) for hook in hooks] == [
        ("quiz-check", "quiz check", ["yaml"])
    ]
