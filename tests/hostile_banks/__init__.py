"""Bank files that mean harm or were made by accident, each with the findings it must lead to."""

from __future__ import annotations

import base64
import gzip
import pickle
import random
from collections.abc import Callable
from typing import NamedTuple

HEAD = "format: 1\nbank: b\ntitle: T\nitems:\n"
ITEM = "  - {id: a, stem: S, key: K, distractors: [D]}\n"
MEGABYTE = 1_000_000


class Hostile(NamedTuple):
    """A file's content, and the codes of the findings that reading it must give (all of them)."""

    make: Callable[[], bytes]
    codes: frozenset[str]


def _text(text: str, *codes: str) -> Hostile:
    return Hostile(lambda: text.encode("utf-8"), frozenset(codes))


def _bytes(data: bytes, *codes: str) -> Hostile:
    return Hostile(lambda: data, frozenset(codes))


def _title(title: str, *codes: str) -> Hostile:
    """Put a value where the bank's title belongs."""
    return _text(f"format: 1\nbank: b\ntitle: {title}\nitems:\n{ITEM}", *codes)


def _item(fields: str, *codes: str) -> Hostile:
    """Put fields into a bank's only item, as a flow mapping."""
    return _text(f"{HEAD}  - {{{fields}}}\n", *codes)


def _choice(fields: str, *codes: str) -> Hostile:
    """Add fields to an item that is in order."""
    return _item(f"id: a, stem: S, key: K, distractors: [D], {fields}", *codes)


CHARACTERS: dict[str, Hostile] = {
    "byte that is not UTF-8": _bytes((HEAD + ITEM).encode() + b"# \xff\n", "not-utf-8"),
    "Latin-1": _bytes((HEAD + ITEM).encode() + b"# caf\xe9\n", "not-utf-8"),
    "UTF-16 little endian": _bytes((HEAD + ITEM).encode("utf-16"), "not-utf-8"),
    "UTF-16 big endian": _bytes(b"\xfe\xff" + (HEAD + ITEM).encode("utf-16-be"), "not-utf-8"),
    "overlong NUL": _bytes(b"a: \xc0\x80\n", "not-utf-8"),
    "surrogate in UTF-8": _bytes(b"a: \xed\xa0\x80\n", "not-utf-8"),
    "beyond Unicode": _bytes(b"a: \xf4\x90\x80\x80\n", "not-utf-8"),
    "NUL": _title("T\0T", "forbidden-character"),
    "ESC": _title("\x1b[31mred", "forbidden-character"),
    "clipboard sequence": _title("\x1b]52;c;cm0gLXJm\x07", "forbidden-character"),
    "DEL": _title("T\x7f", "forbidden-character"),
    "NEL": _title("T\x85T", "forbidden-character"),
    "C1 CSI": _title("\x9b31m", "forbidden-character"),
    "backspace in a comment": _text(HEAD + ITEM + "# a\bb\n", "forbidden-character"),
    "form feed": _title("T\fT", "forbidden-character"),
    "carriage return alone": _text("a: b\rc: d\n", "forbidden-character"),
    "right-to-left override": _title("\u202etxt.exe", "forbidden-character"),
    "bidirectional isolate": _title("\u2067x\u2069", "forbidden-character"),
    "byte order mark inside": _title("T\ufeff", "forbidden-character"),
    "line separator": _title("T\u2028T", "forbidden-character"),
    "paragraph separator": _title("T\u2029T", "forbidden-character"),
    "noncharacter": _title("T\uffff", "forbidden-character"),
    "noncharacter of another plane": _title("T\U0001fffe", "forbidden-character"),
    "tag characters": _title("T\U000e0041\U000e0042", "forbidden-character"),
    "stacked marks": _title("T" + "\u0301" * 9, "too-many-marks"),
    "a megabyte of ESC": Hostile(lambda: b"\x1b" * MEGABYTE, frozenset({"forbidden-character"})),
    "escape spells ESC": _title(r'"\e[31m"', "forbidden-character"),
    "escape spells NUL": _title(r'"\0"', "forbidden-character"),
    "escape spells C1": _title(r'"\x9b31m"', "forbidden-character"),
    "escape spells NEL": _title(r'"a\Nb"', "forbidden-character"),
    "escape spells a line separator": _title(r'"a\Lb"', "forbidden-character"),
    "escape spells a return": _title(r'"a\rb"', "forbidden-character"),
    "escape spells an override": _title(r'"\u202etxt"', "forbidden-character"),
    "escape spells a tag character": _title(r'"\U000E0041"', "forbidden-character"),
    "escape spells stacked marks": _title('"T' + r"\u0301" * 9 + '"', "too-many-marks"),
    "escape in a field's name": _text(HEAD + ITEM + r'"\e]0;x": y' + "\n", "forbidden-character"),
    "escape of a surrogate": _title(r'"\ud800"', "escape"),
    "escape beyond Unicode": _title(r'"\U00110000"', "escape"),
    "zero-width space": _title("T\u200bT", "invisible-character"),
    "soft hyphen": _title("T\u00adT", "invisible-character"),
    "left-to-right mark": _title("T\u200eT", "invisible-character"),
    "byte order mark first": _text("\ufeff" + HEAD + ITEM),
    "lines end as on Windows": _text((HEAD + ITEM).replace("\n", "\r\n")),
}

