"""Class lists: reading names, and telling pupils of the same name apart."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from quiz.core.drill.settings import CLASS, is_learner
from quiz.core.drill.teams import BY_ID
from quiz.core.drill.wall_words import ENGLISH, WallWords
from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import code_name, one_line

MOST_PUPILS = 200
MOST_LETTERS = 80
"""The longest name, in characters."""
_SEPARATORS = ";\t,"
_WHOLE = frozenset(
    {
        "name", "names", "pupil", "pupils", "pupil name", "student", "students", "student name", "learner",
        "full name", "schüler", "schülerin", "schülerinnen", "schüler/in", "schüler*in", "schüler:in",
        "schülername", "nom", "élève", "nom complet", "nome", "alunno", "studente", "aluno", "aluna",
        "nome completo", "nombre", "alumno", "alumna", "nombre completo", "naam", "leerling", "navn", "elev",
        "namn", "imię i nazwisko", "uczeń", "jméno", "žák", "имя", "ученик", "фио",
    }
)  # fmt: skip
_FIRST = frozenset(
    {
        "first name", "firstname", "given name", "given names", "forename", "vorname", "rufname", "prénom",
        "nome proprio", "nombre de pila", "nombres", "voornaam", "roepnaam", "fornavn", "förnamn", "imię",
        "křestní jméno", "primeiro nome",
    }
)  # fmt: skip
_LAST = frozenset(
    {
        "last name", "lastname", "surname", "family name", "nachname", "familienname", "zuname",
        "nom de famille", "cognome", "apellido", "apellidos", "sobrenome", "apelido", "achternaam",
        "efternavn", "etternavn", "efternamn", "nazwisko", "příjmení", "фамилия",
    }
)  # fmt: skip
"""How English, German, French, Italian, Spanish, Portuguese, Dutch, the Scandinavian languages, Polish, Czech
and Russian head the columns of class lists."""


class Pupil(msgspec.Struct, frozen=True):
    """A learner on a class list."""

    id: str
    """The learner's id in the record."""
    name: str
    """The name as shown; pupils of the same name are numbered."""
    number: int = 0
    """The pupil's number in the class, from 1, which stays when others leave: that of the card."""


class ClassList(msgspec.Struct, frozen=True):
    """A class list."""

    id: str
    name: str
    pupils: tuple[Pupil, ...] = ()


class UnreadableClassList(ValueError):
    """A list of names cannot be read; the message says where and why."""


def names_of(text: str, *, is_table: bool = False, column: str = "") -> list[str]:
    """Return the names in a list, one per line, or in a table with separators.

    `is_table` says that it is a CSV file; so is what begins with a heading of names. There, `column` is the
    heading or the number, from 1, of the column that holds the names; without it, it is a column with a
    heading such as “name”, first and last names joined, else all cells where there is but one row, else the
    first column.

    Raises:
        UnreadableClassList: it holds no names, or an impossible one.
    """
    lines = text.lstrip("\ufeff").splitlines()
    is_table = is_table or bool(column) or bool(lines and _is_heading(lines[0]))
    found = _table_names(lines, column) if is_table else [(k, line) for k, line in enumerate(lines, 1)]
    names = [(line, tidy(name)) for line, name in found]
    names = [(line, name) for line, name in names if name and not name.startswith("#")]
    for line, name in names:
        _examine(name, line)
    if not names:
        raise UnreadableClassList("There is no name in this list.")
    if len(names) > MOST_PUPILS:
        raise UnreadableClassList(f"There are {len(names)} names; a class list holds at most {MOST_PUPILS}.")
    return [name for _, name in names]


