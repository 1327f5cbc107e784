"""Banks that mean harm or are broken by accident: findings, soon, in little memory, and nothing else."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.banks.files import read_bank, read_bank_text
from quiz.banks.reading.reader import bank_reader
from quiz.banks.yaml.tree import read_tree
from quiz.core.content.kinds import all_kinds
from tests.hostile_banks import HOSTILE, ITEM
from tests.sample_banks import COURTSHIP
from tests.sampling import one_in, tries


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_bank_gives_findings_soon(name: str) -> None:
    data = HOSTILE[name].make()
    started = time.process_time()
    bank, findings, *_ = read_bank_text(data, "f")
    assert time.process_time() - started < 2
    assert {finding.code for finding in findings} == HOSTILE[name].codes
    assert (bank is None) == any(finding.is_error for finding in findings)
    for finding in findings:
        said = f"{finding.message} {finding.help}"
        assert finding.line > 0
        assert finding.column > 0
        assert finding.help
        assert finding.message.endswith((".", "?"))
        assert not any(word in said for word in ("Expected", "`", "$.", "Traceback", "NoneType", "object at"))
    assert [(f.line, f.column) for f in findings] == sorted((f.line, f.column) for f in findings) or (
        findings[-1].code == "too-many-problems"
    )


def test_there_are_many_hostile_banks() -> None:
    assert len(HOSTILE) > 100


LARGE = {
    "too-large": 'b"a: b\\n" + bytes(100_000_000)',
    "too-large ": 'b"items: [" + b"a," * 16_000_000 + b"]"',
    "too-large  ": 'b"items: [" + b"{}," * 10_000_000 + b"]"',
    "too-large   ": 'b"items:\\n" + b"- a: b\\n" * 4_500_000',
    "too-deep": 'b"[" * 33_000_000',
    "too-long": 'b"a: " + b"x\\n " * 11_000_000',
    "unclosed-quote": "b'a: \"' + b'x\\n ' * 11_000_000",
    "empty-file": 'b"#\\n" * 16_000_000',
    "not-utf-8": 'b"\\n" * 33_000_000 + b"\\xff"',
    "alias": 'b"a: [" + b"*a, " * 8_000_000 + b"]"',
}
READ = """
import resource, sys
from pathlib import Path
from quiz.banks.files import read_bank
resource.setrlimit(resource.RLIMIT_AS, (900_000_000,) * 2)
findings = read_bank(Path(sys.argv[1])).findings
used = resource.getrusage(resource.RUSAGE_SELF)
peak = used.ru_maxrss  # this holds what the process was before it became this program
if (status := Path("/proc/self/status")).exists():
    peak = next(int(line.split()[1]) for line in status.open() if line.startswith("VmHWM"))
print(",".join(finding.code for finding in findings), peak * 1024, used.ru_utime + used.ru_stime)
"""


@pytest.mark.parametrize("code", one_in(5, sorted(LARGE)))
def test_a_large_hostile_bank_takes_bounded_time_and_memory(code: str, tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(eval(LARGE[code]))
    ran = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False)
    path.unlink()
    assert ran.stderr == ""
    found, memory, seconds = ran.stdout.split()
    print(f"{code}: {int(memory) / 1e6:.0f} MB, {seconds} s")
    assert code.strip() in found.split(",")
    assert int(memory) < 300_000_000
    assert float(seconds) < 2


def test_a_large_honest_bank_may_hold_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of values alone is no reason before there are too many; how closely they lie is."""
    monkeypatch.setattr("quiz.banks.yaml.refusals.COUNTED", 50)
    monkeypatch.setattr("quiz.banks.yaml.refusals.MOST_NODES", 1000)

    def said(data: str) -> list[str]:
        return [flaw.message for flaw in read_tree(data.encode(), "b").findings]

    close = "The file holds more than 50 values, with less than 4 characters to each."
    assert said("- cat\n" * 998) == []
    assert said("- cat\n" * 1000) == ["The file holds more than 1,000 values."]
    assert said("- {}\n" * 49) == []
    assert said(f"[{'{},' * 50}]") == [close]
    assert said(f"[{'a,' * 50}]") == [close]
    assert said(f"? [{'a,' * 50}]\n: b\n")[-1] == close


