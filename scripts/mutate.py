"""Change a module in every small way, one at a time, and say which changes no test notices.

    python scripts/mutate.py quiz/core/text/numbers.py tests/core/text tests/core/content/kinds
    python scripts/mutate.py quiz/core tests/core --sample 300 --seed 2

The tests are run once to see which of them reach which line. Against a mutant only those that reach it are
run, the quickest first, up to the first failure, in a process forked from one that has collected them all; a
line that no test reaches is a survivor at once. What runs while modules are imported (a constant, a default,
a decorator) is imported anew instead, for the tests that reach its module or name what it defines: another
test may notice what is told as unnoticed. Hypothesis does not shrink what it finds. A test whose processor
time is far beyond what it takes otherwise has noticed.

Nothing is written into the tree. Survivors are printed with their line and what it became.

No mutants are made of docstrings, annotations and what is read by a type checker alone; of a raised error;
of tables, which is what a collection of more than eight constants is; of `__all__` and `__slots__`; of the
size of a cache; of `strict=`; of what a class is told about its instances (`frozen`, `slots`, `kw_only`,
`gc`, `dict`, `repr`); or of the descriptions of fields.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import functools
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple, cast

KILLED, SURVIVED, TIMED_OUT, ELSEWHERE = "killed", "survived", "timed out", "elsewhere"
WARM = (
    "fsrs", "hypothesis", "hypothesis.stateful", "msgspec", "pytest", "rapidfuzz", "textual.app",
    "textual.pilot", "yaml",
)  # fmt: skip
"""What tests import that is never mutated."""
OPTIONS = ["-q", "-s", "-n0", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "-W", "ignore"]

OTHERS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.And: ast.Or, ast.Or: ast.And, ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip
FEW = 8
"""A collection of more constants than this is a table, whose entries no test repeats."""
ANNOTATIONS = {"annotation", "returns", "type_params"}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
FOR_TYPES = {"cast", "NewType", "TypeVar", "ParamSpec"}
OF_INSTANCES = {"frozen", "slots", "kw_only", "gc", "dict", "weakref", "repr"}

SECOND = 1.0
"""How long a test may take, in seconds of processor time, beyond three times what it takes with a trace."""
AT_MOST = 120
"""After how many seconds by the clock a mutant counts as timed out: it is asleep."""
ROOM = 2 << 30
"""How many bytes a mutant may use beyond those that are used already."""


class Mutant(NamedTuple):
    """One small change of a module."""

    module: Path
    number: int
    line: int
    reach: range
    """The lines of the statement's head: a test that runs none of them cannot notice."""
    function: tuple[int, str] | None
    """Where and by which name the function that holds the change begins, where it is not run by an import."""


class Place(NamedTuple):
    """Where in a tree something may be changed."""

    parent: ast.AST
    name: str
    function: tuple[int, str] | None
    reach: range


def changes(tree: ast.Module, module: Path) -> Iterator[tuple[Mutant, Callable[[], str]]]:
    """Change a module's tree in every way, one after the other, while the mutant is looked at.

    With each comes what tells how the changed line reads.
    """
    number = 0
    for parent, name, function, reach in list(_places(tree, None, "", range(0))):
        value = getattr(parent, name)
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            for new in _instead_of(node, parent, name):
                put = _putter(parent, name, place)
                put(ast.copy_location(new, node) if hasattr(node, "lineno") else new)
                line = getattr(node, "lineno", getattr(parent, "lineno", reach.start))
                own = reach if line in reach else range(line, line + 1)
                yield Mutant(module, number, line, own, function), functools.partial(_shown, new, parent)
                number += 1
                put(node)


def mutated(mutant: Mutant) -> tuple[ast.Module, str]:
    """Return the tree of a mutant and its changed line."""
    tree = ast.parse(mutant.module.read_text(encoding="utf-8"))
    for other, shown in changes(tree, mutant.module):
        if other.number == mutant.number:
            return ast.fix_missing_locations(tree), shown()
    raise ValueError(mutant)


def _places(node: ast.AST, function: tuple[int, str] | None, within: str, reach: range) -> Iterator[Place]:
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None)
        end = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        reach = range(node.lineno, max(end, node.lineno) + 1)
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    if is_function or isinstance(node, ast.ClassDef):
        within += cast("ast.ClassDef", node).name
    for name, value in ast.iter_fields(node):
        if name in ANNOTATIONS:
            continue
        own = function
        if is_function and name == "body" and function is None:
            made = cast("ast.FunctionDef", node)
            own = (min([made.lineno, *(each.lineno for each in made.decorator_list)]), within)
        yield Place(node, name, own, reach)
        inside = within + (".<locals>." if is_function else "." if isinstance(node, ast.ClassDef) else "")
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, ast.AST) and not _is_left_alone(inner, node):
                yield from _places(inner, own, inside, reach)


