"""Class lists: read from text and tables, names of any script told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.class_list import (
    ClassList,
    Pupil,
    UnreadableClassList,
    additions,
    competitor_names,
    meant_by,
    names_of,
    numbered,
    numbers_of,
    told_apart,
)


def test_a_name_per_line() -> None:
    text = "\ufeffAda Lovelace\n\n  Bo   Li \r\n# a remark\n王小明\nنور\nZoë\n"
    assert names_of(text) == ["Ada Lovelace", "Bo Li", "王小明", "نور", "Zoë"]


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("id,name,mark\n1,Ada,5\n2,Bo,4\n", ["Ada", "Bo"]),
        ("Vorname;Nachname\nAda;Lovelace\nBo;Li\n", ["Ada Lovelace", "Bo Li"]),
        ("Nom;Prénom\nLovelace;Ada\n", ["Ada Lovelace"]),
        ("Surname\nLi\n", ["Li"]),
        ("Ada,Bo,Cy\n", ["Ada", "Bo", "Cy"]),
        ('"Lovelace, Ada"\n"Li, Bo"\n', ["Lovelace, Ada", "Li, Bo"]),
        ("Ada\t5\nBo\t4\n", ["Ada", "Bo"]),
        ('"Ada ""the first"" L",5\nBo,4\n', ['Ada "the first" L', "Bo"]),
    ],
)
def test_a_table(table: str, names: list[str]) -> None:
    assert names_of(table, is_table=True) == names


@pytest.mark.parametrize(
    "heading",
    [
        "Student Name",
        "Schüler/in",
        "Élève",
        "Alunno",
        "Alumna",
        "Aluno",
        "Leerling",
        "Elev",
        "Uczeń",
        "Ученик",
    ],
)
def test_a_heading_is_no_pupil(heading: str) -> None:
    assert names_of(f"{heading}\nAda\nBo\n") == ["Ada", "Bo"]
    assert names_of(f"Nr;{heading}\n1;Ada\n2;Bo\n") == ["Ada", "Bo"]


def test_names_in_two_columns_are_joined_by_their_headings() -> None:
    assert names_of("Familienname;Rufname\nLovelace;Ada\n") == ["Ada Lovelace"]


def test_a_column_by_its_heading_or_number() -> None:
    table = "group,who\nx,Ada\ny,Bo\n"
    assert names_of(table, column="Who") == ["Ada", "Bo"]
    assert names_of("x,Ada\ny,Bo\n", column="2") == ["Ada", "Bo"]
    with pytest.raises(UnreadableClassList, match=r"no column “when”.*group, who"):
        names_of(table, column="when")
    with pytest.raises(UnreadableClassList, match="no column “3”"):
        names_of(table, column="3")


def test_numbers_are_not_taken_for_names() -> None:
    table = "Nr;Spitzname\n1;Max\n2;Mo\n"
    with pytest.raises(UnreadableClassList, match=r"Which column holds the names.*: nr, spitzname"):
        names_of(table, is_table=True)
    assert names_of(table, column="spitzname") == ["Max", "Mo"]


def test_whom_a_name_means() -> None:
    anna, other, bo, zoe = (
        Pupil(n, n) for n in ("Anna 1", "Anna 2", "Bo", "Zo\N{LATIN SMALL LETTER E}\u0308")
    )
    pupils = (anna, other, bo, zoe)
    assert meant_by("bo", pupils) == (bo,)
    assert meant_by(" ZOË ", pupils) == (zoe,)
    assert meant_by("anna 2", pupils) == (other,)
    assert meant_by("Anna", pupils) == (anna, other)
    assert meant_by("Cy", pupils) == meant_by("", pupils) == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no name"),
        ("Ada\nB\x1b[2Jo\n", r"Line 2 .*U\+001B"),
        ("\u202eadA\n", r"U\+202E RIGHT-TO-LEFT OVERRIDE"),
        ("x" * 81, "81 characters"),
        ("\n".join(f"Pupil {k}" for k in range(201)), "201 names"),
    ],
)
def test_what_cannot_be_a_roster(text: str, complaint: str) -> None:
    with pytest.raises(UnreadableClassList, match=complaint):
        names_of(text)


def test_pupils_of_the_same_name_are_numbered() -> None:
    assert told_apart(["Anna", "Bo", "anna", "Ａnna"]) == ("Anna 1", "Bo", "anna 2", "Ａnna 3")
    assert told_apart(["Anna", "Anna 1", "Anna"]) == ("Anna 2", "Anna 1", "Anna 3")


@given(st.lists(st.sampled_from(["Anna", "anna", "Anna 1", "Anna 2", "Bo", "王"]), max_size=12))
def test_told_apart_they_are_all_different(names: list[str]) -> None:
    shown = told_apart(names)
    assert len({name.casefold() for name in shown}) == len(names)
    assert all(now.startswith(was) for was, now in zip(names, shown, strict=True))


def test_a_list_read_again_adds_only_who_is_new() -> None:
    assert additions(["Anna", "Bo"], ["bo", "Anna", "Anna", "Cy"]) == ["Anna", "Cy"]


def test_what_competitors_are_called() -> None:
    called = competitor_names(["x1", "x2", "x3", "#7", "team-2", "class"], {"x1": "Ada", "x2": "", "x3": ""})
    assert list(called.values()) == [
        "Ada", "Anonymous pupil 1", "Anonymous pupil 2", "Pupil 7", "Orange", "The class",
    ]  # fmt: skip
    assert numbered(3) == ("#1", "#2", "#3")


def test_a_pupils_number_is_that_on_the_class_list() -> None:
    class_list = ClassList("r1", "7b", (Pupil("a", "Ada", 1), Pupil("c", "Cy", 5)))
    assert numbers_of(["c", "gone", "a", "#9"], class_list) == {"c": 5, "a": 1, "#9": 9}


def test_without_a_class_list_a_number_is_the_pupils_own_or_the_place() -> None:
    assert numbers_of(["#1", "#12"], None) == {"#1": 1, "#12": 12}
    assert numbers_of(["a", "b"], None) == {"a": 1, "b": 2}


def test_what_a_table_holds() -> None:
    cases: list[tuple[str, list[str] | None]] = [
        ("Vorname;Nachname;Klasse\nAda;Lovelace;7b\n", ["Ada Lovelace"]),
        ("Nachname;Zuname;Vorname\nLovelace;Byron;Ada\n", ["Ada Lovelace"]),
        ("\n , \nid,name\n\n1,Ada\n,\n2,Bo\n", ["Ada", "Bo"]), ('"Name" ; x\nAda;1\n', ["Ada"]),
        ("Name;Mark\nAda;1\n;2\nBo\n", ["Ada", "Bo"]), ("Mark;Name\n1;Ada\n2\n", ["Ada"]),
        ("A\ufeffda\nBo\n", ["Ada", "Bo"]), ("Ada\nBo\n", ["Ada", "Bo"]), ("Ada;Bo\nCy;Di\n", ["Ada", "Cy"]),
        ("Ada;1\n2;3\n", None), ("Ada;1\nBo;3\n4;4\n", ["Ada", "Bo", "4"]),
        ("Vorname\nAda\n", ["Ada"]), ("Surname;Name\nLi;Bo Li\n", ["Bo Li"]),
    ]  # fmt: skip
    for table, names in cases:
        if names is None:
            with pytest.raises(UnreadableClassList, match=r"^Which column holds the names\? .*: ada, 1\.$"):
                names_of(table, is_table=True)
        else:
            assert names_of(table, is_table=True) == names


def test_a_heading_may_stand_in_quotes_and_a_list_may_hold_commas() -> None:
    assert names_of('"Name","Mark"\n"Ada","5"\n') == ["Ada"]
    assert names_of("Lovelace, Ada\nLi, Bo\n") == ["Lovelace, Ada", "Li, Bo"]
    assert names_of("\ufeffName\nAda\n") == ["Ada"]
    assert names_of("XAda\n") == ["XAda"]


def test_a_numbered_column_may_have_a_heading_of_names() -> None:
    cases: list[tuple[str, str, list[str]]] = [
        ("name,mark\nAda,5\n", "1", ["Ada"]), ("Ada,5\nBo,4\n", "1", ["Ada", "Bo"]),
        ("mark,first name\n5,Ada\n", "2", ["Ada"]), ("mark,surname\n5,Li\n", "2", ["Li"]),
        ("mark,Who \n5,Ada\n", " who", ["Ada"]), ("who,mark\nAda,5\n", "WHO", ["Ada"]),
    ]  # fmt: skip
    for table, column, names in cases:
        assert names_of(table, column=column) == names


def test_what_is_wrong_with_a_list_is_said() -> None:
    cases: list[tuple[str, str, str]] = [
        ("a,b\n1,Ada\n", "0", "There is no column “0”. Columns: a, b."),
        ("a,b\n1,Ada\n", "c", "There is no column “c”. Columns: a, b."),
        ("a,\n1,Ada\n", "c", "There is no column “c”. Columns: a, ."),
        (f"{'x' * 41},b\n1,Ada\n", "c", f"There is no column “c”. Columns: {'x' * 39}…, b."),
        ("a,b\n1,Ada\n", "y" * 41, f"There is no column “{'y' * 39}…”. Columns: a, b."),
        ("\n\n", "1", "There is no name in this list."),
        ("# nobody\n", "", "There is no name in this list."),
        ("\n" + "x" * 81, "", "Line 2 is 81 characters long; a name has at most 80."),
        ("Ada\x07Bo", "", "Line 1 holds a character that must not be shown: U+0007."),
        ("\n".join(f"P {k}" for k in range(201)), "", "There are 201 names; a class list holds at most 200."),
    ]  # fmt: skip
    for text, column, said in cases:
        with pytest.raises(UnreadableClassList) as told:
            names_of(text, column=column)
        assert str(told.value) == said


def test_a_class_has_200_pupils_at_most_with_names_of_80_letters() -> None:
    names = [f"{k}".rjust(80, "x") for k in range(200)]
    assert names_of("\n".join(names)) == names


def test_a_pupil_of_the_class_is_told_by_the_number_and_a_learner_without_a_name_by_none() -> None:
    called = competitor_names(["x1", "#10", "team-1", "x2"], {"x2": "Ada\n  B"})
    assert called == {"x1": "Anonymous pupil", "#10": "Pupil 10", "team-1": "Blue", "x2": "Ada B"}
    assert competitor_names(["X#1"], {}) == {"X#1": "Anonymous pupil"}
    assert Pupil("a", "Ada").number == 0


def test_a_number_that_no_name_stands_before_means_nobody() -> None:
    pupils = (Pupil("1", "Anna 1"), Pupil("b", "Bo X"))
    assert meant_by("anna", pupils) == pupils[:1]
    assert meant_by("bo", pupils) == meant_by("1", pupils) == ()