SYNTAX: dict[str, Hostile] = {
    "empty file": _bytes(b"", "empty-file"),
    "only a comment": _text("# nothing\n", "empty-file"),
    "only the mark of a document": _text("---\n", "empty-file"),
    "only blanks": _text(" \n\n \n", "empty-file"),
    "tab as indentation": _text("items:\n\t- a\n", "tab"),
    "tab before a field": _text("a: 1\n\tb: 2\n", "tab"),
    "text begins with @": _title("@home", "special-character"),
    "text begins with a backtick": _title("`ls`", "special-character"),
    "text begins with %": _title("%d", "special-character"),
    "text begins with |": _title("| table", "special-character"),
    "emphasis in Markdown": _title("*very* good", "special-character"),
    "colon in a text": _title("Chapter 1: The visit", "colon-in-text"),
    "quote never closed": _title('"open', "unclosed-quote"),
    "apostrophe never closed": _title("'open", "unclosed-quote"),
    "list never closed": _title("[a, b", "unclosed-list"),
    "mapping never closed": _title("{a: b", "unclosed-list"),
    "text after a quote": _title("'it's'", "text-after-close"),
    "text after braces": _title("{{gap}} is here", "name-not-text", "text-after-close"),
    "backslash in double quotes": _title(r'"C:\dir"', "escape"),
    "line without a colon": _text("format: 1\nbank\ntitle: T\n", "no-colon"),
    "list in the line of its field": _title("- a", "list-in-line"),
    "bad indentation": _text("a:\n    b: 1\n  c: 2\n", "indentation"),
    "second document": _text(HEAD + ITEM + "---\nformat: 1\n", "second-document"),
    "something after the end": _text(HEAD + ITEM + "...\nformat: 1\n", "second-document"),
    "YAML 2": _text("%YAML 2.0\n---\na: b\n", "second-document"),
    "list of lists": _text("- - a\n", "not-a-mapping"),
    "a plain text": _text("hello\n", "not-a-mapping"),
    "HTML": _text("<!DOCTYPE html>\n<html><body>no</body></html>\n", "not-a-mapping"),
    "INI": _text("[section]\nkey = value\n", "second-document"),
    "text is cut off": _title("What is item #3?", "text-cut-off"),
    "gzip": Hostile(lambda: gzip.compress(b"a" * 1000, mtime=0), frozenset({"not-utf-8"})),
    "pickle": _bytes(pickle.dumps({"format": 1}, protocol=0), "not-a-mapping"),
    "noise": Hostile(lambda: random.Random(1).randbytes(MEGABYTE), frozenset({"not-utf-8"})),
    "base64": Hostile(lambda: base64.encodebytes(bytes(MEGABYTE)), frozenset({"not-a-mapping", "too-long"})),
}

_BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
_MERGES = "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30))
_WRONG = ("missing-field", "unknown-field")

