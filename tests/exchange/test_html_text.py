"""HTML and Markdown as the texts of a bank: code and formulas are kept where the bank can read them."""

from __future__ import annotations

import pytest

from quiz.core.text.markup import MarkupName
from quiz.exchange.declaration import ForeignFile
from quiz.exchange.formats import all_formats
from quiz.exchange.html_text import text_of_html
from quiz.exchange.markdown_text import text_of_markdown


@pytest.mark.parametrize(
    ("source", "text", "markup"),
    [
        ("Use <code>x[0]</code> &amp; <kbd>Tab</kbd>.", "Use `x[0]` & `Tab`.", {"code"}),
        ("<p>Run:</p><pre><code class='language-python'>a\n  b</code></pre><p>So.</p>",
         "Run:\n\n```python\na\n  b\n```\n\nSo.", {"code"}),
        ("<pre class='lang-c'>int a;</pre>", "```c\nint a;\n```", {"code"}),
        ("<code></code>a<code>b`c</code>", "ab`c", set()),
        ("<code>never closed", "never closed", set()),
        (r"\( x^2 \) and \[y\]", "$x^2$ and $$y$$", {"maths"}),
        ("[$]a_1[/$] [$$]b[/$$] [latex]$c$[/latex]", "$a_1$ $$b$$ $$c$$", {"maths"}),
        ("<anki-mathjax>z</anki-mathjax> $$q$$", "$z$ $$q$$", {"maths"}),
        (r"It costs $5 &lt; $6, \(\).", r"It costs $5 < $6, \(\).", set()),
        (r"\(a {{b}} c\)", r"\(a {{b}} c\)", set()),
    ],
)  # fmt: skip
def test_code_and_formulas_are_written_as_banks_write_them(
    source: str, text: str, markup: set[MarkupName]
) -> None:
    found: set[MarkupName] = set()
    assert text_of_html(source, None, found).text == text
    assert found == markup


def test_without_markup_they_are_plain() -> None:
    assert text_of_html("Use <code>x</code>") == ("Use x", ("bold, italics and other looks",))
    assert text_of_markdown("Use `x`").text == "Use x"


def test_code_in_markdown_keeps_its_marks() -> None:
    found: set[MarkupName] = set()
    assert text_of_markdown("Use `x[0]` *now*.", None, found).text == "Use `x[0]` now."
    assert found == {"code"}


def test_a_bank_reads_what_came_into_it() -> None:
    read = all_formats()["checkbox"].read
    assert read
    bank = read(ForeignFile("a.md", b"# What is `x`?\n- [x] `1`\n- [ ] 2\n")).bank
    assert bank is not None
    assert bank.markup == ("code",)
    assert bank.items[0].stem == "What is `x`?"
    plain = read(ForeignFile("a.md", b"# What?\n- [x] 1\n- [ ] 2\n")).bank
    assert plain is not None
    assert plain.markup == ()
