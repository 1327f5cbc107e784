from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.core.kinds import all_kinds
from quiz.storage.bank_files import MOST_PROBLEMS, read_bank, read_bank_text
from quiz.storage.bank_reader import bank_reader
from tests.hostile_banks import HEAD, HOSTILE, ITEM

BANK = dedent(
    """\
    format: 1
    bank: courtship
    title: Who is courting whom
    topics:
      visit: The visit
    notes:
      pitch:
        title: The pitch
        text: |
          Some words.
    items:
      - id: who
        topic: visit
        stem: Who is asked home?
        key: Scientists
        distractors:
          - Diplomats
          - {text: Students, feedback: Not they.}
        weight: 2.5
        shuffle: false
        cites: [pitch]
    """
)


def codes(data: str | bytes) -> set[str]:
    """Return the codes of what is wrong with a bank."""
    return {finding.code for finding in read_bank_text(data.encode() if isinstance(data, str) else data, "f").findings}


def places(data: str) -> list[tuple[str, int, int, int]]:
    """Return what is wrong with a bank and where: code, line, column and width."""
    findings = read_bank_text(data.encode(), "f").findings
    return [(finding.code, finding.line, finding.column, finding.width) for finding in findings]


def item_with(fields: str) -> str:
    return f"{HEAD}  - {{id: a, stem: S, key: K, distractors: [D], {fields}}}\n"


def test_a_bank_is_read() -> None:
    bank, findings = read_bank_text(BANK.encode(), "f")
    assert findings == []
    assert bank is not None
    (item,) = bank.items
    assert (bank.bank, item.kind, item.weight, item.shuffle) == ("courtship", "single-choice", 2.5, False)
    assert item.interaction().options == ("Scientists", "Diplomats", "Students")
    assert bank.notes["pitch"].text == "Some words.\n"


@pytest.mark.parametrize("name", sorted(all_kinds()))
def test_every_kind_is_read_as_its_example_stands(name: str) -> None:
    kind = all_kinds()[name]
    lines = kind.example.splitlines()
    item = "\n".join(["  - " + lines[0], *("    " + line for line in lines[1:])])
    bank, findings = read_bank_text(f"{HEAD}{item}\n".encode(), "f")
    assert findings == []
    assert bank is not None
    assert type(bank.items[0]) is kind


@pytest.mark.parametrize(
    "written", ["No", "yes", "12:30", "010", "null", "~", "1_000", "2010-06-23", "1.10", "0x1F", "1e3", "true"]
)
def test_text_stays_as_written(written: str) -> None:
    bank, findings = read_bank_text(
        f"{HEAD}  - id: a\n    stem: S\n    key: K\n    distractors:\n    - {written}\n".encode(), "f"
    )
    assert findings == []
    assert bank is not None
    assert bank.items[0].interaction().options == ("K", written)


@pytest.mark.parametrize(("written", "number"), [("2", 2.0), ("0.5", 0.5), ('"3"', 3.0), ("99.25", 99.25)])
def test_numbers_are_read(written: str, number: float) -> None:
    bank, findings = read_bank_text(item_with(f"weight: {written}").encode(), "f")
    assert findings == []
    assert bank is not None
    assert bank.items[0].weight == number


@pytest.mark.parametrize(
    "written", ["nan", "inf", "1e3", "1_0", "+1", "01", "1.", ".5", "1,5", "0x1", "½", "٣", "one", "1" * 18]
)
def test_other_numbers_are_refused(written: str) -> None:
    assert codes(item_with(f'weight: "{written}"')) == {"not-a-number"}


@pytest.mark.parametrize("written", ["True", "yes", "on", "1", "0", "t", "TRUE", "null"])
def test_other_booleans_are_refused(written: str) -> None:
    assert codes(item_with(f"shuffle: {written}")) == {"not-true-or-false"}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_bank_gives_findings_soon(name: str) -> None:
    data = HOSTILE[name].make()
    started = time.process_time()
    bank, findings = read_bank_text(data, "f")
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