YAML: dict[str, Hostile] = {
    "alias bomb": _text(_BOMB, "anchor", "alias", *_WRONG),
    "merge bomb": _text(_MERGES, "anchor", "alias", "merge-key", *_WRONG),
    "long text used 2,000 times": _text(f"a: &a {'x' * 100_000}\nb: [{'*a, ' * 2000}]\n", "anchor", "alias"),
    "alias of itself": _text("a: &a [*a]\n", "anchor", "alias", *_WRONG),
    "alias of nothing": _title("*nobody", "alias"),
    "anchor on a text": _title("&here T", "anchor"),
    "merge key": _text(HEAD + ITEM + "<<: {summary: x}\n", "merge-key"),
    "tag that would run code": _title("!!python/object/apply:os.system [id]", "tag", "not-a-text"),
    "tag that would load a module": _title("!!python/name:os.system", "tag", "empty"),
    "binary": _title("!!binary aGVsbG8=", "tag"),
    "local tag": _title("!secret x", "tag"),
    "tag on the root": _text("!bank\n" + HEAD + ITEM, "tag"),
    "field twice": _text(HEAD + ITEM + "title: U\n", "duplicate-field"),
    "field twice in an item": _choice("id: b", "duplicate-field"),
    "list as a name": _text(HEAD + ITEM + "? [a, b]\n: c\n", "name-not-text"),
    "mapping as a name": _text(HEAD + ITEM + "? {a: b}\n: c\n", "name-not-text"),
    "gap without quotes": _item("id: a, kind: cloze, text: {{gap}}", "name-not-text", "not-a-text"),
    "name left out": _text(HEAD + ITEM + "?\n: c\n", "empty"),
    "10,000 lists in each other": _text("[" * 10_000, "too-deep"),
    "200,000 lists in each other": _text("[" * 200_000, "too-deep"),
    "10,000 lists in lines": _text("- " * 10_000, "too-deep"),
    "10,000 mappings in each other": _text("{a: " * 10_000, "too-deep"),
    "5,000 names of names": _text("? " * 5000, "name-not-text", "too-deep"),
    "deep name": _text("? " + "[" * 10_000, "name-not-text", "too-deep"),
    "text of two megabytes": Hostile(
        f"format: 1\nbank: b\ntitle: {'x' * 2 * MEGABYTE}\nitems:\n{ITEM}".encode,
        frozenset({"too-long"}),
    ),
    "name of two megabytes": Hostile(
        (HEAD + ITEM + f"? {'x' * 2 * MEGABYTE}\n: y\n").encode, frozenset({"too-long"})
    ),
    "100,000 anchors": Hostile(f"a: [{'&x y, ' * 100_000}]".encode, frozenset({"anchor"})),
    "100,000 fields of one name": Hostile(lambda: b"a: b\n" * 100_000, frozenset({"duplicate-field"})),
}

_MANY = ", ".join(f"o{number}" for number in range(100_000))

