"""The command line: choose the command, and turn failures into exit codes."""

from __future__ import annotations

import sys
import time

from quiz import __version__
from quiz.errors import EXIT_FINDINGS, EXIT_FINE, EXIT_INTERRUPTED, EXIT_USAGE, QuizError, UsageError

TYPE_CHECKING = False  # importing typing would take as long as the rest of `quiz --version`
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quiz.cli.commands import Command

DESCRIPTION = """\
Study from question banks in the terminal. Without a command, the app opens; files and
folders named here are added to the banks that are found."""
USAGE = "quiz [FILE ...] [--banks DIR] [--set NAME=VALUE]\n       quiz COMMAND ..."


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (the process's own by default) and return the exit code. Never raises."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _never_fail_to_print()
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except QuizError as error:
        _say(f"quiz: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        _say("")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        return EXIT_FINDINGS
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else EXIT_FINE if stop.code is None else EXIT_USAGE
    except Exception as error:  # noqa: BLE001 - the last resort before a traceback
        _say(_note_crash(error))
        return EXIT_FINDINGS
    return code


def _run(arguments: list[str]) -> int:
    _refuse_a_clock_that_cannot_be_read()
    if arguments and arguments[0] in {"--version", "-V"}:
        from quiz.cli.versions import version_line

        sys.stdout.write(f"{version_line()}\n")
        return EXIT_FINE
    if not arguments:
        return _open_app()
    if arguments[0] in {"-h", "--help"}:
        parser_of_all().print_help()
        return EXIT_FINE
    from quiz.cli.commands import command_named

    command = command_named(arguments[0])
    return _open_on(arguments) if command is None else _run_command(command, arguments[1:])


def _run_command(command: Command, arguments: list[str]) -> int:
    parser = parser_of(command)
    options, others = parser.parse_known_args(arguments)
    if others:
        parser.error(f"there is no option or place for: {' '.join(others)}")
    return command.run(options)


def parser_of(command: Command) -> argparse.ArgumentParser:
    """Return the parser of a command's arguments."""
    from quiz.cli.parser import ArgumentParser

    described = f"{command.HELP[:1].upper()}{command.HELP[1:]}."
    parser = ArgumentParser(prog=f"quiz {command.NAME}", description=described)
    command.add_arguments(parser)
    return parser


def parser_of_all() -> argparse.ArgumentParser:
    """Return a parser that names all commands in its help."""
    import argparse

    from quiz.cli.commands import all_commands
    from quiz.cli.parser import ArgumentParser

    parser = ArgumentParser(
        prog="quiz",
        usage=USAGE,
        description=DESCRIPTION,
        epilog="“quiz COMMAND --help” says more about a command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", "-V", action="version", version=f"quiz {__version__}", help="print versions and exit"
    )
    parser.add_argument("--banks", metavar="DIR", help="look for banks in this folder as well")
    parser.add_argument(
        "--set",
        metavar="NAME=VALUE",
        help="a setting for this run only; “quiz config” lists them",
    )
    subparsers = parser.add_subparsers(prog="quiz", title="commands", metavar="COMMAND")
    for name, command in all_commands().items():
        subparsers.add_parser(name, help=command.HELP)
    return parser


def _open_on(arguments: list[str]) -> int:
    """Open the app on the named banks and all others. A command may follow the options.

    Raises:
        UsageError: a file or folder is not there, a setting makes no sense, or there is no terminal.
    """
    from pathlib import Path

    from quiz.cli.commands import command_named
    from quiz.cli.parser import ArgumentParser
    from quiz.cli.startup import add_settings_argument, flags_of
    from quiz.paths import on_disk

    parser = ArgumentParser(prog="quiz", usage=USAGE, add_help=False, allow_abbrev=False)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--banks", action="append", default=[], type=Path)
    add_settings_argument(parser)
    options, others = parser.parse_known_args(arguments)
    named = str(options.files[0]) if options.files else ""
    command = command_named(named)
    if command is not None and not on_disk(options.files[0].exists):
        rest = list(arguments)
        rest.remove(named)
        return _run_command(command, rest)
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    for path in options.files:
        if not on_disk(path.exists):
            raise UsageError(_no_such_file(path), "“quiz --help” shows all commands.")
    return _open_app([str(path.absolute()) for path in options.files], options.banks, flags_of(options))


def _open_app(
    files: Sequence[str] = (), folders: Sequence[Path] = (), flags: Mapping[str, str] | None = None
) -> int:
    """Open the app on some banks and all others that are found.

    Raises:
        UsageError: a folder is not there, or there is no terminal.
    """
    from quiz.core.collector import paused_collector

    with paused_collector():  # it would take a fifth of the start; the app resumes it later
        from quiz.cli.startup import ask_about_record, open_app, open_workspace, require_terminal

        require_terminal()
        with open_workspace(files, folders, flags, ask_about_record) as workspace:
            return open_app(workspace)


def _no_such_file(path: Path) -> str:
    from difflib import get_close_matches

    from quiz.cli.commands import all_commands

    close = get_close_matches(str(path)[:80], all_commands(), 1)
    guess = f" Did you mean “quiz {close[0]}”?" if close else ""
    return f"There is no command and no file “{path}”.{guess}"


def _refuse_a_clock_that_cannot_be_read() -> None:
    """Raise UsageError where the time is beyond what Python can count, in the year 2262."""
    try:
        time.time()
    except OverflowError as error:
        raise UsageError("This computer's clock is beyond the year 2261.", "Set it first.") from error


def _never_fail_to_print() -> None:
    """Print signs that the terminal's encoding lacks in ASCII, and other characters as escapes."""
    import codecs
    from io import TextIOWrapper

    codecs.register_error("signs", _in_ascii)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="signs")


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from quiz.core.text.ascii_signs import ASCII_SIGNS

    lacking = error.object[error.start : error.end].translate(ASCII_SIGNS)
    return lacking.encode("ascii", "backslashreplace").decode("ascii"), error.end


def _forget_output() -> None:
    """Discard further output to a pipe that nobody reads."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str) -> None:
    """Write a line to standard error, without control characters."""
    from quiz.core.text.safe_text import visible

    try:
        sys.stderr.write(f"{visible(sentence)}\n")
        sys.stderr.flush()
    except OSError:
        pass


def _note_crash(error: Exception) -> str:
    """Write a crash report and return what to tell the person."""
    import traceback

    from quiz.paths import data_dir

    sentence = f"quiz stopped because of an error of its own ({type(error).__name__})."
    try:
        note = data_dir() / "crash.txt"
    except UsageError as homeless:
        return f"{sentence} {homeless}"
    try:
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.touch(mode=0o600)
        note.write_text(
            "".join(traceback.format_exception(error)), encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return f"{sentence} The crash report could not be written to {note}."
    return f"{sentence} Please report it with this file: {note}"
