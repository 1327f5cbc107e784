"""An exam on paper as Chromium prints it: where its pages break, and what stands below each."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from quiz.banks.files import read_bank_text
from quiz.core.content.bank import Bank
from quiz.core.exam.form_code import FormCode, form_code
from quiz.core.exam.paper import paper_questions
from quiz.core.exam.settings import ExamSettings
from quiz.core.session import ItemLookup
from quiz.exchange.paper_page import Paper, exam_page

A4, LETTER = (595, 842), (612, 792)
"""Sizes of sheets, in points."""
ITEMS = 36
LONG = 17
"""The number of the item that no page can hold."""


def item(number: int) -> str:
    """Return an item whose text begins and ends with words of its own, its length one of many."""
    lines = 90 if number == LONG else number * 7 % 5
    stem = "".join(f"\n\n      Line {line} of item {number}." for line in range(lines))
    options = "".join(
        f"\n      - Option {k} of {number}, {'which is rather long, ' * (number * k % 7)}or not"
        for k in range(number % 4)
    )
    kind = ("stimulus: program", "image: {file: p.png, alt: A bar}", "hint: None")[number % 3]
    return (
        f"  - id: i{number}\n    shuffle: false\n    {kind}\n    stem: |\n      Begin{number}.{stem}\n"
        f"    key: Iron {number}\n    distractors:{options}\n      - End{number}.\n"
    )


def bank() -> Bank:
    text = "format: 1\nbank: long\ntitle: Long\nstimuli: {program: {code: 'print(1)'}}\nitems:\n"
    read = read_bank_text((text + "".join(map(item, range(ITEMS)))).encode(), "long.yaml")
    assert read.bank is not None, read.findings
    return read.bank


def printed(folder: Path, **told: object) -> tuple[list[FormCode], list[tuple[str, tuple[int, int]]]]:
    """Print two forms of a paper; return their codes, and the text and the size of each page."""
    from pypdf import PdfReader

    made = bank()
    first = form_code([made], ExamSettings(), 5)
    lookup = ItemLookup.of(made)
    forms = {
        code: paper_questions([*lookup], lookup, code.seed, with_weights=True)
        for code in map(first.of_form, "AB")
    }
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
    paper = Paper(
        title="Long", language="en", class_name="8b", forms=forms, pictures={("long", "p.png"): png},
        **told,  # type: ignore[arg-type]
    )  # fmt: skip
    page, target = folder / "exam.html", folder / "exam.pdf"
    page.write_text(exam_page(paper), encoding="utf-8")
    subprocess.run(
        [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            f"--user-data-dir={folder / 'own'}", f"--print-to-pdf={target}", page.as_uri(),
        ],
        env={**os.environ, "TMPDIR": "/tmp"},  # a long path holds no socket
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    pages = PdfReader(target).pages
    return [*forms], [
        (page.extract_text(), (round(page.mediabox.width), round(page.mediabox.height))) for page in pages
    ]


@pytest.mark.extra("chromium", "pypdf")
@pytest.mark.parametrize(
    ("told", "sheet"),
    [
        ({}, A4),
        pytest.param({"is_large": True, "has_grid": True}, A4, marks=pytest.mark.long),
        pytest.param({"size": "letter"}, LETTER, marks=pytest.mark.long),
        pytest.param({"is_large": True, "size": "letter", "has_grid": True}, LETTER, marks=pytest.mark.long),
    ],
)
def test_no_item_is_broken_and_each_page_names_its_form(
    told: dict[str, object], sheet: tuple[int, int], tmp_path: Path
) -> None:
    codes, pages = printed(tmp_path, **told)
    for width, height in (size for _, size in pages):
        assert abs(width - sheet[0]) <= 1 >= abs(height - sheet[1])
    for code in codes:
        named = f"form {code.letter} · {code}"
        own = [text for text, _ in pages if named in text]
        numbers = [int(found[1]) for text in own if (found := re.search(r"page (\d+)", text))]
        assert numbers == [*range(1, len(own) + 1)]
        assert len(own) > 6
        for number in range(ITEMS):
            begun = [at for at, text in enumerate(own) if f"Begin{number}." in text]
            ended = [at for at, text in enumerate(own) if f"End{number}." in text]
            assert len(begun) == len(ended) == 1
            assert (begun == ended) is (number != LONG), f"item {number}"
    assert all(any(f"form {code.letter} · {code}" in text for code in codes) for text, _ in pages)
