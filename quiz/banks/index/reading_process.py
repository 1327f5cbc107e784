"""A process that reads bank files: paths as JSON from standard input, index entries to standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from quiz.banks.index.index import row_of


def main() -> None:
    """Read the files named on standard input."""
    paths: list[str] = json.load(sys.stdin)
    entries = [entry for path in paths if (entry := row_of(Path(path))) is not None]
    sys.stdout.buffer.write(msgspec.msgpack.encode(entries))


if __name__ == "__main__":
    main()
