"""Code and formulas on the screen, where a bank has turned them on."""

from __future__ import annotations

from quiz.core.text.markup import NO_MARKUP, Markup
from quiz.tui.text import LONGEST_IN_COLOUR, show_code, show_marked

BOTH: Markup = frozenset({"code", "maths"})
TEXT = "What is `x[0]` in $x^2$?\n```python\nprint(x)\n```\nSay."


def test_a_text_stays_as_written_unless_its_bank_reads_it() -> None:
    assert show_marked(TEXT, NO_MARKUP).plain == TEXT


def test_code_and_formulas_are_shown_as_such() -> None:
    shown = show_marked(TEXT, BOTH, "bold")
    assert shown.plain == "What is x[0] in x²?\nprint(x)\nSay."
    code = next(span for span in shown.spans if shown.plain[span.start : span.end] == "x[0]")
    assert "on $foreground 10%" in str(code.style)
    assert any(shown.plain[span.start : span.end] == "print" for span in shown.spans)


def test_nothing_that_a_terminal_obeys_comes_through() -> None:
    assert "\x1b" not in show_marked("`\x1b[2J` $\x1b$\n```c\n\x1b\n```", BOTH).plain


def test_code_that_takes_long_to_read_has_no_colours() -> None:
    assert show_code("print(1)", "python").spans
    assert not show_code("print(1)\n" * LONGEST_IN_COLOUR, "python").spans
    assert not show_code("\n " * 150, "c").spans
    assert show_code("x", "no-such-language").plain == "x"