SHAPES: dict[str, Hostile] = {
    "no fields at all": _text("{}\n", "missing-field"),
    "items missing": _text("format: 1\nbank: b\ntitle: T\n", "missing-field"),
    "items left empty": _text(HEAD, "empty"),
    "items a text": _text("format: 1\nbank: b\ntitle: T\nitems: none\n", "not-a-list"),
    "items a mapping": _text("format: 1\nbank: b\ntitle: T\nitems: {a: b}\n", "not-a-list"),
    "item a text": _text(HEAD + "  - hello\n", "not-a-mapping"),
    "item a list": _text(HEAD + "  - [a]\n", "not-a-mapping"),
    "item left empty": _text(HEAD + "  -\n", "empty"),
    "newer format": _text((HEAD + ITEM).replace("1", "2", 1), "unknown-format"),
    "format is words": _text((HEAD + ITEM).replace("1", "one", 1), "unknown-format"),
    "format is true": _text((HEAD + ITEM).replace("1", "true", 1), "unknown-format"),
    "format is a list": _text((HEAD + ITEM).replace("1", "[1]", 1), "unknown-format"),
    "path as the bank's id": _text((HEAD + ITEM).replace("bank: b", "bank: ../../etc/passwd"), "bad-id"),
    "path as an item's id": _item("id: /etc/passwd, stem: S, key: K, distractors: [D]", "bad-id"),
    "markup as an id": _item("id: '[@click=app.quit]', stem: S, key: K, distractors: [D]", "bad-id"),
    "id too long": _item(f"id: {'a' * 81}, stem: S, key: K, distractors: [D]", "too-long"),
    "topic's id with a slash": _text(HEAD + ITEM + "topics: {a/b: c}\n", "bad-id"),
    "title a list": _title("[a]", "not-a-text"),
    "title left empty": _title("", "empty"),
    "title an empty text": _title('""', "empty"),
    "language is a sentence": _text(HEAD + ITEM + "language: in English\n", "bad-form"),
    "language is a bracket": _text(HEAD + ITEM + "language: '['\n", "bad-form"),
    "unknown field": _text(HEAD + ITEM + "titel: x\n", "unknown-field"),
    "note without text": _text(HEAD + ITEM + "notes: {n: {title: N}}\n", "missing-field"),
    "kind unknown": _item("id: a, kind: single-chioce, stem: S", "unknown-kind"),
    "kind a list": _item("id: a, kind: [cloze], stem: S", "not-a-text"),
    "kind left empty": _item("id: a, kind: , stem: S", "empty"),
    "kind in capitals": _item("id: a, kind: Cloze, stem: S", "unknown-kind"),
    "weight is no number": _choice("weight: nan", "not-a-number"),
    "weight is infinite": _choice("weight: .inf", "not-a-number"),
    "weight with an exponent": _choice("weight: 1e3", "not-a-number"),
    "weight with 5,000 digits": _choice(f"weight: {'9' * 5000}", "not-a-number"),
    "weight hexadecimal": _choice("weight: 0x10", "not-a-number"),
    "weight in other digits": _choice("weight: ٣", "not-a-number"),
    "weight true": _choice("weight: true", "not-a-number"),
    "weight too small": _choice("weight: 0", "out-of-range"),
    "weight too large": _choice("weight: 100.5", "out-of-range"),
    "shuffle yes": _choice("shuffle: yes", "not-true-or-false"),
    "shuffle 1": _choice("shuffle: 1", "not-true-or-false"),
    "shuffle True": _choice("shuffle: True", "not-true-or-false"),
    "difficulty unknown": _choice("difficulty: eazy", "unknown-value"),
    "ask for null": _item("id: a, kind: listing, stem: S, keys: [x, y], ask_for: null", "not-a-number"),
    "ask for half": _item("id: a, kind: listing, stem: S, keys: [x, y], ask_for: 1.5", "not-a-number"),
    "ask for none": _item("id: a, kind: listing, stem: S, keys: [x, y], ask_for: 0", "out-of-range"),
    "stem too long": _item(f"id: a, stem: {'x' * 20_001}, key: K, distractors: [D]", "too-long"),
    "no distractors": _item("id: a, stem: S, key: K, distractors: []", "too-few"),
    "100,000 options": Hostile(
        f"{HEAD}  - {{id: a, stem: S, key: K, distractors: [{_MANY}]}}\n".encode,
        frozenset({"too-many"}),
    ),
    "100,000 pairs": Hostile(
        (
            f"{HEAD}  - id: a\n    kind: matching\n    stem: S\n    pairs:\n"
            + "".join(f"      l{number}: r\n" for number in range(100_000))
        ).encode,
        frozenset({"too-many"}),
    ),
    "10,000 broken items": Hostile(
        (HEAD + "  - {idd: a}\n" * 10_000).encode,
        frozenset({"missing-field", "unknown-field", "too-many-problems"}),
    ),
    "10,000 items of one id": Hostile(
        (HEAD + ITEM * 10_000).encode, frozenset({"duplicate-id", "too-many-problems"})
    ),
    "option with a foreign field": _item(
        "id: a, stem: S, key: {text: K, right: yes}, distractors: [D]", "unknown-field"
    ),
    "options in options": _item("id: a, stem: S, key: K, distractors: [[[D]]]", "not-a-text"),
}

HOSTILE: dict[str, Hostile] = {**CHARACTERS, **SYNTAX, **YAML, **SHAPES}
