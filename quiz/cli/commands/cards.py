"""`quiz cards`: write cards to print, by which pupils without phones answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

NAME = "cards"
HELP = "write cards to print, by which pupils without phones answer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add = parser.add_argument
    add("class_list", metavar="CLASS", nargs="?", default="", help="the class list; see “quiz class”")
    add("--pupils", type=int, metavar="N", help="the number of pupils, for a class without a list")
    add("--size", choices=["a4", "letter"], default="a4", help="the size of the sheets")
    add("--json", action="store_true", help="print whose card is which as JSON")
    add("-o", "--output", metavar="FILE", required=True, help="the file, which any browser prints")


def run(args: argparse.Namespace) -> int:
    """Write the cards and print whose is which.

    Raises:
        UsageError: there is no such class list, it has too many pupils, or the file cannot be written.
    """
    from pathlib import Path

    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.core.text.phrases import count
    from quiz.core.text.safe_text import one_line
    from quiz.exchange.card_sheet import card_page
    from quiz.services.report_files import write_page

    class_name, names = _pupils(args)
    page = Path(args.output)
    write_page(page, card_page(list(names), class_name, args.size))
    if args.json:
        cards = [{"number": number, "pupil": name} for number, name in names.items()]
        print_json({"file": str(page), "class": class_name or None, "cards": cards})
        return EXIT_FINE
    print_lines(f"{page}: {count(len(names), 'card')}")
    print_lines(*(f"  {number:2}  {one_line(name)}" for number, name in names.items() if name))
    return EXIT_FINE


def _pupils(args: argparse.Namespace) -> tuple[str, dict[int, str | None]]:
    """Return the class's name, and its pupils' names by their numbers. Raises UsageError."""
    from quiz.cli.startup import open_workspace
    from quiz.core.drill.card_markers import MOST_CARDS
    from quiz.errors import UsageError

    if bool(args.class_list) == (args.pupils is not None):
        raise UsageError(
            "Name a class list, or say how many pupils there are.", "For example: quiz cards --pupils 24"
        )
    if args.pupils is not None:
        if not 1 <= args.pupils <= MOST_CARDS:
            raise UsageError(f"--pupils must be between 1 and {MOST_CARDS}.")
        return "", dict.fromkeys(range(1, args.pupils + 1))
    with open_workspace() as workspace:
        class_list = workspace.record.class_lists.named(args.class_list)
    last = max((pupil.number for pupil in class_list.pupils), default=0)
    if last > MOST_CARDS:
        raise UsageError(
            f"The numbers in {class_list.name} go up to {last}; there are {MOST_CARDS} cards.",
            "Make a new class list of those who are in the class now.",
        )
    return class_list.name, {pupil.number: pupil.name for pupil in class_list.pupils}
