"""`quiz stats`: statistics as lines or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.core.content.item_ref import ItemRef
    from quiz.record.read_models import Learner
    from quiz.services.workspace import Workspace

NAME = "stats"
HELP = "show what the record says of you, of a bank, or of an item"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

    parser.add_argument("bank", nargs="?", help="the id or file of a bank (default: an overview of all)")
    parser.add_argument("--item", metavar="ID", help="an item of the bank")
    parser.add_argument("--learner", metavar="NAME", help="another learner's statistics")
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well"
    )
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print the figures that the screens show.

    Raises:
        UsageError: there is no such bank, item or learner.
        RecordError: the record cannot be read.
    """
    import msgspec

    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.cli.startup import chosen_banks, flags_of, open_workspace
    from quiz.core.statistics.item_figures import comes_back
    from quiz.exchange import statistics_text
    from quiz.services.leeches import leeches
    from quiz.services.statistics import bank_figures, calibration_of, item_figures, overview_of

    data: dict[str, Any]
    named = [args.bank] if args.bank else []
    if args.item and not named:
        raise UsageError("--item needs the bank that the item is in.", "quiz stats BANK --item ID")
    with open_workspace(named, args.banks, flags_of(args)) as workspace:
        learner = learner_named(workspace, args.learner)
        banks = chosen_banks(workspace, named)
        if args.item:
            figures = item_figures(workspace, _item(workspace, banks[0], args.item), learner)
            when = comes_back(figures, workspace.today, workspace.zone, workspace.config.day_starts_at)
            data, lines = {"item": figures}, statistics_text.item_lines(figures, when)
        elif banks:
            bank = bank_figures(workspace, banks[0], learner)
            told = calibration_of(workspace, learner, banks[0])
            data, lines = {"bank": bank, "calibration": told}, statistics_text.bank_lines(bank, told)
        else:
            view, told = overview_of(workspace, learner), calibration_of(workspace, learner)
            missed = leeches(workspace, learner)
            data = {"overview": view, "calibration": told, "leeches": missed}
            lines = [*statistics_text.overview_lines(view, told), *statistics_text.leech_lines(missed)]
    if args.json:
        print_json(msgspec.to_builtins(data))
    else:
        print_lines(*lines)
    return EXIT_FINE


def learner_named(workspace: Workspace, name: str | None) -> Learner:
    """Return the learner of a name, or the workspace's own learner. Raises UsageError."""
    if not name:
        return workspace.learner
    wanted = " ".join(name.split())
    learners = workspace.record.learners()
    for learner in learners:
        if learner.name == wanted:
            return learner
    known = ", ".join(learner.name for learner in learners if learner.name)
    raise UsageError(f"Nobody called “{name}” is on record.", f"There are: {known or 'none'}.")


def _item(workspace: Workspace, bank: str, name: str) -> ItemRef:
    """Return the item that is meant: one in the bank, or one that used to be in it."""
    from difflib import get_close_matches

    from quiz.core.content.item_ref import ItemRef

    ids = workspace.library.bank(bank).by_id
    ref = ItemRef(bank, name)
    if name not in ids and workspace.record.memory(workspace.learner.id, ref) is None:
        close = get_close_matches(name, ids, 1)
        raise UsageError(
            f"There is no item “{name}” in this bank.", f"Did you mean “{close[0]}”?" if close else ""
        )
    return ref
