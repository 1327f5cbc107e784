#!/usr/bin/env python3
"""Write the generated parts of docs/architecture.md: the layers, the imports and the record's tables.

With --check nothing is written: the exit code says whether the page is up to date.
"""

from __future__ import annotations

import ast
import inspect
import re
import sqlite3
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page(text: str) -> str:
    """Return the page with its generated blocks made anew."""
    blocks = {"layers": layers(), "arrows": arrows(), "tables": tables()}
    return _BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]].rstrip()}\n\n{found[3]}", text)


def layers() -> str:
    """Return the layers of the import contract, top to bottom, as a drawing in boxes."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(each for each in config["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    rows = [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]
    width = max(len("   ".join(row)) for row in rows) + 4
    lines = ["```text", f"┌{'─' * width}┐"]
    for place, row in enumerate(rows):
        if place:
            lines.append(f"├{'─' * (width // 2)}▼{'─' * (width - width // 2 - 1)}┤")
        lines.append(f"│{'   '.join(row):^{width}}│")
    return "\n".join([*lines, f"└{'─' * width}┘", "```"])


def arrows() -> str:
    """Return a table of which package imports which, imports inside functions and for types included."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "quiz").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        package = parts[1] if len(parts) > 1 else "quiz"
        if package not in {"__init__", "__main__"}:
            found.setdefault(package, set()).update(_imported(path) - {package})
    lines = ["| package | what it is | imports |", "| --- | --- | --- |"]
    for package in sorted(found, key=lambda name: (-len(_reached(found, name)), name)):
        used = ", ".join(f"`{name}`" for name in sorted(found[package])) or "–"
        lines.append(f"| `{package}` | {_summary(package)} | {used} |")
    return "\n".join(lines)


def _imported(path: Path) -> set[str]:
    return {
        name.split(".")[1]
        for statement in statements(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(statement)
        if name.startswith("quiz.") and name != "quiz.__version__"
    }


def statements(within: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements in a module or statement, at any depth; expressions hold none."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for inner in getattr(within, part, ()):
            if isinstance(inner, ast.stmt):
                yield inner
            yield from statements(inner)


def _names(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        yield from (f"{statement.module}.{alias.name}" for alias in statement.names)


def _reached(found: dict[str, set[str]], name: str) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        for other in found.get(waiting.pop(), set()) - reached:
            reached.add(other)
            waiting.append(other)
    return reached


def _summary(package: str) -> str:
    folder = ROOT / "quiz" / package
    file = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    written = inspect.cleandoc(ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "")
    return written.split("\n", 1)[0].rstrip(".")


def tables() -> str:
    """Return the tables of a record with their columns, as the migrations make them."""
    from quiz.record.sqlite.migrations import MIGRATIONS

    with closing(sqlite3.connect(":memory:")) as db:
        db.create_function("checksum", -1, lambda *_: 0)
        for statement in (statement for migration in MIGRATIONS for statement in migration):
            db.execute(statement)
        made = db.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY rowid").fetchall()
        lines = ["| table | columns |", "| --- | --- |"]
        for (name,) in made:
            columns = [f"`{row[1]}`" for row in db.execute(f"PRAGMA table_info({name})")]
            lines.append(f"| `{name}` | {', '.join(columns)} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Write or check the page."""
    written = PAGE.read_text(encoding="utf-8")
    made = page(written)
    if "--check" in arguments:
        if made != written:
            print("docs/architecture.md is stale: run scripts/architecture.py.", file=sys.stderr)
        return int(made != written)
    if made != written:
        PAGE.write_text(made, encoding="utf-8")
        print("Wrote docs/architecture.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