def _is_left_alone(node: ast.AST, parent: ast.AST) -> bool:
    match node:
        case ast.Raise():
            return True
        case ast.Set(elts=entries) | ast.List(elts=entries) | ast.Tuple(elts=entries):
            return len(entries) > FEW and all(map(_is_constant, entries))
        case ast.Dict(keys=keys, values=values):
            return len(keys) > FEW and all(map(_is_constant, [*keys, *values]))
        case ast.Assign(targets=[ast.Name(id="__all__" | "__slots__")]):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Call(func=ast.Name(id=name)) if name in FOR_TYPES:
            return name != "cast"
        case ast.Constant(value=str()):
            return _is_a_type(node, parent)
        case ast.Call(func=ast.Name(id="lru_cache")) | ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.keyword(arg="strict" | "description"):
            return True
        case ast.keyword(arg=str() as name) if name in OF_INSTANCES:
            makes = ast.unparse(parent.func) if isinstance(parent, ast.Call) else ""
            return isinstance(parent, ast.ClassDef) or makes in {"dataclass", "field"}
    return False


def _is_constant(node: ast.AST | None) -> bool:
    match node:
        case ast.Constant() | ast.JoinedStr():
            return True
        case ast.UnaryOp(operand=inner):
            return _is_constant(inner)
        case ast.Tuple(elts=entries):
            return all(map(_is_constant, entries))
    return False


def _is_a_type(node: ast.AST, parent: object) -> bool:
    return (
        isinstance(parent, ast.Call)
        and isinstance(parent.func, ast.Name)
        and parent.func.id in FOR_TYPES
        and parent.args[0] is node
    )


def _putter(parent: ast.AST, name: str, place: int | None) -> Callable[[object], None]:
    def put(node: object) -> None:
        if place is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[place] = node

    return put


def _instead_of(node: object, parent: ast.AST, name: str) -> Iterator[ast.AST]:
    """Yield what may stand in a node's place."""
    if isinstance(node, ast.AST) and _is_left_alone(node, parent):
        return
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


# ── which tests reach which lines ────────────────────────────────────────────────────────────────────────


class Reached(NamedTuple):
    """Which tests there are, and what each of them reaches."""

    names: list[str]
    seconds: list[float]
    """How much processor time each takes with a trace."""
    tests: dict[tuple[str, int], set[int]]
    """The tests that run a line of a module."""
    imported: set[tuple[str, int]]
    """The lines that are run before any test, when modules are imported and tests are collected."""


class Trace:
    """Writes down which lines of some modules are run."""

    def __init__(self, modules: Iterable[Path]) -> None:
        self.files = {str(module.resolve()) for module in modules}

    def __enter__(self) -> set[tuple[str, int]]:
        lines: set[tuple[str, int]] = set()
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


class Quick:
    """A plugin of pytest: what is common to all runs of tests."""

    def pytest_configure(self) -> None:
        """Let Hypothesis stop at what it finds, without looking for less of it."""
        from hypothesis import Phase, settings

        settings.register_profile("mutants", settings.default, phases=[Phase.explicit, Phase.generate])
        settings.load_profile("mutants")


