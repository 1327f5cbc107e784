"""Folders of banks that somebody made a mess of: each file is on its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.banks import folders
from quiz.banks.folders import bank_files_in
from quiz.banks.library import Library
from quiz.banks.summary import BankSummary
from quiz.banks.unindexed import Unindexed
from quiz.core.content.bank import Bank
from tests.sample_banks import SMALL


def test_files_come_in_order_and_hidden_ones_not_at_all(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.YML", ".c.yaml", "d.txt", "x/e.yaml", "x/y/f.yaml", ".z/g.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [os.path.relpath(path, tmp_path) for path in bank_files_in(tmp_path)]
    assert found == ["a.YML", "b.yaml", "x/e.yaml", "x/y/f.yaml"]


def test_folders_are_looked_into_to_a_depth_and_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path
    for _ in range(300):
        deep /= "d"
        deep.mkdir()
        (deep / "b.yaml").touch()
    assert len(list(bank_files_in(tmp_path))) == folders.DEEPEST_FOLDER
    monkeypatch.setattr(folders, "MOST_FOLDERS", 3)
    assert len(list(bank_files_in(tmp_path))) == 2


def test_whatever_one_file_does_the_others_are_there(
    tmp_path: Path, bank_file: Callable[[str], Path]
) -> None:
    good = bank_file(SMALL)
    bad = good.parent / "bad.yaml"
    bad.write_text("x")

    class Failing(Unindexed):
        def describe(self, path: Path) -> tuple[BankSummary, Bank | None]:
            if path.name == "bad.yaml":
                raise TypeError("a device\nbehind a link")
            return super().describe(path)

    summaries = {
        Path(summary.path).name: summary for summary in Library([good.parent], index=Failing()).summaries()
    }
    assert summaries[good.name].is_usable
    assert [finding.message for finding in summaries["bad.yaml"].findings] == [
        "This file cannot be read: a device behind a link."
    ]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device")
def test_a_device_behind_a_link_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").symlink_to("/dev/zero")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    summaries = Library([tmp_path]).summaries()
    assert [summary.is_usable for summary in summaries] == [False, False]
