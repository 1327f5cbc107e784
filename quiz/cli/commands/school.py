"""`quiz school`: a learner's record in a school's database, and the database's upkeep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINDINGS, EXIT_FINE

if TYPE_CHECKING:
    import argparse

    from quiz.services.sync import Synced
    from quiz.services.workspace import Workspace

NAME = "school"
HELP = "keep the records of a school in PostgreSQL: join, sync, and look after the database"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands and their options."""
    from quiz.cli.school_upkeep import add_upkeep_arguments

    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    join = actions.add_parser("join", help="let this machine's learner join a school")
    join.add_argument("address", metavar="URL", help="such as postgresql://school.example/quiz")
    join.add_argument("--code", default="", help="the code from your teacher, which works once")
    join.add_argument("--yes", action="store_true", help="do not ask for confirmation")
    sync = actions.add_parser("sync", help="send what is new to the school, and fetch what is new there")
    sync.add_argument("--json", action="store_true", help="print what was done as JSON")
    items = actions.add_parser("items", help="show how each item did in the exams that you may read")
    items.add_argument("classes", metavar="CLASS", nargs="*", help="only these classes (default: all)")
    items.add_argument("--from", metavar="DATE", dest="since", help="only exams since this day: 2026-09-01")
    items.add_argument("--to", metavar="DATE", dest="until", help="only exams up to this day")
    items.add_argument("--json", action="store_true", help="print it as JSON")
    actions.add_parser("leave", help="send nothing to the school from now on; nothing is taken away")
    add_upkeep_arguments(actions)


def run(args: argparse.Namespace) -> int:
    """Run a subcommand of `quiz school`. Returns 1 where something was refused or is not as it should be.

    Raises:
        UsageError: an address, a code, a class or a person is not there.
        RecordError: the record or the database cannot be used.
    """
    if args.action not in {"join", "sync", "items", "leave"}:
        from quiz.cli.school_upkeep import look_after

        return look_after(args)
    from quiz.cli.startup import open_workspace
    from quiz.record.postgres.connection import require_driver

    require_driver()
    with open_workspace() as workspace:
        match args.action:
            case "join":
                return _join(workspace, args)
            case "sync":
                return _sync(workspace, as_json=args.json)
            case "items":
                return _items(workspace, args)
            case _:
                return _leave(workspace)


def _join(workspace: Workspace, args: argparse.Namespace) -> int:
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.cli.startup import is_meant
    from quiz.core.text.safe_text import one_line
    from quiz.services.school import join, sync_school

    own = workspace.learner
    days = len(workspace.record.days_active(own.id))
    asked = f"What {one_line(own.name, 80)} answered here on {counted(days, 'day')} goes to the school. Join?"
    if days and not args.yes and not is_meant(asked):
        return EXIT_FINE
    learner = join(workspace, args.address, args.code)
    print_lines(f"You are {one_line(learner.name)} at this school from now on.")
    synced = sync_school(workspace)
    return _told(synced, as_json=False)


def _sync(workspace: Workspace, *, as_json: bool) -> int:
    from quiz.errors import UsageError
    from quiz.services.school import sync_school_if_set

    synced = sync_school_if_set(workspace, is_asked=True)
    if synced is None:
        raise UsageError("You have joined no school.", "“quiz school join URL --code …” does.")
    return _told(synced, as_json=as_json)


def _told(synced: Synced, *, as_json: bool) -> int:
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.safe_text import one_line

    if as_json:
        print_json({"sent": synced.sent, "came": synced.came, "remarks": list(synced.remarks)})
    else:
        print_lines(f"{counted(synced.sent, 'event')} went out, {counted(synced.came, 'event')} came in.")
        print_lines(*(one_line(remark) for remark in synced.remarks))
    return EXIT_FINDINGS if synced.remarks else EXIT_FINE


def _items(workspace: Workspace, args: argparse.Namespace) -> int:
    from datetime import timedelta

    from quiz.cli.class_results import day_in
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.phrases import whole_per_cent
    from quiz.core.text.safe_text import one_line
    from quiz.services.school_results import items_at_school

    until = day_in("--to", args.until)
    found = items_at_school(
        workspace, args.classes, day_in("--from", args.since), until and until + timedelta(days=1)
    )
    if args.json:
        print_json([item._asdict() for item in found])
        return EXIT_FINE
    for item in found:
        known = "" if item.discrimination is None else f", discrimination {item.discrimination:+.2f}"
        print_lines(
            f"{whole_per_cent(item.facility):3} %  {one_line(f'{item.bank}/{item.item}', 80)}"
            f"  {counted(item.answers, 'answer')}{known}"
        )
    if not found:
        print_lines("No exam was handed in.")
    return EXIT_FINE


def _leave(workspace: Workspace) -> int:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.services.school import leave

    leave(workspace)
    print_lines("Nothing goes to the school from now on. What is there stays, and so does what is here.")
    return EXIT_FINE
