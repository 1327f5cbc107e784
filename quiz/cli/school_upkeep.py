"""What whoever looks after a school's database does, for `quiz school`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINDINGS, EXIT_FINE

if TYPE_CHECKING:
    import argparse
    from datetime import date

    import psycopg

    from quiz.record.postgres.people import Invitation

_DATABASE = "the database, such as postgresql://admin@school.example/quiz; passwords belong in ~/.pgpass"


def add_upkeep_arguments(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the subcommands of whoever looks after the database."""

    def action(name: str, help: str) -> argparse.ArgumentParser:  # noqa: A002 - argparse's word
        made = actions.add_parser(name, help=help)
        made.add_argument("address", metavar="URL", help=_DATABASE)
        return made

    action("init", "set up a school in a database, as its administrator")
    action("migrate", "bring the database up to date, and make the partitions of the coming months")
    action("restored", "say that the database was restored from a backup: devices send again what it lacks")
    status = action("status", "say what is in the database, and what should be done")
    people = action("people", "list the pupils and teachers")
    for reporting in (status, people):
        reporting.add_argument("--json", action="store_true", help="print it as JSON")
    pupils = action(
        "class", "make a class from a file, or add the pupils that are new in it; print their codes"
    )
    pupils.add_argument("class_name", metavar="CLASS", help="the class, such as 8b")
    pupils.add_argument("file", help="names, one a line, a CSV file or a spreadsheet")
    pupils.add_argument("--column", metavar="NAME", default="", help="the column's heading or number")
    teacher = action("teacher", "let a teacher read classes; print a code")
    teacher.add_argument("who", metavar="NAME")
    teacher.add_argument("classes", metavar="CLASS", nargs="+")
    code = action("code", "print a new code for somebody who lost a code or a password")
    export = action("export", "write all that the school holds of somebody to a new file")
    export.add_argument("-o", "--output", metavar="FILE", required=True, help="a new file, as JSON lines")
    forget = action("forget", "forget somebody: the name, the classes and the login")
    forget.add_argument("--answers", action="store_true", help="delete their answers as well")
    forget.add_argument("--yes", action="store_true", help="do not ask for confirmation")
    for about in (code, export, forget):
        about.add_argument("who", metavar="NAME", help="a name, or an id where several have the name")
        about.add_argument("--class", metavar="CLASS", dest="class_name", default="", help="of this class")
    taken = action("import", "take in exported records of the school's pupils")
    taken.add_argument("file", nargs="+", help="files that “quiz record export” wrote")


def look_after(args: argparse.Namespace) -> int:
    """Run one of these subcommands, and return the exit code."""
    from quiz.record.postgres.connection import connected, connected_as_owner

    actions = {
        "restored": _restored, "status": _status, "people": _people, "class": _class,
        "teacher": _teacher, "code": _code, "export": _export, "forget": _forget, "import": _import,
    }  # fmt: skip
    if args.action in {"init", "migrate"}:
        with connected(args.address) as db:
            return _init(db) if args.action == "init" else _migrate(db)
    with connected_as_owner(args.address) as db:
        return actions[args.action](db, args)


def _init(db: psycopg.Connection[Any]) -> int:
    from random import SystemRandom

    from quiz.cli.render_diagnostics import print_lines
    from quiz.record.postgres.schema import set_up

    set_up(db, SystemRandom(), _today())
    print_lines("The school is set up. “quiz school class URL 8b names.txt” makes a class and its codes.")
    return EXIT_FINE


def _migrate(db: psycopg.Connection[Any]) -> int:
    from contextlib import suppress

    from psycopg.errors import InsufficientPrivilege

    from quiz.cli.render_diagnostics import print_lines
    from quiz.record.postgres.connection import OWNER
    from quiz.record.postgres.schema import close_to_the_public, migrate

    with suppress(InsufficientPrivilege):  # only who owns the database can
        close_to_the_public(db)
    db.execute(f"SET ROLE {OWNER}")
    before = migrate(db, _today())
    print_lines(
        f"Migrated from {before.applied} to {before.known}."
        if before.applied < before.known
        else f"The schema is up to date, at {before.known}."
    )
    return EXIT_FINE


