"""TeX formulas, as far as Unicode can express them on one line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from quiz.core.text.maths_signs import (
    ACCENTS,
    DOUBLE_STRUCK,
    ESCAPED,
    FUNCTIONS,
    LOWERED,
    OPERATORS,
    RAISED,
    SIGNS,
    SPACES,
    UPRIGHT,
    VULGAR,
)

LONGEST: Final = 1000
"""The longest formula, in characters."""
DEEPEST: Final = 20

_SYMBOL = re.compile(r"\\([A-Za-z]+)\*?\s*|\\(.)|\s+|(.)", re.DOTALL)
_SPACED = "".join({*OPERATORS.values(), "="} - {"·"})
_TIGHT_SIGNS = re.compile(rf"\s*([{re.escape(_SPACED)}])\s*")
_TOUCHING = re.compile(r"[(\[⟨] | [)\]⟩,!]")
_UNARY = re.compile(r"(^|[=(,→≤≥<>≈∈⇒] ?)([−+±]) ")
_APART = re.compile(r"[+−±∓=<>≤≥≠≈→ ]")
_ONE_FACTOR = re.compile(r"\d+|[d∂Δ]?\w[′!⁰¹²³⁴⁵⁶⁷⁸⁹ⁿₐ-ₜ₀-₉ᵢ-ᵪ\u0300-\u036f\u20d7]*")
_CHEMICAL = re.compile(
    r"(?P<arrow><=>|->|<-|=>)|\^(?:\{([^{}]*)\}|([\d+\-−]+))|_\{?(\d+)\}?|(?<=[A-Za-z)\]])(\d+)"
    r"|(?<=[A-Za-z\d)\]])([+\-−])(?=[\s,)\]]|\((?:aq|s|l|g)\)|->|<|=>|$)|(.)",
    re.DOTALL,
)
_ARROWS = {"<=>": " ⇌ ", "->": " → ", "<-": " ← ", "=>": " ⇒ "}


class UnknownMaths(Exception):
    """The formula contains something that cannot be expressed."""


@lru_cache(maxsize=1024)
def in_unicode(formula: str) -> str | None:
    """Return a TeX formula as a line of Unicode, or None if it contains anything unknown."""
    if len(formula) > LONGEST:
        return None
    try:
        written = _Formula(formula).whole()
    except UnknownMaths:
        return None
    return _TOUCHING.sub(lambda found: found[0].strip(), _UNARY.sub(r"\1\2", " ".join(written.split())))


class _Formula:
    """A formula being read from left to right."""

    def __init__(self, source: str) -> None:
        self._symbols = [found.group() for found in _SYMBOL.finditer(source)]
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        written = self._until("")
        if self._at < len(self._symbols):
            raise UnknownMaths
        return written

    def _peek(self) -> str:
        return self._symbols[self._at] if self._at < len(self._symbols) else ""

    def _next(self) -> str:
        symbol = self._peek()
        self._at += 1
        return symbol

    def _until(self, close: str) -> str:
        """Convert everything up to a closing bracket, which is consumed."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnknownMaths
        pieces: list[str] = []
        while True:
            symbol = self._next()
            if symbol == close:
                break
            if symbol in {"", "}"}:
                raise UnknownMaths
            pieces.append(self._written(symbol))
        self._depth -= 1
        return _spaced("".join(pieces))

    def _written(self, symbol: str) -> str:
        """Convert what a symbol begins."""
        if symbol.isspace():
            return " "
        if symbol == "{":
            return self._until("}")
        if symbol in {"^", "_"}:
            return self._script(RAISED if symbol == "^" else LOWERED, symbol)
        if symbol.startswith("\\"):
            name = symbol[1:]
            return self._command(name.strip().removesuffix("*") if len(name) > 1 else name)
        if symbol in {"&", "\\\\", "%", "#"}:
            raise UnknownMaths
        return {"-": "−", "'": "′", "~": " ", "*": "∗"}.get(symbol, symbol)

    def _unknown(self) -> str:
        raise UnknownMaths

    def _argument(self) -> str:
        """Convert the group or single sign that follows."""
        while self._peek().isspace():
            self._next()
        symbol = self._next()
        if symbol in {"", "}", "^", "_"}:
            raise UnknownMaths
        return self._written(symbol)

    def _script(self, table: dict[str, str], sign: str) -> str:
        """Convert a superscript or subscript. Without a Unicode form, it follows its sign in brackets."""
        inner = self._argument().strip()
        tight = inner.replace(" ", "")
        if tight and all(character in table for character in tight):
            return "".join(table[character] for character in tight)
        if sign == "_" and inner.isalnum():
            return f"_{inner} "
        return f"{sign}{inner} " if len(inner) == 1 else f"{sign}({inner})"

    def _command(self, name: str) -> str:
        if name in SIGNS:
            return SIGNS[name]
        if name in OPERATORS:
            return f" {OPERATORS[name]} "
        if name in SPACES:
            return SPACES[name]
        if name in ESCAPED:
            return name
        if name in FUNCTIONS:
            return self._function(name)
        return self._construct(name)

    def _function(self, name: str) -> str:
        """Convert a function's name with a space after it; what a limit goes to is put in brackets."""
        script = ""
        if self._peek() == "_":
            self._next()
            inner = self._argument().strip()
            tight = inner.replace(" ", "")
            is_low = all(character in LOWERED for character in tight)
            script = "".join(LOWERED[character] for character in tight) if is_low else f"({tight})"
        following = self._peek()
        return f" {name}{script}" + ("" if following in {"(", "^", "_", ""} else " ")

    def _construct(self, name: str) -> str:
        """Convert a command with arguments."""
        if name in UPRIGHT:
            if name in {"left", "right"} and self._peek() == ".":
                self._next()
            return self._argument() if self._peek() == "{" else ""
        if name in ACCENTS:
            letter = self._argument().strip()
            return "".join(f"{character}{ACCENTS[name]}" for character in letter)
        if name in {"frac", "dfrac", "tfrac"}:
            above, below = self._argument().strip(), self._argument().strip()
            return VULGAR.get((above, below)) or f"{_together(above)}/{_grouped(below)}"
        if name == "sqrt":
            return self._root()
        if name == "binom":
            return f"({self._argument().strip()} over {self._argument().strip()})"
        if name == "mathbb":
            return DOUBLE_STRUCK.get(self._argument().strip()) or self._unknown()
        if name == "ce":
            return self._chemistry()
        return self._unknown()

    def _root(self) -> str:
        sign = "√"
        if self._peek() == "[":
            self._next()
            degree = self._until("]").strip()
            sign = {"2": "√", "3": "∛", "4": "∜"}.get(degree) or self._raised(degree) + "√"
        return f"{sign}{_grouped(self._argument().strip())}"

    def _raised(self, text: str) -> str:
        if not all(character in RAISED for character in text):
            raise UnknownMaths
        return "".join(RAISED[character] for character in text)

    def _chemistry(self) -> str:
        """Convert a chemical formula or equation: digits after letters are lowered, charges raised."""
        if self._next() != "{":
            raise UnknownMaths
        pieces: list[str] = []
        depth = 1
        while True:
            symbol = self._next()
            depth += (symbol == "{") - (symbol == "}")
            if symbol == "" or symbol.startswith("\\"):
                raise UnknownMaths
            if depth == 0:
                break
            pieces.append(symbol)
        return "".join(map(self._chemical, _CHEMICAL.finditer("".join(pieces))))

    def _chemical(self, found: re.Match[str]) -> str:
        arrow, braced, charge, lowered, count, sign, other = found.groups()
        if arrow:
            return _ARROWS[arrow]
        if braced or charge or sign:
            return self._raised((braced or charge or sign).replace(" ", ""))
        if lowered or count:
            return "".join(LOWERED[figure] for figure in lowered or count)
        return str(other)


def _grouped(text: str) -> str:
    """Return a part of a formula in brackets, unless it is a single factor."""
    is_bracketed = text.startswith("(") and text.find(")") == len(text) - 1
    return text if is_bracketed or _ONE_FACTOR.fullmatch(text) else f"({text})"


def _together(text: str) -> str:
    """Return a part of a formula in brackets if it has an operator outside of brackets."""
    outside, depth = [], 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        outside.append("" if depth else character)
    return f"({text})" if _APART.search("".join(outside)) else text


def _spaced(text: str) -> str:
    """Return a part of a formula with one space on either side of relations."""
    return _TIGHT_SIGNS.sub(r" \1 ", text) if text.strip() else text
