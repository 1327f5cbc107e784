"""The index: quick where nothing changed, right where something did, and never in the way."""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given

from quiz.banks.files import read_bank
from quiz.banks.index import index as bank_index
from quiz.banks.index.index import RACY_NS, BankIndex
from quiz.banks.index.kept_bank import bank_in, kept_bank
from quiz.banks.library import Library
from quiz.banks.summary import BankSummary
from quiz.core.content.bank import Bank
from quiz.core.content.reversal import with_reverses
from quiz.core.content.search import BankTexts
from quiz.core.scheduling.study_selection import Contents
from quiz.paths import shipped_banks_dir
from tests.sample_banks import SMALL
from tests.strategies import banks

LONG_AGO = 1_600_000_000_000_000_000


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are parsed."""
    names: list[str] = []
    parse = bank_index.parsed

    def watched(data: bytes, name: str) -> object:
        names.append(name)
        return parse(data, name)

    monkeypatch.setattr(bank_index, "parsed", watched)
    return names


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[object]:
    """Open the index as another start of the program does."""
    opened: list[BankIndex] = []

    def open_index() -> BankIndex:
        index = BankIndex(tmp_path / "cache" / "banks.db")
        opened.append(index)
        return index

    yield open_index
    for index in opened:
        index.close()


def test_a_file_that_did_not_change_is_not_parsed_again(bank: Path, fresh, parsed: list[str]) -> None:
    first, _ = fresh().describe(bank)
    again, held = fresh().describe(bank)
    assert first == again
    assert held is None
    assert parsed == [str(bank)]
    assert (again.id, again.items, again.topics, again.notes) == ("small", 4, 2, 2)


@pytest.mark.parametrize("name", sorted(path.name for path in shipped_banks_dir().glob("*.yaml")))
def test_a_shipped_bank_is_known_before_it_is_read_unless_it_was_changed(
    name: str, tmp_path: Path, fresh, parsed: list[str]
) -> None:
    path, index = tmp_path / name, fresh()
    path.write_bytes((shipped_banks_dir() / name).read_bytes())
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    summary, bank = index.describe(path)
    read = read_bank(path)
    assert (summary, bank, parsed) == (BankSummary.of(path, read), None, [])
    assert read.bank is not None
    assert (index.contents(path), index.texts(path)) == (Contents.of(read.bank), BankTexts.of(read.bank))
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: New ", 1), encoding="utf-8")
    changed, _ = index.describe(path)
    assert (changed.title, parsed) == (f"New {summary.title}", [str(path)])


def test_the_heads_of_items_are_known_without_parsing(bank: Path, fresh, parsed: list[str]) -> None:
    fresh().describe(bank)
    contents = fresh().contents(bank)
    assert contents is not None
    assert [item.ref.item for item in contents.items] == ["capital", "ocean", "salt", "largest"]
    assert contents.items[0].cites == ("paris",)
    assert contents.topics == {"cities": "Cities", "seas": "Seas"}
    assert len(parsed) == 1


def test_a_changed_file_is_parsed_again(bank: Path, fresh, parsed: list[str]) -> None:
    fresh().describe(bank)
    bank.write_text(SMALL.replace("A small bank", "Another bank"), encoding="utf-8")
    assert fresh().describe(bank)[0].title == "Another bank"
    assert len(parsed) == 2


def test_a_change_that_leaves_size_and_time_alone_is_noticed_while_it_may_happen(
    bank: Path, fresh, parsed: list[str]
) -> None:
    now = time.time_ns()
    os.utime(bank, ns=(now, now))
    fresh().describe(bank)
    bank.write_text(SMALL.replace("A small bank", "A grand bank"), encoding="utf-8")
    os.utime(bank, ns=(now, now))
    assert fresh().describe(bank)[0].title == "A grand bank"
    assert RACY_NS > 0


def test_a_touched_file_with_the_same_bytes_is_read_but_not_parsed(
    bank: Path, fresh, parsed: list[str]
) -> None:
    fresh().describe(bank)
    os.utime(bank, ns=(LONG_AGO + 1, LONG_AGO + 1))
    fresh().describe(bank)
    fresh().describe(bank)
    assert len(parsed) == 1


def test_findings_are_kept_as_well(tmp_path: Path, fresh, parsed: list[str]) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("format: 1\nbank: bad\n", encoding="utf-8")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    first, _ = fresh().describe(path)
    again, _ = fresh().describe(path)
    assert not again.is_usable
    assert first.findings == again.findings
    assert len(parsed) == 1


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(bank: Path, tmp_path: Path, fresh, damage: bytes) -> None:
    fresh().describe(bank)
    file = tmp_path / "cache" / "banks.db"
    file.write_bytes(damage)
    assert fresh().describe(bank)[0].id == "small"
    fresh().describe(bank)
    assert fresh().contents(bank) is not None


def test_cards_that_cannot_be_decoded_are_read_again(bank: Path, tmp_path: Path, fresh) -> None:
    index = fresh()
    index.describe(bank)
    index._db.execute("UPDATE bank SET card=x'c1', contents=x'c1'")
    assert fresh().describe(bank)[0].id == "small"


def test_another_version_starts_with_nothing(bank: Path, fresh, parsed: list[str], monkeypatch) -> None:
    fresh().describe(bank)
    monkeypatch.setattr(bank_index, "LAYOUT", 999)
    fresh().describe(bank)
    assert len(parsed) == 2


def test_without_a_place_for_the_index_all_goes_on(bank: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    index = BankIndex(tmp_path / "file" / "banks.db")
    assert index.describe(bank)[0].id == "small"
    assert index.contents(bank) is None


def test_two_programs_share_an_index(bank: Path, fresh) -> None:
    one, other = fresh(), fresh()
    one.describe(bank)
    other.describe(bank)
    bank.write_text(SMALL.replace("A small bank", "Changed"), encoding="utf-8")
    assert one.describe(bank)[0].title == other.describe(bank)[0].title == "Changed"


def test_a_file_that_is_gone_or_no_file_is_a_finding(tmp_path: Path, fresh) -> None:
    (tmp_path / "folder.yaml").mkdir()
    assert not fresh().describe(tmp_path / "folder.yaml")[0].is_usable
    assert not fresh().describe(tmp_path / "gone.yaml")[0].is_usable


def test_a_library_asks_the_index(bank: Path, fresh, parsed: list[str]) -> None:
    fresh().describe(bank)
    library = Library(files=[bank], index=fresh())
    assert [summary.id for summary in library.summaries()] == ["small"]
    assert len(library.contents("small").items) == 4
    assert len(parsed) == 1
    assert library.bank("small").by_id["capital"].stem.startswith("Which city")


@given(banks())
def test_a_bank_is_kept_whole(made: Bank) -> None:
    whole = with_reverses(made)
    assert bank_in(kept_bank(whole)) == whole


def test_a_bank_that_did_not_change_is_not_parsed_for_any_screen(
    bank: Path, fresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    def library(index: BankIndex) -> Library:
        return Library.within_reach([bank], index)

    read = library(fresh()).bank("small")
    monkeypatch.setattr("quiz.banks.files.read_bank_text", None)
    again = library(fresh())
    assert again.bank("small") == read
    os.utime(bank, ns=(LONG_AGO + 1, LONG_AGO + 1))
    monkeypatch.undo()
    assert again.bank("small") == read


def test_a_damaged_bank_in_the_index_is_read_again(bank: Path, tmp_path: Path, fresh) -> None:
    fresh().describe(bank)
    for harm in (b"no zlib", zlib.compress(b"no msgpack")):
        with closing(sqlite3.connect(tmp_path / "cache" / "banks.db", isolation_level=None)) as db:
            db.execute("UPDATE bank SET bank=?", (harm,))
        make = fresh().bank(bank)
        assert make is not None
        assert make() is None


def test_a_bank_that_is_made_later_is_as_its_file_was(bank: Path, fresh) -> None:
    library = Library.within_reach([bank], fresh())
    read = library.bank("small")
    known = Library.within_reach([bank], fresh())
    make = known.bank_later("small")
    bank.write_text(bank.read_text(encoding="utf-8").replace("Which city", "What town"), encoding="utf-8")
    assert make() == read
    assert known.bank("small").by_id["capital"].stem.startswith("What town")


def test_a_bank_that_is_made_later_and_was_damaged_is_read_from_its_file(
    bank: Path, tmp_path: Path, fresh
) -> None:
    fresh().describe(bank)
    with closing(sqlite3.connect(tmp_path / "cache" / "banks.db", isolation_level=None)) as db:
        db.execute("UPDATE bank SET bank=?", (b"no zlib",))
    make = Library.within_reach([bank], fresh()).bank_later("small")
    assert make().by_id["capital"].stem.startswith("Which city")
