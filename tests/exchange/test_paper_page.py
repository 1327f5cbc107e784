"""An exam to be printed: it stands alone, hides the key, and is the same on every machine."""

from __future__ import annotations

import re
from base64 import b64encode

import msgspec
import pytest

from quiz.core.content.item import Image
from quiz.core.exam.blueprint import drawn
from quiz.core.exam.form_code import form_code
from quiz.core.exam.paper import PaperQuestion, paper_questions
from quiz.core.exam.settings import ExamSettings
from quiz.core.session import ItemLookup
from quiz.exchange.paper_page import Paper, exam_page, key_page
from tests.core.exam.papers import every_kind


def paper(letters: str = "AB", **told: object) -> Paper:
    bank = every_kind()
    code = form_code([bank], ExamSettings(), 3)
    forms = {}
    for letter in letters:
        form = code.of_form(letter)
        items = drawn([bank], ExamSettings().blueprint, form.seed)
        forms[form] = paper_questions(items, ItemLookup.of(bank), form.seed, with_weights=True)
    made = Paper(title="Metals", language="en", class_name="8b", forms=forms, pictures={})
    return made if not told else Paper(**{**made.__dict__, **told})  # type: ignore[arg-type]


def test_a_page_needs_nothing_else() -> None:
    page = exam_page(paper())
    assert not re.search(r"(src|href)=|https?:|@import|<script", page)
    assert page.count('<section class="form ') == 2
    assert page.count("<article>") == 20
    assert "Class 8b" in page
    assert "of 13" in page


def test_the_key_is_in_the_second_file_only() -> None:
    assert "Tin" not in exam_page(paper())
    key = key_page(paper())
    assert "Tin" in key
    assert all(str(code) in key for code in paper().forms)


def test_code_tables_and_passages_stand_before_their_questions() -> None:
    page = exam_page(paper("A"))
    assert "<pre>print(1)</pre>" in page
    assert "<th>x</th>" in page
    assert "Roses are red." in page


def test_the_same_form_is_the_same_bytes() -> None:
    assert exam_page(paper()) == exam_page(paper())
    assert exam_page(paper("A")) != exam_page(paper("B"))


def test_sizes_and_grid() -> None:
    page = exam_page(paper("A", is_large=True, size="letter", has_grid=True))
    assert "18pt" in page
    assert "size: Letter" in page
    assert page.count('class="grid ') == 1


def test_a_page_is_black_and_white() -> None:
    colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", exam_page(paper())))
    assert colours == {"#000", "#fff"}
    assert "grayscale(1)" in exam_page(paper())


def test_the_key_shares_points_among_parts_as_they_are_graded() -> None:
    shares = re.findall(r"1 point = (\d × [\d.]+)", key_page(paper("A")))
    assert sorted(shares) == ["2 × 0.5", "2 × 0.5", "3 × 0.33", "3 × 0.33", "3 × 0.33"]


def test_a_german_bank_has_a_german_paper() -> None:
    page = exam_page(paper("A", language="de-AT"))
    assert "Klasse 8b" in page
    assert 'lang="de-AT"' in page


@pytest.mark.parametrize("text", ["<b>&\"'", "</style><script>alert(1)</script>"])
def test_texts_stand_as_they_are_written(text: str) -> None:
    made = paper("A")
    ((code, questions),) = made.forms.items()
    bank_item = questions[0].bank_item
    item = msgspec.structs.replace(bank_item.item, stem=text)
    asked = type(questions[0])(1, bank_item._replace(item=item), questions[0].asked, 1.0)
    page = exam_page(Paper(**{**made.__dict__, "forms": {code: (asked,)}, "title": text}))
    assert "<script>" not in page
    assert text not in page


def test_a_picture_stands_in_the_page_and_its_words_where_it_cannot_be_read() -> None:
    made = paper("A")
    ((code, (first, *_)),) = made.forms.items()
    item = msgspec.structs.replace(first.bank_item.item, image=Image(file="p.png", alt="A bar of iron"))
    asked = PaperQuestion(1, first.bank_item._replace(item=item), first.asked, 1.0)
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
    shown = {"forms": {code: (asked,)}, "pictures": {("every", "p.png"): png}}
    assert f'src="data:image/png;base64,{b64encode(png).decode()}" alt="A bar of iron"' in exam_page(
        Paper(**{**made.__dict__, **shown})
    )
    assert "[A bar of iron]" in exam_page(Paper(**{**made.__dict__, **shown, "pictures": {}}))
