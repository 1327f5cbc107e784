"""`quiz sync`: one learner on several devices, by a folder that something else carries between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINDINGS, EXIT_FINE

if TYPE_CHECKING:
    import argparse

    from quiz.services.sync import Synced

NAME = "sync"
HELP = "keep one record on several devices, by a folder that is synced between them"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add = parser.add_argument
    add("folder", metavar="FOLDER", nargs="?", help="the folder; it is remembered (default: the one set up)")
    add("--as", metavar="NAME", dest="name", default="", help="who in the folder this device's learner is")
    add("--banks", action="store_true", help="carry the learner's own bank files as well")
    add("--off", action="store_true", help="sync with no folder from now on; nothing is taken away")
    add("--json", action="store_true", help="print what was done as JSON")


def run(args: argparse.Namespace) -> int:
    """Sync, and remember a folder that is named. Returns 1 where something could not be taken in.

    Raises:
        UsageError: there is no such folder, or it has to be said who the learner is.
        RecordError: the record cannot be used.
    """
    from quiz import paths
    from quiz.cli.render_diagnostics import print_lines
    from quiz.cli.startup import open_workspace
    from quiz.errors import UsageError
    from quiz.services.sync import pair, sync
    from quiz.services.sync_banks import sync_banks

    with open_workspace() as workspace:
        if args.off:
            workspace.set("sync_folder", "")
            print_lines("No folder is synced from now on. What is in it stays there, and here.")
            return EXIT_FINE
        named = args.folder or workspace.config.sync_folder
        if not named:
            raise UsageError("No folder is set up.", "“quiz sync FOLDER” sets one up.")
        folder = paths.expanded(named).absolute()
        learner = pair(workspace, folder, args.name)
        synced = sync(workspace, folder)
        if workspace.config.sync_folder != str(folder):
            workspace.set("sync_folder", str(folder))
        told = []
        if args.banks:
            try:
                told = sync_banks(workspace.record.path, folder, paths.user_banks_dir())
            except OSError as error:
                raise UsageError(f"Banks cannot be carried: {error.strerror}.") from error
    _tell(synced, learner.name, told, as_json=args.json)
    return EXIT_FINDINGS if synced.remarks else EXIT_FINE


def _tell(synced: Synced, name: str, told: list[str], *, as_json: bool) -> None:
    import msgspec

    from quiz.cli.render_diagnostics import counted, print_json, print_lines
    from quiz.core.scheduling.study_day import moment
    from quiz.core.text.safe_text import one_line

    if as_json:
        print_json({"learner": name, **msgspec.to_builtins(synced), "banks": told})
        return
    came, sent = counted(synced.came, "event"), counted(synced.sent, "event")
    print_lines(f"{one_line(name)}: {came} came in, {sent} went out.")
    print_lines(
        *(f"  {device}: {moment(at):%Y-%m-%d %H:%M} UTC" for device, at in synced.from_devices.items())
    )
    print_lines(*(one_line(line) for line in (*told, *synced.remarks)))
