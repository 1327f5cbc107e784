"""Cards to print: what stands on a sheet, and that a camera reads what Chromium prints."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from quiz.core.drill.card_markers import CELLS, LETTERS, letter_on_top, marker
from quiz.exchange.card_sheet import card_page


def drawn(page: str) -> list[set[tuple[int, int]]]:
    """Return the white cells of each marker on a page, as columns and rows."""
    paths = re.findall(r'<path fill="#fff" d="([^"]*)"', page)
    return [{(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)} for path in paths]


def test_a_card_has_its_marker_and_four_letters() -> None:
    page = card_page([3, 60], "7b")
    for number, white in zip([3, 60], drawn(page), strict=True):
        cells = marker(number)
        assert white == {(x + 1, y + 1) for y in range(CELLS) for x in range(CELLS) if cells[y][x]}
    assert [page.count(f">{letter}</div>") for letter in LETTERS] == [2] * 4
    assert re.findall(r'class="number">(\d+) <small>7b<', page) == ["3", "60"]


def test_a_page_needs_nothing_else() -> None:
    assert not re.search(r"(src|href)=|https?:|@import|url\(|<script|__", card_page(range(1, 61)))


@pytest.mark.parametrize(("size", "named", "height"), [("a4", "A4", 297), ("letter", "Letter", 279)])
def test_sizes_of_sheets(size: str, named: str, height: int) -> None:
    page = card_page([1], size=size)
    assert f"size: {named};" in page
    assert f"height: {height}mm" in page
    assert "width: 150mm; height: 150mm" in page


def test_the_name_of_a_class_stands_as_it_is_written() -> None:
    page = card_page([1], "<b>7&")
    assert "<small>&lt;b&gt;7&amp;</small>" in page
    assert "<title>&lt;b&gt;7&amp;: cards</title>" in page


@pytest.mark.long
@pytest.mark.extra("chromium", "pdftoppm", "cv2")
def test_what_chromium_prints_is_read_with_the_letter_that_is_on_top(tmp_path: Path) -> None:
    import cv2
    import numpy as np

    from quiz.services.drill.card_vision import seen_cards

    page = tmp_path / "cards.html"
    page.write_text(card_page(range(1, 61), "7b"), encoding="utf-8")
    printer = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    pdf = tmp_path / "cards.pdf"
    told = [*printer, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()]
    room = {**os.environ, "TMPDIR": "/tmp"}  # a long path holds no socket
    subprocess.run(told, env=room, check=True, capture_output=True, timeout=120)
    subprocess.run(["pdftoppm", "-r", "40", "-gray", "-png", str(pdf), str(tmp_path / "card")], check=True)
    sheets = sorted(tmp_path.glob("card-*.png"))
    assert len(sheets) == 60
    for number, sheet in enumerate(sheets, 1):
        grey = cv2.imread(str(sheet), cv2.IMREAD_GRAYSCALE)
        assert grey.shape == (468, 331)  # A4
        for quarters, letter in enumerate(LETTERS):
            seen = seen_cards(np.ascontiguousarray(np.rot90(grey, quarters)))
            assert {(card.number, letter_on_top(card.turned)) for card in seen} == {(number, letter)}
        assert seen_cards(np.ascontiguousarray(grey[:, ::-1])) == []
    assert _width_of_marker(cv2.imread(str(sheets[0]), cv2.IMREAD_GRAYSCALE)) == pytest.approx(150, abs=2)


def _width_of_marker(grey: object) -> float:
    """Return the width of a card's black border in millimetres."""
    row = grey[300] < 128  # type: ignore[index]
    columns = row.nonzero()[0]
    return float(columns[-1] - columns[0] + 1) * 25.4 / 40
