"""`quiz roster`: class lists, made from files of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

    from quiz.core.class_list import Pupil, Roster
    from quiz.record.record import History

NAME = "roster"
HELP = "keep class lists for drills: add, list, show, forget"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with rosters."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="make a roster from a file, or add who is new in it")
    add.add_argument("roster", help="the class, such as 7b")
    add.add_argument(
        "file", help="a name per line, or a CSV file with a column of names; - for what is typed"
    )
    add.add_argument("--column", metavar="NAME", default="", help="the column's heading or number")
    listed = actions.add_parser("list", help="show which rosters there are")
    show = actions.add_parser("show", help="show who is on a roster")
    show.add_argument("roster")
    for reporting in (listed, show):
        reporting.add_argument("--json", action="store_true", help="print it as JSON")
    forget = actions.add_parser("forget", help="forget names; what was answered stays, nobody's")
    forget.add_argument("roster")
    forget.add_argument("pupil", nargs="*", help="only these pupils; the whole roster if none is named")
    forget.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> int:
    """Do what was asked with rosters.

    Raises:
        UsageError: a file cannot be read, or a roster or pupil is not there.
        HistoryError: the record cannot be used.
    """
    from quiz.cli.startup import open_workspace

    with open_workspace() as workspace:  # whose own learner is there first, whatever pupils are called
        history = workspace.history
        match args.action:
            case "add":
                _add(history, args)
            case "list":
                _list(history, as_json=args.json)
            case "show":
                _show(history, args.roster, as_json=args.json)
            case _:
                _forget(history, args)
    return EXIT_FINE


def _add(history: History, args: argparse.Namespace) -> None:
    import sys
    from pathlib import Path

    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.core.class_list import BadRoster, names_of
    from quiz.errors import UsageError
    from quiz.record.class_lists import read_names

    if args.file == "-":
        try:
            names = names_of(sys.stdin.read(), column=args.column)
        except (BadRoster, UnicodeDecodeError) as error:
            raise UsageError(str(error)) from error
    else:
        names = read_names(Path(args.file), args.column)
    roster, new = history.rosters.add(args.roster, names)
    print_lines(f"{roster.name}: {counted(new, 'new pupil')}, {len(roster.pupils)} in all.")


def _list(history: History, *, as_json: bool) -> None:
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.safe_text import one_line

    rosters = history.rosters.all()
    if as_json:
        print_json([_facts(roster) for roster in rosters])
        return
    print_lines(*(f"{one_line(roster.name)}  {counted(len(roster.pupils), 'pupil')}" for roster in rosters))
    if not rosters:
        print_lines("There are no rosters. “quiz roster add 7b names.txt” makes one.")


def _facts(roster: Roster) -> dict[str, object]:
    return {"roster": roster.name, "pupils": [pupil.name for pupil in roster.pupils]}


def _show(history: History, name: str, *, as_json: bool) -> None:
    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.text.safe_text import one_line

    roster = history.rosters.named(name)
    if as_json:
        print_json(_facts(roster))
        return
    print_lines(f"{one_line(roster.name)}: {counted(len(roster.pupils), 'pupil')}")
    print_lines(*(f"  {one_line(pupil.name)}" for pupil in roster.pupils))


def _forget(history: History, args: argparse.Namespace) -> None:
    from quiz.cli.render_diagnostics import counted, print_lines

    roster = history.rosters.named(args.roster)
    named = {pupil.id: pupil.name for pupil in (pupil_on(roster, name) for name in args.pupil)}
    what = ", ".join(named.values()) if named else f"{roster.name} and {counted(len(roster.pupils), 'name')}"
    if not args.yes and not _is_meant(what):
        print_lines("Nothing was changed.")
        return
    rosters = history.rosters
    kept = rosters.forget_pupils(list(named)) if named else rosters.forget(roster.id)
    print_lines(f"Forgotten: {what}. What was answered stays in the figures, nobody's.")
    print_lines(*(f"The backup {path} could not be changed and still holds names." for path in kept))


def pupil_on(roster: Roster, name: str) -> Pupil:
    """Return the pupil on a roster who is meant by a name.

    Raises:
        UsageError: nobody is called so, or more than one is.
    """
    from quiz.core.class_list import meant_by
    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError

    meant = meant_by(name, roster.pupils)
    if len(meant) == 1:
        return meant[0]
    said = one_line(name, 80)
    if meant:
        known = ", ".join(pupil.name for pupil in meant)
        raise UsageError(f"{len(meant)} pupils are called “{said}”.", f"Say which: {known}.")
    raise UsageError(f"“{said}” is not on the roster {roster.name}.", "“quiz roster show” lists who is.")


def _is_meant(what: str) -> bool:
    """Ask whether names are to be forgotten; only a terminal can be asked."""
    import sys

    from quiz.core.text.safe_text import one_line
    from quiz.errors import UsageError

    if not sys.stdin.isatty():
        raise UsageError("Names are forgotten for good.", "Say --yes if that is meant.")
    sys.stdout.write(f"Forget {one_line(what)} for good? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
