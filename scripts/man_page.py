#!/usr/bin/env python3
"""Write docs/quiz.1, the manual page, from the declarations that `quiz --help` is made of.

With --check nothing is written: the exit code says whether the page is up to date.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from quiz import __version__
from quiz.cli.commands import all_commands
from quiz.cli.main import parser_of, parser_of_all

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "quiz.1"

HEAD = f"""\
.\\" Made by scripts/man_page.py; do not edit.
.TH QUIZ 1 "" "quiz {__version__}" "User Commands"
.SH NAME
quiz, quizterm \\- study from question banks in the terminal
"""
TAIL = """\
.SH ENVIRONMENT
.TP
.B QUIZ_HOME
The folder that settings, record and cache are kept under, instead of the usual ones.
.TP
.BI QUIZ_ NAME
Another value for the setting of that name; \\(lqquiz config\\(rq lists them.
.TP
.B NO_COLOR
Nothing is coloured.
.TP
.BR VISUAL ", " EDITOR
The editor that opens a bank.
.SH FILES
\\(lqquiz paths\\(rq prints where settings, record, cache and banks are.
.SH EXIT STATUS
.TP
.B 0
All is well.
.TP
.B 1
There are findings, or the record cannot be used.
.TP
.B 2
The command was given something that it cannot use.
.TP
.B 3
A bank cannot be read.
.TP
.B 130
It was interrupted.
"""


def page() -> str:
    """Return the page's text, in the man macros of roff."""
    commands = all_commands()
    whole = parser_of_all()
    lines = [".SH SYNOPSIS", *_synopsis(whole.usage or "")]
    lines += [".SH DESCRIPTION", _text(whole.description or "")]
    lines += [".SH OPTIONS", *_options(whole), ".SH COMMANDS"]
    for name, command in commands.items():
        parser = parser_of(command)
        lines += [f".SS {_text(f'quiz {_arguments(parser, name)}')}", *_described(parser)]
    body = "\n".join(lines)
    return f"{HEAD}{body}\n{TAIL}"


def _synopsis(usage: str) -> Iterator[str]:
    for number, line in enumerate(usage.splitlines()):
        if number:
            yield ".br"
        yield f".B {_text(line.strip())}"


def _described(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield what a command does, what it takes, its verbs, and what is said beneath its help."""
    yield _text(parser.description or "")
    yield from _options(parser)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for verb, inner in action.choices.items():
                yield from (".TP", f".B {_text(_arguments(inner, verb))}", _text(helps.get(verb, "")))
                yield from (".RS", *_options(inner), ".RE")
    if parser.epilog:
        yield from (".PP", ".nf", _text(parser.epilog % {"prog": parser.prog}), ".fi")


def _arguments(parser: argparse.ArgumentParser, name: str) -> str:
    """Return a command's or a verb's name with what it takes."""
    words = [name]
    if any(action.option_strings and action.dest != "help" for action in parser._actions):
        words.append("[OPTION ...]")
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            words.append(f"{'|'.join(action.choices)} ...")
        elif not action.option_strings:
            value = _value(action)
            several = {"?": f"[{value}]", "*": f"[{value} ...]", "+": f"{value} ..."}
            words.append(several.get(str(action.nargs), value))
    return " ".join(words)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield what a parser takes besides verbs and --help, each with what it is for."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or argparse.SUPPRESS in (action.help, action.dest):
            continue
        if action.dest == "help":
            continue
        yield ".TP"
        names = ", ".join(action.option_strings)
        if not names:
            yield f".I {_text(_value(action))}"
        elif action.nargs == 0:
            yield f".B {_text(names)}"
        else:
            yield f".BI {_quoted(f'{names} ')} {_quoted(_value(action))}"
        yield _text((action.help or "") % {**vars(action), "prog": parser.prog})


def _value(action: argparse.Action) -> str:
    """Return what stands for an argument's value."""
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper() if action.option_strings else action.dest


def _quoted(text: str) -> str:
    return f'"{_text(text)}"'


def _text(text: str) -> str:
    """Return text as roff writes it."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    text = text.replace("“", "\\(lq").replace("”", "\\(rq").replace("’", "\\(cq").replace("–", "\\(en")
    text = text.replace("—", "\\(em").replace("…", "...")
    return re.sub(r"^(?=[.'])", r"\\&", text.strip("\n"), flags=re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.relative_to(ROOT)} is stale: run scripts/man_page.py.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
