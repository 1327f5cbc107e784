"""Code and formulas of other programs, as a bank with markup writes them."""

from __future__ import annotations

import re
from typing import Final

from quiz.core.text.markup import MarkupName
from quiz.core.text.maths import LONGEST

CODE_TAGS: Final = frozenset({"code", "tt", "kbd", "samp"})
"""What HTML writes code in."""
TICK: Final = "\ufdd8"
"""Stands at both ends of code within a line while HTML is taken apart."""
FENCE: Final = "\ufdd9"
"""Begins the first and the last line of a block of code while HTML is taken apart."""
_BLOCK = re.compile(rf"{FENCE}([^\n]*)\n(.*?)\n?{FENCE}", re.DOTALL)
_INLINE = re.compile(f"{TICK}([^{TICK}]*){TICK}")
_LANGUAGE = re.compile(r"\blang(?:uage)?-([\w+#.-]+)")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]")
_FORMULA = re.compile(
    r"\\\((?P<mathjax>.{1,2000}?)\\\)|\[\$\](?P<anki>.{1,2000}?)\[/\$\]"
    r"|\\\[(?P<display>.{1,2000}?)\\\]|\[\$\$\](?P<ankis>.{1,2000}?)\[/\$\$\]"
    r"|\[latex\](?P<latex>.{1,2000}?)\[/latex\]|\$\$(?P<moodle>[^$]{1,2000})\$\$",
    re.DOTALL,
)
"""Formulas as MathJax, Anki and Moodle have them."""
_INLINE_FORMULAS: Final = frozenset({"mathjax", "anki"})


def language_of(classes: str) -> str:
    """Return the language that the classes of a block of code tell, empty if they tell none."""
    found = _LANGUAGE.search(classes)
    return found[1] if found else ""


def with_ticks(text: str, markup: set[MarkupName]) -> str:
    """Return a text with backticks around its code. Code that holds some already is left plain."""

    def block(found: re.Match[str]) -> str:
        code = found[2].strip("\n")
        if not code.strip() or "```" in code or TICK in code:
            return code
        markup.add("code")
        return f"```{found[1]}\n{code}\n```"

    def inline(found: re.Match[str]) -> str:
        code = found[1]
        if not code.strip() or "`" in code or "\n" in code:
            return code
        markup.add("code")
        return f"`{code}`"

    return _INLINE.sub(inline, _BLOCK.sub(block, text)).replace(TICK, "").replace(FENCE, "")


def with_dollars(text: str, markup: set[MarkupName]) -> str:
    """Return a text with dollars around its formulas in TeX. One with a gap or a dollar in it is left."""

    def formula(found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        source = found[kind].strip()
        if kind == "latex":
            source = source.strip("$").strip()
        is_odd = "$" in source or "{{" in source or _NONCHARACTER.search(source)
        if not source or is_odd or len(source) > LONGEST:
            return found[0]
        markup.add("maths")
        return f"${source}$" if kind in _INLINE_FORMULAS else f"$${source}$$"

    return _FORMULA.sub(formula, text)
