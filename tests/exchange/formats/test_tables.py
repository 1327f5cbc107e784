"""CSV, tabs, Quizlet and Anki's text files: heads, keys of choices, gaps, encodings."""

from __future__ import annotations

import pytest

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item
from quiz.exchange.declaration import ForeignFile, Imported
from quiz.exchange.formats import all_formats, recognised


def read(text: str | bytes, name: str = "some.csv") -> Imported:
    source = ForeignFile(name, text if isinstance(text, bytes) else text.encode())
    form = recognised(source)
    assert form is not None
    assert form.read is not None
    return form.read(source)


def bank_in(imported: Imported) -> Bank:
    assert imported.bank is not None, imported.refusals
    return imported.bank


def only(text: str, name: str = "some.csv") -> Item:
    (item,) = bank_in(read(text, name)).items
    return item


@pytest.mark.parametrize("key", ["Rome", "B", "b)", "2"])
def test_the_key_of_a_choice_is_told_by_text_letter_or_number(key: str) -> None:
    text = f"Question;Option A;Option B;Option C;Correct answer\nCapital of Italy?;Paris;Rome;Oslo;{key}\n"
    assert only(text).key_text() == "Rome"


def test_several_keys_make_a_multiple_response() -> None:
    item = only('question,a,b,c,answer\nPrimes?,2,4,5,"A, C"\n')
    assert (item.kind, item.key_text()) == ("multiple-response", "2; 5")


def test_wrong_answers_in_columns_of_their_own() -> None:
    text = "category,question,correct_answer,incorrect_answers,wrong 2\nSpace,Nearest star?,Sun,Sirius,Vega\n"
    bank = bank_in(read(text))
    assert bank.items[0].key_text() == "Sun"
    assert list(bank.topics.values()) == ["Space"]


def test_a_table_without_a_head_is_front_and_back_or_a_choice() -> None:
    assert only("What is it?,A thing\n").kind == "flashcard"
    rows = "".join(f"Question {n}?,x,y,z,y\n" for n in range(5))
    assert [item.key_text() for item in bank_in(read(rows)).items] == ["y"] * 5


def test_a_row_that_says_no_answer_does_not_stop_the_others() -> None:
    imported = read("question,a,b,answer\nOne?,x,y,x\nTwo?,x,y,q\n,x,y,x\nThree?,x,y,B\n")
    assert [refusal.place for refusal in imported.refusals] == ["line 3", "line 4", "line 5"]
    assert "none of them" in imported.refusals[0].why
    assert "“B” is none of them, and other rows tell it by text." in imported.refusals[2].why


def test_columns_that_say_nothing_known_are_told() -> None:
    imported = read("question,answer,colour\nWhat?,That,red\n")
    assert [loss.what for loss in imported.losses] == ["the column “colour”"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_found_out(encoding: str) -> None:
    text = "question,answer\nWas heißt „étudier“?,übermäßig lernen – für Prüfungen\nGrün?,ja, natürlich\n"
    assert bank_in(read(text.encode(encoding))).items[0].stem == "Was heißt „étudier“?"


def test_a_quote_that_nothing_closes_swallows_nothing() -> None:
    rows = "".join(f"front {n}\tback {n}\n" for n in range(500))
    imported = read(f'"5 inch\tdisk\n{rows}', "some.tsv")
    assert len(bank_in(imported).items) == 501


def test_cells_that_a_spreadsheet_would_compute_are_guarded_and_come_back() -> None:
    form = all_formats()["csv"]
    assert form.write
    bank = bank_in(read("question,answer\n'=1+1?,'-2\n"))
    assert (bank.items[0].stem, bank.items[0].key_text()) == ("=1+1?", "-2")
    assert b"'=1+1?" in form.write(bank, {}).data


def test_ankis_head_is_obeyed() -> None:
    text = (
        "#separator:Semicolon\n#html:true\n#guid column:1\n#tags column:4\n#deck column:5\n#tags:all\n"
        'abc;"<b>Sun</b>&nbsp;&amp; moon";star<br>rock;x y;Space::Near\n'
        'def;"The {{c1::sun::a star}} and {{c2::moon}}; both";;;Space\n'
    )
    imported = read(text, "some.txt")
    bank = bank_in(imported)
    assert [(item.kind, item.tags) for item in bank.items] == [
        ("flashcard", ("all", "x", "y")), ("cloze", ("all",)), ("cloze", ("all",)),
    ]  # fmt: skip
    assert bank.items[0].stem == "Sun & moon"
    assert [getattr(item, "text", "") for item in bank.items[1:]] == [
        "The {{sun}} and moon; both", "The sun and {{moon}}; both",
    ]  # fmt: skip
    assert "Space › Near" in bank.topics.values()
    assert "the hints of single gaps" in {loss.what for loss in imported.losses}
    again = bank_in(read(text.replace("star<br>rock", "other"), "some.txt"))
    assert [item.id for item in again.items] == [item.id for item in bank.items]


def test_ids_do_not_depend_on_what_else_is_in_the_file() -> None:
    one = bank_in(read("question,answer\nWhat is a fox?,An animal\nWhat is an elm?,A tree\n"))
    other = bank_in(read("question,answer\nWhat is an elm?,A tree\n"))
    assert other.items[0].id == one.items[1].id == "what-is-an-elm"


def test_a_head_without_notes_holds_nothing() -> None:
    assert read("#separator:tab\n#html:true", "some.txt").bank is None
