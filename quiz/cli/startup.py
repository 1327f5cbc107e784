"""What commands share that use the banks or the record, or open the app."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quiz import paths
from quiz.config.reading import changed, read_config
from quiz.config.settings import Config
from quiz.errors import BankError, RecordMissing, UsageError
from quiz.record.read_models import READ_ONLY

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from quiz.banks.summary import BankSummary
    from quiz.config.reading import ConfigFinding
    from quiz.record.sqlite_record import SqliteRecord
    from quiz.services.missing_record import MissingRecord
    from quiz.services.workspace import Workspace
    from quiz.tui.routes import Route


def add_bank_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments that name banks."""
    parser.add_argument("bank", nargs="*", help="the id or file of a bank (default: all banks)")
    parser.add_argument(
        "--banks", metavar="DIR", action="append", default=[], help="look for banks in this folder as well"
    )
    add_settings_argument(parser)


def add_settings_argument(parser: argparse.ArgumentParser) -> None:
    """Declare the option that overrides settings."""
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        dest="settings",
        help="a setting for this run only; “quiz config” lists them",
    )


def flags_of(args: argparse.Namespace) -> dict[str, str]:
    """Return the settings given on the command line.

    Raises:
        UsageError: there is no such setting, or it cannot be that.
    """
    flags = {}
    for written in getattr(args, "settings", ()):
        name, equals, value = written.partition("=")
        if not equals:
            raise UsageError(
                f"--set needs a setting and its value, not “{written}”.", "For example: --set theme=nord"
            )
        changed(Config(), name, value)
        flags[name] = value
    return flags


def add_filter_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options that select items."""
    parser.add_argument("--topic", action="append", default=[], help="only items of this topic")
    parser.add_argument("--tag", action="append", default=[], help="only items with this tag")


PLAIN_HELP = "as lines, for screen readers and pipes (default without a terminal)"
"""What --plain does."""


def add_plain_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options for working without the full-screen app."""
    parser.add_argument("--plain", action="store_true", help=PLAIN_HELP)
    parser.add_argument("--colour", "--color", action="store_true", help="colour the verdicts, with --plain")


def read_settings(flags: Mapping[str, str] | None = None, remarks: list[str] | None = None) -> Config:
    """Read the config. Faults in it are reported on standard error and added to `remarks`."""
    config, findings, _ = read_config(paths.config_file(), os.environ, flags)
    for finding in findings:
        _remark(finding_line(finding), remarks)
    return config


def _remark(sentence: str, remarks: list[str] | None = None) -> None:
    from quiz.core.text.safe_text import visible

    sys.stderr.write(f"quiz: {visible(sentence)}\n")
    if remarks is not None:
        remarks.append(sentence)


def finding_line(finding: ConfigFinding) -> str:
    """Return a fault of the config as a line, with its file and line number."""
    file = paths.config_file()
    return f"{file}:{finding.line}: {finding.message}" if finding.line else finding.message


def bank_folders(
    config: Config, named: Sequence[str | Path] = (), remarks: list[str] | None = None
) -> list[Path]:
    """Return the folders to look for banks in besides the usual ones: those named, then the config's.

    Folders of the config that do not exist are reported on standard error and added to `remarks`.

    Raises:
        UsageError: a named folder does not exist.
    """
    folders = [paths.expanded(folder) for folder in named]
    for folder in folders:
        if not paths.on_disk(folder.is_dir):
            raise UsageError(f"There is no folder “{folder}”.", "Name a folder that holds banks.")
    for folder in (paths.expanded(kept) for kept in config.banks):
        if paths.on_disk(folder.is_dir):
            folders.append(folder)
        else:
            _remark(f"There is no folder “{folder}”, which the setting “banks” names.", remarks)
    return folders


@contextmanager
def open_workspace(
    named: Sequence[str] = (),
    folders: Sequence[str | Path] = (),
    flags: Mapping[str, str] | None = None,
    ask: Callable[[Config, MissingRecord], bool] | None = None,
) -> Iterator[Workspace]:
    """Open the config, the banks and the record, and close the record afterwards.

    `named` are bank ids or files, `folders` are additional folders, `flags` are settings from the command
    line. `ask` is called when the record is gone and returns whether there is one now.

    Raises:
        UsageError: a folder or a file does not exist.
        RecordError: the record cannot be used.
    """
    from random import Random, SystemRandom

    from quiz.banks.index.index import BankIndex
    from quiz.banks.library import Library
    from quiz.clock import SystemClock
    from quiz.services.workspace import Workspace

    remarks: list[str] = []
    config = read_settings(flags, remarks)
    more = bank_folders(config, folders, remarks)
    files = [Path(name) for name in named if is_file_name(name)]
    for file in files:
        if not file.exists():
            raise UsageError(f"There is no file “{file}”.", "“quiz list” shows which banks there are.")
    index = BankIndex(paths.cache_dir() / "banks.db")
    library = Library.within_reach([*files, *more], index, with_drafts=config.drafts)
    clock, file = SystemClock(), paths.record_file()
    with closing(index), _open_record(file, config, ask) as record:
        if record.is_read_only:
            _remark(READ_ONLY)
        workspace = Workspace(
            config=config,
            library=library,
            record=record,
            clock=clock,
            rng=Random(SystemRandom().getrandbits(64)),
            learner_name=user_name(),
            back_up=lambda today: _back_up(file, today),
            train=lambda learner: _train(file, learner),
            keep_config=_keep,
            remarks=remarks,
        )
        try:
            yield workspace
        finally:
            workspace.let_go()


