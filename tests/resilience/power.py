"""What a disk may hold after the power went: a trace of a program's writes, replayed and cut anywhere.

A trace is made by strace. Three things may happen to what was not yet forced to the disk: it is lost, it is
lost together with the names of files, or any of its sectors of 512 bytes is there and any other is not.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

CALLS = "openat,open,creat,pwrite64,write,lseek,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,link,close"
SECTOR = 512
_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+=\s+(-?\d+)(<[^>]*>)?.*$")
_FD = re.compile(r"^(-?\d+)<(.*?)>")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Write(NamedTuple):
    """Some bytes written to a place in a file."""

    name: str
    at: int
    data: bytes


class Cut(NamedTuple):
    """A file was made shorter or longer."""

    name: str
    size: int


class Named(NamedTuple):
    """A file got its name."""

    name: str


class Unnamed(NamedTuple):
    """A file lost its name."""

    name: str


class Forced(NamedTuple):
    """What was written to a file is on the disk."""

    name: str


class NamesForced(NamedTuple):
    """The names of files are on the disk."""


class Said(NamedTuple):
    """The program said something."""

    words: str


Step = Write | Cut | Named | Unnamed | Forced | NamesForced | Said


def trace(folder: Path, program: Sequence[str], log: Path, cwd: Path) -> list[Step]:
    """Run a program and return what it did in a folder, and what it said, in order."""
    subprocess.run(
        ["strace", "-f", "-y", "-xx", "-s", "1000000", "-o", log, "-e", f"trace={CALLS}", sys.executable,
         *program],
        check=True, capture_output=True, cwd=cwd,
    )  # fmt: skip
    return list(_steps(log, str(folder)))


def _steps(log: Path, folder: str) -> Iterator[Step]:  # noqa: C901 - a case for each call
    known = {path.name for path in Path(folder).iterdir()} & {"history.db"}
    places: dict[str, int] = {}  # where the next write to each open file goes
    for line in log.read_text(encoding="utf-8").splitlines():
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, arguments = found[1], found[2]
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _HEX.findall(arguments)]
        opened = _FD.match(arguments)
        path = _plain(opened[2]) if opened else ""
        name = path.removeprefix(folder).lstrip("/") if path.startswith(folder) else None
        if call == "write" and opened and opened[1] == "1":
            yield Said(texts[0].decode())
        elif call in {"openat", "open"}:
            target = texts[-1].decode()
            if target.startswith(folder + "/") and "O_CREAT" in arguments:
                name = target.removeprefix(folder + "/")
                places[found[3]] = 0
                if name not in known:
                    known.add(name)
                    yield Named(name)
        elif call in {"unlink", "unlinkat"}:
            target = texts[-1].decode()
            if target.startswith(folder + "/"):
                known.discard(target.removeprefix(folder + "/"))
                yield Unnamed(target.removeprefix(folder + "/"))
        elif name is None:
            continue
        elif call == "lseek" and opened:
            places[opened[1]] = int(found[3])
        elif call == "write" and opened:
            at = places[opened[1]]
            places[opened[1]] += len(texts[0])
            yield Write(name, at, texts[0])
        elif call == "pwrite64":
            yield Write(name, int(arguments.rsplit(",", 1)[1]), texts[0])
        elif call == "ftruncate":
            yield Cut(name, int(arguments.rsplit(",", 1)[1]))
        elif call in {"fsync", "fdatasync"}:
            yield Forced(name) if name else NamesForced()
        elif call in {"rename", "link"}:
            raise AssertionError(f"The replay does not know {line[:200]}")


def _plain(path: str) -> str:
    if "\\x" in path:
        path = bytes.fromhex(path.replace("\\x", "")).decode()
    return path.removesuffix(" (deleted)")


@dataclass
class _File:
    durable: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    pending: list[Write | Cut] = field(default_factory=list)

    def do(self, step: Write | Cut) -> None:
        _put(self.now, step)
        self.pending.append(step)

    def force(self) -> None:
        self.durable = bytes(self.now)
        self.pending.clear()


def _put(content: bytearray, step: Write | Cut) -> None:
    if isinstance(step, Cut):
        content[step.size :] = bytes(max(0, step.size - len(content)))
        return
    if len(content) < step.at:
        content.extend(bytes(step.at - len(content)))
    content[step.at : step.at + len(step.data)] = step.data


class Disk:
    """A disk on which some files are, and which forgets what was not forced onto it."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.names = {name: _File(content, bytearray(content)) for name, content in files.items()}
        self.durable_names = dict(self.names)

    def do(self, step: Step) -> None:
        """Do a step."""
        match step:
            case Write() | Cut():
                self.names[step.name].do(step)
            case Named():
                self.names[step.name] = _File()
            case Unnamed():
                del self.names[step.name]
            case Forced():
                self.names[step.name].force()
            case NamesForced():
                self.durable_names = dict(self.names)
            case Said():
                pass

    def after_a_cut(self, rng: Random, times: int) -> Iterator[tuple[str, dict[str, bytes]]]:
        """Yield what may be there after the power went now, and how that came about."""
        yield "killed", {name: bytes(file.now) for name, file in self.names.items()}
        yield "lost", {name: file.durable for name, file in self.names.items()}
        yield "lost with names", {name: file.durable for name, file in self.durable_names.items()}
        for number in range(times):
            names = rng.choice((self.names, self.durable_names))
            yield f"torn {number}", {name: _torn(file, rng) for name, file in names.items()}


def _torn(file: _File, rng: Random) -> bytes:
    content = bytearray(file.durable)
    for step in file.pending:
        if isinstance(step, Cut):
            if rng.random() < 0.5:
                _put(content, step)
            continue
        for at in range(0, len(step.data), SECTOR):
            if rng.random() < 0.5:
                _put(content, Write(step.name, step.at + at, step.data[at : at + SECTOR]))
    return bytes(content)
