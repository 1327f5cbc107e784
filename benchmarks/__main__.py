"""`python -m benchmarks [NAME ...]`: run some benchmarks, or all, and print one table."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.measuring import table

ALL = (
    "start", "banks", "keys", "phones", "choosing", "browsing", "statistics", "training", "year", "school",
    "peers", "sync",
)  # fmt: skip


def main(names: list[str]) -> int:
    """Run the benchmarks of these names, or all."""
    rows = []
    for name in names or ALL:
        if name not in ALL:
            print(f"There is no benchmark “{name}”. There are: {', '.join(ALL)}.", file=sys.stderr)
            return 2
        print(f"{name} …", file=sys.stderr)
        rows += import_module(f"benchmarks.{name}").measure()
    print(table(rows))
    return 0


sys.exit(main(sys.argv[1:]))
