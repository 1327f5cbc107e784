from __future__ import annotations

import os
from pathlib import Path

import pytest

from quiz import paths
from quiz.banks.library import Library
from quiz.banks.summary import BankSummary
from quiz.banks.unindexed import Unindexed
from quiz.core.content.bank import Bank
from quiz.errors import BankError

GOOD = (
    "format: 1\nbank: {id}\ntitle: Title of {id}\nitems:\n  - {{id: a, stem: S, key: K, distractors: [D]}}\n"
)


def write(path: Path, bank: str, text: str = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(id=bank), encoding="utf-8")
    return path


class Describing(Unindexed):
    """Describes banks by reading them and notes which."""

    def __init__(self) -> None:
        self.described: list[str] = []

    def describe(self, path: Path) -> tuple[BankSummary, Bank | None]:
        self.described.append(path.name)
        return super().describe(path)


def test_the_shipped_banks_are_found() -> None:
    summaries = Library.within_reach().summaries()
    assert {summary.id for summary in summaries} >= {"courtship", "forces"}
    assert all(summary.is_usable for summary in summaries)
    assert all(Path(summary.path).parent == paths.shipped_banks_dir() for summary in summaries)


def test_named_files_folders_and_own_banks_are_found_before_the_shipped_ones(tmp_path: Path) -> None:
    file = write(tmp_path / "x.txt", "named")
    write(tmp_path / "more" / "b.yaml", "in-folder")
    write(tmp_path / "more" / "a.yml", "first-in-folder")
    write(paths.user_banks_dir() / "own.yaml", "own")
    ids = [summary.id for summary in Library.within_reach([tmp_path / "more", file]).summaries()]
    assert ids[:4] == ["named", "first-in-folder", "in-folder", "own"]
    assert "courtship" in ids[4:]


def test_a_card_says_what_a_menu_shows(tmp_path: Path) -> None:
    text = GOOD + "summary: About it\nlanguage: de\ntopics: {{t: T}}\nsources: {{s: {{title: S}}}}\n"
    path = write(
        tmp_path / "a.yaml", "a", text + "notes: {{n: {{title: N, text: X}}, m: {{title: M, text: Y}}}}\n"
    )
    (summary,) = Library(files=[path]).summaries()
    assert summary == BankSummary(
        id="a", title="Title of a", path=str(path), summary="About it", language="de",
        items=1, topics=1, sources=1, notes=2,
    )  # fmt: skip
    assert summary.is_usable


def test_a_bank_with_errors_has_a_card_of_its_own_and_others_still_work(tmp_path: Path) -> None:
    write(tmp_path / "bad.yaml", "b", "format: 1\nbank: {id}\n")
    write(tmp_path / "good.yaml", "b")
    library = Library([tmp_path])
    bad, good = library.summaries()
    assert (bad.id, bad.title, bad.is_usable) == (str(tmp_path / "bad.yaml"), "bad.yaml", False)
    assert {finding.code for finding in bad.findings} == {"missing-field"}
    assert good.is_usable
    assert library.bank("b").title == "Title of b"
    with pytest.raises(BankError, match="missing"):
        library.bank(bad.id)


def test_an_id_belongs_to_the_first_file_that_has_it(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "same")
    write(tmp_path / "b.yaml", "same")
    first, second = Library([tmp_path]).summaries()
    assert (first.id, first.is_usable, second.is_usable) == ("same", True, False)
    (finding,) = second.findings
    assert (finding.code, finding.line, finding.column) == ("duplicate-bank", 2, 7)
    assert str(tmp_path / "a.yaml") in finding.message


def test_a_file_is_found_once_however_many_ways_lead_to_it(tmp_path: Path) -> None:
    file = write(tmp_path / "a" / "a.yaml", "a")
    (tmp_path / "link.yaml").symlink_to(file)
    library = Library([tmp_path, tmp_path / "a"], [file, tmp_path / "a" / ".." / "a" / "a.yaml"])
    assert [summary.id for summary in library.summaries()] == ["a"]


def test_folders_that_are_not_there_hold_no_banks(tmp_path: Path) -> None:
    assert Library([tmp_path / "gone"]).summaries() == ()


def test_links_between_folders_are_not_followed_for_ever(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "a")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(Library([tmp_path]).summaries()) == 1


def test_what_was_read_is_kept_until_its_file_changes(tmp_path: Path) -> None:
    describe = Describing()
    path = write(tmp_path / "a.yaml", "a")
    write(tmp_path / "b.yaml", "b")
    library = Library([tmp_path], index=describe)
    library.summaries()
    library.summaries()
    bank = library.bank("a")
    assert library.bank("a") is bank
    names = library.names("a")
    assert library.names("a") is names
    assert list(names) == [item.id for item in bank.items]
    assert describe.described == ["a.yaml", "b.yaml"]
    write(path, "a", GOOD.replace("Title", "New title"))
    assert library.names("a") is not names
    assert library.bank("a").title == "New title of a"
    assert [summary.title for summary in library.summaries()] == ["New title of a", "Title of b"]
    assert describe.described == ["a.yaml", "b.yaml", "a.yaml"]


def test_a_change_that_keeps_size_and_place_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "a")
    library = Library([tmp_path])
    assert library.bank("a").title == "Title of a"
    before = path.stat().st_mtime_ns
    write(path, "a", GOOD.replace("Title", "Tutle"))
    os.utime(path, ns=(before + 1, before + 1))
    assert library.bank("a").title == "Tutle of a"


def test_a_bank_that_breaks_meanwhile_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "a")
    library = Library([tmp_path])
    library.bank("a")
    write(path, "a", GOOD + "titel: x\n")
    with pytest.raises(BankError, match="titel"):
        library.bank("a")
    write(path, "another")
    with pytest.raises(BankError, match="another"):
        library.bank("a")
    path.unlink()
    with pytest.raises(BankError, match="no such file"):
        library.bank("a")


def test_a_bank_that_appears_meanwhile_is_found(tmp_path: Path) -> None:
    library = Library([tmp_path])
    with pytest.raises(BankError, match="There is no bank “a”"):
        library.bank("a")
    write(tmp_path / "a.yaml", "a")
    assert library.bank("a").bank == "a"


def test_an_index_may_describe_without_reading(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "a")
    summary = BankSummary("a", "From the index", str(path), items=7)

    class Knowing(Unindexed):
        def describe(self, path: Path) -> tuple[BankSummary, None]:
            return summary, None

    library = Library([tmp_path], index=Knowing())
    assert library.summaries() == (summary,)
    assert library.bank("a").title == "Title of a"


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    Library.within_reach().summaries()
    assert not (tmp_path / "quiz-home").exists()