@pytest.mark.parametrize(
    "code", [pytest.param(code, marks=pytest.mark.long) if code.endswith("  ") else code for code in sorted(LARGE)]
)
def test_a_large_hostile_bank_takes_bounded_time_and_memory(code: str, tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(eval(LARGE[code]))
    script = dedent(
        """
        import resource, sys
        from pathlib import Path
        from quiz.storage.bank_files import read_bank
        resource.setrlimit(resource.RLIMIT_AS, (900_000_000,) * 2)
        findings = read_bank(Path(sys.argv[1])).findings
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(",".join(finding.code for finding in findings), used.ru_maxrss * 1024, used.ru_utime + used.ru_stime)
        """
    )
    ran = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    found, memory, seconds = ran.stdout.split()
    assert code.strip() in found.split(",")
    assert int(memory) < 300_000_000
    assert float(seconds) < 8


def test_a_file_of_another_sort_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "fifo.yaml")
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(tmp_path)
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

    (tmp_path / "b.yaml").write_text(BANK, encoding="utf-8")
    monkeypatch.setattr(os, "open", refuse)
    (finding,) = read_bank(tmp_path / "b.yaml").findings
    assert (finding.code, finding.line, finding.column) == ("unreadable", 1, 1)


def test_a_file_may_change_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text(BANK, encoding="utf-8")
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            with path.open("r+", encoding="utf-8") as file:
                file.truncate(0)
                for line in BANK.splitlines(keepends=True):
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


def test_all_problems_are_reported_each_at_its_place() -> None:
    text = dedent(
        """\
        format: 1
        bank: b
        titel: T
        topics: {a: A}
        items:
          - id: One
            stem:
            key: [x]
            distractors: none
            topic: b
            weight: heavy
          - id: two
            kind: short-anser
            stem: S
          - id: three
            stem: S
            key: K
            distractors: [D, {text: E, feedbck: F}, d]
          - id: four
            stem: S
            key: K
            distractors:
              - D
              - d
        """
    )
    assert places(text) == [
        ("unknown-field", 3, 1, 5),
        ("bad-id", 6, 9, 3),
        ("empty", 7, 5, 4),
        ("not-a-text", 8, 10, 1),
        ("not-a-list", 9, 18, 4),
        ("unknown-topic", 10, 12, 1),
        ("not-a-number", 11, 13, 5),
        ("unknown-kind", 13, 11, 11),
        ("unknown-field", 18, 32, 7),
        ("duplicate-option", 24, 9, 1),
    ]


def test_messages_say_what_was_probably_meant() -> None:
    def said(data: str) -> str:
        (finding,) = read_bank_text(data.encode(), "f").findings
        return f"{finding.message} {finding.help}"

    assert "Did you mean “rationale”?" in said(item_with("rationnale: x"))
    assert "Did you mean “short-answer”?" in said(HEAD + "  - {id: a, kind: short-anwser, stem: S}\n")
    assert "Did you mean “easy”?" in said(item_with("difficulty: eazy"))
    assert "kind: short-answer" in said(HEAD + "  - {id: a, stem: S, key: K, accept: [x], distractors: [D]}\n")
    assert "“whos-there”" in said(HEAD + '  - {id: "Who’s there?", stem: S, key: K, distractors: [D]}\n')
    assert "update quiz" in said((HEAD + ITEM).replace("1", "2", 1))


def test_a_broken_item_hides_nothing_of_the_others() -> None:
    text = (
        HEAD
        + "  - {id: a, stem: S, key: K, distractors: [D], topic: x, cites: [n], weight: w}\n"
        + "  - {id: a, stem: S, key: K, distractors: [K]}\n"
    )
    assert [code for code, *_ in places(text)] == [
        "unknown-topic", "unknown-note", "not-a-number", "duplicate-id", "key-among-distractors",
    ]  # fmt: skip


def test_references_are_not_doubted_where_their_list_is_broken() -> None:
    text = "topics: [x]\n" + HEAD + "  - {id: a, stem: S, key: K, distractors: [D], topic: x}\n"
    assert codes(text) == {"not-a-mapping"}


def test_no_more_problems_than_anybody_reads() -> None:
    findings = read_bank_text((HEAD + "  - {}\n" * 5000).encode(), "f").findings
    assert len(findings) == MOST_PROBLEMS + 1
    assert findings[-1].code == "too-many-problems"


def test_warnings_alone_leave_a_bank_usable() -> None:
    bank, findings = read_bank_text(BANK.replace("Scientists", "Scien\u00adtists").encode(), "f")
    assert [finding.code for finding in findings] == ["invisible-character"]
    assert bank is not None


