from __future__ import annotations

import sys
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.banks.yaml import source_map
from quiz.banks.yaml.refusals import DEEPEST, MOST_FLAWS, REFUSED
from quiz.banks.yaml.source_map import SourceText, locate
from quiz.banks.yaml.tree import Tree, read_tree
from quiz.core.content.diagnostics import Finding, Problem
from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import TOO_MANY_MARKS
from tests.sampling import tries


def tree_of(text: str) -> Tree:
    return read_tree(text.encode(), "f.yaml")


def only(text: str | bytes) -> Finding:
    """Return the only thing that is wrong with a text."""
    (finding,) = read_tree(text.encode() if isinstance(text, str) else text, "f.yaml").findings
    return finding


@pytest.fixture
def _without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml.cyaml", None)
    monkeypatch.delattr(yaml, "cyaml", raising=False)


def test_every_scalar_is_text() -> None:
    text = "a: [no, on, 12:30, 010, 1_000, 2010-06-23, null, ~, 1.10, 0x1F, .inf, 'q', \"d\"]\n1: true\n"
    assert tree_of(text).root == {
        "a": [
            "no",
            "on",
            "12:30",
            "010",
            "1_000",
            "2010-06-23",
            "null",
            "~",
            "1.10",
            "0x1F",
            ".inf",
            "q",
            "d",
        ],
        "1": "true",
    }


def test_nothing_is_not_an_empty_text() -> None:
    tree = tree_of("a:\nb: ''\nc: \"\"\n")
    assert tree.root == {"a": None, "b": "", "c": ""}
    assert not tree.is_whole
    assert tree_of("b: ''").is_whole


def test_block_texts_keep_their_lines() -> None:
    assert tree_of("a: |\n  x # y\n   z\nb: >\n  x\n  y\n").root == {"a": "x # y\n z\n", "b": "x y\n"}


def test_byte_order_mark_and_windows_lines_change_nothing() -> None:
    assert read_tree(b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n  e\r\n", "f")[:2] == (
        {"a": "b", "c": "d\ne\n"},
        [],
    )
    finding = only(b"\xef\xbb\xbfa: b\r\n@: d\r\n")
    assert (finding.line, finding.column, finding.source) == (2, 1, "@: d")


def test_one_document_may_be_marked() -> None:
    assert tree_of("%YAML 1.1\n---\na: b\n...\n").root == {"a": "b"}


def test_emoji_and_the_marks_of_scripts_are_text() -> None:
    text = "a: 👩‍👩‍👧 می‌خواهم é نَصٌّ हिन्दी ❤️ a b\n"
    assert tree_of(text).findings == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "width"),
    [
        ("a: b\nc: \x1b[0m", "forbidden-character", 2, 4, 1),
        ("äöü: \u202e", "forbidden-character", 1, 6, 1),
        ("a: 1\n\tb: 2", "tab", 2, 1, 1),
        ("a: b: c", "colon-in-text", 1, 5, 1),
        ("a:\n  b: c: d", "colon-in-text", 2, 7, 1),
        ("a: x\n  b: y", "indentation", 2, 4, 1),
        ("a: {b:}c: d}", "colon-in-text", 1, 6, 1),
        ("a: @b", "special-character", 1, 4, 1),
        ("a: 1\nb: 'c\nd: e\n", "unclosed-quote", 2, 4, 1),
        ('a: "b" c', "text-after-close", 1, 8, 1),
        ("a: 'it's'", "text-after-close", 1, 8, 1),
        ("a: {b} c", "text-after-close", 1, 8, 1),
        ("a: [b, c\nd: e", "unclosed-list", 1, 4, 1),
        ("a: {b: c\nd: e", "unclosed-list", 1, 4, 1),
        ("a: &x b", "anchor", 1, 4, 4),
        ("a: *x", "alias", 1, 4, 2),
        ("a: !x b", "tag", 1, 4, 4),
        ("a: ! b", "tag", 1, 4, 3),
        ("<<: {a: b}", "merge-key", 1, 1, 2),
        ("a: b\nc: d\na: e", "duplicate-field", 3, 1, 1),
        ("a: {b: c, 'b': d}", "duplicate-field", 1, 11, 3),
        ("{a: b}: c", "name-not-text", 1, 1, 1),
        ("a: b\n---\nc: d", "second-document", 2, 1, 3),
        ("a: C #", "text-cut-off", 1, 4, 1),
        ("- [[a #b\n]]", "text-cut-off", 1, 5, 1),
        ('a: b\nc: "\\e"', "forbidden-character", 2, 4, 4),
        ("a: b\nc: x\u200by", "invisible-character", 2, 5, 1),
        ("a:\n  " + "[" * DEEPEST, "too-deep", 2, DEEPEST + 2, 1),
        ("a: " + "x" * 5000 + ": c", "colon-in-text", 1, 5004, 1),
    ],
)
def test_flaws_are_found_where_they_stand(text: str, code: str, line: int, column: int, width: int) -> None:
    finding = only(text)
    assert (finding.code, finding.line, finding.column, finding.width) == (code, line, column, width)
    assert finding.source == (text.split("\n")[line - 1] if column < 5000 else "")


