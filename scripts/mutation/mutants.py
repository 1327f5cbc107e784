"""The small changes that a module can be given; what is left alone, `scripts/mutate.py` says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

OTHERS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.And: ast.Or, ast.Or: ast.And, ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
FEW = 8
"""A collection of more constants than this is a table, whose entries no test repeats."""
ANNOTATIONS = {"annotation", "returns", "type_params"}
OF_INSTANCES = {"frozen", "slots", "kw_only", "gc", "dict", "weakref", "repr"}


class Mutant(NamedTuple):
    """One small change of a module."""

    module: Path
    number: int
    line: int
    reach: range
    """The lines of the statement's head: a test that runs none of them cannot notice."""


class Place(NamedTuple):
    """Where in a tree something may be changed."""

    parent: ast.AST
    name: str
    reach: range


def mutants_of(module: Path) -> list[Mutant]:
    """Return every change that a module can be given."""
    found = _changes(ast.parse(module.read_text(encoding="utf-8")))
    return [Mutant(module, number, line, reach) for number, (line, reach) in enumerate(found)]


def mutated(mutant: Mutant) -> ast.Module:
    """Return the tree of a mutant."""
    tree = ast.parse(mutant.module.read_text(encoding="utf-8"))
    changes = _changes(tree)  # held, so that nothing is put back
    next(islice(changes, mutant.number, None))
    return ast.fix_missing_locations(tree)


def changed_line(mutant: Mutant) -> str:
    """Return how the line that a mutant changes reads."""
    was = ast.unparse(ast.parse(mutant.module.read_text(encoding="utf-8"))).splitlines()
    new = ast.unparse(mutated(mutant)).splitlines()
    return next((after.strip() for before, after in zip(was, new, strict=False) if before != after), "")


def _changes(tree: ast.Module) -> Iterator[tuple[int, range]]:
    """Change a tree in every way, one after the other, and yield the line and the head of its statement."""
    for parent, name, reach in list(_places(tree, range(0))):
        value = getattr(parent, name)
        within: Any = value if isinstance(value, list) else vars(parent)
        for key in range(len(value)) if isinstance(value, list) else [name]:
            node = within[key]
            if not isinstance(node, ast.AST) or _is_left_alone(node, parent):
                continue
            line = getattr(node, "lineno", getattr(parent, "lineno", reach.start))
            for new in _instead_of(node, parent, name):
                within[key] = ast.copy_location(new, node)
                yield line, reach if line in reach else range(line, line + 1)
                within[key] = node


def _places(node: ast.AST, reach: range) -> Iterator[Place]:
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None)
        end = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        reach = range(node.lineno, max(end, node.lineno) + 1)
    for name, value in ast.iter_fields(node):
        if name in ANNOTATIONS:
            continue
        yield Place(node, name, reach)
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, ast.AST) and not _is_left_alone(inner, node):
                yield from _places(inner, reach)


def _is_left_alone(node: ast.AST, parent: ast.AST) -> bool:
    match node:
        case ast.Set(elts=entries) | ast.List(elts=entries) | ast.Tuple(elts=entries):
            return len(entries) > FEW and all(map(_is_constant, entries))
        case ast.Dict(keys=keys, values=values):
            return len(keys) > FEW and all(map(_is_constant, [*keys, *values]))
        case (
            ast.Raise()
            | ast.Assign(targets=[ast.Name(id="__all__" | "__slots__")])
            | ast.If(test=ast.Name(id="TYPE_CHECKING"))
            | ast.Call(func=ast.Name(id="lru_cache" | "TypeVar"))
            | ast.Subscript(value=ast.Name(id="Literal"))
            | ast.keyword(arg="strict" | "description")
        ):
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


def _instead_of(node: ast.AST, parent: ast.AST, name: str) -> Iterator[ast.AST]:
    """Yield what may stand in a node's place."""
    if type(node) in OTHERS:
        yield OTHERS[type(node)]()
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
