"""Change a module in every small way, one at a time, and say which changes no test notices.

    python scripts/mutate.py quiz/core/text/numbers.py tests/core/text tests/core/content/kinds
    python scripts/mutate.py quiz/core tests/core --sample 300

Of a folder, the tests of a module's own folder come first, and all where those notice nothing.

Each mutant runs the tests in a process forked from one that has imported what is slow, up to the first
failure. Nothing is written into the tree. Survivors are printed with their line and what it became.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import ModuleType
from typing import NamedTuple

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
WARM = (
    "fsrs", "hypothesis", "hypothesis.stateful", "msgspec", "pytest", "rapidfuzz", "textual.app",
    "textual.pilot", "yaml",
)  # fmt: skip
"""What tests import that is never mutated."""

OTHERS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.And: ast.Or, ast.Or: ast.And, ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip
FEW = 8
"""A set of more constants than this is a table, whose entries no test repeats."""
ANNOTATIONS = {"annotation", "returns", "type_params"}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}


class Mutant(NamedTuple):
    """A module's tree with one small change in it."""

    line: int
    was: str
    became: str
    code: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module. Docstrings, annotations and the words of errors stay as they are."""
    tree = ast.parse(source)
    lines = source.splitlines()
    for parent in list(_changeable(tree)):
        for name, value in ast.iter_fields(parent):
            if name in ANNOTATIONS:
                continue
            if isinstance(parent, ast.Set) and len(parent.elts) > FEW:
                continue
            places = enumerate(value) if isinstance(value, list) else [(None, value)]
            for place, node in places:
                for new in _instead_of(node, parent, name):
                    put = _putter(parent, name, place)
                    put(new)
                    line = getattr(node, "lineno", getattr(parent, "lineno", 0))
                    text = ast.unparse(ast.fix_missing_locations(tree))
                    shown = _shown(new, parent)
                    put(node)
                    yield Mutant(line, lines[line - 1].strip() if line else "", shown, text)


def _changeable(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name not in ANNOTATIONS:
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, ast.AST) and not isinstance(inner, ast.Raise):
                    yield from _changeable(inner)


def _putter(parent: ast.AST, name: str, place: int | None) -> Callable[[object], None]:
    def put(node: object) -> None:
        if place is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[place] = node

    return put


def _instead_of(node: object, parent: ast.AST, name: str) -> Iterator[ast.AST]:
    """Yield what may stand in a node's place."""
    if type(node) in OTHERS:
        yield OTHERS[type(node)]()  # type: ignore[index]
    match node:
        case ast.Constant(value=bool() as truth):
            yield ast.Constant(not truth)
        case ast.Constant(value=int() | float() as number):
            yield ast.Constant(number + 1)
        case ast.Constant(value=str() as text) if not isinstance(parent, ast.Expr | ast.JoinedStr):
            yield ast.Constant(text + "XX")
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Name(id=known, ctx=ast.Load()) if known in NAMES:
            yield ast.Name(NAMES[known], ast.Load())
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, [], node.is_async)
    if name == "test" and isinstance(node, ast.expr):
        yield ast.UnaryOp(ast.Not(), node)


def _shown(new: ast.AST, parent: ast.AST) -> str:
    whole = new if isinstance(new, ast.stmt) else parent
    lines = (
        [] if isinstance(whole, ast.Module) else ast.unparse(ast.fix_missing_locations(whole)).splitlines()
    )
    return lines[0][:110] if lines else type(new).__name__


class Swap(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a mutant's code."""

    def __init__(self, name: str, path: Path, code: str) -> None:
        self.name, self.path, self.code = name, path, code

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
        exec(compile(self.code, str(self.path), "exec"), module.__dict__)


def run(mutant: str, module: str, path: Path, tests: list[str], seconds: float) -> str:
    """Run the tests against a mutant in a process of its own, and say what became of it."""
    pid = os.fork()
    if pid == 0:
        _child(mutant, module, path, tests)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return SURVIVED if status == 0 else KILLED
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return TIMED_OUT


def _child(mutant: str, module: str, path: Path, tests: list[str]) -> None:
    code = 1
    with contextlib.suppress(BaseException):
        import pytest

        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, Swap(module, path, mutant))
        options = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "--assert=plain", "-W", "ignore"]
        code = pytest.main([*options, *tests])
        code = 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else int(code)
    os._exit(code)


def _tests_of(module: Path, top: Path, tests: list[str]) -> list[list[str]]:
    """Return what is run against a mutant of a module in a folder, one after the other."""
    own = [str(folder) for test in tests if (folder := Path(test) / module.parent.relative_to(top)).is_dir()]
    return [own, tests] if own and own != tests else [tests]


def main() -> int:
    """Mutate the module, or those of the folder, that was named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("module", type=Path, help="a module or a folder")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--seconds", type=float, default=90, help="after how long a mutant counts as noticed")
    parser.add_argument("--every", type=int, default=1, help="only every so many-th mutant")
    parser.add_argument("--sample", type=int, help="only so many of all, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    options = parser.parse_args()
    sys.path.insert(0, str(Path.cwd()))
    for name in WARM:
        importlib.import_module(name)
    top: Path = options.module
    modules = sorted(top.rglob("*.py")) if top.is_dir() else [top]
    first = modules[0]
    if run(first.read_text(encoding="utf-8"), _named(first), first, options.tests, 600) != SURVIVED:
        print("The tests fail without any change.")
        return 1
    chosen = [
        (module, mutant) for module in modules for mutant in mutants(module.read_text(encoding="utf-8"))
    ]
    chosen = chosen[:: options.every]
    if options.sample is not None:
        chosen = Random(options.seed).sample(chosen, min(options.sample, len(chosen)))
    counts: dict[str, int] = {}
    for module, mutant in chosen:
        for tests in _tests_of(module, top, options.tests) if top.is_dir() else [options.tests]:
            became = run(mutant.code, _named(module), module, tests, options.seconds)
            if became != SURVIVED:
                break
        counts[became] = counts.get(became, 0) + 1
        if became == SURVIVED:
            print(f"{module}:{mutant.line}: {mutant.was}\n    became  {mutant.became}", flush=True)
    total = sum(counts.values())
    noticed = total - counts.get(SURVIVED, 0)
    print(f"{top}: {total} mutants, {noticed} noticed ({noticed / max(1, total):.1%}), {counts}")
    return 0


def _named(module: Path) -> str:
    return ".".join((module.parent if module.stem == "__init__" else module.with_suffix("")).parts)


if __name__ == "__main__":
    sys.exit(main())
