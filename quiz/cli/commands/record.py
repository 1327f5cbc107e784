"""`quiz record`: list, show, delete, export and import sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.services.workspace import Workspace

NAME = "record"
HELP = "list the sessions on record, export them, or import another machine's"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the subcommands and their options."""
    import argparse

    from quiz.cli.startup import add_settings_argument

    add_settings_argument(parser)
    parser.set_defaults(do="list", learner=None, bank=None, mode=None, limit=20, json=False, banks=[])
    verbs = parser.add_subparsers(title="subcommand", dest="do", metavar="ACTION")
    listing = verbs.add_parser("list", help="list sessions, newest first (the default)")
    for lister in (parser, listing):
        _add_filters(lister)
    showing = verbs.add_parser("show", help="print the answers of a study session")
    showing.add_argument("session", help="the id of a session, or how it begins")
    deleting = verbs.add_parser("delete", help="no longer count a session; it stays in the file")
    deleting.add_argument("session", help="the id of a session, or how it begins")
    deleting.add_argument("--yes", action="store_true", help="do not ask for confirmation")
    assigning = verbs.add_parser("assign", help="count sessions as somebody else's, such as an import's")
    assigning.add_argument(
        "session", nargs="+", help="the id of an exam or a study session, or how it begins"
    )
    assigning.add_argument("--to", metavar="LEARNER", required=True, help="whose they are, by name or id")
    exporting = verbs.add_parser("export", help="write the whole record")
    exporting.add_argument(
        "--format", choices=["jsonl", "csv"], default="jsonl",
        help="jsonl: everything, to import elsewhere; csv: the attempts, for a spreadsheet",
    )  # fmt: skip
    exporting.add_argument("--output", "-o", metavar="FILE", help="a new file (default: standard output)")
    importing = verbs.add_parser("import", help="import another machine's export or record")
    importing.add_argument(
        "file", nargs="+", help="an export (jsonl), a record (history.db), or - to read one"
    )
    importing.add_argument(
        "--as", dest="named", metavar="[THEIRS=]OURS", action="append", default=[],
        help="who a learner in the file is here (default: whoever has the same id, else the name)",
    )  # fmt: skip
    for verb in (parser, listing, showing, importing):
        verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print it as JSON")
    for verb in (parser, listing, showing):
        verb.add_argument(
            "--banks",
            metavar="DIR",
            action="append",
            default=argparse.SUPPRESS,
            help="look for banks in this folder as well",
        )


def _add_filters(parser: argparse.ArgumentParser) -> None:
    """Declare which sessions are listed."""
    from argparse import SUPPRESS

    from quiz.core.events.model import Mode

    parser.add_argument("--bank", default=SUPPRESS, help="only sessions on this bank")
    parser.add_argument(
        "--mode", choices=[mode.word for mode in Mode], default=SUPPRESS, help="only sessions of this mode"
    )
    parser.add_argument(
        "--learner",
        metavar="NAME",
        default=SUPPRESS,
        help="only this learner's sessions (default: everybody's)",
    )
    parser.add_argument(
        "--limit", type=int, metavar="N", default=SUPPRESS, help="at most this many (default: 20)"
    )


def run(args: argparse.Namespace) -> int:
    """Run a subcommand of `quiz record`.

    Returns 1 where something could not be imported, 0 otherwise.

    Raises:
        UsageError: there is no such session, learner, bank or file.
        RecordError: a record cannot be read or written.
    """
    from quiz.cli.record_files import export_history, import_history
    from quiz.cli.startup import flags_of, open_workspace

    with open_workspace(folders=getattr(args, "banks", []), flags=flags_of(args)) as workspace:
        match args.do:
            case "export":
                return export_history(workspace.record, args)
            case "import":
                return import_history(workspace, args)
            case "show":
                return _show(workspace, args)
            case "delete":
                return _delete(workspace, args)
            case "assign":
                return _assign(workspace, args)
        return _list(workspace, args)


