"""Code and formulas on the screen, where a bank has turned them on."""

from __future__ import annotations

from textual.content import Content

from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.text import show_marked

BOTH: Markup = frozenset({"code", "maths"})
TEXT = "What is `x[0]` in $x^2$?\n```python\nprint(x)\n```\nSay."


def test_a_text_stays_as_written_unless_its_bank_reads_it() -> None:
    assert show_marked(TEXT, NO_MARKUP).plain == TEXT


def test_code_and_formulas_are_shown_as_such() -> None:
    shown = show_marked(TEXT, BOTH, "bold")
    assert shown.plain == "What is x[0] in x²?\nprint(x)\nSay."
    code = next(span for span in shown.spans if shown.plain[span.start : span.end] == "x[0]")
    assert "on $foreground 10%" in str(code.style)
    assert any(shown.plain[span.start : span.end] == "print(x)" for span in shown.spans)


def test_nothing_that_a_terminal_obeys_comes_through() -> None:
    assert "\x1b" not in show_marked("`\x1b[2J` $\x1b$\n```c\n\x1b\n```", BOTH).plain


def test_blocks_have_their_colours_once_they_are_known() -> None:
    plain = show_marked(TEXT, BOTH)
    shown = show_marked(TEXT, BOTH, blocks={"print(x)": Content.styled("print(x)", "red")})
    assert shown.plain == plain.plain
    assert "red" in {str(span.style) for span in shown.spans}
