"""`quiz study`: study due and new items, or what is chosen, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.core.study_filter import StudyFilter
    from quiz.services.workspace import Workspace

NAME = "study"
HELP = "study due and new items, or what you choose"
STATES = "new, due, known, flagged, leech, missed (within a week), never-asked or suspended"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_bank_arguments, add_filter_arguments, add_plain_arguments
    from quiz.core.study_filter import StudyOrder

    add_bank_arguments(parser)
    add_filter_arguments(parser)
    add_state_arguments(parser)
    parser.add_argument("--limit", type=int, metavar="N", help="ask at most this many items")
    parser.add_argument("--minutes", type=int, metavar="N", help="end after this many minutes of answering")
    parser.add_argument(
        "--order", choices=list(map(str, StudyOrder)), metavar="ORDER",
        help="the order: usual, file, random, weakest first or oldest first",
    )  # fmt: skip
    purpose = parser.add_mutually_exclusive_group()
    purpose.add_argument(
        "--ahead", action="store_true", help="ask what is not due yet as well; answers count for the schedule"
    )
    purpose.add_argument(
        "--cram", action="store_true", help="practise all that is chosen; the schedule stays as it is"
    )
    parser.add_argument(
        "--saved", metavar="NAME", help="study what was saved under this name, changed by other options"
    )
    parser.add_argument("--save", metavar="NAME", help="save what is chosen under this name, and ask nothing")
    parser.add_argument("--list", action="store_true", help="print what would be asked, and ask nothing")
    parser.add_argument("--json", action="store_true", help="like --list, as JSON")
    add_plain_arguments(parser)
    parser.add_argument("--confidence", action="store_true", help="ask how sure you are with every answer")


def add_state_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that select items by their kind and by how the learner stands with them."""
    from quiz.core.study_filter import ItemState

    parser.add_argument("--kind", action="append", default=[], help="only items of this kind")
    parser.add_argument(
        "--state", action="append", default=[], choices=list(map(str, ItemState)), metavar="STATE",
        help=f"only items that are {STATES}",
    )  # fmt: skip


def require_positive(**numbers: int | None) -> None:
    """Refuse numbers below 1, by the names of their options. Raises UsageError."""
    for name, number in numbers.items():
        if number is not None and number < 1:
            raise UsageError(f"--{name} wants a number from 1, not {number}.")


def narrowed_by(args: argparse.Namespace, workspace: Workspace, before: StudyFilter) -> StudyFilter:
    """Return a choice narrowed by the banks, topics, tags, kinds and states that a command line names.

    Raises:
        UsageError: one of them is not there.
    """
    import msgspec

    from quiz.cli.startup import chosen_banks
    from quiz.core.study_filter import ItemState

    said: dict[str, Any] = {
        "topics": tuple(args.topic),
        "tags": tuple(args.tag),
        "kinds": tuple(args.kind),
        "states": tuple(map(ItemState, args.state)),
    }
    banks = chosen_banks(workspace, args.bank or before.banks)
    chosen = msgspec.structs.replace(
        before, banks=banks, **{name: value for name, value in said.items() if value}
    )
    if chosen.topics or chosen.tags or chosen.kinds:
        _check(workspace, chosen)
    return chosen


def chosen_by(args: argparse.Namespace, workspace: Workspace) -> StudyFilter:
    """Return what a command line chooses, on the ground of what was saved where it names that.

    Raises:
        UsageError: a bank, topic, tag, kind or saved name is not there, or a number makes no sense.
    """
    import msgspec

    from quiz.core.study_filter import Purpose, StudyFilter, StudyOrder
    from quiz.services.study.saved import saved_choice

    require_positive(limit=args.limit, minutes=args.minutes)
    said: dict[str, Any] = {
        "limit": args.limit,
        "minutes": args.minutes,
        "order": StudyOrder(args.order) if args.order else None,
        "purpose": Purpose.AHEAD if args.ahead else Purpose.CRAM if args.cram else None,
    }
    before = saved_choice(workspace, args.saved) if args.saved is not None else StudyFilter()
    chosen = narrowed_by(args, workspace, before)
    return msgspec.structs.replace(chosen, **{name: value for name, value in said.items() if value})


def _check(workspace: Workspace, chosen: StudyFilter) -> None:
    """Raise UsageError where a topic, a tag or a kind is in none of the banks."""
    from quiz.services.exam.start import check_names

    candidates = workspace.candidates(chosen.banks)
    held = workspace.record.held_items(workspace.learner.id)
    own = [tag for memories in held.values() for memory in memories.values() for tag in memory.tags]
    check_names("topic", chosen.topics, dict.fromkeys(one.topic for one in candidates if one.topic))
    check_names("tag", chosen.tags, dict.fromkeys([*(tag for one in candidates for tag in one.tags), *own]))
    check_names("kind", chosen.kinds, dict.fromkeys(one.kind for one in candidates))


def run(args: argparse.Namespace) -> int:
    """Open the app with a study session, or say what it would ask.

    Raises:
        UsageError: what is chosen is not there or makes no sense, or there is no terminal.
    """
    from functools import partial

    from quiz.cli.startup import ask_about_record, flags_of, is_plain_terminal, open_app, open_workspace

    flags = flags_of(args)
    if args.confidence:
        flags["confidence"] = "yes"
    ask = partial(ask_about_record, in_lines=args.plain)
    with open_workspace(args.bank, args.banks, flags, ask) as workspace:
        chosen = chosen_by(args, workspace)
        if args.save is not None:
            from quiz.cli.render_diagnostics import print_lines
            from quiz.services.study.saved import save_choice

            name = save_choice(workspace, args.save, chosen)
            print_lines(f"Saved as “{name}”: “quiz study --saved” with that name studies it.")
            return EXIT_FINE
        if args.list or args.json:
            _list(workspace, chosen, as_json=args.json)
            return EXIT_FINE
        if args.plain or is_plain_terminal():
            from quiz.plain.run import study_in_lines

            return study_in_lines(workspace, chosen, has_colour=args.colour)
        from quiz.tui.routes import Study

        return open_app(workspace, Study(chosen))


def _list(workspace: Workspace, chosen: StudyFilter, *, as_json: bool) -> None:
    """Print the items that would be asked now, in their order."""
    import msgspec

    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.core.text.phrases import count
    from quiz.core.text.safe_text import one_line
    from quiz.services.study.start import items_for

    refs = items_for(workspace, chosen, workspace.rng.getrandbits(32))
    if as_json:
        items = [{"bank": ref.bank, "item": ref.item} for ref in refs]
        print_json({"chosen": msgspec.to_builtins(chosen), "count": len(refs), "items": items})
        return
    stems = workspace.items_of(dict.fromkeys(ref.bank for ref in refs))
    print_lines(
        f"{count(len(refs), 'item')} would be asked now.",
        *(f"  {ref.bank}/{ref.item}  {one_line(stems[ref].item.headline, 100)}" for ref in refs),
    )