def test_a_file_of_another_sort_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "fifo.yaml")
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)
        server.bind("socket.yaml")
        found = {path.stem: read_bank(path) for path in sorted(tmp_path.glob("*.yaml"))}
    assert {name: [finding.code for finding in reading.findings] for name, reading in found.items()} == {
        "folder": ["not-a-file"],
        "fifo": ["not-a-file"],
        "broken": ["broken-link"],
        "loop": ["unreadable"],
        "device": ["not-a-file"],
        "socket": ["not-a-file"],
    }
    assert all((f.line, f.column) == (1, 1) for reading in found.values() for f in reading.findings)
    assert [f.code for f in read_bank(tmp_path / "gone.yaml").findings] == ["not-found"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc")
def test_a_file_that_fails_while_it_is_read_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "mem.yaml").symlink_to("/proc/self/mem")
    (finding,) = read_bank(tmp_path / "mem.yaml").findings
    assert finding.code == "unreadable"
    assert os.strerror(errno.EIO) in finding.message


def test_a_file_that_may_not_be_read_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "b.yaml").write_text(COURTSHIP, encoding="utf-8")
    monkeypatch.setattr(os, "open", refuse)
    (finding,) = read_bank(tmp_path / "b.yaml").findings
    assert (finding.code, finding.line, finding.column) == ("unreadable", 1, 1)


def test_a_file_may_change_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(COURTSHIP, encoding="utf-8")
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            with path.open("r+", encoding="utf-8") as file:
                file.truncate(0)
                for line in COURTSHIP.splitlines(keepends=True):
                    file.write(line)
                    file.flush()

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        readings = [read_bank(path) for _ in range(200)]
    finally:
        stop.set()
        writer.join()
    assert all(reading.bank is not None or reading.findings for reading in readings)


def mutants(data: bytes) -> st.SearchStrategy[bytes]:
    """Make data with some pieces taken out, put in or swapped."""
    pieces = st.sampled_from(
        [
            b"",
            b"\n",
            b" ",
            b"  ",
            b": ",
            b"- ",
            b"#",
            b" #",
            b'"',
            b"'",
            b"[",
            b"]",
            b"{",
            b"}",
            b",",
            b"&a ",
            b"*a",
            b"!!x ",
            b"<<: ",
            b"\t",
            b"\x00",
            b"\xff",
            b"\x1b",
            b"\\e",
            "\u202e".encode(),
            b"---\n",
            b"? ",
            b"|\n",
            b"items:",
            b"kind: cloze",
            b"true",
            b"1e3",
            b"null",
            b"~",
            b"%",
            b"@",
            b"\r\n",
            b"\r",
            b"\\u0301" * 9,
        ]
    )
    change = st.tuples(st.integers(0, len(data)), st.integers(0, 12), pieces)

    def changed(changes: list[tuple[int, int, bytes]]) -> bytes:
        mutant = data
        for at, gone, piece in changes:
            mutant = mutant[:at] + piece + mutant[at + gone :]
        return mutant

    return st.lists(change, min_size=1, max_size=4).map(changed)


@given(mutants((COURTSHIP + ITEM + "  - {id: c, kind: cloze, text: 'a {{b}}'}\n").encode()))
@settings(max_examples=tries(600))
def test_a_mutated_bank_gives_a_bank_or_findings(data: bytes) -> None:
    bank, findings, *_ = read_bank_text(data, "f")
    assert (bank is None) == any(finding.is_error for finding in findings)
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    for finding in findings:
        assert 1 <= finding.line <= len(lines) + 1
        assert finding.column >= 1
        assert finding.code != "unreadable"
        assert finding.source in {"", *lines} or finding.code == "not-utf-8"


values = st.recursive(
    st.sampled_from(["", "x", "true", "1", "0.5", "-1", "nan", "X y", "a-b", "ignore", "x" * 20_001, None]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "feedback", "accept", "x", "Y"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, object]:
    """Make an item of a kind whose fields hold anything."""
    kind = draw(st.sampled_from(sorted(all_kinds())))
    fields = draw(st.lists(st.sampled_from(all_kinds()[kind].__struct_fields__), unique=True))
    return {"id": "a", "stem": "S", **{name: draw(values) for name in fields}, "kind": kind}


@given(items())
@settings(max_examples=tries(300))
def test_what_does_not_fit_is_always_explained(item: dict[str, object]) -> None:
    root = {"format": "1", "bank": "b", "title": "T", "items": [item]}
    reader = bank_reader()
    implied = reader.prepare(root)
    bank = None if "None" in repr(root) else reader.whole(root)
    problems = list(bank.problems() if bank is not None else reader.problems(root, implied))
    assert bank is not None or problems
