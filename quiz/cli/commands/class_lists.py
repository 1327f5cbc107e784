"""`quiz class`: manage class lists, and show the results of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

    from quiz.core.class_list import ClassList, Pupil
    from quiz.record.interface import Record
    from quiz.services.workspace import Workspace

NAME = "class"
HELP = "manage class lists and show what classes did: add, list, show, results, forget"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands and their options."""
    from quiz.cli.class_results import add_results_arguments

    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser(
        "add", help="make a class list from a file, or add the pupils that are new in it"
    )
    add.add_argument("class_list", metavar="CLASS", help="the class, such as 7b")
    add.add_argument("file", help="names, one a line, a CSV file or a spreadsheet; - for what is typed")
    add.add_argument("--column", metavar="NAME", default="", help="the column's heading or number")
    listed = actions.add_parser("list", help="show which class lists there are")
    show = actions.add_parser("show", help="show who is on a class list")
    show.add_argument("class_list", metavar="CLASS")
    for reporting in (listed, show):
        reporting.add_argument("--json", action="store_true", help="print it as JSON")
    add_results_arguments(actions.add_parser("results", help="show what a class did"))
    forget = actions.add_parser("forget", help="forget names; the answers stay, without a name")
    forget.add_argument("class_list", metavar="CLASS")
    forget.add_argument("pupil", nargs="*", help="only these pupils (default: the whole class list)")
    forget.add_argument("--yes", action="store_true", help="do not ask for confirmation")


def run(args: argparse.Namespace) -> int:
    """Run a subcommand of `quiz class`.

    Raises:
        UsageError: a file cannot be read, or a class list or pupil is not there.
        RecordError: the record cannot be used.
    """
    from quiz.cli.startup import open_workspace

    with (
        open_workspace() as workspace
    ):  # first, so that this machine's learner exists before any pupil of the same name
        record = workspace.record
        match args.action:
            case "add":
                _add(record, args)
            case "list":
                _list(record, as_json=args.json)
            case "show":
                _show(record, args.class_list, as_json=args.json)
            case "results":
                from quiz.cli.class_results import show_results

                show_results(workspace, args)
            case _:
                _forget(workspace, args)
    return EXIT_FINE


def _add(record: Record, args: argparse.Namespace) -> None:
    import sys
    from pathlib import Path

    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.services.class_files import names_in, read_names

    if args.file == "-":
        names = names_in(sys.stdin.buffer.read(), "standard input", column=args.column)
    else:
        names = read_names(Path(args.file), args.column)
    class_list, new = record.class_lists.add(args.class_list, names)
    print_lines(f"{class_list.name}: {counted(new, 'new pupil')}, {len(class_list.pupils)} in all.")


def _list(record: Record, *, as_json: bool) -> None:
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.safe_text import one_line

    class_lists = record.class_lists.all()
    if as_json:
        print_json([_facts(class_list) for class_list in class_lists])
        return
    print_lines(
        *(
            f"{one_line(class_list.name)}  {counted(len(class_list.pupils), 'pupil')}"
            for class_list in class_lists
        )
    )
    if not class_lists:
        print_lines("There are no class lists. “quiz class add 7b names.txt” makes one.")


def _facts(class_list: ClassList) -> dict[str, object]:
    return {"class": class_list.name, "pupils": [pupil.name for pupil in class_list.pupils]}


def _show(record: Record, name: str, *, as_json: bool) -> None:
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.safe_text import one_line

    class_list = record.class_lists.named(name)
    if as_json:
        print_json(_facts(class_list))
        return
    print_lines(f"{one_line(class_list.name)}: {counted(len(class_list.pupils), 'pupil')}")
    print_lines(*(f"  {pupil.number:2}  {one_line(pupil.name)}" for pupil in class_list.pupils))


def _forget(workspace: Workspace, args: argparse.Namespace) -> None:
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.services.forgetting import forget_beside

    class_lists = workspace.record.class_lists
    class_list = class_lists.named(args.class_list)
    named = {pupil.id: pupil.name for pupil in (pupil_on(class_list, name) for name in args.pupil)}
    what = (
        ", ".join(named.values())
        if named
        else f"{class_list.name} and {counted(len(class_list.pupils), 'name')}"
    )
    if not args.yes and not _is_meant(what):
        print_lines("Nothing was changed.")
        return
    ids = list(named) or [pupil.id for pupil in class_list.pupils]
    kept = class_lists.forget_pupils(ids) if named else class_lists.forget(class_list.id)
    kept += forget_beside(workspace, ids)
    print_lines(f"Forgotten: {what}. The answers still count in the figures, without a name.")
    print_lines(*(f"{path} still holds names: remove them there, or the file." for path in kept))


def pupil_on(class_list: ClassList, name: str) -> Pupil:
    """Return the pupil on a class list that a name refers to.

    Raises:
        UsageError: nobody is called so, or more than one is.
    """
    from quiz.core.class_list import meant_by
    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError

    meant = meant_by(name, class_list.pupils)
    if len(meant) == 1:
        return meant[0]
    said = one_line(name, 80)
    if meant:
        known = ", ".join(pupil.name for pupil in meant)
        raise UsageError(f"{len(meant)} pupils are called “{said}”.", f"Say which: {known}.")
    raise UsageError(
        f"“{said}” is not on the class list {class_list.name}.", "“quiz class show” lists who is."
    )


def _is_meant(what: str) -> bool:
    """Ask whether names are to be forgotten. Raises UsageError where there is no terminal."""
    import sys

    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("Names are forgotten for good.", "Say --yes if that is meant.")
    sys.stdout.write(f"Forget {one_line(what)} for good? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
