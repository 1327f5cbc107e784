"""The pupils, teachers and classes of a school, and the codes by which their devices join.

All of this is done as the owner of the school's schema.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from quiz.core.class_list import additions
from quiz.core.events.ids import new_learner_id
from quiz.core.text.safe_text import one_line
from quiz.errors import UsageError
from quiz.record.postgres.rows import role_of

if TYPE_CHECKING:
    import psycopg

CODE_LENGTH = 16
"""How many letters and digits, five bits each, make the part of a code that works once."""
VALID_DAYS = 30
"""For how long a code can be used."""
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"


class Person(NamedTuple):
    """A pupil or teacher of a school."""

    id: str
    name: str
    classes: tuple[str, ...] = ()
    is_teacher: bool = False
    has_joined: bool = False


class SchoolClass(NamedTuple):
    """A class of a school."""

    id: str
    name: str


class Invitation(NamedTuple):
    """A code that lets a person's device join, once."""

    person: Person
    code: str


def put_class(
    connection: psycopg.Connection[Any], name: str, names: Sequence[str], rng: Random
) -> list[Person]:
    """Make a class, or add to it the pupils who are new in a list of names; return those who are new."""
    with connection.transaction():
        class_id = new_learner_id(rng)
        connection.execute(
            "INSERT INTO quiz.class(id, name) VALUES (%s, %s) ON CONFLICT (name) DO NOTHING", (class_id, name)
        )
        row = connection.execute("SELECT id FROM quiz.class WHERE name=%s FOR UPDATE", (name,)).fetchone()
        class_id = row[0] if row else class_id
        known = pupils_of(connection, name)
        new = [Person(new_learner_id(rng), one, (name,)) for one in additions([p.name for p in known], names)]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO quiz.person(id, name) VALUES (%s, %s)", [(one.id, one.name) for one in new]
            )
            cursor.executemany(
                "INSERT INTO quiz.class_pupil(class, pupil, place) VALUES (%s, %s, %s)",
                [(class_id, one.id, place) for place, one in enumerate(new, len(known) + 1)],
            )
    return new


def put_teacher(
    connection: psycopg.Connection[Any], name: str, classes: Sequence[str], rng: Random
) -> Person:
    """Make a teacher of that name, unless there is one, and give them classes. Raises UsageError."""
    with connection.transaction():
        known = [one for one in people(connection, name) if one.is_teacher]
        teacher = known[0] if known else Person(new_learner_id(rng), name, tuple(classes), is_teacher=True)
        if not known:
            connection.execute(
                "INSERT INTO quiz.person(id, name, is_teacher) VALUES (%s, %s, true)", (teacher.id, name)
            )
        for each in classes:
            connection.execute(
                "INSERT INTO quiz.class_teacher(class, teacher) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (class_named(connection, each).id, role_of(teacher.id)),
            )
    return teacher


def classes_seen(connection: psycopg.Connection[Any]) -> list[SchoolClass]:
    """Return the classes that may be seen, by name."""
    rows = connection.execute("SELECT id, name FROM quiz.class ORDER BY name").fetchall()
    return [SchoolClass(*row) for row in rows]


def class_named(connection: psycopg.Connection[Any], name: str) -> SchoolClass:
    """Return the class of a name, among those that may be seen. Raises UsageError where there is none."""
    seen = classes_seen(connection)
    found = [each for each in seen if each.name.casefold() == name.casefold()]
    if not found:
        listed = ", ".join(one_line(each.name, 40) for each in seen[:20]) or "none"
        raise UsageError(
            f"There is no class “{one_line(name, 40)}” that you may see.", f"There are: {listed}."
        )
    return found[0]


def pupils_of(connection: psycopg.Connection[Any], name: str) -> list[Person]:
    """Return the pupils of a class in their order, or of all classes that may be seen.

    Those whose names were forgotten are left out.
    """
    rows = connection.execute(
        "SELECT p.id, p.name FROM quiz.class c JOIN quiz.class_pupil m ON m.class = c.id"
        " JOIN quiz.person p ON p.id = m.pupil WHERE %s IN (c.name, '') AND p.name <> ''"
        " ORDER BY m.place, p.id",
        (name,),
    ).fetchall()
    return [Person(key, called, (name,)) for key, called in rows]


