"""`quiz paths`: where quiz keeps its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quiz.errors import EXIT_FINE

if TYPE_CHECKING:
    import argparse

NAME = "paths"
HELP = "show where settings, record, cache and banks are kept"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--json", action="store_true", help="print the paths as JSON")


def run(args: argparse.Namespace) -> int:
    """Print every path, whether or not it exists yet."""
    from quiz import paths
    from quiz.cli.render_diagnostics import print_json, print_lines
    from quiz.core.text.safe_text import one_line

    places = {
        "config": paths.config_file(),
        "record": paths.record_file(),
        "cache": paths.cache_dir(),
        "your banks": paths.user_banks_dir(),
        "shipped banks": paths.shipped_banks_dir(),
    }
    if args.json:
        print_json({name.replace(" ", "_"): str(path) for name, path in places.items()})
    else:
        width = max(map(len, places))
        print_lines(*(f"{name:{width}}  {one_line(str(path))}" for name, path in places.items()))
    return EXIT_FINE