def test_reading_goes_on_after_a_flaw() -> None:
    tree = tree_of("a: &x b\nc: *x\nd: !t e\nf: g\nf: h\n? [i]\n: j\n")
    assert [finding.code for finding in tree.findings] == [
        "anchor", "alias", "tag", "duplicate-field", "name-not-text",
    ]  # fmt: skip
    assert tree.root == {"a": "b", "c": REFUSED, "d": "e", "f": "h", REFUSED: "j"}
    assert not tree.is_whole


def test_quoted_merge_signs_are_text() -> None:
    assert tree_of("'<<': [<<, \"<<\"]").root == {"<<": ["<<", "<<"]}


def test_comments_with_room_around_them_are_no_flaw() -> None:
    assert tree_of("a: b  # c\n# d\nc:  # e\n  - f\n").findings == []
    assert tree_of("a: 'b' # c\nd: |\n  e # f\n").findings == []


def test_after_many_flaws_the_rest_is_not_read() -> None:
    tree = tree_of("".join(f"a{number}: &a b\n" for number in range(1000)))
    assert len(tree.findings) == MOST_FLAWS
    assert tree.root is None


def test_the_depth_that_a_bank_may_have_is_read() -> None:
    assert tree_of("[" * DEEPEST + "]" * DEEPEST).findings == []


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
    | st.sampled_from("\n\t :#-'\"{}[]&*!|>%@`,?~"),
    max_size=12,
).filter(lambda text: not FORBIDDEN.search(text) and not TOO_MANY_MARKS.search(text))
trees = st.dictionaries(
    texts,
    st.recursive(
        texts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
    ),
    max_size=4,
).filter(bool)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(
    trees, st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from([None, True, False]), st.booleans()
)
@settings(max_examples=tries(120))
def test_benign_yaml_is_read_as_pyyaml_reads_it(
    data: dict[str, Any], style: str | None, is_flow: bool | None, has_unicode: bool
) -> None:
    written = yaml.dump(
        data, Dumper=_Dumper, default_style=style, default_flow_style=is_flow, allow_unicode=has_unicode
    )
    read = tree_of(written)
    assert [finding for finding in read.findings if finding.is_error] == []
    assert read.root == yaml.load(written, yaml.BaseLoader) == data


def test_the_parser_in_python_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml.cyaml", None)
    monkeypatch.delattr(yaml, "cyaml")
    text = "a: [no, 'x', \"y\\n\"]\nb: |\n  c # d\ne: {f: g}  # h\ni:\n- j #k\nl:\n"
    assert "C" not in type(SourceText(text, "f").events().__self__).__name__
    from_python = tree_of(text)
    monkeypatch.undo()
    assert type(SourceText(text, "f").events().__self__).__name__.startswith("C")
    from_c = tree_of(text)
    assert from_python.root == from_c.root
    assert from_python.findings == from_c.findings
    assert from_python.is_whole == from_c.is_whole