def tidy(name: str) -> str:
    """Return a name without extra spaces, its characters composed."""
    return unicodedata.normalize("NFC", " ".join(name.replace("\ufeff", "").split()))


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names, numbering those that look the same: Anna 1, Anna 2."""
    looks = [_look(name) for name in names]
    counts, seen = Counter(looks), Counter[str]()
    taken = set(looks)
    shown = []
    for name, look in zip(names, looks, strict=True):
        if counts[look] == 1:
            shown.append(name)
            continue
        seen[look] += 1
        while _look(f"{name} {seen[look]}") in taken:
            seen[look] += 1
        shown.append(f"{name} {seen[look]}")
    return tuple(shown)


def meant_by(name: str, pupils: Iterable[Pupil]) -> tuple[Pupil, ...]:
    """Return the pupils that a name means: one shown under exactly this name, else all numbered ones."""
    look, listed = _look(name), list(pupils)
    exact = tuple(pupil for pupil in listed if _look(pupil.name) == look)
    return exact or tuple(pupil for pupil in listed if look and _stripped(pupil.name) == look)


def additions(known: Iterable[str], listed: Iterable[str]) -> list[str]:
    """Return the listed names that a class list lacks. A name listed twice must be on it twice."""
    there = Counter(_look(name) for name in known)
    new = []
    for name in listed:
        look = _look(name)
        if there[look]:
            there[look] -= 1
        else:
            new.append(name)
    return new


def competitor_names(
    competitors: Iterable[str], names: Mapping[str, str], words: WallWords = ENGLISH
) -> dict[str, str]:
    """Return the names of a drill's competitors as the wall shows them.

    `names` are those of learners by id. A learner whose name was forgotten is an anonymous pupil.
    """
    listed = list(competitors)
    called = []
    for competitor in listed:
        if competitor in BY_ID:
            called.append(words.say(BY_ID[competitor].colour))
        elif competitor == CLASS:
            called.append(words.say("The class"))
        elif is_learner(competitor):
            known = one_line(names.get(competitor, ""), MOST_LETTERS)
            called.append(known or words.say("Anonymous pupil"))
        else:
            called.append(words.say("Pupil {number}", number=competitor.lstrip("#")))
    return dict(zip(listed, told_apart(called), strict=True))


def numbered(count: int) -> tuple[str, ...]:
    """Return pupils who have numbers instead of names, and no record."""
    return tuple(f"#{number}" for number in range(1, count + 1))


def numbers_of(pupils: Iterable[str], class_list: ClassList | None) -> dict[str, int]:
    """Return the numbers by which pupils sit and which their cards bear, by their ids.

    It is the number on the class list, a pupil's own such as #7, or else the place among them. A pupil who is
    no longer on the class list has none.
    """
    listed = {pupil.id: pupil.number for pupil in class_list.pupils} if class_list else {}
    numbers = {}
    for place, pupil in enumerate(pupils, 1):
        own = pupil.removeprefix("#")
        if pupil in listed:
            numbers[pupil] = listed[pupil]
        elif own.isdecimal() or class_list is None:
            numbers[pupil] = int(own) if own.isdecimal() else place
    return numbers


def _look(name: str) -> str:
    """Return a name as it looks from the back of the room: without case, width and accents."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _stripped(name: str) -> str:
    """Return what a name looks like without the number that tells it apart."""
    rest, _, number = _look(name).rpartition(" ")
    return rest if number.isdecimal() else ""


def _examine(name: str, line: int) -> None:
    bad = FORBIDDEN.search(name)
    if bad:
        raise UnreadableClassList(
            f"Line {line} holds a character that must not be shown: {code_name(bad[0])}."
        )
    if len(name) > MOST_LETTERS:
        raise UnreadableClassList(
            f"Line {line} is {len(name)} characters long; a name has at most {MOST_LETTERS}."
        )


def _is_heading(line: str) -> bool:
    """Return whether a line heads columns of names."""
    separator = max(_SEPARATORS, key=line.count)
    cells = {cell.strip(' "').casefold() for cell in line.split(separator)}
    return bool(cells & (_WHOLE | _FIRST | _LAST))


def _table_names(lines: Sequence[str], column: str) -> list[tuple[int, str]]:
    """Return the names in a table with their line numbers."""
    text = "\n".join(lines)
    separator = max(_SEPARATORS, key=text.count)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UnreadableClassList(f"This table cannot be read: {error}.") from error
    if not rows:
        return []
    head = [cell.strip().casefold() for cell in rows[0][1]]
    if column:
        place = _place_of(column, head)
        body = rows if column.isdecimal() and head[place] not in _WHOLE | _FIRST | _LAST else rows[1:]
        return _cells(body, [place])
    whole = [place for place, cell in enumerate(head) if cell in _WHOLE]
    first = [place for place, cell in enumerate(head) if cell in _FIRST]
    last = [place for place, cell in enumerate(head) if cell in _LAST]
    if first:  # “Nom” heads whole names, unless there is a column of first names beside it
        return _cells(rows[1:], [first[0], *(last or whole)[:1]])
    if whole or last:
        return _cells(rows[1:], [(whole or last)[0]])
    if len(rows) == 1:
        return [(rows[0][0], cell) for cell in rows[0][1]]
    if len(head) > 1 and not any(character.isalpha() for _, row in rows[1:] for character in row[0]):
        raise UnreadableClassList(f"Which column holds the names? Name it with --column: {_listed(head)}.")
    return _cells(rows, [0])


def _place_of(column: str, head: Sequence[str]) -> int:
    if column.isdecimal():
        place = int(column) - 1
    else:
        place = head.index(column.strip().casefold()) if column.strip().casefold() in head else -1
    if not 0 <= place < len(head):
        raise UnreadableClassList(f"There is no column “{one_line(column, 40)}”. Columns: {_listed(head)}.")
    return place


def _listed(head: Sequence[str]) -> str:
    return ", ".join(one_line(cell, 40) for cell in head) or "none"


def _cells(rows: Iterable[tuple[int, Sequence[str]]], places: Sequence[int]) -> list[tuple[int, str]]:
    """Return the cells at some places of each row, joined."""
    return [(line, " ".join(row[place] for place in places if place < len(row))) for line, row in rows]
