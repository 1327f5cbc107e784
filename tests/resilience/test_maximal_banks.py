"""A field is as large as `quiz check` lets it be: no key takes long, and no start."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.resilience.maximal import Case, cases
from tests.resilience.maximal_runs import (
    ALL_KEYS,
    KEYS,
    SMALL,
    keys_of,
    seconds_of_keys,
    slow_starts,
    starts_of,
    with_a_small_bank,
)

ALL = list(cases())
SHORT = {
    "notes title list",
    "bank topics many",
    "short-answer accept many",
    "sorting categories many",
    "stimuli code lines",
}


def named(case: Case) -> str:
    return case.name


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, float]:
    """What the keys of an answer take with a small bank, here and now."""
    folder = tmp_path_factory.mktemp("small")
    return asyncio.run(seconds_of_keys(SMALL.write(folder / "large.yaml"), folder / "home"))


@pytest.fixture(scope="module")
def small_anywhere(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, float]:
    """What all keys take with a small bank, here and now."""
    return with_a_small_bank(tmp_path_factory.mktemp("small"), ALL_KEYS)


@pytest.mark.parametrize("case", [case for case in ALL if case.name in SHORT], ids=named)
def test_no_key_of_an_answer_takes_long(case: Case, tmp_path: Path, small: Mapping[str, float]) -> None:
    assert keys_of(case, tmp_path, small, KEYS)["over"] == {}


@pytest.mark.long
@pytest.mark.parametrize("case", ALL, ids=named)
def test_no_key_takes_long(case: Case, tmp_path: Path, small_anywhere: Mapping[str, float]) -> None:
    assert keys_of(case, tmp_path, small_anywhere)["over"] == {}


@pytest.mark.long
@pytest.mark.parametrize("case", ALL, ids=named)
def test_no_start_takes_long(case: Case, tmp_path: Path) -> None:
    assert slow_starts(starts_of(case, tmp_path)) == {}
