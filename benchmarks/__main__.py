"""`python -m benchmarks [NAME ...] [--rounds N]`: run some benchmarks, or all, and print one table."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from inspect import signature

from benchmarks.measuring import table

ALL = (
    "start", "banks", "keys", "phones", "choosing", "browsing", "statistics", "screens", "training", "year",
    "school", "peers", "sync",
)  # fmt: skip


def main() -> int:
    """Run the benchmarks that the command line names, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(ALL)} (default: all)")
    parser.add_argument("--rounds", type=int, metavar="N", help="timed rounds of a key or start, 2 or more")
    options = parser.parse_args()
    rows = []
    for name in options.names or ALL:
        if name not in ALL:
            print(f"There is no benchmark “{name}”. There are: {', '.join(ALL)}.", file=sys.stderr)
            return 2
        print(f"{name} …", file=sys.stderr)
        measure = import_module(f"benchmarks.{name}").measure
        takes_rounds = options.rounds is not None and "rounds" in signature(measure).parameters
        rows += measure(rounds=options.rounds) if takes_rounds else measure()
    print(table(rows))
    return 0


sys.exit(main())
