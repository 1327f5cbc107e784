"""What shells can complete, taken from the commands' parsers, and the scripts for bash, zsh and fish."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from quiz.cli.commands import Command


class Values(Enum):
    """How a value completes that is not one of a few words."""

    NOTHING = "nothing"
    FILES = "files"
    FOLDERS = "folders"
    BANKS = "banks"
    """Ids of banks, which the shell asks quiz for, and files."""


class Value(NamedTuple):
    """What the value of an option or a command may be."""

    what: Values = Values.NOTHING
    words: tuple[str, ...] = ()


class Flag(NamedTuple):
    """An option of a command."""

    names: tuple[str, ...]
    help: str
    value: Value | None
    """What follows it; None if it takes no value."""


class Spec(NamedTuple):
    """A command, as a shell needs to know it."""

    name: str
    help: str
    flags: tuple[Flag, ...]
    value: Value | None
    """What its arguments may be; None if it has none."""
    rest: Value | None = None
    """What follows its first argument, where that is a subcommand such as `list` or `export`."""


_BY_METAVAR = {"DIR": Values.FOLDERS, "FILE": Values.FILES, "PATH": Values.FILES}
_BY_NAME = {"bank": Values.BANKS, "banks": Values.BANKS, "file": Values.FILES, "files": Values.FILES}


def specs_of(
    commands: Mapping[str, Command], words: Mapping[tuple[str, str], tuple[str, ...]] | None = None
) -> tuple[Spec, ...]:
    """Return the completions of each command, taken from its parser.

    `words` are what an argument may be, by the names of the command and the argument, where its parser does
    not say so.
    """
    return tuple(_spec(name, command, words or {}) for name, command in commands.items())


def _spec(name: str, command: Command, words: Mapping[tuple[str, str], tuple[str, ...]]) -> Spec:
    parser = argparse.ArgumentParser(prog=f"quiz {name}")
    command.add_arguments(parser)
    flags: dict[tuple[str, ...], Flag] = {}
    values: list[Value] = []
    verbs: tuple[str, ...] = ()
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):
            verbs = tuple(action.choices)
            continue
        held = None if action.nargs == 0 else _value(action, words.get((name, action.dest), ()))
        if action.option_strings:
            flag = Flag(tuple(action.option_strings), _plain(action), held)
            flags.setdefault(flag.names, flag)
        elif held is not None:
            values.append(held)
    first = values[0] if values else None
    if verbs:
        rest = next((value for value in values if value != Value()), Value())
        return Spec(name, command.HELP, tuple(flags.values()), Value(words=verbs), rest)
    return Spec(name, command.HELP, tuple(flags.values()), first)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the actions of a parser and its subcommands. argparse has no public list of them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield action
            for inner in action.choices.values():
                yield from _actions(inner)
        elif action.help != argparse.SUPPRESS:
            yield action


def _value(action: argparse.Action, words: tuple[str, ...]) -> Value:
    if words or action.choices is not None:
        return Value(words=words or tuple(map(str, action.choices or ())))
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    return Value(_BY_METAVAR.get(metavar) or _BY_NAME.get(action.dest, Values.NOTHING))


def _plain(action: argparse.Action) -> str:
    return (action.help or "").replace("%%", "%").partition(":")[0]


# --------------------------------------------------------------------------- bash

_BASH = """\
# bash completion for quiz:  eval "$(quiz completion bash)"
_quiz_completion() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" IFS=$'\\n'
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        _quiz_words {commands}
        _quiz_files
        return
    fi
    case "${{COMP_WORDS[1]}} $before" in
{values}
    esac
    case "${{COMP_WORDS[1]}} $current" in
{flags}
    esac
    case "${{COMP_WORDS[1]}}" in
{arguments}
    esac
}}
_quiz_words() {{
    COMPREPLY+=($(compgen -W "$*" -- "$current"))
    case "${{COMPREPLY[0]}}" in *=) compopt -o nospace 2>/dev/null;; esac
}}
_quiz_files() {{ compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$current")); }}
_quiz_folders() {{ compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- "$current")); }}
_quiz_banks() {{ _quiz_words $(quizterm completion --ids 2>/dev/null); _quiz_files; }}
complete -F _quiz_completion quiz quizterm
"""


def bash(specs: tuple[Spec, ...]) -> str:
    """Return the script for bash."""
    values = [
        f"        {_quoted(f'{spec.name} {name}')}) {_bash(flag.value)}; return;;"
        for spec in specs
        for flag in spec.flags
        if flag.value is not None
        for name in flag.names
    ]
    flags = [
        f"        {_quoted(f'{spec.name} -')}*) _quiz_words {_words(_names(spec))}; return;;"
        for spec in specs
    ]
    arguments = [
        f"        {spec.name}) {_bash_arguments(spec.value, spec.rest)};;"
        for spec in specs
        if spec.value is not None
    ]
    return _BASH.format(
        commands=_words([*(spec.name for spec in specs), "--help", "--version", "--banks"]),
        values="\n".join(values),
        flags="\n".join(flags),
        arguments="\n".join(arguments),
    )


def _bash_arguments(value: Value, rest: Value | None) -> str:
    if rest is None:
        return _bash(value)
    return f'if [ "$COMP_CWORD" -eq 2 ]; then {_bash(value)}; else {_bash(rest)}; fi'


def _bash(value: Value) -> str:
    if value.words:
        return f"_quiz_words {_words(value.words)}"
    return ":" if value.what is Values.NOTHING else f"_quiz_{value.what.value}"


def _names(spec: Spec) -> list[str]:
    return [name for flag in spec.flags for name in flag.names]


def _words(words: list[str] | tuple[str, ...]) -> str:
    return " ".join(map(_quoted, words))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# --------------------------------------------------------------------------- zsh

_ZSH = """\
#compdef quiz quizterm
# zsh completion for quiz:  eval "$(quiz completion zsh)", or save it as _quiz in a folder of $fpath
_quiz_banks() {{
    local -a ids
    ids=(${{(f)"$(quizterm completion --ids 2>/dev/null)"}})
    compadd -a ids
    _files
}}
_quiz() {{
    local -a commands
    commands=(
{commands}
    )
    if (( CURRENT == 2 )); then
        _describe command commands
        _files
        return
    fi
    shift words
    (( CURRENT-- ))
    case $words[1] in
{cases}
    esac
}}
if [ "$funcstack[1]" = _quiz ]; then _quiz "$@"; else compdef _quiz quiz quizterm; fi
"""


def zsh(specs: tuple[Spec, ...]) -> str:
    """Return the script for zsh."""
    cases = []
    for spec in specs:
        said = [_zsh_flag(name, flag) for flag in spec.flags for name in flag.names]
        if spec.value is not None and spec.rest is not None:
            said.append(_quoted(f"1:{spec.name}:{_zsh(spec.value)}"))
        if spec.value is not None:
            said.append(_quoted(f"*:{spec.name}:{_zsh(spec.rest or spec.value)}"))
        cases.append(f"        {spec.name}) _arguments {' '.join(said)};;")
    commands = [f"        {_quoted(f'{spec.name}:{spec.help}')}" for spec in specs]
    return _ZSH.format(commands="\n".join(commands), cases="\n".join(cases))


def _zsh_flag(name: str, flag: Flag) -> str:
    told = flag.help.replace("[", "(").replace("]", ")")
    after = f":{name.lstrip('-')}:{_zsh(flag.value)}" if flag.value is not None else ""
    return _quoted(f"*{name}[{told}]{after}")


def _zsh(value: Value) -> str:
    if value.words:
        return f"({' '.join(value.words)})"
    actions = {Values.FILES: "_files", Values.FOLDERS: "_files -/", Values.BANKS: "_quiz_banks"}
    return actions.get(value.what, " ")


# --------------------------------------------------------------------------- fish


_FISH = """\
# fish completion for quiz:  quiz completion fish | source
complete -c quizterm -w quiz
complete -c quiz -n __fish_use_subcommand -s V -l version -d 'print the version'
complete -c quiz -n __fish_use_subcommand -l banks -x -a '(__fish_complete_directories)' -d 'look here, too'
"""


def fish(specs: tuple[Spec, ...]) -> str:
    """Return the script for fish."""
    lines = [
        f"complete -c quiz -n __fish_use_subcommand -a {spec.name} -d {_fish_quoted(spec.help)}"
        for spec in specs
    ]
    for spec in specs:
        here = f"complete -c quiz -n '__fish_seen_subcommand_from {spec.name}'"
        for flag in spec.flags:
            names = " ".join(
                f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in flag.names
            )
            after = f" {_fish(flag.value)}" if flag.value is not None else ""
            lines.append(f"{here} {names}{after} -d {_fish_quoted(flag.help)}")
        if spec.value is not None and spec.rest is not None:
            no_verb = f"not __fish_seen_subcommand_from {' '.join(spec.value.words)}"
            first = f"{here[:-1]}; and {no_verb}'"
            lines.append(f"{first} {_fish(spec.value)}")
        value = spec.rest or spec.value
        if value is None or value.what is not Values.FILES:
            lines.append(f"{here} {_fish(value).replace('-x', '-f') if value else '-f'}")
    return _FISH + "\n".join(lines) + "\n"


def _fish(value: Value) -> str:
    if value.words:
        return f"-x -a {_fish_quoted(' '.join(value.words))}"
    return {
        Values.FILES: "-r -F",
        Values.FOLDERS: "-x -a '(__fish_complete_directories)'",
        Values.BANKS: "-F -a '(quizterm completion --ids 2>/dev/null)'",
    }.get(value.what, "-x")


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
