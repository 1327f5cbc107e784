"""A process that has imported quiz and forks for every run of it; `tests.programs` asks it.

A start of Python and the imports cost ten times what a command does. Each run is a process of its own all the
same: with its own arguments, environment, folder, terminal, signals and exit code.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import termios
import threading
import time
from typing import Any

AT_ONCE = 1 << 16
"""How many bytes of a request are read at once."""
STANDARD = (0, 1, 2)


def serve(asking: socket.socket) -> dict[str, Any] | None:
    """Fork for every request until nobody asks any more. Returns the request in a process that was forked."""
    ended, at_end = os.pipe()
    for end in (ended, at_end):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(at_end, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    telling: dict[int, socket.socket] = {}
    imported: set[str] = set()
    while True:
        ready, _, _ = select.select([asking, ended], [], [])
        if ended in ready:
            os.read(ended, 4096)
            _tell_of_ends(telling)
        if asking not in ready:
            continue
        request, fds, _, _ = socket.recv_fds(asking, AT_ONCE, 4)
        if not request:
            return None
        while not request.endswith(b"\n"):
            request += asking.recv(AT_ONCE)
        told: dict[str, Any] = json.loads(request)
        _import_all(told["imports"], imported)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for inner in (ended, at_end, asking.detach(), *(line.detach() for line in telling.values())):
                os.close(inner)
            _take_place(told, fds)
            return told
        for fd in fds[:3]:
            os.close(fd)
        telling[pid] = socket.socket(fileno=fds[3])
        telling[pid].sendall(b"%d\n" % pid)


def _import_all(packages: list[str], imported: set[str]) -> None:
    """Import some packages, those of quiz with all their modules, once."""
    new = [name for name in packages if name not in imported]
    imported.update(new)
    for name in new:
        package = importlib.import_module(name)
        if name.startswith("quiz."):
            for module in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{name}."):
                importlib.import_module(module.name)
        if name == "quiz.banks":
            importlib.import_module("quiz.banks.reading.reader").bank_reader()  # a third of most commands
    if new:
        gc.collect()
        gc.freeze()


def _tell_of_ends(telling: dict[int, socket.socket]) -> None:
    """Tell whoever asked how the processes that have ended did so."""
    while telling:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        with telling.pop(pid) as line:
            try:
                line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            except BrokenPipeError:
                continue  # nobody waits for it any more


def _take_place(told: dict[str, Any], fds: list[int]) -> None:
    """Become the process that was asked for."""
    os.close(fds[3])
    if told["is_leader"]:
        os.setsid()
    for standard, fd in zip(STANDARD, fds, strict=False):
        os.dup2(fd, standard)
        os.close(fd)
    if told["is_leader"] and os.isatty(0):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    os.chdir(told["folder"])
    os.environ.clear()
    os.environ.update(told["environment"])
    time.tzset()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["quiz", *told["arguments"]]
    sys.path[0] = told["folder"]
    sys.stdin, sys.stdout, sys.stderr = (
        open(fd, mode, buffering, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        for fd, mode, buffering, errors in (
            (0, "r", -1, "surrogateescape"),
            (1, "w", -1, "surrogateescape"),
            (2, "w", 1, "backslashreplace"),
        )
    )
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr


def _run() -> None:
    """Run quiz, and end without tidying away all that was imported, which takes longer than most commands."""
    try:
        runpy.run_module("quiz", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if not isinstance(ended.code, int | None):
            raise
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code or 0)


if __name__ == "__main__" and serve(socket.socket(fileno=int(sys.argv[1]))) is not None:
    _run()
