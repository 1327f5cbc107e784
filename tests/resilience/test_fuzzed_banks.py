"""Shipped banks, damaged at random for a fixed count: a bank or findings, soon, and nothing else."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from quiz.banks.files import read_bank_text
from tests.resilience.world import bank_of

BANKS = sorted((Path(__file__).parents[2] / "questions").glob("*.yaml"))
PIECES = (
    b"", b"\n", b" ", b"  ", b": ", b"- ", b"? ", b"#", b" #", b'"', b"'", b"[", b"]", b"{", b"}", b",",
    b"&a ", b"*a", b"!!python/name:os.system ", b"<<: ", b"\t", b"\x00", b"\xff", b"\x1b", b'"\\e"',
    b"\xe2\x80\xae", b"---\n", b"...\n", b"|\n", b">\n", b"items:", b"kind: cloze", b"true", b"1e3",
    b"null", b"~", b"%", b"@", b"\r\n", b"\r", b"[" * 50, b"- " * 40, b"9" * 400, b"{{", b"}}",
    b"format: 2", b"id: ", b"\xf0\x9f\x87\xba",
)  # fmt: skip


def mutant(data: bytes, rng: Random) -> bytes:
    """Return some data with pieces taken out, put in, doubled or moved."""
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((0, 0, 1, 2, 5, 20, 200)))
        match rng.randrange(5):
            case 0 | 1:
                data = data[:at] + rng.choice(PIECES) + data[end:]
            case 2:
                data = data[:at] + data[at:end] * 2 + data[end:]
            case 3:
                piece, data = data[at:end], data[:at] + data[end:]
                other = rng.randrange(len(data) + 1)
                data = data[:other] + piece + data[other:]
            case 4 if data:
                changed = bytearray(data)
                changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
                data = bytes(changed)
    return data


def read(data: bytes) -> None:
    """Read a bank; whatever is wrong with it is a finding at a place of it."""
    began = time.process_time()
    bank, findings, *_ = read_bank_text(data, "f")
    assert time.process_time() - began < 2
    assert (bank is None) == any(finding.is_error for finding in findings)
    for finding in findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.message


@pytest.mark.parametrize("count", [400, pytest.param(200_000, marks=pytest.mark.long)])
def test_a_mutated_bank_gives_a_bank_or_findings(count: int) -> None:
    rng = Random(7)
    sources = [bank_of("plain").encode(), *(path.read_bytes()[:6000] for path in BANKS)]
    for _ in range(count):
        data = mutant(rng.choice(sources), rng)
        try:
            read(data)
        except Exception as error:
            raise AssertionError(f"{error!r} came of {data!r}") from error


@pytest.mark.long
@pytest.mark.extra("atheris")
def test_atheris_finds_nothing(tmp_path: Path) -> None:
    """Coverage leads the mutations, for a fixed count."""
    import subprocess
    import sys

    script = tmp_path / "fuzz.py"
    script.write_text(
        "import sys, atheris\n"
        "with atheris.instrument_imports(include=['quiz']):\n"
        "    from tests.resilience.test_fuzzed_banks import read\n"
        "    import quiz.banks.files, quiz.banks.reading.reader, quiz.banks.yaml.tree\n"
        "atheris.Setup(sys.argv, read)\n"
        "atheris.Fuzz()\n",
        encoding="utf-8",
    )
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "world").write_bytes(bank_of("plain").encode())
    done = subprocess.run(
        [sys.executable, script, "-runs=200000", "-seed=7", "-max_len=4096", corpus],
        cwd=Path(__file__).parents[2], env={"PYTHONPATH": "."}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
