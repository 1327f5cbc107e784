"""Files that are cut off, changed or made to do harm: refused, or read as far as they go."""

from __future__ import annotations

import io
import resource
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from random import Random

import pytest

from quiz.banks.files import read_bank_text
from quiz.banks.writer import bank_text
from quiz.errors import ExchangeError
from quiz.exchange.archive import Archive, names_in, packed
from quiz.exchange.declaration import ForeignFile, Format
from quiz.exchange.formats import all_formats, recognised
from quiz.exchange.xml_tree import parsed
from tests.exchange.formats.samples import sample_of
from tests.sampling import one_in

READABLE = [form for form in all_formats().values() if form.read]
SLOWEST = 2.0
"""Seconds of the processor that a hostile file may take."""
TRICKS = (
    b"", b"\n", b"\x00", b"\xff\xfe", b"PK\x03\x04", b"<quiz>", b"{" * 5000, b"[" * 5000, b"<p>" * 5000,
    b"<!--" * 2000, b"{{c1::" * 3000, b"::" * 5000, b"==a" * 3000, b"~=%" * 3000, b"\\" * 5001, b"%" * 5000,
    b'"' * 4999, b"\t" * 5000, b"- [x] a\n" * 500, b"```\n" * 999, b"**a" * 3000, b"[a](" * 3000,
    b"A. b\n" * 999,
    b"Q: a\n" * 999, b"?\n" * 999, b"a" * 100_000, "é".encode("cp1252") * 3000, "é".encode() * 30_000,
    b"#separator:\n" * 50, b"&lt;" * 5000, b"&#x110000;" * 500, b"\r" * 5000, b"=a->b\n" * 2000,
)  # fmt: skip


def read_quickly(form: Format, data: bytes, name: str = "hostile") -> None:
    assert form.read
    begun = time.process_time()
    with suppress(ExchangeError):
        imported = form.read(ForeignFile(name, data))
        assert imported.bank is None or read_bank_text(bank_text(imported.bank).encode(), "b.yaml").bank
    assert time.process_time() - begun < SLOWEST


def mutants(data: bytes, count: int) -> Iterator[bytes]:
    """Yield changed copies of a file, and of the files in it if it is an archive."""
    if not data.startswith(b"PK"):
        yield from changed_copies(data, count)
        return
    yield from changed_copies(data, count // 4)
    archive = Archive(data)
    files = {name: archive.read(name) for name in archive.names}
    for number, name in enumerate(files):
        for changed in changed_copies(files[name], (count - count // 4 + number) // len(files)):
            yield packed({**files, name: changed})


def changed_copies(data: bytes, count: int) -> Iterator[bytes]:
    """Yield copies of a file: cut off, with bytes put in, taken out, doubled and overwritten."""
    rng = Random(len(data))
    for _ in range(count):
        changed = bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 5, 20))):
            at, end = sorted(rng.randrange(len(changed) + 1) for _ in range(2))
            end = min(end, at + 200)
            match rng.randrange(5):
                case 0:
                    del changed[at:end]
                case 1:
                    changed[at:at] = rng.choice(TRICKS)[:200]
                case 2:
                    changed[at:at] = changed[at:end]
                case 3:
                    changed[at : at + 1] = bytes([rng.randrange(256)])
                case _:
                    changed[at:end] = bytes(reversed(changed[at:end]))
        yield bytes(changed[: rng.randrange(len(changed) + 1)] if rng.random() < 0.2 else changed)


def hostile_files(form: Format) -> Iterator[bytes]:
    """Yield tricks, and a file of a format in wrong encodings, cut off, and changed in many ways."""
    sample = sample_of(form).data
    yield from TRICKS
    for encoding in ("utf-16", "utf-16-be", "utf-8-sig", "cp1252", "utf-32"):
        yield sample.decode("latin-1").encode(encoding, "replace")
    for end in range(0, len(sample), max(1, len(sample) // 40)):
        yield sample[:end]
    yield from mutants(sample, 130)


@pytest.mark.parametrize("part", one_in(2, range(2)))
@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.name)
def test_two_hundred_hostile_files_are_refused_or_read(form: Format, part: int) -> None:
    files = list(hostile_files(form))
    assert len(files) >= 200
    for data in files[part::2]:
        read_quickly(form, data, f"hostile{form.endings[0]}")


def test_a_long_section_takes_no_longer_than_several_short_ones() -> None:
    read_quickly(all_formats()["checkbox"], b"# a\n" + b"b\n" * 12_000)


@pytest.mark.long
@pytest.mark.parametrize("form", READABLE, ids=lambda form: form.name)
def test_ten_thousand_mutants(form: Format) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sample = sample_of(form)
    for changed in mutants(sample.data, 10_000):
        read_quickly(form, changed, sample.name)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 300 * 1024


def test_whatever_a_file_holds_recognising_it_never_fails() -> None:
    for trick in TRICKS:
        recognised(ForeignFile("hostile", trick))
    for form in READABLE:
        for changed in mutants(sample_of(form).data, 5):
            recognised(ForeignFile("hostile", changed))


def archive_of(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def test_an_archive_that_swells_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.exchange.archive.MOST_BYTES", 1024 * 1024)
    bomb = archive_of({f"{number}.xml": b"\x00" * 400_000 for number in range(3)})
    assert len(bomb) < 10_000
    archive = Archive(bomb)
    archive.read("0.xml")
    archive.read("1.xml")
    with pytest.raises(ExchangeError, match="more than 1 MB"):
        archive.read("2.xml")


def test_names_that_lead_out_of_an_archive_are_not_there() -> None:
    archive = Archive(archive_of({"../a": b"", "/b": b"", "c/../../d": b"", "C:\\e": b"", "good/f": b"1"}))
    assert archive.names == ("good/f",)
    with pytest.raises(ExchangeError):
        archive.read("../a")


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><quiz>&b;</quiz>',
        '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
        '<!DOCTYPE q [<!ENTITY % p SYSTEM "http://localhost/x.dtd"> %p;]><quiz/>',
        "<quiz>" + "<a>" * 100_000,
        "<quiz><a></quiz>",
    ],
)
def test_xml_with_entities_depth_or_faults_is_refused(document: str) -> None:
    with pytest.raises(ExchangeError):
        parsed(document.encode())


def test_named_characters_of_html_are_understood_in_xml() -> None:
    root = parsed(b'<?xml version="1.0" encoding="latin-1"?><quiz>a&nbsp;&eacute;&amp;nbsp;&lt;</quiz>')
    assert root.text == "a\u00a0é&nbsp;<"


def test_a_file_without_a_name_is_not_there() -> None:
    data = archive_of({"q": b"1", "b": b"2"})
    assert names_in(data) == {"q", "b"}
    assert names_in(data.replace(b"q", b"\x00")) == {"b"}
