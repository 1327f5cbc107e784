"""Runs of tests without a sound, and what becomes of a mutant in one."""

from __future__ import annotations

import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from mutation.mutants import Mutant, mutated

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
OPTIONS = ["-q", "-s", "-n0", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "-W", "ignore"]

SECOND = 1.0
"""How long a test may take, in seconds of processor time, beyond three times what it takes with a trace."""
IMPORTING = 60
"""How long, in seconds of processor time, the tests may take to be collected."""
AT_MOST = 120
"""After how many seconds by the clock a mutant counts as timed out: it is asleep."""
ROOM = 2 << 30
"""How many bytes a mutant may use beyond those that are used already."""


class Quick:
    """A plugin of pytest: what is common to all runs of tests."""

    def pytest_configure(self) -> None:
        """Let Hypothesis stop at what it finds, without looking for less of it."""
        from hypothesis import Phase, settings

        settings.register_profile("mutants", settings.default, phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutants")


def run_pytest(plugin: Quick, tests: Iterable[str], folder: Path) -> None:
    """Run tests without a word, with a folder for their files; the process prints nothing from then on."""
    import pytest

    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    pytest.main([*OPTIONS, f"--basetemp={folder}", *tests], plugins=[plugin])


def outcome(mutant: Mutant | None, seconds: dict[str, float], folder: Path) -> str:
    """Run tests against a mutant, or the module as it is, and say what became of it.

    They are run in the order in which they are given, up to the first failure. One whose processor time is
    far beyond the seconds that it takes otherwise has noticed.
    """
    return _forked(lambda: _is_noticed(mutant, seconds, folder)) if seconds else SURVIVED


def module_name(path: Path) -> str:
    """Return the name by which a module is imported."""
    return ".".join((path.parent if path.stem == "__init__" else path.with_suffix("")).parts)


class Swap(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a mutant's code."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = module_name(path), path.resolve(), tree

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Find the mutant where its module is asked for."""
        if fullname != self.name:
            return None
        spec = importlib.util.spec_from_loader(fullname, self, origin=str(self.path))
        if spec is not None and self.path.stem == "__init__":
            spec.submodule_search_locations = [str(self.path.parent)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        """Run the mutant."""
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


class Chosen(Quick):
    """A plugin of pytest that runs some tests only, in the order in which they are given."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds
        self.has_passed = False

    def pytest_runtestloop(self, session: Any) -> bool:
        """Run them up to the first failure, where all could be collected."""
        items = {item.nodeid: item for item in session.items}
        if session.testsfailed or not self.seconds.keys() <= items.keys():
            return True
        chosen = [items[name] for name in self.seconds]
        for item, following, seconds in zip(chosen, [*chosen[1:], None], self.seconds.values(), strict=True):
            signal.setitimer(signal.ITIMER_PROF, SECOND + 3 * seconds)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            signal.setitimer(signal.ITIMER_PROF, 0)
            if session.testsfailed:
                return True
        self.has_passed = True
        return True


def _is_noticed(mutant: Mutant | None, seconds: dict[str, float], folder: Path) -> bool:
    if mutant is not None:
        sys.meta_path.insert(0, Swap(mutant.module, mutated(mutant)))
    signal.setitimer(signal.ITIMER_PROF, IMPORTING)
    chosen = Chosen(seconds)
    run_pytest(chosen, sorted({name.partition("::")[0] for name in seconds}), folder)
    return not chosen.has_passed


def _forked(is_noticed: Callable[[], bool]) -> str:
    pid = os.fork()
    if pid == 0:
        code = 1
        with contextlib.suppress(BaseException):
            signal.alarm(AT_MOST)
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            most = pages * resource.getpagesize() + ROOM
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            code = int(is_noticed())
        os._exit(code)
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return TIMED_OUT
    return KILLED if os.WEXITSTATUS(status) else SURVIVED
