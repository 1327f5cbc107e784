#!/usr/bin/env python3
"""Write questions/index.msgpack, which holds what the index of banks keeps of the shipped ones.

With --check nothing is written: the exit code says whether the file is up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from quiz.banks.index.index import digest_of, extract_of, parsed
from quiz.banks.index.shipped import FILE
from quiz.banks.summary import BankSummary

ROOT = Path(__file__).resolve().parent.parent
INDEX = ROOT / "questions" / FILE


def content() -> bytes:
    """Return the file's content. Banks with findings, which name their file, are left out."""
    extracts = {}
    for path in sorted(INDEX.parent.glob("*.yaml")):
        data = path.read_bytes()
        reading = parsed(data, path.name)
        if not reading.findings:
            extract = extract_of(BankSummary.of(Path(), reading), reading)
            extracts[digest_of(data)] = extract._replace(bank=b"")
    return msgspec.msgpack.encode(extracts)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        INDEX.write_bytes(content())
    elif not INDEX.is_file() or INDEX.read_bytes() != content():
        sys.exit(f"{INDEX.relative_to(ROOT)} is stale: run scripts/shipped_index.py.")
