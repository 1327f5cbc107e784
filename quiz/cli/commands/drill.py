"""`quiz drill`: drill a class, set up with flags or on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from quiz.core.class_list import ClassList
    from quiz.core.content.item_ref import ItemRef
    from quiz.core.drill.room import WallSettings
    from quiz.core.drill.settings import DrillSettings
    from quiz.services.drill.start import DrillPlan
    from quiz.services.workspace import Workspace

NAME = "drill"
HELP = "drill a class: set up on the screen, or started at once if a format is named"
MOST_ITEMS, MOST_PUPILS = 999, 200
MOST_PORT = 65_535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_bank_arguments, add_filter_arguments
    from quiz.core.drill.formats import all_formats

    add_bank_arguments(parser)
    add_filter_arguments(parser)
    add = parser.add_argument
    add("--format", choices=list(all_formats()), help="start at once in this format")
    add("--class", dest="class_list", metavar="NAME", help="the class list; see “quiz class”")
    add(
        "--pupils",
        type=int,
        metavar="N",
        help="the number of pupils, where they have numbers instead of names",
    )
    add(
        "--pupil",
        metavar="NAME",
        action="append",
        default=[],
        help="the pupil who sprints; give it twice for two pupils in turn",
    )
    add("--teams", type=int, metavar="N", help="the number of teams, 2 to 8")
    add("--items", type=int, metavar="N", help="the number of items")
    add("--seconds", type=int, metavar="N", help="the time for an item, or for a whole sprint")
    add("--speed-bonus", action="store_true", help="give a little more for a fast right answer")
    add("--no-changes", action="store_true", help="pupils cannot change their answers on their phones")
    add("--no-places", action="store_true", help="keep the places hidden")
    add("--off-record", action="store_true", help="pupils' own answers do not count for their own records")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--with-options", action="store_true", help="only items with options")
    kinds.add_argument("--every-kind", action="store_true", help="also items without options")
    add("--wall", action="store_true", help="show the class a page in a browser; the terminal is yours alone")
    add("--lan", action="store_true", help="let pupils answer on their phones in this network, with --wall")
    add(
        "--by-name",
        action="store_true",
        help="phones join by names of the class list, not by seat numbers",
    )
    add("--port", type=int, metavar="N", help="the port of the wall (default: any that is free)")
    add("--again", metavar="SESSION", help="the items most missed in an earlier drill")
    add("--seed", type=int, metavar="N", help="the seed from which items and pupils are drawn")


def run(args: argparse.Namespace) -> int:
    """Open the app with a drill, or with its set-up if no format was named.

    Raises:
        UsageError: a bank, class, pupil or session is not there, a number makes no sense, nothing is left
            to ask, or there is no terminal.
    """
    from quiz.cli.startup import (
        ask_about_record,
        chosen_banks,
        flags_of,
        open_app,
        open_workspace,
        require_terminal,
    )
    from quiz.services.drill.start import planned_items
    from quiz.services.nothing_to_ask import nothing_in_drill

    with open_workspace(args.bank, args.banks, flags_of(args), ask_about_record) as workspace:
        bank_ids = chosen_banks(workspace, args.bank)
        wall = wall_from(args)
        items = missed_in(workspace, args.again) if args.again else ()
        plan = plan_from(args, workspace, bank_ids, items) if args.format else None
        if plan is not None and not planned_items(workspace, plan, 0):
            raise nothing_in_drill(workspace, bank_ids)
        require_terminal()
        from quiz.services.drill.start import start_drill
        from quiz.tui.routes import RunDrill, SetUpDrill

        if plan is None:
            return open_app(workspace, SetUpDrill(bank_ids, items, wall=wall))
        return open_app(workspace, RunDrill(start_drill(workspace, plan), wall))


def wall_from(args: argparse.Namespace) -> WallSettings | None:
    """Return how the drill is shown in a browser; None for the terminal alone.

    Raises:
        UsageError: the flags do not fit together, or a library is not installed.
    """
    from quiz.core.drill.formats import all_formats
    from quiz.core.drill.room import WallSettings
    from quiz.errors import UsageError
    from quiz.services.drill.room_files import require_libraries

    _require("--port", args.port, 1, MOST_PORT)
    if not (args.wall or args.lan):
        if args.port is not None or args.by_name:
            raise UsageError("--port and --by-name need --wall or --lan.", "Add one of them.")
        return None
    if args.by_name and not (args.lan and (args.class_list or not args.format)):
        raise UsageError("--by-name needs --lan and --class.", "“quiz class list” shows which there are.")
    if args.lan and args.format and not all_formats()[args.format].takes_phones:
        raise UsageError(
            f"Pupils do not answer on phones in the format {args.format}.", "Use --wall, or another format."
        )
    require_libraries()
    return WallSettings(is_lan=args.lan, by_name=args.by_name, port=args.port or 0)


def plan_from(
    args: argparse.Namespace, workspace: Workspace, bank_ids: tuple[str, ...], items: tuple[ItemRef, ...]
) -> DrillPlan:
    """Return the drill that the flags describe. Raises UsageError where they do not fit together."""
    from quiz.core.drill.formats import all_formats
    from quiz.core.drill.teams import FEWEST, MOST
    from quiz.services.drill.start import DrillPlan

    _require("--items", args.items, 1, MOST_ITEMS)
    kind = all_formats()[args.format]
    _require("--seconds", args.seconds, *kind.seconds_range)
    _require("--pupils", args.pupils, 1, MOST_PUPILS)
    _require("--teams", args.teams, FEWEST, MOST)
    class_list = workspace.record.class_lists.named(args.class_list) if args.class_list else None
    return DrillPlan(
        banks=bank_ids,
        settings=settings_from(args, class_list),
        items=items,
        limit=args.items or kind.usual_items or None,
        only_options=args.with_options or not (kind.asks_every_kind or args.every_kind),
        topics=tuple(args.topic),
        tags=tuple(args.tag),
        seed=args.seed,
    )


def settings_from(args: argparse.Namespace, class_list: ClassList | None) -> DrillSettings:
    """Return the drill's settings from the flags.

    Raises:
        UsageError: a pupil is not on the class list, or a flag means nothing in the format.
    """
    from quiz.core.class_list import numbered
    from quiz.core.drill.formats import all_formats
    from quiz.core.drill.settings import DrillSettings, Needs
    from quiz.core.drill.setup import USUAL_PUPILS
    from quiz.errors import UsageError

    kind = all_formats()[args.format]
    if args.speed_bonus and not kind.offers("has_bonus"):
        raise UsageError(f"There is no speed bonus in the format {args.format}.", "Leave --speed-bonus out.")
    for flag, given, name in (
        ("--no-changes", args.no_changes, "may_change"),
        ("--no-places", args.no_places, "has_places"),
        ("--off-record", args.off_record, "feeds_records"),
    ):
        if given and not kind.offers(name):
            raise UsageError(f"{flag} means nothing in the format {args.format}.", f"Leave {flag} out.")
    usual = {choice.name: choice.usual for choice in kind.choices}
    pupils: tuple[str, ...] = ()
    if kind.needs is Needs.PUPILS:
        pupils = (
            tuple(p.id for p in class_list.pupils) if class_list else numbered(args.pupils or USUAL_PUPILS)
        )
    elif kind.needs is Needs.CLASS and class_list:
        pupils = tuple(p.id for p in class_list.pupils)
    elif kind.needs is Needs.TEAMS:
        pupils = tuple(p.id for p in class_list.pupils) if class_list else numbered(args.pupils or 0)
    elif kind.needs is Needs.SIDES:
        pupils = _sprinters(args.pupil, class_list)
    return DrillSettings(
        format=args.format,
        seconds=args.seconds or usual.get("seconds", 0),
        has_bonus=args.speed_bonus,
        class_list=class_list.id if class_list else "",
        pupils=pupils,
        teams=args.teams or usual.get("teams", 0),
        class_size=len(class_list.pupils) if class_list else args.pupils or 0,
        may_change=not args.no_changes,
        has_places=not args.no_places,
        feeds_records=not args.off_record,
    )


def missed_in(workspace: Workspace, session: str) -> tuple[ItemRef, ...]:
    """Return the items most missed in an earlier drill.

    Raises:
        UsageError: there is no such drill, or hardly anything was missed in it.
    """
    from quiz.errors import UsageError
    from quiz.services.drill.start import report_of_drill
    from quiz.services.past_sessions import session_named

    report = report_of_drill(workspace.record, session_named(workspace, session))
    if not report.again:
        raise UsageError("Hardly anything was missed in that drill.", "Leave --again out.")
    return tuple(line.ref for line in report.again)


def _sprinters(names: list[str], class_list: ClassList | None) -> tuple[str, ...]:
    """Return the ids of the pupils who sprint, or none for the whole class."""
    from quiz.cli.commands.class_lists import pupil_on
    from quiz.errors import UsageError

    if not names:
        return ()
    if class_list is None:
        raise UsageError("--pupil needs --class as well.", "“quiz class list” shows which there are.")
    if len(names) > 2:
        raise UsageError("At most two pupils sprint in turn.", "Leave some out.")
    return tuple(dict.fromkeys(pupil_on(class_list, name).id for name in names))


def _require(flag: str, number: int | None, least: int, most: int) -> None:
    from quiz.errors import UsageError

    if number is not None and not least <= number <= most:
        raise UsageError(f"{flag} needs a number from {least} to {most}, not {number}.")
