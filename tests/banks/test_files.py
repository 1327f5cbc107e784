from __future__ import annotations

import sys
from pathlib import Path
from textwrap import dedent

import pytest

from quiz.banks.files import MOST_PROBLEMS, read_bank_text
from quiz.core.content.kinds import all_kinds
from tests.hostile_banks import HEAD, ITEM
from tests.sample_banks import COURTSHIP


def codes(data: str | bytes) -> set[str]:
    """Return the codes of what is wrong with a bank."""
    return {
        finding.code
        for finding in read_bank_text(data.encode() if isinstance(data, str) else data, "f").findings
    }


def places(data: str) -> list[tuple[str, int, int, int]]:
    """Return what is wrong with a bank and where: code, line, column and width."""
    findings = read_bank_text(data.encode(), "f").findings
    return [(finding.code, finding.line, finding.column, finding.width) for finding in findings]


def item_with(fields: str) -> str:
    return f"{HEAD}  - {{id: a, stem: S, key: K, distractors: [D], {fields}}}\n"


def test_a_bank_is_read() -> None:
    bank, findings, *_ = read_bank_text(COURTSHIP.encode(), "f")
    assert findings == []
    assert bank is not None
    (item,) = bank.items
    assert (bank.bank, item.kind, item.weight, item.shuffle) == ("courtship", "single-choice", 2.5, False)
    assert item.interaction().options == ("Scientists", "Diplomats", "Students")
    assert bank.notes["pitch"].text == "Some words.\n"


@pytest.mark.parametrize("name", sorted(all_kinds()))
def test_every_kind_is_read_as_its_example_stands(name: str) -> None:
    kind = all_kinds()[name]
    lines = kind.example.splitlines()
    item = "\n".join(["  - " + lines[0], *("    " + line for line in lines[1:])])
    bank, findings, *_ = read_bank_text(f"{HEAD}{item}\n".encode(), "f")
    assert findings == []
    assert bank is not None
    assert type(bank.items[0]) is kind


@pytest.mark.parametrize(
    "written",
    ["No", "yes", "12:30", "010", "null", "~", "1_000", "2010-06-23", "1.10", "0x1F", "1e3", "true"],
)
def test_text_stays_as_written(written: str) -> None:
    bank, findings, *_ = read_bank_text(
        f"{HEAD}  - id: a\n    stem: S\n    key: K\n    distractors:\n    - {written}\n".encode(), "f"
    )
    assert findings == []
    assert bank is not None
    assert bank.items[0].interaction().options == ("K", written)


@pytest.mark.parametrize(("written", "number"), [("2", 2.0), ("0.5", 0.5), ('"3"', 3.0), ("99.25", 99.25)])
def test_numbers_are_read(written: str, number: float) -> None:
    bank, findings, *_ = read_bank_text(item_with(f"weight: {written}").encode(), "f")
    assert findings == []
    assert bank is not None
    assert bank.items[0].weight == number


@pytest.mark.parametrize(
    "written", ["nan", "inf", "1e3", "1_0", "+1", "01", "1.", ".5", "1,5", "0x1", "½", "٣", "one", "1" * 18]
)
def test_other_numbers_are_refused(written: str) -> None:
    assert codes(item_with(f'weight: "{written}"')) == {"not-a-number"}


@pytest.mark.parametrize("written", ["True", "yes", "on", "1", "0", "t", "TRUE", "null"])
def test_other_booleans_are_refused(written: str) -> None:
    assert codes(item_with(f"shuffle: {written}")) == {"not-true-or-false"}


def test_all_problems_are_reported_each_at_its_place() -> None:
    text = dedent(
        """\
        format: 1
        bank: b
        titel: T
        topics: {a: A}
        items:
          - id: One
            stem:
            key: [x]
            distractors: none
            topic: b
            weight: heavy
          - id: two
            kind: short-anser
            stem: S
          - id: three
            stem: S
            key: K
            distractors: [D, {text: E, feedbck: F}, d]
          - id: four
            stem: S
            key: K
            distractors:
              - D
              - D
        """
    )
    assert places(text) == [
        ("unknown-field", 3, 1, 5),
        ("bad-id", 6, 9, 3),
        ("empty", 7, 5, 4),
        ("not-a-text", 8, 10, 1),
        ("not-a-list", 9, 18, 4),
        ("unknown-topic", 10, 12, 1),
        ("not-a-number", 11, 13, 5),
        ("unknown-kind", 13, 11, 11),
        ("unknown-field", 18, 32, 7),
        ("duplicate-option", 24, 9, 1),
    ]


