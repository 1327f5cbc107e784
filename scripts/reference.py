#!/usr/bin/env python3
"""Write the generated parts of docs/bank-format.md, docs/keys.md, and quiz/config/key_ids.py.

With --check nothing is written: the exit code says whether all of them are up to date.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode

import quiz.tui
from quiz.authoring.diagnostic_codes import all_codes
from quiz.authoring.schema import bank_schema
from quiz.core.content.item import Item
from quiz.core.content.kinds import DEFAULT_KIND, all_kinds

ROOT = Path(__file__).resolve().parent.parent
FORMAT_PAGE = ROOT / "docs" / "bank-format.md"
KEYS_PAGE = ROOT / "docs" / "keys.md"
KEY_IDS = ROOT / "quiz" / "config" / "key_ids.py"

_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


# --------------------------------------------------------------------------- the bank format


def format_page(page: str) -> str:
    """Return the page on the format with its generated blocks made anew."""
    schema = _schema()
    defined = schema["definitions"]
    blocks = {
        "bank": _fields(schema),
        "source": _fields(defined["Source"]),
        "note": _fields(defined["Note"]),
        "stimulus": _fields(defined["Stimulus"]),
        "recommends": _fields(defined["BankSettings"]),
        "option": _fields(defined["Option"]),
        "image": _fields(defined["Image"]),
        "common": _common(),
        "kinds": "\n".join(_kind(name, all_kinds()[name]) for name in _kinds()),
        "lint": _fields(defined["Ignore"]),
        "codes": "\n".join(_codes()),
    }
    return _BLOCK.sub(lambda found: f"{found[1]}\n{blocks[found[2]].rstrip()}\n\n{found[3]}", page)


@cache
def _schema() -> dict[str, Any]:
    """Return the schema of banks, of which every block tells a part."""
    return bank_schema()


def _common() -> str:
    """Return the fields that items of all kinds share, `kind` after the id."""
    names = list(Item.__struct_fields__)
    names.insert(1, "kind")
    flashcard = _schema()["definitions"]["flashcard"]
    kind = {
        "description": "Which kind of item it is.",
        "enum": ["one of the kinds below"],
        "default": DEFAULT_KIND,
    }
    return _fields(flashcard, names, {"kind": kind})


def _kinds() -> list[str]:
    """Return the kinds by name, the default kind first."""
    return sorted(all_kinds(), key=lambda name: (name != DEFAULT_KIND, name))


def _kind(name: str, kind: type[Item]) -> str:
    schema = _schema()["definitions"][name]
    own = [field for field in kind.__struct_fields__ if field not in Item.__struct_fields__]
    item = "".join(
        f"{'  - ' if number == 0 else '    '}{line}\n"
        for number, line in enumerate(kind.example.rstrip().splitlines())
    )
    parts = [f"### {name}\n", f"{kind.summary}\n", _fields(schema, own)]
    for inner in dict.fromkeys(_references({field: schema["properties"][field] for field in own})):
        if inner not in ELSEWHERE:
            parts.append(f"Fields of each {inner.lower()}:\n")
            parts.append(_fields(_schema()["definitions"][inner]))
    return "\n".join([*parts, f"```yaml\nitems:\n{item}```\n"])


ELSEWHERE = {
    "Image": "pictures",
    "Option": "options",
    "Source": "sources",
    "Note": "notes",
    "Stimulus": "stimuli",
    "BankSettings": "recommended-settings",
    "Ignore": "what-quiz-check-says",
    "item": "items",
}
"""What has a heading of its own."""


def _references(schema: Any) -> Iterator[str]:
    """Yield the names of what a schema refers to."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for inner in schema.values():
            yield from _references(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _references(inner)


def _fields(
    schema: dict[str, Any], names: list[str] | None = None, more: dict[str, Any] | None = None
) -> str:
    """Return the fields of a mapping as a table."""
    properties = {**schema["properties"], **(more or {})}
    rows = ["| field | | holds | what it is for |", "| --- | --- | --- | --- |"]
    for name in names or [name for name in properties if name != "kind"]:
        field = properties[name]
        needed = "required" if name in schema["required"] else _default(field)
        rows.append(f"| `{name}` | {needed} | {_holds(field)} | {_cell(field['description'])} |")
    return "\n".join(rows) + "\n"


def _spaced(name: str) -> str:
    """Return the name of a class in words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _default(field: dict[str, Any]) -> str:
    value = field.get("default")
    if value is None or "\n" in str(value) or len(str(value)) > 20:
        return ""
    shown = (
        json.dumps(value) if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else value
    )
    return f"else {shown}"


def _holds(field: dict[str, Any]) -> str:
    """Return in words what a field holds."""
    if "enum" in field:
        *others, last = map(str, field["enum"])
        return f"{', '.join(others)} or {last}" if others else last
    if "allOf" in field:
        return _holds(field["allOf"][0])
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{_spaced(name)}](#{ELSEWHERE[name]})" if name in ELSEWHERE else name.lower()
    if "anyOf" in field:
        first, *others = map(_holds, field["anyOf"])
        return " or ".join([first, *map(_with_article, others)])
    match field["type"]:
        case "array":
            return f"list, each {_with_article(_holds(field['items']))}"
        case "object":
            return f"mapping, each {_with_article(_holds(field['additionalProperties']))}"
        case "boolean":
            return "true or false"
        case "integer":
            return "whole number"
        case "number":
            return "number"
        case ["string", "integer"]:
            return "id"
    return "text"


def _with_article(words: str) -> str:
    return f"{'an' if words.lstrip('[')[0] in 'aeiou' else 'a'} {words}"


def _codes() -> Iterator[str]:
    """Yield a table for each family of codes."""
    family = ""
    for one in all_codes().values():
        if one.family.value != family:
            family = one.family.value
            yield f"\n**{family[0].upper()}{family[1:]}**\n"
            yield "| code | | why | how to mend it |\n| --- | --- | --- | --- |"
        yield f"| `{one.code}` | {one.severity} | {_cell(one.why)} | {_cell(one.mend)} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


# --------------------------------------------------------------------------- keys

KEYS_HEAD = """\
# Keys

Made by `scripts/reference.py` from the screens; do not edit.

Each of these can have another key: *Settings*, *Keys* in the app, where the key is pressed. On the command
line `quiz config keys` lists them with the keys they have now, and
`quiz config keys.home.study f10` changes one; that writes into `config.toml` (`quiz paths` says where it is):

```toml
[keys]
"home.study" = "f10"
"study.hint" = "h,f12"
```

Names of keys are those below: `question_mark`, `ctrl+s`, `pagedown`; several are separated by commas. A key
that is none, and one that takes away another's on the same screen, is a finding of `quiz config`.

Where text is typed, letters and digits are text: there the keys f1 to f9 do what letters do elsewhere. The
digits and letters before options choose those, and tab goes to the next thing, whatever the settings say.
"""


def keys_page() -> str:
    """Return the page on keys."""
    parts = [KEYS_HEAD]
    for cls, bindings in sorted(_bound(), key=lambda bound: _order(bound[0])):
        with_id = [binding for binding in bindings if binding.id]
        if not with_id:
            continue
        parts.append(f"## {_title(cls)}\n")
        about = getattr(cls, "about", "")
        if about:
            parts.append(f"{about}\n")
        parts.append("| id | keys | what it does |\n| --- | --- | --- |")
        parts += [
            f"| `{binding.id}` | {_keys(binding)} | {_cell(binding.tooltip or binding.description)} |"
            for binding in with_id
        ]
        parts.append("")
    return "\n".join(parts)


IDS_HEAD = '''\
"""Everything that a key can be bound to. Made by scripts/reference.py from the screens; do not edit."""

from __future__ import annotations

from typing import Final

KEY_IDS: Final[dict[str, tuple[str, str]]] = {
'''


def key_ids() -> str:
    """Return the module that tells the ids of bindings without loading the screens."""
    found: dict[str, tuple[str, str]] = {}
    for _, bindings in sorted(_bound(), key=lambda bound: _order(bound[0])):
        for binding in bindings:
            if binding.id:
                keys = ",".join(key.strip() for key in binding.key.split(","))
                found.setdefault(binding.id, (keys, binding.tooltip or binding.description))
    rows = "".join(
        f"    {_text(name)}: ({_text(keys)}, {_text(what)}),\n" for name, (keys, what) in found.items()
    )
    return f'{IDS_HEAD}{rows}}}\n"""The usual keys of each binding by its id, and what it does."""\n'


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _bound() -> Iterator[tuple[type, list[Binding]]]:
    """Yield every class of the screens and widgets that declares keys of its own."""
    for info in pkgutil.walk_packages(quiz.tui.__path__, f"{quiz.tui.__name__}."):
        module = importlib.import_module(info.name)
        for _, cls in inspect.getmembers(module, inspect.isclass):
            declared = vars(cls).get("BINDINGS")
            if cls.__module__ == module.__name__ and declared and issubclass(cls, DOMNode):
                yield cls, [binding for binding in declared if isinstance(binding, Binding)]


def _order(cls: type) -> tuple[int, str]:
    first = {"BaseApp": 0, "HomeScreen": 1, "StudyScreen": 2}
    return first.get(cls.__name__, 3), _title(cls)


def _title(cls: type) -> str:
    if cls.__name__ == "BaseApp":
        return "Everywhere"
    words = re.sub(r"(Screen|Modal)$", "", cls.__name__)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words)
    return str(getattr(cls, "name_shown", "") or spaced[:1] + spaced[1:].lower())


def _keys(binding: Binding) -> str:
    return ", ".join(f"`{key.strip()}`" for key in binding.key.split(","))


# ---------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Write or check what is made."""
    pages = {
        FORMAT_PAGE: format_page(FORMAT_PAGE.read_text(encoding="utf-8")),
        KEYS_PAGE: keys_page(),
        KEY_IDS: key_ids(),
    }
    stale = [
        page for page, text in pages.items() if not page.exists() or page.read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for page in stale:
            print(f"{page.relative_to(ROOT)} is stale: run scripts/reference.py.", file=sys.stderr)
        return 1 if stale else 0
    for page in stale:
        page.write_text(pages[page], encoding="utf-8")
        print(f"Wrote {page.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