class Served(Quick):
    """A plugin of pytest that collects tests once, and runs those that are asked for in forked processes."""

    def __init__(self, modules: list[Path], ways: Connection) -> None:
        self.trace, self.ways = Trace(modules), ways
        self.importing = self.trace.__enter__()

    def pytest_runtestloop(self, session: Any) -> bool:
        """Say what the tests reach; then say of each mutant that is sent what becomes of it."""
        self.trace.__exit__()
        gc.unfreeze()
        self.caches = [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]
        self.functions = defaultdict(list)
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType) and thing.__code__.co_filename in self.trace.files:
                code = thing.__code__
                self.functions[code.co_filename, code.co_firstlineno, code.co_qualname].append(thing)
        gc.freeze()
        receive, send = Pipe(duplex=False)
        pid = os.fork()
        if pid == 0:
            with contextlib.suppress(BaseException):
                send.send(self._reached(session))
            os._exit(0)
        send.close()
        with contextlib.suppress(EOFError):
            self.reached: Reached | None = receive.recv()
            self.ways.send(self.reached)
        os.waitpid(pid, 0)
        while (work := self.ways.recv()) is not None:
            mutant, tests = work
            limits = [self.reached.seconds[test] for test in tests] if self.reached else []
            self.ways.send(forked(functools.partial(self._run, session, mutant, tests, limits)))
        return True

    def _reached(self, session: Any) -> Reached | None:
        tests, seconds = defaultdict(set), []
        for number, item in enumerate(session.items):
            self._forget()
            begun = time.process_time()
            following = session.items[number + 1] if number + 1 < len(session.items) else None
            with self.trace as lines:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds.append(time.process_time() - begun)
            for line in lines:
                tests[line].add(number)
            if session.testsfailed:
                return None
        return Reached([item.nodeid for item in session.items], seconds, dict(tests), self.importing)

    def _forget(self) -> None:
        for cache in self.caches:
            cache.cache_clear()

    def _run(self, session: Any, mutant: Mutant | None, tests: list[int], limits: list[float]) -> str:
        factory = session.config._tmp_path_factory
        factory._basetemp = Path(tempfile.mkdtemp(dir=factory.getbasetemp()))
        self._forget()
        try:
            if mutant is not None and not self._patched(mutant):
                return ELSEWHERE
            return survives(session, [session.items[test] for test in tests], limits)
        finally:
            shutil.rmtree(factory._basetemp, ignore_errors=True)

    def _patched(self, mutant: Mutant) -> bool:
        """Give every function that a mutant changes its new code, where that can be done."""
        path = str(mutant.module.resolve())
        whole = compile(mutated(mutant)[0], path, "exec")
        is_found = False
        for code in _codes(whole):
            line, name = mutant.function or (0, "")
            is_it = (code.co_firstlineno, code.co_qualname) == (line, name)
            if is_it or code.co_qualname.startswith(f"{name}.<locals>"):
                for function in self.functions[path, code.co_firstlineno, code.co_qualname]:
                    if function.__code__.co_freevars != code.co_freevars:
                        return False
                    function.__code__ = code
                    is_found |= is_it
        return is_found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def survives(session: Any, items: list[Any], limits: list[float]) -> str:
    """Run tests up to the first failure, each within its limit, and say what became of the mutant."""
    for number, item in enumerate(items):
        following = items[number + 1] if number + 1 < len(items) else None
        signal.setitimer(signal.ITIMER_PROF, SECOND + 3 * limits[number])
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if session.testsfailed:
            return KILLED
    return SURVIVED


def forked(run: Callable[[], str]) -> str:
    """Return what a run in its own process says: "killed" where it fails, "timed out" where it is ended."""
    outcomes = [SURVIVED, KILLED, ELSEWHERE]
    pid = os.fork()
    if pid == 0:
        code = outcomes.index(KILLED)
        with contextlib.suppress(BaseException):
            signal.alarm(AT_MOST)
            used = (
                int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
            )
            resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, used + ROOM))
            code = outcomes.index(run())
        os._exit(code)
    status = os.waitpid(pid, 0)[1]
    return TIMED_OUT if os.WIFSIGNALED(status) else outcomes[os.WEXITSTATUS(status)]


# ── mutants of what an import runs ───────────────────────────────────────────────────────────────────────


class Swap(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a mutant's code."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = _named(path), path.resolve(), tree

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
        self.outcome = KILLED

    def pytest_runtestloop(self, session: Any) -> bool:
        """Run them, where all could be collected."""
        items = {item.nodeid: item for item in session.items}
        chosen = [name for name in self.seconds if name in items]
        if not session.testsfailed and len(chosen) == len(self.seconds):
            limits = [self.seconds[name] for name in chosen]
            self.outcome = survives(session, [items[name] for name in chosen], limits)
        return True


def _anew(mutant: Mutant, seconds: dict[str, float]) -> str:
    import pytest

    _say_nothing()
    sys.meta_path.insert(0, Swap(mutant.module, mutated(mutant)[0]))
    signal.setitimer(signal.ITIMER_PROF, 60)
    chosen = Chosen(seconds)
    files = sorted({name.partition("::")[0] for name in seconds})
    pytest.main([*OPTIONS, *files], plugins=[chosen])
    return chosen.outcome


def _say_nothing() -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)


# ── the whole ────────────────────────────────────────────────────────────────────────────────────────────