@pytest.mark.usefixtures("_without_libyaml")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: b: c", "colon-in-text"),
        ("a: @b", "special-character"),
        ("a: *b* c", "special-character"),
        ("a: | b", "special-character"),
        ("a:\n\t- b", "tab"),
        ("a: 'b", "unclosed-quote"),
        ("a: [b, c\nd: e", "unclosed-list"),
        ('a: "b" c', "text-after-close"),
        ("a: - b", "list-in-line"),
        ("a:\n  b: 1\n c: 2", "indentation"),
        ('a: "\\d"', "escape"),
        ('a: "\\ud800"', "forbidden-character"),
        ('a: "\\U00110000"', "yaml-syntax"),
        ("a: b\n--- c\n", "second-document"),
        ("a: b\n...\nc\n", "second-document"),
        ("[" * 1000, "too-deep"),
        ("%YAML 3\n---\na: b", "second-document"),
    ],
)
def test_the_parser_in_python_finds_the_same_flaws(text: str, code: str) -> None:
    assert code in {finding.code for finding in tree_of(text).findings}


@pytest.mark.parametrize("text", ["[" * 20_000, "a:\n  " + "{b: " * 20_000, "? " + "[" * 20_000])
def test_a_limit_of_the_parsers_own_is_told_as_ours(text: str) -> None:
    """A parser that looks ahead for a colon meets its own limit of nesting before it gives any event."""
    told = [(found.code, found.line, found.column) for found in tree_of(text).findings]
    assert told[-1][0] == "too-deep"
    assert told == [(found.code, found.line, found.column) for found in tree_of(text[:400]).findings]


def test_places_of_fields_and_values() -> None:
    source = SourceText("a:\n  - b: c\n    d: [e, f]\n  - g\nh: |\n  i\n", "f")
    wanted = [("a",), ("a", 0), ("a", 0, "b"), ("a", 0, "d", 1), ("a", 1), ("h",)]
    spots = locate(source, wanted)
    found = {
        where: [source.place_between(*marks)[:3] if marks else None for marks in spots[where]]
        for where in wanted
    }
    assert found == {
        ("a",): [(1, 1, 1), (2, 3, 6)],
        ("a", 0): [None, (2, 5, 4)],
        ("a", 0, "b"): [(2, 5, 1), (2, 8, 1)],
        ("a", 0, "d", 1): [None, (3, 12, 1)],
        ("a", 1): [None, (4, 5, 1)],
        ("h",): [(5, 1, 1), (5, 4, 1)],
    }


def test_a_place_that_is_not_there_is_the_nearest_around_it() -> None:
    source = SourceText("a:\n  - b: c\n", "f")
    problems = [
        Problem("x", "y", ("a", 0, "z")),
        Problem("x", "y", ("a", 7)),
        Problem("x", "y", ("q",)),
        Problem("x", "y", ("a", 0, "b"), at_field=True),
    ]
    assert [(f.line, f.column) for f in source.findings(problems)] == [(2, 5), (1, 1), (1, 1), (2, 5)]


def test_very_long_lines_are_not_quoted() -> None:
    finding = only(f"a: [{'b, ' * 3000}c #d\n]\n")
    assert (finding.code, finding.source) == ("text-cut-off", "")


@pytest.mark.parametrize("block", [1, 7, 8192])
def test_lines_are_found_by_their_numbers(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_map, "BLOCK", block)
    source = SourceText("a: é\n\n# ’\nb: c\n" + "x" * 4001 + "\n", "f")
    assert [source.line(number) for number in range(1, 8)] == ["a: é", "", "# ’", "b: c", "", "", ""]


def test_texts_are_cut_off_on_the_lines_that_hold_a_comment_alone() -> None:
    text = "a: b #c\nd: [e, f] # g\nh:\n  - i\n  - é #k\n  - 'l #m'\n  - n\n  #o\np: q #r\n"
    found = [finding.line for finding in tree_of(text).findings if finding.code == "text-cut-off"]
    assert found == [1, 5, 9]
