"""`quiz check` on how items are written, in figures, mending, and watching."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.authoring.watch import watch
from quiz.banks.library import Library
from quiz.cli.main import main
from tests.cli.commands.test_check import GOOD, write

HEAD = "format: 1\nbank: b\ntitle: T\n"
NEGATIVE = HEAD + "items:\n  - {id: a, stem: Which is not it?, key: K, distractors: [D], rationale: R}\n"


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write the text of the bank in the working directory."""
    monkeypatch.chdir(tmp_path)

    def written(text: str) -> Path:
        path = Path("b.yaml")
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_advice_stands_where_it_belongs_and_is_no_failure(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bank(NEGATIVE)
    assert main(["check", "b.yaml"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "b.yaml:5:19: warning[quiet-negative] “not” is easily read over.",
        "  5 |   - {id: a, stem: Which is not it?, key: K, distractors: [D], rationale: R}",
        "    |                   ^^^^^^^^^^^^^^^^",
        "    = help: Ask for what is so, or write the negative in capitals: NOT, EXCEPT.",
        "",
        "1 bank checked: 1 warning.",
    ]
    assert main(["check", "b.yaml", "--strict"]) == 1


def test_strictness_is_about_findings_only(bank: Callable[[str], Path]) -> None:
    bank(GOOD.format(id="b"))
    assert main(["check", "b.yaml", "--strict"]) == 0


def test_items_that_ask_the_same_are_a_failure(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    item = "  - {{id: {id}, stem: Which is it?, key: K, distractors: [D], rationale: R}}\n"
    bank(HEAD + "items:\n" + item.format(id="a") + item.format(id="b"))
    assert main(["check", "b.yaml"]) == 1
    assert "b.yaml:6:5: error[duplicate-item]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("key: Paris, distractors: [Lyon, ' Lyon']", "duplicate-option"),
        ("key: Paris, distractors: [Lyon, Paris\u200b]", "key-among-distractors"),
    ],
)
def test_options_that_look_the_same_are_a_failure(
    options: str, code: str, bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = bank(f"{HEAD}items:\n  - {{id: a, stem: Which city is it here?, {options}, rationale: R}}\n")
    assert main(["check", "b.yaml"]) == 1
    assert f"error[{code}]" in capsys.readouterr().out
    (card,) = Library(files=[path]).summaries()
    assert not card.is_usable


@pytest.mark.parametrize("options", ["[Lyon, lyon.]", "[Lyon, pâris]", '["[1, 2]", "{1, 2}"]'])
def test_options_that_can_be_told_apart_are_fine(options: str, bank: Callable[[str], Path]) -> None:
    path = bank(
        f"{HEAD}items:\n  - {{id: a, stem: Which city is it here?, key: Paris, distractors: {options}}}\n"
    )
    (card,) = Library(files=[path]).summaries()
    assert card.is_usable
    assert card.findings == ()


def test_a_bank_with_errors_is_judged_as_well(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bank(NEGATIVE.replace("title", "titel"))
    assert main(["check", "b.yaml"]) == 1
    out = capsys.readouterr().out
    assert "error[unknown-field]" in out
    assert "warning[quiet-negative]" in out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (NEGATIVE, "quiet-negative"),
        (HEAD + "items:\n  - {id: a, kind: cloze, text: 'A big {{c1::gap}} here.', rationale: R}\n",
         "numbered-gap"),
        (HEAD + "items:\n  - {id: a, stem: Which?, key: K, distractors: [D], rationale: R \u200b }\n",
         "invisible-character"),
    ],
)  # fmt: skip
def test_an_author_may_let_it_stand_for_the_bank(
    text: str, code: str, bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bank(text)
    assert main(["check", "b.yaml", "--strict"]) == 1
    assert f"[{code}]" in capsys.readouterr().out
    bank(text.replace("title: T\n", f"title: T\nlint: {{ignore: [{code}], reason: It is meant.}}\n"))
    assert main(["check", "b.yaml", "--strict"]) == 0, capsys.readouterr().out


def test_an_author_may_let_warnings_of_the_format_stand_for_an_item(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    item = "{id: a, kind: cloze, text: 'A big {{c1::gap}} is here.', rationale: R"
    lint = "lint: {ignore: [numbered-gap], reason: That is what is asked.}"
    bank(f"{HEAD}items:\n  - {item}, {lint}}}\n")
    assert main(["check", "b.yaml", "--strict"]) == 0, capsys.readouterr().out


def test_a_bank_in_figures(bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    bank(GOOD.format(id="b"))
    assert main(["check", "b.yaml", "--report"]) == 0
    assert "b: T\n  items       1: 1 single-choice\n" in capsys.readouterr().out
    assert main(["check", "b.yaml", "--report", "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)["reports"]
    assert (report["items"], report["kinds"], report["shuffled"]) == (1, {"single-choice": 1}, 1)


def test_shipped_banks_have_no_errors_and_no_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    shipped = Path(__file__).parents[3] / "questions"
    assert main(["check", str(shipped), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


# --------------------------------------------------------------------------- mending

BROKEN = """\
format: 1   # the only one there is
bank: b
title: 'T'

items:
    # the first item
  - stem: Which river is the longest?   # a question

    key: Nile
    distractors: [Rhine]
    rationale: R
  - id: moons
    stem: How many moons has Mars?
    key: "2"
    distractors:
      - "30"   # thirty
      - {text: "1", feedback: One more.}
      - "10"
    rationale: Two: they're small.  # both
"""
MENDED = BROKEN.replace("  - stem: Which", "  - id: river-longest\n    stem: Which").replace(
    "rationale: Two: they're small.  # both", 'rationale: "Two: they\'re small."  # both'
)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_is_safe_is_mended_and_nothing_else_is_touched(
    ending: str, bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = bank("")
    path.write_bytes(BROKEN.replace("\n", ending).encode())
    assert main(["check", "b.yaml", "--fix"]) == 0
    assert capsys.readouterr().out == (
        "b.yaml: put 1 text with a colon in quotes and gave 1 item an id (river-longest).\n\n"
        "1 bank checked: nothing wrong.\n"
    )
    assert path.read_bytes() == MENDED.replace("\n", ending).encode()
    assert main(["check", "b.yaml", "--fix"]) == 0
    assert capsys.readouterr().out == "1 bank checked: nothing wrong.\n"


def test_ids_are_made_where_other_things_are_wrong(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = bank(
        "format: 1\ntitel: T\nitems:\n"
        "  - {stem: Which river?, key: K, distractors: [D]}\n"
        "  - {stem: Which river?, key: L, distractors: [D]}\n"
        "  - {kind: cloze, text: 'The {{Nile}} flows.'}\n"
        "  - {key: K}\n  - not an item\n"
    )
    assert main(["check", "b.yaml", "--fix"]) == 1
    assert "gave 3 items an id (river, river-2, nile-flows)" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8").count("id: ") == 3


@pytest.mark.parametrize(
    "text", ["", "[", "x: &a y\n", "items: 3\n", "items:\n  - [a]\n", "items:\n  - {}\n"]
)
def test_a_file_that_is_no_bank_is_left_alone(text: str, bank: Callable[[str], Path]) -> None:
    path = bank(text)
    assert main(["check", "b.yaml", "--fix"]) == 1
    assert path.read_text(encoding="utf-8") == text


def test_only_files_that_are_named_are_mended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--fix"]) == 2
    assert "name them" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise PermissionError(13, "Permission denied")

    path = bank(BROKEN)
    monkeypatch.setattr("quiz.banks.edits.rewrite", fail)
    assert main(["check", "b.yaml", "--fix"]) == 3
    assert capsys.readouterr().err == "quiz: b.yaml cannot be written: Permission denied.\n"
    monkeypatch.setattr("quiz.banks.edits.rewrite", lambda *_: False)
    assert main(["check", "b.yaml", "--fix"]) == 3
    assert "changed by another program" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == BROKEN


# --------------------------------------------------------------------------- watching


class Enough(Exception):
    """The watcher has waited as often as the exam has something to do."""


def test_files_are_shown_again_when_they_change(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a", encoding="utf-8")
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: one.write_text("ab", encoding="utf-8"),
        lambda: None,
        lambda: two.write_text("c", encoding="utf-8"),
        one.unlink,
        lambda: None,
    ]
    shown: list[list[str]] = []

    def wait(_: float) -> None:
        if not steps:
            raise Enough
        steps.pop(0)()

    with pytest.raises(Enough):
        watch(
            lambda: sorted(tmp_path.iterdir()),
            lambda paths: shown.append([path.name for path in paths]),
            wait,
        )
    assert shown == [["one"], ["one"], ["one", "two"], ["two"]]


def test_watching_ends_quietly(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bank(NEGATIVE)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) > 1:
            raise KeyboardInterrupt
        write(path, GOOD)

    monkeypatch.setattr("quiz.authoring.watch.watch.__defaults__", (wait,))
    assert main(["check", "b.yaml", "--watch"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    first, second = out.split("Watching 1 file; ctrl+c ends.\n")[:2]
    assert "1 bank checked: 1 warning." in first
    assert "1 bank checked: nothing wrong." in second


def test_watching_and_json_do_not_go_together(bank: Callable[[str], Path]) -> None:
    bank(NEGATIVE)
    assert main(["check", "b.yaml", "--watch", "--json"]) == 2


REDUNDANT = (
    HEAD
    + """\
items:
  - id: a
    kind: short-answer
    stem: Which ocean is the largest?
    key: Pacific
    accept:
      # what sailors say
      - the Pacific
      - Mar del Sur
    rationale: R
  - id: b
    kind: short-answer
    stem: Which ocean is the coldest?
    key: Arctic
    accept: [ARCTIC, The Pole, arctic.]
    rationale: R
  - id: c
    kind: short-answer
    stem: Which ocean is the warmest?
    key: Indian
    accept: [Indian.]
    rationale: R
  - {id: d, kind: listing, stem: Name both., keys: [{text: one, accept: [One, uno]}, two], rationale: R}
"""
)


def test_wordings_that_are_accepted_anyway_are_notes_that_fix_takes_out(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = bank(REDUNDANT)
    assert main(["check", "b.yaml", "--strict"]) == 0
    said = capsys.readouterr().out
    assert said.count("note[redundant-accept]") == 5
    assert said.endswith("1 bank checked: 5 notes.\n")
    assert main(["check", "b.yaml", "--fix"]) == 0
    assert "took out 5 wordings" in capsys.readouterr().out
    after = path.read_text(encoding="utf-8")
    assert after == (
        REDUNDANT.replace("      - the Pacific\n", "").replace("[ARCTIC, The Pole, arctic.]", "[The Pole]")
        .replace("    accept: [Indian.]\n", "").replace("[One, uno]", "[uno]")
    )  # fmt: skip
    main(["check", "b.yaml", "--fix"])
    assert path.read_text(encoding="utf-8") == after


def test_what_an_author_is_strict_about_is_not_redundant(
    bank: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bank(REDUNDANT.replace("title: T\n", "title: T\nstrict: all\n"))
    assert main(["check", "b.yaml"]) == 0
    assert "redundant-accept" not in capsys.readouterr().out
