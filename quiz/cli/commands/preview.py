"""`quiz preview`: a bank's items as learners will see them, while it is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from quiz.authoring.preview_state import PreviewState
    from quiz.authoring.watch import Stamps
    from quiz.banks.drafts import Settled
    from quiz.config.settings import Config

NAME = "preview"
HELP = "show a bank's items as learners will see them, with what could be better, and update at each save"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from quiz.cli.startup import add_settings_argument

    parser.add_argument("bank", metavar="BANK", help="the bank's file, or its id")
    parser.add_argument("item", metavar="ITEM", nargs="?", help="the id of the first item to show")
    add_settings_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Open the preview. Answers given in it are not recorded.

    Raises:
        UsageError: there is no such bank or item, or no terminal.
    """
    from quiz.cli.startup import flags_of, read_settings, require_terminal

    config = read_settings(flags_of(args))
    path = bank_path(args.bank, config)
    watched = WatchedBank(path)
    look = watched.look()
    if args.item is not None and look.bank is not None and look.place_of(args.item) is None:
        raise UsageError(f"The bank has no item “{args.item}”.", _guess(args.item, look))
    require_terminal()
    from quiz.clock import SystemClock
    from quiz.tui.preview.app import run_preview

    return run_preview(watched, config, SystemClock(), args.item)


def _guess(item: str, look: PreviewState) -> str:
    from difflib import get_close_matches

    close = get_close_matches(item[:80], look.bank.by_id if look.bank else {}, 1)
    return f"Did you mean “{close[0]}”?" if close else ""


def bank_path(named: str, config: Config) -> Path:
    """Return the file of a bank that was named by its path or its id."""
    from pathlib import Path

    from quiz.banks.library import Library
    from quiz.cli.startup import bank_folders, is_file_name
    from quiz.paths import expanded, on_disk

    path = expanded(named)
    if on_disk(path.is_file):
        return path
    if not is_file_name(named):
        for bank in Library.within_reach(bank_folders(config)).summaries():
            if bank.id == named:
                return Path(bank.path)
    raise UsageError(f"There is no bank “{named}”.", "“quiz list” shows which there are.")


class WatchedBank:
    """A bank file that is read again whenever it is saved."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamps: Stamps | None = None

    def has_changed(self) -> bool:
        """Return whether the file was saved since it was last read."""
        from quiz.authoring.watch import stamps_of

        return stamps_of([self.path]) != self._stamps

    def look(self) -> PreviewState:
        """Read the file and its findings."""
        from quiz.authoring.check import checked, item_lines
        from quiz.authoring.preview_state import PreviewState
        from quiz.authoring.watch import stamps_of
        from quiz.core.content.reversal import with_reverses

        self._stamps = stamps_of([self.path])
        found = checked(self.path)
        lines = item_lines(self.path, len(found.bank.items)) if found.bank else ()
        return PreviewState(self.path.name, found.bank and with_reverses(found.bank), found.findings, lines)


class WatchedDraftFile(WatchedBank):
    """The drafts of a bank file, which can be accepted and rejected."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._settled: list[Settled] = []

    def look(self) -> PreviewState:
        """Read the file and return its drafts with their findings."""
        return super().look().drafts

    def accept(self, item: str) -> None:
        """Make a draft an item like all others. Raises BankError."""
        from quiz.banks.drafts import accept_draft

        self._settled.append(accept_draft(self.path, item))

    def reject(self, item: str) -> None:
        """Take a draft out of the file. Raises BankError."""
        from quiz.banks.drafts import reject_draft

        self._settled.append(reject_draft(self.path, item))

    @property
    def can_take_back(self) -> bool:
        """Whether a draft was settled that can be one again."""
        return bool(self._settled)

    def take_back(self) -> str:
        """Undo what was settled last, and return the draft's id. Raises BankError."""
        from quiz.banks.drafts import take_back

        settled = self._settled[-1]
        take_back(self.path, settled)
        self._settled.pop()
        return settled.item
