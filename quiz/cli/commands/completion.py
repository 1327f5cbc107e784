"""`quiz completion`: shell completion for commands, options and banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

NAME = "completion"
HELP = "print a script with which the shell completes commands, options and banks"
SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    import argparse

    parser.add_argument("shell", metavar="SHELL", nargs="?", choices=SHELLS, help=", ".join(SHELLS))
    parser.add_argument("--ids", action="store_true", help=argparse.SUPPRESS)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        'bash, in ~/.bashrc:                    eval "$(quiz completion bash)"\n'
        'zsh, in ~/.zshrc after compinit:       eval "$(quiz completion zsh)"\n'
        "fish, in ~/.config/fish/config.fish:   quiz completion fish | source"
    )


def run(args: argparse.Namespace) -> int:
    """Print a shell's completion script, or the ids that the script asks for.

    Raises:
        UsageError: no shell is named.
    """
    from quiz.cli import completion_scripts
    from quiz.cli.render_diagnostics import print_lines

    if args.ids:
        print_lines(*_ids())
        return EXIT_FINE
    if args.shell is None:
        raise UsageError("“quiz completion” needs a shell.", f"There are: {', '.join(SHELLS)}.")
    from quiz.authoring.diagnostic_codes import all_codes
    from quiz.cli.commands import all_commands
    from quiz.config.settings import Config, settings_of

    words = {
        ("explain", "code"): tuple(all_codes()),
        ("config", "setting"): tuple(setting.name for setting in settings_of(Config())),
    }
    names = tuple(f"{setting.name}=" for setting in settings_of(Config()))
    words.update({(command, "settings"): names for command in all_commands()})
    script = getattr(completion_scripts, args.shell)
    print_lines(script(completion_scripts.specs_of(all_commands(), words)).rstrip("\n"))
    return EXIT_FINE


def _ids() -> list[str]:
    """Return the ids of all usable banks."""
    from contextlib import closing

    from quiz import paths
    from quiz.banks.index.index import BankIndex
    from quiz.banks.library import Library
    from quiz.cli.startup import bank_folders, read_settings

    folders = bank_folders(read_settings())
    with closing(BankIndex(paths.cache_dir() / "banks.db")) as index:
        return [bank.id for bank in Library.within_reach(folders, index).usable()]