def test_a_comment_with_room_around_it_is_no_cut_off_text() -> None:
    assert codes(BANK.replace("bank: courtship", "bank: courtship  # stable")) == set()
    assert codes(BANK.replace("key: Scientists", "key: C #")) == {"text-cut-off"}
    assert codes(BANK.replace("key: Scientists", "key: Item  #3")) == {"text-cut-off"}


def test_a_kind_that_is_added_later_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import quiz.core.kinds

    (tmp_path / "guessing.py").write_text(
        dedent(
            """\
            from quiz.core.item import Item

            class Guessing(Item, frozen=True, kw_only=True, tag="guessing"):
                secret: int
                odds: dict[str, float] = {}
                is_hard: bool = False
                summary = "Guess."
                example = "id: a"
            """
        ),
        encoding="utf-8",
    )
    item = "  - {id: a, kind: guessing, stem: S, secret: 7, odds: {a: 0.5}, is_hard: true}\n"
    assert codes(HEAD + item) == {"unknown-kind"}
    monkeypatch.setattr(quiz.core.kinds, "__path__", [*quiz.core.kinds.__path__, str(tmp_path)])
    all_kinds.cache_clear()
    try:
        bank, findings = read_bank_text((HEAD + item).encode(), "f")
        assert findings == []
        assert bank is not None
        assert (bank.items[0].secret, bank.items[0].odds, bank.items[0].is_hard) == (7, {"a": 0.5}, True)
        assert codes(HEAD + item.replace("0.5", "1e-1")) == {"not-a-number"}
    finally:
        sys.modules.pop("quiz.core.kinds.guessing")
        all_kinds.cache_clear()


def mutants(data: bytes) -> st.SearchStrategy[bytes]:
    """Make data with some pieces taken out, put in or swapped."""
    pieces = st.sampled_from(
        [b"", b"\n", b" ", b"  ", b": ", b"- ", b"#", b" #", b'"', b"'", b"[", b"]", b"{", b"}", b",", b"&a ", b"*a"]
        + [b"!!x ", b"<<: ", b"\t", b"\0", b"\xff", b"\x1b", b"\\e", "\u202e".encode(), b"---\n", b"? ", b"|\n"]
        + [b"items:", b"kind: cloze", b"true", b"1e3", b"null", b"~", b"%", b"@", b"\r\n", b"\r", b"\\u0301" * 9]
    )
    change = st.tuples(st.integers(0, len(data)), st.integers(0, 12), pieces)

    def changed(changes: list[tuple[int, int, bytes]]) -> bytes:
        mutant = data
        for at, gone, piece in changes:
            mutant = mutant[:at] + piece + mutant[at + gone :]
        return mutant

    return st.lists(change, min_size=1, max_size=4).map(changed)


@given(mutants((BANK + ITEM + "  - {id: c, kind: cloze, text: 'a {{b}}'}\n").encode()))
@settings(max_examples=600, deadline=None)
def test_a_mutated_bank_gives_a_bank_or_findings(data: bytes) -> None:
    bank, findings = read_bank_text(data, "f")
    assert (bank is None) == any(finding.is_error for finding in findings)
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    for finding in findings:
        assert 1 <= finding.line <= len(lines) + 1
        assert finding.column >= 1
        assert finding.code != "unreadable"
        assert finding.source in {"", *lines} or finding.code == "not-utf-8"


values = st.recursive(
    st.sampled_from(["", "x", "true", "1", "0.5", "-1", "nan", "X y", "a-b", "ignore", "x" * 20_001, None]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["text", "feedback", "accept", "x", "Y"]), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, object]:
    """Make an item of a kind whose fields hold anything."""
    kind = draw(st.sampled_from(sorted(all_kinds())))
    fields = draw(st.lists(st.sampled_from(all_kinds()[kind].__struct_fields__), unique=True))
    return {"id": "a", "stem": "S", **{name: draw(values) for name in fields}, "kind": kind}


@given(items())
@settings(max_examples=300, deadline=None)
def test_what_does_not_fit_is_always_explained(item: dict[str, object]) -> None:
    root = {"format": "1", "bank": "b", "title": "T", "items": [item]}
    reader = bank_reader()
    implied = reader.prepare(root)
    bank = None if "None" in repr(root) else reader.whole(root)
    problems = list(bank.problems() if bank is not None else reader.problems(root, implied))
    assert bank is not None or problems
