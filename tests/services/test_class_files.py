"""Files of names, of any kind and encoding that a school's programs write."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import UsageError
from quiz.exchange.sheets import workbook
from quiz.services.class_files import names_in, read_names


def test_files_of_names(tmp_path: Path) -> None:
    text, table = tmp_path / "7b.txt", tmp_path / "7b.csv"
    text.write_text("Anna\nBo\n", encoding="utf-8-sig")
    table.write_text("Nachname;Vorname\nLi;Bo\n", encoding="utf-16")
    assert read_names(text) == ["Anna", "Bo"]
    assert read_names(table) == ["Bo Li"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"", "no name"), (b"A" * 1_000_001, "too large")],
)
def test_files_that_hold_no_names(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "7b.txt"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=complaint):
        read_names(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_names(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_usual_encodings_are_read(encoding: str) -> None:
    written = "Familienname;Rufname\nMüller;Zoë\nGroß;José\n".encode(encoding)
    assert names_in(written, "standard input") == ["Zoë Müller", "José Groß"]


@pytest.mark.extra("python_calamine", "xlsxwriter")
def test_a_spreadsheet_is_read() -> None:
    cells = {(0, 0): "Nr", (0, 1): "Student Name", (1, 0): 1, (1, 1): "Ada", (2, 0): 2, (2, 1): "Bo"}
    assert names_in(workbook(cells), "7b.xlsx") == ["Ada", "Bo"]


def test_surnames_first_stay_whole_in_a_list() -> None:
    assert names_in(b"Lovelace, Ada\nLi, Bo\n", "7b.txt") == ["Lovelace, Ada", "Li, Bo"]


@pytest.mark.parametrize(
    "name",
    [
        "Anaïs Dupont", "Jürgen Groß", "José Peña", "Zoë Müller", "Renée Lefèvre", "Søren Ærø", "Åsa Öberg",
        "João Gonçalves", "Niccolò Fermi", "Benoît Hélène", "Çelik Defne", "Raúl Íñigo",
    ],
)  # fmt: skip
def test_a_single_western_name_in_windows_1252_comes_in(name: str) -> None:
    assert names_in(f"Name\r\n{name}\r\n".encode("cp1252"), "names.csv") == [name]


def test_names_in_other_encodings_of_latin_letters_come_in() -> None:
    names = ["Łukasz Wójcik", "Wiśniewska Zofia", "Michał Dąbrowski", "Dvořák Jiří", "Grażyna Żak"]
    assert names_in("\n".join(names).encode("cp1250"), "names.txt") == names
