"""`quiz browse`: every item of all banks, searched, narrowed, sorted and changed many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.core.study.item_changes import ItemChange
    from quiz.core.study_filter import StudyFilter
    from quiz.services.browse.catalogue import BrowsedItem, Catalogue
    from quiz.services.workspace import Workspace

NAME = "browse"
HELP = "look through every item, and suspend, flag, tag, reschedule or forget many at once"
LISTED = 50
"""How many items are listed unless told otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.commands.study import add_state_arguments
    from quiz.cli.startup import PLAIN_HELP, add_bank_arguments, add_filter_arguments
    from quiz.services.browse.catalogue import Column

    add_bank_arguments(parser)
    add_filter_arguments(parser)
    add_state_arguments(parser)
    parser.add_argument("--search", metavar="WORDS", default="", help="only items that hold these words")
    parser.add_argument(
        "--sort", choices=list(map(str, Column)), default="file", metavar="COLUMN",
        help="the order: file, due, right, stability or last",
    )  # fmt: skip
    parser.add_argument("--reverse", action="store_true", help="sort the other way round")
    parser.add_argument(
        "--limit", type=int, metavar="N", help=f"list at most so many items (default: {LISTED}, in JSON all)"
    )
    deed = parser.add_mutually_exclusive_group()
    for name, about in (
        ("suspend", "suspend the items found: ask them no more"),
        ("resume", "ask suspended items again"),
        ("flag", "flag the items found"),
        ("unflag", "take their flags away"),
        ("forget", "make the items found new again"),
    ):
        deed.add_argument(f"--{name}", action="store_true", help=about)
    deed.add_argument("--due", metavar="DATE", help="let the items found come back on this day")
    deed.add_argument("--add-tag", metavar="TAG", help="give the items found a tag of your own")
    deed.add_argument("--remove-tag", metavar="TAG", help="take a tag of your own away from them")
    deed.add_argument("--undo", metavar="ID", help="take back the change with this id")
    parser.add_argument("--plain", action="store_true", help=PLAIN_HELP)
    parser.add_argument("--json", action="store_true", help="print what is found, or was done, as JSON")


def run(args: argparse.Namespace) -> int:
    """Open the app at the catalogue, or list or change what is found.

    Raises:
        UsageError: what is named is not there, or makes no sense.
    """
    from quiz.cli.commands.study import require_positive
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.cli.startup import flags_of, is_plain_terminal, open_app, open_workspace
    from quiz.services.item_changes import undo_change

    require_positive(limit=args.limit)
    with open_workspace(args.bank, args.banks, flags_of(args)) as workspace:
        if args.undo is not None:
            number = undo_change(workspace, args.undo)
            told = {"undone": args.undo, "items": number}
            print_json(told) if args.json else print_lines(f"Taken back, {number:,} in all.")
            return EXIT_FINE
        change = _change(args, workspace)
        if change is None and not (args.plain or args.json or is_plain_terminal()):
            from quiz.tui.routes import Browse

            return open_app(workspace, Browse(_chosen(args, workspace), args.search))
        _tell(args, workspace, change)
        return EXIT_FINE


def _chosen(args: argparse.Namespace, workspace: Workspace) -> StudyFilter:
    """Return what the flags narrow the items to, as `quiz study` reads them."""
    from quiz.cli.commands.study import narrowed_by
    from quiz.core.study_filter import StudyFilter

    return narrowed_by(args, workspace, StudyFilter())


def _change(args: argparse.Namespace, workspace: Workspace) -> ItemChange | None:
    """Return the change that the flags ask for; None where they ask for none."""
    from quiz.core.study.item_changes import Deed, ItemChange
    from quiz.services.item_changes import rescheduled, tagged, untagged

    for deed in (Deed.SUSPEND, Deed.RESUME, Deed.FLAG, Deed.UNFLAG, Deed.FORGET):
        if getattr(args, deed):
            return ItemChange(deed)
    if args.due is not None:
        return rescheduled(workspace, args.due)
    if args.add_tag is not None:
        return tagged(args.add_tag)
    return None if args.remove_tag is None else untagged(args.remove_tag)


def _tell(args: argparse.Namespace, workspace: Workspace, change: ItemChange | None) -> None:
    """List what is found, or change it and say by which id that is undone."""
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.core.study.item_changes import PAST
    from quiz.core.text.phrases import count
    from quiz.services.browse.catalogue import Catalogue, Column
    from quiz.services.item_changes import change_items

    catalogue = Catalogue(workspace)
    found = catalogue.found(
        args.search, _chosen(args, workspace), Column(args.sort), is_reversed=args.reverse
    )
    if change is not None:
        if not found:
            raise UsageError("Nothing is found that could be changed.", "Take other words or flags.")
        undo = change_items(workspace, [item.ref for item in found], change)
        if args.json:
            print_json({"change": str(change.deed), "items": len(found), "id": undo})
        else:
            said = f"{PAST[change.deed]} {count(len(found), 'item')}."
            print_lines(said, f"Undo: quiz browse --undo {undo}")
        return
    listed = found if args.limit is None and args.json else found[: args.limit or LISTED]
    if args.json:
        items = [_as_data(item, catalogue) for item in listed]
        print_json({"found": len(found), "items": items})
        return
    print_lines(count(len(found), "item"), *(_line(item, catalogue, workspace) for item in listed))


def _line(item: BrowsedItem, catalogue: Catalogue, workspace: Workspace) -> str:
    from quiz.core.scheduling.study_day import day_of
    from quiz.core.text.phrases import per_cent

    facts = catalogue.facts(item.ref)
    zone, starts_at = workspace.zone, workspace.config.day_starts_at
    due = "new" if facts.due is None else day_of(facts.due, zone, starts_at).isoformat()
    if facts.memory is not None and facts.memory.is_suspended:
        due = "suspended"
    right = "" if facts.right is None else per_cent(facts.right)
    return f"  {due:<10} {right:>4}  {item.ref.bank}/{item.ref.item}  {item.shown[:80]}"


def _as_data(item: BrowsedItem, catalogue: Catalogue) -> dict[str, Any]:
    """Return what JSON says of an item; times are milliseconds since 1970 UTC."""
    facts, head = catalogue.facts(item.ref), item.candidate
    memory = facts.memory
    return {
        "bank": item.ref.bank,
        "item": item.ref.item,
        "stem": item.shown,
        "kind": head.kind,
        "topic": head.topic,
        "tags": list(head.tags),
        "own_tags": list(memory.tags) if memory else [],
        "due": facts.due,
        "right": facts.right,
        "stability": facts.stability,
        "last": facts.last,
        "suspended": memory.is_suspended if memory else False,
        "flagged": memory.is_flagged if memory else False,
    }