def test_messages_say_what_was_probably_meant() -> None:
    def said(data: str) -> str:
        (finding,) = read_bank_text(data.encode(), "f").findings
        return f"{finding.message} {finding.help}"

    assert "Did you mean “rationale”?" in said(item_with("rationnale: x"))
    assert "Did you mean “short-answer”?" in said(HEAD + "  - {id: a, kind: short-anwser, stem: S}\n")
    assert "Did you mean “easy”?" in said(item_with("difficulty: eazy"))
    assert "kind: short-answer" in said(
        HEAD + "  - {id: a, stem: S, key: K, accept: [x], distractors: [D]}\n"
    )
    assert "“whos-there”" in said(HEAD + '  - {id: "Who’s there?", stem: S, key: K, distractors: [D]}\n')
    assert "update quiz" in said((HEAD + ITEM).replace("1", "2", 1))


def test_a_broken_item_hides_nothing_of_the_others() -> None:
    text = (
        HEAD
        + "  - {id: a, stem: S, key: K, distractors: [D], topic: x, cites: [n], weight: w}\n"
        + "  - {id: a, stem: S, key: K, distractors: [K]}\n"
    )
    assert [code for code, *_ in places(text)] == [
        "unknown-topic", "unknown-note", "not-a-number", "duplicate-id", "key-among-distractors",
    ]  # fmt: skip


def test_references_are_not_doubted_where_their_list_is_broken() -> None:
    text = "topics: [x]\n" + HEAD + "  - {id: a, stem: S, key: K, distractors: [D], topic: x}\n"
    assert codes(text) == {"not-a-mapping"}


def test_no_more_problems_than_anybody_reads() -> None:
    findings = read_bank_text((HEAD + "  - {}\n" * 5000).encode(), "f").findings
    assert len(findings) == MOST_PROBLEMS + 1
    assert findings[-1].code == "too-many-problems"


def test_warnings_alone_leave_a_bank_usable() -> None:
    bank, findings, *_ = read_bank_text(COURTSHIP.replace("Scientists", "Scien\u00adtists").encode(), "f")
    assert [finding.code for finding in findings] == ["invisible-character"]
    assert bank is not None


def test_a_comment_with_room_around_it_is_no_cut_off_text() -> None:
    assert codes(COURTSHIP.replace("bank: courtship", "bank: courtship  # stable")) == set()
    assert codes(COURTSHIP.replace("key: Scientists", "key: C #")) == {"text-cut-off"}
    assert codes(COURTSHIP.replace("key: Scientists", "key: Item  #3")) == {"text-cut-off"}


def test_a_kind_that_is_added_later_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import quiz.core.content.kinds

    (tmp_path / "guessing.py").write_text(
        dedent(
            """\
            from quiz.core.content.item import Item

            class Guessing(Item, frozen=True, kw_only=True, tag="guessing"):
                secret: int
                odds: dict[str, float] = {}
                is_hard: bool = False
                summary = "Guess."
                example = "id: a"
            """
        ),
        encoding="utf-8",
    )
    item = "  - {id: a, kind: guessing, stem: S, secret: 7, odds: {a: 0.5}, is_hard: true}\n"
    assert codes(HEAD + item) == {"unknown-kind"}
    monkeypatch.setattr(
        quiz.core.content.kinds, "__path__", [*quiz.core.content.kinds.__path__, str(tmp_path)]
    )
    all_kinds.cache_clear()
    try:
        bank, findings, *_ = read_bank_text((HEAD + item).encode(), "f")
        assert findings == []
        assert bank is not None
        assert (bank.items[0].secret, bank.items[0].odds, bank.items[0].is_hard) == (7, {"a": 0.5}, True)
        assert codes(HEAD + item.replace("0.5", "1e-1")) == {"not-a-number"}
    finally:
        sys.modules.pop("quiz.core.content.kinds.guessing")
        all_kinds.cache_clear()