def _open_record(
    file: Path, config: Config, ask: Callable[[Config, MissingRecord], bool] | None
) -> SqliteRecord:
    from quiz.record.sqlite_record import SqliteRecord

    try:
        return SqliteRecord.open(file, learner=config.learner or user_name())
    except RecordMissing as error:
        from quiz.services.missing_record import MissingRecord

        if ask is None or not ask(config, MissingRecord(Path(os.path.realpath(file)), error)):
            raise
    return SqliteRecord.open(file)


def ask_about_record(config: Config, missing: MissingRecord, *, in_lines: bool = False) -> bool:
    """Ask what to do about a missing record, on the screen or in lines. Return whether there is one now."""
    if in_lines or is_plain_terminal():
        from quiz.plain.console import Console
        from quiz.plain.missing_record import ask_in_lines

        return ask_in_lines(missing, Console(sys.stdin, sys.stdout))
    from quiz.tui.dialogs.missing_record import ask_on_screen

    return ask_on_screen(config, missing)


def _keep(name: str, value: Any) -> None:
    from quiz.config.toml_file import keep_setting

    keep_setting(paths.config_file(), name, value)


def _back_up(file: Path, today: date) -> None:
    from quiz.record.upkeep.backups import back_up_daily

    back_up_daily(file, today)


def _train(file: Path, learner: str) -> None:
    from quiz.services.own_parameters.process import start_training

    start_training(file, learner)


def is_file_name(name: str) -> bool:
    """Return whether a bank was named by its file and not by its id."""
    return name.lower().endswith((".yaml", ".yml")) or os.sep in name


def chosen_banks(workspace: Workspace, named: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the named banks, or an empty tuple for all.

    Raises:
        UsageError: a bank is not there.
        BankError: a bank is there and cannot be used.
    """
    summaries = workspace.library.summaries()
    by_path = {os.path.realpath(bank.path): bank for bank in summaries}
    known = {bank.id: bank for bank in summaries if bank.is_usable}
    ids = []
    for name in named:
        bank = by_path.get(os.path.realpath(name)) if is_file_name(name) else known.get(name)
        if bank is None:
            raise UsageError(f"“{name}” is not a usable bank.", _help(name, known))
        if not bank.is_usable:
            wrong = next(finding for finding in bank.findings if finding.is_error)
            message = f"{name} cannot be used. Line {wrong.line}: {wrong.message}"
            raise BankError(message, f"“quiz check {name}” says more.")
        ids.append(bank.id)
    return tuple(dict.fromkeys(ids))


def _help(name: str, known: Mapping[str, BankSummary]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), 1)
    return f"Did you mean “{close[0]}”?" if close else f"There are: {', '.join(sorted(known)) or 'none'}."


def user_name() -> str:
    """Return the system user's name, or “learner” where there is none."""
    import getpass

    try:
        return getpass.getuser() or "learner"
    except (OSError, KeyError, ImportError):
        return "learner"


def is_plain_terminal() -> bool:
    """Return whether only lines can be shown: there is no terminal, or one that cannot move its cursor."""
    return not (sys.stdin.isatty() and sys.stdout.isatty()) or _is_dumb()


def _is_dumb() -> bool:
    """Return whether the terminal cannot move its cursor. Windows sets no TERM, and can move it."""
    return sys.platform != "win32" and os.environ.get("TERM", "") in {"", "dumb"}


def require_terminal() -> None:
    """Raise an error where the full-screen app cannot run.

    Raises:
        UsageError: input or output is no terminal, or one that cannot move its cursor.
    """
    if is_plain_terminal():
        raise UsageError(
            "The app needs a terminal that it can draw on.",
            "“quiz study --plain”, “quiz exam --plain” and most other commands work without one.",
        )


def open_app(workspace: Workspace, first: Route[Any] | None = None) -> int:
    """Run the full-screen app from a route's screen, or from Home, and return its exit code."""
    from quiz.core.collector import paused_collector

    require_terminal()
    with paused_collector():
        from quiz.tui.app import run_app

        workspace.library.put_off.is_on = first is None
        return run_app(workspace, first)


def is_meant(question: str) -> bool:
    """Ask for confirmation of a change that cannot be undone. Raises UsageError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError(
            "There is no terminal to ask for confirmation.", "Use --yes to go ahead without asking."
        )
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
