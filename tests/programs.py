"""Quiz as a person runs it, in a process of its own that is forked from one with everything imported."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parent.parent
COMMANDS = (
    *(
        "quiz.cli",
        "quiz.config",
        "quiz.services",
        "quiz.banks",
        "quiz.record",
        "quiz.exchange",
        "quiz.plain",
        "quiz.authoring",
    ),
    *("fsrs.scheduler", "rapidfuzz.distance", "rapidfuzz.fuzz", "importlib.metadata"),
    *("getpass", "tomlkit", "tomllib", "markdown_it", "encodings.utf_8_sig"),
)
"""What is imported before the first command is run: packages whole, modules by themselves."""
SCREENS = (*COMMANDS, "quiz.tui", "textual.drivers.linux_driver")
"""What is imported before the first run in a terminal."""
PATIENCE = 60.0
"""Seconds that a run without a terminal may take."""


class Started:
    """A run of quiz, with the few things that tests want of a process."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._read = b""
        self.pid = int(self._said())
        self._code: int | None = None

    def _said(self) -> bytes:
        """Return the next line. Raises TimeoutError."""
        while b"\n" not in self._read:
            more = self._line.recv(64)
            if not more:
                raise AssertionError("The process that forks is gone.")
            self._read += more
        said, _, self._read = self._read.partition(b"\n")
        return said

    def wait(self, seconds: float | None = None) -> int | None:
        """Return the exit code, negative for a signal, None if the run goes on after so many seconds."""
        if self._code is None:
            self._line.settimeout(seconds)
            with contextlib.suppress(TimeoutError):
                self._code = int(self._said())
                self._line.close()
        return self._code

    def poll(self) -> int | None:
        """Return the exit code, None while the run goes on."""
        return self.wait(0.0001)

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End the run by a signal unless it has ended, and return its exit code."""
        if self.poll() is None:
            os.kill(self.pid, how)
        code = self.wait()
        assert code is not None
        return code


@cache
def _server() -> socket.socket:
    """Start the process that forks; it ends with this one."""
    ours, its = socket.socketpair()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIZ_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fork_server", str(its.fileno())],
        cwd=ROOT,
        env=environment,
        pass_fds=[its.fileno()],
    )
    its.close()
    atexit.register(_close, ours, process)
    return ours


def _close(ours: socket.socket, process: subprocess.Popen[bytes]) -> None:
    ours.close()
    process.wait()


def start(
    arguments: Sequence[str],
    files: Sequence[int | IO[Any]],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    imports: Sequence[str] = COMMANDS,
    is_leader: bool = False,
) -> Started:
    """Start quiz with the given standard input, output and error output.

    `environment` is the whole of it, this process's own if it is not given. A leader has a session of its
    own, with its standard input as its terminal.
    """
    told = {
        "arguments": [str(argument) for argument in arguments],
        "environment": dict(os.environ if environment is None else environment),
        "folder": str(folder or Path.cwd()),
        "imports": list(imports),
        "is_leader": is_leader,
    }
    ours, its = socket.socketpair()
    fds = [file if isinstance(file, int) else file.fileno() for file in files]
    with its:
        socket.send_fds(_server(), [json.dumps(told).encode() + b"\n"], [*fds, its.fileno()])
    return Started(ours)


def run(
    arguments: Sequence[str],
    *,
    typed: str = "",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run quiz without a terminal, with what is typed to read; return its exit code and what it printed."""
    with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        read.write(typed.encode("utf-8", "surrogateescape"))
        read.seek(0)
        started = start(arguments, (read, out, err), environment=environment, folder=folder)
        code = started.wait(PATIENCE)
        if code is None:
            started.end()
            raise AssertionError(f"quiz {arguments} goes on after {PATIENCE} seconds.")
        return subprocess.CompletedProcess(["quiz", *arguments], code, _text_of(out), _text_of(err))


def _text_of(written: IO[bytes]) -> str:
    written.seek(0)
    return written.read().decode("utf-8").replace("\r\n", "\n")
