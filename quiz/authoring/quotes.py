"""Whether the passages that items quote stand in the text that they are from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from quiz.authoring.articles import Article, Paragraph
from quiz.authoring.check import Checked
from quiz.core.content.diagnostics import Problem, Severity
from quiz.core.content.item import Item
from quiz.core.text.safe_text import one_line

_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"') | dict.fromkeys("‘’‚‛`´", "'") | {"\u00ad": None})
_DASHES = re.compile("[‐-―−]")


def quotes_looked_up(checked: Checked, article: Article) -> Checked:
    """Return what was checked with a warning for every quote that the text does not hold."""
    context = checked.context
    if context is None:
        return checked
    places = {each.item.id: each.place for each in context.items}
    items = [
        each.item
        for each in context.items
        if "quote-not-found" not in (*context.bank.lint.ignore, *each.item.lint.ignore)
    ]
    return checked.with_problems(quote_problems(items, article, places))


def quote_problems(items: Iterable[Item], article: Article, places: Mapping[str, int]) -> list[Problem]:
    """Return a problem for each quote that a text does not hold; `places` has the items' places by id."""
    return [_problem(item.quote, places[item.id], article) for item in _unsupported(items, article)]


def _unsupported(items: Iterable[Item], article: Article) -> list[Item]:
    whole = _plain(" ".join(paragraph.text for paragraph in article.paragraphs))
    return [item for item in items if item.quote.strip() and _plain(item.quote) not in whole]


def _plain(text: str) -> str:
    """Return a text without differences of white space, and with one shape of quotes and dashes."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join(_DASHES.sub("-", text).split()).strip('"').rstrip(".").casefold()


def nearest(quote: str, article: Article) -> Paragraph:
    """Return the paragraph of a text that comes nearest to a quote."""
    plain = _plain(quote)
    return max(article.paragraphs, key=lambda one: fuzz.partial_ratio(plain, _plain(one.text)))


def _problem(quote: str, place: int, article: Article) -> Problem:
    near = nearest(quote, article)
    return Problem(
        "quote-not-found", "The source does not hold this passage.", ("items", place, "quote"),
        f"Paragraph {near.number} comes nearest: “{one_line(near.text, 160)}”",
        Severity.WARNING,
    )  # fmt: skip
