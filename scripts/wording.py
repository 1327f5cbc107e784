#!/usr/bin/env python3
"""Find words of a source that a bank repeats: any run of more than six that follow each other in both.

usage: wording.py SOURCE.txt [BANK.yaml ...]    (all shipped banks if none is named)

Titles of sources are left out of account. Without the source's file there is nothing to compare, which is
said and counts as fine.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import msgspec

from quiz.banks.files import read_bank

LONGEST_RUN = 6
ROOT = Path(__file__).resolve().parent.parent


def words_of(text: str) -> list[str]:
    """Return a text's words without case and punctuation."""
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "").replace("'", ""))


def runs(text: str, known: set[tuple[str, ...]]) -> list[str]:
    """Return the runs of words of a text that are known."""
    words = words_of(text)
    size = LONGEST_RUN + 1
    return [" ".join(words[i : i + size]) for i in range(len(words)) if tuple(words[i : i + size]) in known]


def texts(value: object) -> list[str]:
    """Return all texts in plain data."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    return [text for inner in value for text in texts(inner)] if isinstance(value, list | tuple) else []


def main(arguments: list[str]) -> int:
    """Compare and say what is repeated."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    source = Path(arguments[0])
    if not source.exists():
        print(f"{source} is not there: nothing compared.")
        return 0
    words = words_of(source.read_text(encoding="utf-8"))
    size = LONGEST_RUN + 1
    known = {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}
    paths = [Path(name) for name in arguments[1:]] or sorted((ROOT / "questions").glob("*.yaml"))
    found = 0
    for path in paths:
        bank = read_bank(path).bank
        if bank is None:
            print(f"{path} has errors: run quiz check.", file=sys.stderr)
            return 3
        titles = {" ".join(words_of(one.title)) for one in bank.sources.values()}
        plain = msgspec.to_builtins(bank)
        for text in texts(plain):
            for run in runs(text, known):
                if not any(run in title for title in titles):
                    print(f"{path}: “{run}”")
                    found += 1
    print(f"{len(paths)} banks compared: {found} runs of more than {LONGEST_RUN} words.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