def _list(workspace: Workspace, args: argparse.Namespace) -> int:
    from quiz.cli.commands.stats import learner_named
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.cli.startup import chosen_banks
    from quiz.core.events.model import Mode
    from quiz.core.scheduling.study_day import moment, zone_of
    from quiz.core.text.phrases import clock, whole_per_cent
    from quiz.core.text.safe_text import one_line

    if args.limit < 1:
        raise UsageError(f"--limit needs a number from 1, not {args.limit}.")
    learner = learner_named(workspace, args.learner).id if args.learner else None
    bank = chosen_banks(workspace, [args.bank])[0] if args.bank else None
    mode = Mode[args.mode.upper()] if args.mode else None
    names = {one.id: one.name for one in workspace.record.learners()}
    found = workspace.record.sessions(learner, bank, mode, args.limit)
    if args.json:
        import msgspec

        told = [
            {**msgspec.to_builtins(one), "mode": one.mode.word, "learner_name": names.get(one.learner, "")}
            for one in found
        ]
        print_json(told)
        return EXIT_FINE
    for one in found:
        when = moment(one.started).astimezone(zone_of(one.zone))
        answers = one.answers
        share = f"{whole_per_cent(one.share):>3} % of {answers:<4}" if answers else f"{one.unanswered:<13}"
        state = "" if one.is_ended else "  unfinished"
        who = one_line(names.get(one.learner, "") or "somebody", 20)
        print_lines(
            f"{one.id}  {when:%Y-%m-%d %H:%M}  {one.mode.word:<5}  {share}  {clock(one.took_ms):>7}"
            f"  {who}  {one_line(', '.join(one.banks), 60)}{state}"
        )
    if not found:
        print_lines("There are no sessions on record here.")
    return EXIT_FINE


def _show(workspace: Workspace, args: argparse.Namespace) -> int:
    import msgspec

    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.services.past_sessions import past_study, session_named

    past = past_study(workspace, session_named(workspace, args.session))
    if args.json:
        print_json(
            {
                "session": past.header.id,
                "learner": past.learner,
                "banks": list(past.titles),
                "is_ended": past.is_ended,
                "attempts": [
                    {**msgspec.to_builtins(told), "response_text": told.response_text}
                    for told in past.attempts
                ],
            }
        )
        return EXIT_FINE
    print_lines(f"{one_line(', '.join(past.titles))}, {one_line(past.learner)}")
    for told in past.attempts:
        word = "counted as right" if told.is_overridden else told.verdict.value
        print_lines(
            f"{told.number:>4} {word}: {one_line(told.stem or str(told.ref))}",
            f"     answer: {one_line(told.response_text) or '–'}",
            *([f"     key: {one_line(told.key)}"] if told.is_missed and told.key else []),
        )
    return EXIT_FINE


def _delete(workspace: Workspace, args: argparse.Namespace) -> int:
    from quiz.cli.render_diagnostics import print_lines
    from quiz.cli.startup import is_meant
    from quiz.services.past_sessions import session_named, void_session

    session = session_named(workspace, args.session)
    if not args.yes and not is_meant(f"No longer count session {session}?"):
        return EXIT_FINE
    void_session(workspace, session)
    print_lines("The session no longer counts. Its events stay in the file.")
    return EXIT_FINE


def _assign(workspace: Workspace, args: argparse.Namespace) -> int:
    from quiz.cli.render_diagnostics import counted, print_lines
    from quiz.core.text.safe_text import one_line
    from quiz.services.learners import assign_sessions, learner_called
    from quiz.services.past_sessions import session_named

    target = learner_called(workspace.record, args.to)
    sessions = [session_named(workspace, name) for name in args.session]
    assign_sessions(workspace, sessions, target)
    print_lines(f"{counted(len(set(sessions)), 'session')} counted as {one_line(target.name)}'s now.")
    return EXIT_FINE
