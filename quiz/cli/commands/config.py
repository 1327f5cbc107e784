"""`quiz config`: show and change settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINDINGS, EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.config.reading import ConfigReading

NAME = "config"
HELP = "show the settings or change one"
KEYS = "keys"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    import argparse

    from quiz.cli.startup import add_settings_argument
    from quiz.config.reading import Origin
    from quiz.config.settings import THEME_NAMES, Config, settings_of, wanted

    fields = "\n".join(
        f"  {setting.name:18} {setting.description}\n"
        f"  {'':18} {wanted(setting.name)}; usually {setting.written}"
        for setting in settings_of(Config())
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = (
        f"settings:\n{fields}\n\n"
        f"themes:\n{_wrapped(THEME_NAMES)}\n\n"
        f"Flags ({Origin.FLAG} NAME=VALUE) override the {Origin.ENVIRONMENT} (QUIZ_THEME and so on),\n"
        f"which overrides {Origin.FILE}. NO_COLOR is heeded, and TEXTUAL_ANIMATIONS=none is reduced_motion.\n"
        "Other keys: quiz config keys.home.study f10; “quiz config keys” lists what can have another."
    )
    parser.add_argument("setting", nargs="?", help="the setting to show or change")
    parser.add_argument("value", nargs="?", help="what to change it to")
    parser.add_argument("--json", action="store_true", help="print the settings as JSON")
    add_settings_argument(parser)


def _wrapped(words: tuple[str, ...]) -> str:
    from textwrap import fill

    return fill(", ".join(words), 80, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def run(args: argparse.Namespace) -> int:
    """Show the settings with their origins and the faults of config.toml, or change a setting.

    Raises:
        UsageError: there is no such setting, it cannot be that, or the file cannot be written.
    """
    import os

    import msgspec

    from quiz import paths
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.cli.startup import finding_line, flags_of
    from quiz.config.reading import read_config
    from quiz.config.settings import settings_of
    from quiz.core.text.safe_text import one_line

    file, flags = paths.config_file(), flags_of(args)
    if args.value is not None:
        _change(args.setting, args.value)
    reading = read_config(file, os.environ, flags)
    settings = settings_of(reading.config)
    name = (args.setting or "").partition(".")[0]
    if name:
        settings = [setting for setting in settings if setting.name == name]
        if not settings:
            raise UsageError(f"There is no setting “{args.setting}”.", "“quiz config” shows which there are.")
    if args.json:
        print_json({setting.name: msgspec.to_builtins(setting.value) for setting in settings})
        return EXIT_FINDINGS if reading.findings else EXIT_FINE
    if name == KEYS and args.value is None:
        print_lines(*_keys(reading))
    else:
        width = max(len(setting.name) for setting in settings)
        values = [one_line(setting.written) for setting in settings]
        room = max(map(len, values))
        for setting, value in zip(settings, values, strict=True):
            origin = reading.origins.get(setting.name)
            said = f"{setting.name:{width}}  {value:{room}}  {f'({origin})' if origin else ''}"
            print_lines(said.rstrip())
    if args.value is not None:
        print_lines(*_overridden(reading, name))
    for finding in reading.findings:
        print_lines(one_line(finding_line(finding), 600))
    return EXIT_FINDINGS if reading.findings else EXIT_FINE


def _change(name: str, written: str) -> None:
    """Write a setting to the file if the value is valid."""
    from quiz import paths
    from quiz.config.reading import changed
    from quiz.config.settings import Config, value_of
    from quiz.config.toml_file import keep_setting

    keep_setting(paths.config_file(), name, value_of(changed(Config(), name, written), name))


def _overridden(reading: ConfigReading, name: str) -> list[str]:
    """Return what to print where a flag or the environment overrides the setting just changed."""
    from quiz.config.reading import Origin

    match reading.origins.get(name):
        case Origin.ENVIRONMENT:
            return [f"It was saved to the file, but QUIZ_{name.upper()} in the environment overrides it."]
        case Origin.FLAG:
            return ["It was saved to the file, but --set overrides it here."]
    return []


def _keys(reading: ConfigReading) -> list[str]:
    """Return every action that can be bound to other keys, with its keys."""
    from quiz.config.key_ids import KEY_IDS

    now = {name: reading.config.keys.get(name, usual) for name, (usual, _) in KEY_IDS.items()}
    width, room = max(map(len, now)), max(map(len, now.values()))
    return [f"{name:{width}}  {keys:{room}}  {KEY_IDS[name][1]}" for name, keys in now.items()]
