"""Which tests reach which lines."""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from mutation.mutants import Mutant
from mutation.runs import Quick, module_name, run_pytest

Line = tuple[str, int]


class Reached(NamedTuple):
    """Which tests there are, and what each of them reaches."""

    seconds: dict[str, float]
    """How much processor time each takes with a trace, the quickest first."""
    tests: dict[Line, set[str]]
    """The tests that run a line of a module."""
    imported: set[Line]
    """The lines that are run before any test, when modules are imported and tests are collected."""

    def tests_for(self, mutant: Mutant) -> dict[str, float]:
        """Return the tests that can notice a mutant, with the time that each takes.

        What an import runs is reached by all tests or none: these are the tests that name what the statement
        defines, then those that reach its module or name its class.
        """
        lines = {(str(mutant.module.resolve()), line) for line in mutant.reach}
        if lines & self.imported:
            return self._near(mutant)
        return self._quickest(set().union(*(self.tests.get(line, set()) for line in lines)))

    def _near(self, mutant: Mutant) -> dict[str, float]:
        own, around = _defined(mutant)
        naming, others = set(), set()
        for (path, number), tests in self.tests.items():
            words = _words(path)[number - 1]
            if own & words:
                naming |= tests
            if path == str(mutant.module.resolve()) or around & words:
                others |= tests
        for test in self.seconds:
            if (own | around) & _all_words(test.partition("::")[0]):
                others.add(test)
        return self._quickest(naming) | self._quickest(others)

    def _quickest(self, tests: set[str]) -> dict[str, float]:
        return {test: seconds for test, seconds in self.seconds.items() if test in tests}


class Trace:
    """Writes down which lines of some modules are run."""

    def __init__(self, modules: Iterable[Path]) -> None:
        self.files = {str(module.resolve()) for module in modules}

    def __enter__(self) -> set[Line]:
        lines: set[Line] = set()
        files, add = self.files, lines.add

        def each_line(frame: FrameType, event: str, _: object) -> Any:
            if event == "line":
                add((frame.f_code.co_filename, frame.f_lineno))
            return each_line

        def each_call(frame: FrameType, *_: object) -> Any:
            return each_line if frame.f_code.co_filename in files else None

        sys.settrace(each_call)
        return lines

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)


class Traced(Quick):
    """A plugin of pytest that runs every test with a trace."""

    def __init__(self, modules: list[Path]) -> None:
        self.modules, self.trace = modules, Trace(modules)
        self.imported = self.trace.__enter__()
        self.reached: Reached | None = None

    def pytest_runtestloop(self, session: Any) -> bool:
        """Say what the tests reach, where they all pass."""
        for module in self.modules:
            if module.stem != "__main__":
                importlib.import_module(module_name(module))
        self.trace.__exit__()
        gc.unfreeze()  # what is frozen is not found
        caches = [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]
        seconds: dict[str, float] = {}
        tests = defaultdict(set)
        for item, following in zip(session.items, [*session.items[1:], None], strict=True):
            for cache in caches:
                cache.cache_clear()
            begun = time.process_time()
            with self.trace as lines:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds[item.nodeid] = time.process_time() - begun
            for line in lines:
                tests[line].add(item.nodeid)
            if session.testsfailed:
                return True
        quickest = dict(sorted(seconds.items(), key=lambda each: each[1]))
        self.reached = Reached(quickest, dict(tests), self.imported)
        return True


def reached(modules: list[Path], tests: list[str], folder: Path) -> Reached | None:
    """Return what tests reach of some modules, or None where one of them fails."""
    traced = Traced(modules)
    run_pytest(traced, tests, folder)
    return traced.reached


@functools.cache
def _words(path: str) -> list[set[str]]:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [set(re.findall(r"\w+", line)) for line in lines]


@functools.cache
def _all_words(path: str) -> set[str]:
    return set().union(*_words(path))


def _defined(mutant: Mutant) -> tuple[set[str], set[str]]:
    """Return the names that the innermost statement about a mutant defines, and those of its classes."""
    own: set[str] = set()
    around: set[str] = set()
    for node in ast.walk(ast.parse(mutant.module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.stmt) and node.lineno <= mutant.line <= (node.end_lineno or 0):
            match node:
                case ast.ClassDef(name=name):
                    own = {name}
                    around.add(name)
                case ast.FunctionDef(name=name):
                    own = {name}
                case ast.Assign(targets=targets):
                    inner = [node for target in targets for node in ast.walk(target)]
                    own = {node.id for node in inner if isinstance(node, ast.Name)}
                case ast.AnnAssign(target=ast.Name(id=name)):
                    own = {name}
    return own, around