def people(connection: psycopg.Connection[Any], who: str = "") -> list[Person]:
    """Return everybody, or those of a name or an id, with their classes."""
    rows = connection.execute(
        "SELECT p.id, p.name, p.is_teacher, r.rolname IS NOT NULL,"
        " array(SELECT c.name FROM quiz.class c WHERE c.id IN (SELECT m.class FROM quiz.class_pupil m"
        " WHERE m.pupil = p.id UNION SELECT t.class FROM quiz.class_teacher t WHERE t.teacher = p.role)"
        " ORDER BY c.name)"
        " FROM quiz.person p LEFT JOIN pg_roles r ON r.rolname = p.role"
        " WHERE p.name <> '' AND (%(who)s = '' OR p.name = %(who)s OR p.id = %(who)s)"
        " ORDER BY p.name, p.id",
        {"who": who},
    ).fetchall()
    return [
        Person(key, name, tuple(classes), is_teacher, has_joined)
        for key, name, is_teacher, has_joined, classes in rows
    ]


def person_called(connection: psycopg.Connection[Any], who: str, class_name: str = "") -> Person:
    """Return the person of a name or an id. Raises UsageError where there is none, or more than one."""
    found = [one for one in people(connection, who) if not class_name or class_name in one.classes]
    said = one_line(who, 80)
    if not found:
        raise UsageError(
            f"Nobody in this school is called “{said}”.", "“quiz school people” lists everybody."
        )
    if len(found) > 1:
        ids = ", ".join(f"{one.id} ({', '.join(one.classes) or 'no class'})" for one in found[:10])
        raise UsageError(f"{len(found)} are called “{said}”.", f"Say which by the id: {ids}.")
    return found[0]


def invite(
    connection: psycopg.Connection[Any], persons: Sequence[Person], rng: Random, days: int = VALID_DAYS
) -> list[Invitation]:
    """Make a new code for each of some persons; their earlier ones no longer work."""
    row = connection.execute("SELECT door FROM quiz.school").fetchone()
    door = row[0] if row else ""
    made = [Invitation(one, "".join(rng.choice(_SIGNS) for _ in range(CODE_LENGTH))) for one in persons]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM quiz.invitation WHERE person = ANY(%s)", ([one.id for one in persons],))
        cursor.executemany(
            "INSERT INTO quiz.invitation(hash, person, expires)"
            " VALUES (%s, %s, now() + make_interval(days => %s))",
            [(hashlib.sha256(one.code.encode()).digest(), one.person.id, days) for one in made],
        )
    return [Invitation(one.person, f"{door}-{one.code}") for one in made]


def forget(connection: psycopg.Connection[Any], learners: Sequence[str], *, answers: bool = False) -> int:
    """Forget people's names, classes and logins, and their answers too if asked; return how many events went.

    Without `answers` these stay, without a name.
    """
    from psycopg import sql

    roles = [role_of(learner) for learner in learners]
    gone = 0
    with connection.transaction():
        connection.execute("DELETE FROM quiz.class_pupil WHERE pupil = ANY(%s)", (list(learners),))
        connection.execute("DELETE FROM quiz.class_teacher WHERE teacher = ANY(%s)", (roles,))
        connection.execute("DELETE FROM quiz.invitation WHERE person = ANY(%s)", (list(learners),))
        connection.execute("UPDATE quiz.person SET name='' WHERE id = ANY(%s)", (list(learners),))
        if answers:
            gone = connection.execute("DELETE FROM quiz.event WHERE owner = ANY(%s)", (roles,)).rowcount
            connection.execute("DELETE FROM quiz.session WHERE owner = ANY(%s)", (roles,))
            connection.execute("DELETE FROM quiz.person WHERE id = ANY(%s)", (list(learners),))
        known = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (roles,)
        ).fetchall()
        for (role,) in known:
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    for table in ("quiz.person", *(("quiz.event", "quiz.session") if answers else ())):
        connection.execute(f"VACUUM {table}")
    return gone
