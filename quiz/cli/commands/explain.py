"""`quiz explain`: why a finding matters and how to fix it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE, UsageError

if TYPE_CHECKING:
    import argparse

    from quiz.authoring.code_explanation import CodeExplanation

NAME = "explain"
HELP = "explain why a finding of “quiz check” matters and how to fix it"
WIDTH = 88


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "code", metavar="CODE", nargs="?", help="the code of a finding (default: list all codes)"
    )
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def run(args: argparse.Namespace) -> int:
    """Explain a code, or list all of them.

    Raises:
        UsageError: there is no such code.
    """
    from quiz.authoring.diagnostic_codes import all_codes
    from quiz.cli.render_diagnostics import print_json, print_lines

    codes = all_codes()
    if args.code is None:
        if args.json:
            print_json([_as_data(one) for one in codes.values()])
        else:
            print_lines(*_list(list(codes.values())))
        return EXIT_FINE
    name = args.code.strip("[]").lower()
    if name not in codes:
        raise UsageError(f"There is no code “{args.code}”.", _guess(name, list(codes)))
    if args.json:
        print_json(_as_data(codes[name]))
    else:
        print_lines(*_explained(codes[name]))
    return EXIT_FINE


def _as_data(one: CodeExplanation) -> dict[str, object]:
    import msgspec

    return {**msgspec.to_builtins(one), "can_stand": one.can_stand}


def _explained(one: CodeExplanation) -> list[str]:
    from textwrap import fill

    indent = " " * 6
    lines = [
        f"{one.code}: {one.severity}, about {one.family.value}",
        "",
        f"Why   {fill(one.why, WIDTH, initial_indent=indent, subsequent_indent=indent).lstrip()}",
        f"Mend  {fill(one.mend, WIDTH, initial_indent=indent, subsequent_indent=indent).lstrip()}",
    ]
    if one.can_stand:
        lines += [
            "",
            f"To let it stand, add to the item or the bank:  lint: {{ignore: [{one.code}], reason: …}}",
        ]
    return lines


def _list(codes: list[CodeExplanation]) -> list[str]:
    from textwrap import wrap

    width = max(len(one.code) for one in codes)
    lines: list[str] = []
    family = ""
    for one in codes:
        if one.family.value != family:
            family = one.family.value
            lines += ["", f"{family[0].upper()}{family[1:]}"]
        why = wrap(one.why, WIDTH - width - 4)
        lines.append(f"  {one.code:{width}}  {why[0]}")
        lines += [f"  {'':{width}}  {rest}" for rest in why[1:]]
    return [*lines[1:], "", "“quiz explain CODE” says how to fix it."]


def _guess(name: str, codes: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name[:80], codes, 1)
    return f"Did you mean “{close[0]}”?" if close else "“quiz explain” lists all codes."