def _restored(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:  # noqa: ARG001
    from quiz.cli.render_diagnostics import print_lines
    from quiz.record.postgres.schema import note_restore

    note_restore(db)
    print_lines("Every device sends again what the database lacks, the next time that it syncs.")
    return EXIT_FINE


def _status(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.phrases import count
    from quiz.record.postgres.status import advice, status_of

    found = status_of(db)
    told = advice(found, _today())
    if args.json:
        print_json({**found._asdict(), "partitions_until": str(found.partitions_until or ""), "advice": told})
    else:
        print_lines(
            f"PostgreSQL {found.server}, schema {found.applied} of {found.known}, {found.size:,} bytes.",
            f"{counted(found.pupils, 'pupil')} and {counted(found.teachers, 'teacher')} in"
            f" {count(found.classes, 'class', 'classes')}; {found.joined:,} have joined,"
            f" {counted(found.codes, 'code')} can still be used.",
            f"About {found.sessions:,} sessions and {found.events:,} events;"
            f" partitions until {found.partitions_until or 'now'}.",
            "Machines send their own pupil's study and exams. Drills and marked papers stay there:",
            "“quiz school import” takes in what is exported there.",
            *told,
        )
    return EXIT_FINDINGS if told else EXIT_FINE


def _people(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.record.postgres.people import people

    found = people(db)
    if args.json:
        print_json([one._asdict() for one in found])
    for one in [] if args.json else found:
        role = "teacher" if one.is_teacher else "pupil"
        joined = "" if one.has_joined else ", has not joined yet"
        classes = one_line(", ".join(one.classes)) or "no class"
        print_lines(f"{one.id}  {one_line(one.name)}, {role}, {classes}{joined}")
    return EXIT_FINE


def _class(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from pathlib import Path
    from random import SystemRandom

    from quiz.record.class_lists import checked_name
    from quiz.record.postgres.people import invite, put_class
    from quiz.services.class_files import read_names

    name = checked_name(args.class_name, "class")
    new = put_class(db, name, read_names(Path(args.file), args.column), SystemRandom())
    _print_codes(invite(db, new, SystemRandom()))
    return EXIT_FINE


def _teacher(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from random import SystemRandom

    from quiz.record.class_lists import checked_name
    from quiz.record.postgres.people import invite, put_teacher

    name = checked_name(args.who, "teacher")
    with db.transaction():
        teacher = put_teacher(db, name, args.classes, SystemRandom())
        _print_codes([] if teacher.has_joined else invite(db, [teacher], SystemRandom()))
    return EXIT_FINE


def _code(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from random import SystemRandom

    from quiz.record.postgres.people import invite, person_called

    _print_codes(invite(db, [person_called(db, args.who, args.class_name)], SystemRandom()))
    return EXIT_FINE


def _print_codes(invitations: list[Invitation]) -> None:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.core.text.safe_text import one_line

    for one in invitations:
        print_lines(f"{one.code}  {one_line(one.person.name)}")
    if not invitations:
        print_lines("Nobody is new.")


def _export(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from pathlib import Path

    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError
    from quiz.exchange import record_jsonl
    from quiz.paths import record_file
    from quiz.private_files import write_new
    from quiz.record.postgres.people import person_called
    from quiz.record.postgres.pull import everything_of
    from quiz.record.upkeep.saved_reports import note_report

    person = person_called(db, args.who, args.class_name)
    parts = everything_of(db, person.id)
    lines = [record_jsonl.head([(person.id, person.name)])]
    lines += [record_jsonl.session_lines(header, events) for header, events in parts]
    try:
        write_new(Path(args.output), b"".join(lines))
    except FileExistsError as error:
        raise UsageError(f"There already is a file “{args.output}”.", "Choose another name.") from error
    except OSError as error:
        raise UsageError(f"“{args.output}” cannot be written: {error.strerror}.") from error
    note_report(record_file(), Path(args.output))
    print_lines(
        f"Wrote {counted(len(parts), 'session')} of {one_line(person.name)} to {one_line(args.output)}."
    )
    return EXIT_FINE


def _forget(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.cli.startup import is_meant, open_workspace
    from quiz.core.text.safe_text import one_line
    from quiz.record.postgres.people import forget, person_called
    from quiz.services.forgetting import forget_learners

    person = person_called(db, args.who, args.class_name)
    said = one_line(person.name, 80)
    what = f"{said} and all their answers" if args.answers else said
    if not args.yes and not is_meant(f"Forget {what} for good?"):
        return EXIT_FINE
    gone = forget(db, [person.id], answers=args.answers)
    print_lines(
        f"Forgotten in the school's database: {said}. "
        + (f"{counted(gone, 'event')} went too." if args.answers else "The answers stay, without a name.")
    )
    with open_workspace() as workspace:
        here = [one.id for one in workspace.record.learners() if one.id == person.id and one.name]
        kept = forget_learners(workspace, here) if here else []
    print_lines(*([f"Forgotten on this machine: {said}."] if here else []))
    print_lines(*(one_line(f"{path} still holds the name: remove it there, or the file.") for path in kept))
    print_lines(
        "Their own device and the database's backups keep what they hold; docs/school.md says how long."
    )
    return EXIT_FINE


def _import(db: psycopg.Connection[Any], args: argparse.Namespace) -> int:
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.services.school_import import import_files

    taken = import_files(db, args.file)
    print_lines(
        f"{counted(taken.stored, 'new event')}, {taken.present:,} already there, {taken.refused:,} refused.",
        *(one_line(flaw) for flaw in taken.flaws),
    )
    return EXIT_FINDINGS if taken.refused or taken.flaws else EXIT_FINE


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()
