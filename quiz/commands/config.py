"""`quiz config`: the settings, and what each is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

NAME = "config"
HELP = "show the settings, or change one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    import argparse

    from quiz.config import Config, settings_of

    fields = "\n".join(f"  {setting.name:18} {setting.description}" for setting in settings_of(Config()))
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        f"settings:\n{fields}\n\n"
        "Flags override the environment (QUIZ_THEME and so on), the environment overrides config.toml.\n"
        'Other keys: a table [keys] with lines such as "home.study" = "f10"; docs/keys.md has the ids.'
    )
    parser.add_argument("setting", nargs="?", help="the setting to show or change")
    parser.add_argument("value", nargs="?", help="what to change it to")
    parser.add_argument("--json", action="store_true", help="print the settings as JSON")


def run(args: argparse.Namespace) -> int:
    """Show the settings and what is wrong with config.toml, or change one.

    Raises:
        UsageError: there is no such setting, or it cannot be that.
    """
    import os

    from quiz import paths
    from quiz.commands.report import print_json, print_lines
    from quiz.config import changed, keep_setting, read_config, settings_of
    from quiz.core.characters import one_line

    file = paths.config_file()
    config, findings = read_config(file, os.environ)
    if args.value is not None:
        config = changed(config, args.setting, args.value)
        value = getattr(config, args.setting)
        keep_setting(file, args.setting, list(value) if isinstance(value, tuple) else value)
    settings = settings_of(config)
    if args.setting is not None:
        settings = [setting for setting in settings if setting.name == args.setting]
        if not settings:
            raise UsageError(f"There is no setting “{args.setting}”.", "“quiz config” shows which there are.")
    if args.json:
        print_json({setting.name: setting.value for setting in settings})
        return EXIT_FINDINGS if findings else EXIT_FINE
    width = max(len(setting.name) for setting in settings)
    print_lines(*(f"{setting.name:{width}}  {one_line(setting.written)}" for setting in settings))
    for finding in findings:
        place = f"{file}:{finding.line}" if finding.line else str(file)
        print_lines(f"{one_line(place)}: {one_line(finding.message)}")
    return EXIT_FINDINGS if findings else EXIT_FINE