class Tests:
    """The tests, and a process that has collected them."""

    def __init__(self, modules: list[Path], tests: list[str]) -> None:
        self.ways, theirs = Pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self.ways.close()
            self._serve(modules, tests, theirs)
        theirs.close()
        reached: Reached | None = self.ways.recv()
        if reached is None:
            raise SystemExit("The tests fail without any change.")
        self.reached = reached
        self.words = {
            (str(path.resolve()), number): set(re.findall(r"\w+", line))
            for path in modules
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        }
        self.files = {
            file: set(re.findall(r"\w+", Path(file).read_text(encoding="utf-8")))
            for file in {name.partition("::")[0] for name in self.reached.names}
        }

    @staticmethod
    def _serve(modules: list[Path], tests: list[str], ways: Connection) -> None:
        import pytest

        with contextlib.suppress(BaseException):
            _say_nothing()
            pytest.main([*OPTIONS, *tests], plugins=[Served(modules, ways)])
        os._exit(0)

    def run(self, mutant: Mutant | None) -> str:
        """Run the tests that reach a mutant, all without one, and say what became of it."""
        if mutant is None:
            return self._ask(None, self._quickest(range(len(self.reached.names))))
        path = str(mutant.module.resolve())
        reach = {(path, line) for line in mutant.reach}
        if mutant.function is not None and not reach & self.reached.imported:
            there = set().union(*(self.reached.tests.get(line, set()) for line in reach))
            became = self._ask(mutant, self._quickest(there)) if there else SURVIVED
            if became != ELSEWHERE:
                return became
        seconds = {self.reached.names[test]: self.reached.seconds[test] for test in self._near(mutant)}
        return forked(lambda: _anew(mutant, seconds)) if seconds else SURVIVED

    def end(self) -> None:
        """Let go of the process."""
        self.ways.send(None)
        os.waitpid(self.pid, 0)

    def _ask(self, mutant: Mutant | None, tests: list[int]) -> str:
        self.ways.send((mutant, tests))
        return str(self.ways.recv())

    def _quickest(self, tests: Iterable[int]) -> list[int]:
        return sorted(tests, key=lambda test: self.reached.seconds[test])

    def _near(self, mutant: Mutant) -> list[int]:
        """Return the tests that name what a statement defines, and those that reach its module or class."""
        path = str(mutant.module.resolve())
        own, around = _defined(ast.parse(mutant.module.read_text(encoding="utf-8")), mutant.line)
        naming, others = set(), set()
        for line, tests in self.reached.tests.items():
            if own & self.words[line]:
                naming |= tests
            if line[0] == path or around & self.words[line]:
                others |= tests
        for number, name in enumerate(self.reached.names):
            if (own | around) & self.files[name.partition("::")[0]]:
                others.add(number)
        return [*self._quickest(naming), *self._quickest(others - naming)]


def _defined(tree: ast.Module, line: int) -> tuple[set[str], set[str]]:
    """Return the names that the innermost statement about a line defines, and those of its classes."""
    own: set[str] = set()
    around: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0):
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


def main() -> int:
    """Mutate the module, or those of the folder, that was named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("module", type=Path, help="a module or a folder")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, help="only so many of all, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    options = parser.parse_args()
    sys.path.insert(0, str(Path.cwd()))
    for name in WARM:
        importlib.import_module(name)
    top: Path = options.module
    modules = sorted(top.rglob("*.py")) if top.is_dir() else [top]
    chosen = [
        mutant
        for module in modules
        for mutant, _ in changes(ast.parse(module.read_text(encoding="utf-8")), module)
    ]
    print(f"{top}: {len(chosen)} mutants", flush=True)
    if options.sample is not None:
        chosen = Random(options.seed).sample(chosen, min(options.sample, len(chosen)))
    tests = Tests(modules, options.tests)
    if tests.run(None) != SURVIVED:
        raise SystemExit("The tests fail without any change, in another order.")
    counts: dict[str, int] = defaultdict(int)
    for mutant in chosen:
        became = tests.run(mutant)
        counts[became] += 1
        if became == SURVIVED:
            lines = mutant.module.read_text(encoding="utf-8").splitlines()
            was = lines[mutant.line - 1].strip() if mutant.line else ""
            print(f"{mutant.module}:{mutant.line}: {was}\n    became  {mutated(mutant)[1]}", flush=True)
    tests.end()
    noticed = len(chosen) - counts[SURVIVED]
    share = noticed / max(1, len(chosen))
    print(f"{top}: {len(chosen)} mutants, {noticed} noticed ({share:.1%}), {dict(counts)}")
    return 0


def _named(module: Path) -> str:
    return ".".join((module.parent if module.stem == "__init__" else module.with_suffix("")).parts)


if __name__ == "__main__":
    sys.exit(main())
