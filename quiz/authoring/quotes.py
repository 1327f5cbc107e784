"""Whether the passages that items quote stand in the text that they are from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from quiz.authoring.articles import Article, Paragraph
from quiz.authoring.rule import BankContext
from quiz.core.content.diagnostics import Problem, Severity
from quiz.core.content.item import Item
from quiz.core.text.safe_text import one_line

_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"') | dict.fromkeys("‘’‚‛`´", "'") | {"\u00ad": None})
_DASHES = re.compile("[‐-―−]")


def missing_quotes(bank_context: BankContext, article: Article) -> list[Problem]:
    """Return a problem for each quote that a text does not hold, without those that `lint:` accepts."""
    asked = [each for each in bank_context.items if not each.lets_stand("quote-not-found")]
    places = {each.item.id: each.place for each in asked}
    return quote_problems([each.item for each in asked], article, places)


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
