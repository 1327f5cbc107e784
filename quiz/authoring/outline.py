"""A bank to fill from a text: its source, its sections as notes, and what stands in which paragraph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from quiz.authoring.articles import Article, Paragraph
from quiz.authoring.lint.banks import UNWRITTEN
from quiz.authoring.word_lists import words_of
from quiz.core.text.ids import free_id, plain_id
from quiz.core.text.language_tag import main_language

MOST_LISTED: Final = 40
"""How many names, numbers and dates are listed at the most, of each sort."""
WIDTH: Final = 96
"""How many characters a line of a comment has at the most."""

_HEAD: Final = """\
# An outline of “{title}”, to be filled.
# What to give to a person or a model:  quiz prompt {file} --from FILE
# Adding what comes back, as drafts:    quiz add {file} ANSWER
# Going through the drafts:             quiz drafts {file}
format: 1
bank: {id}
title: {quoted}
language: {language}

sources:
  text:
    title: {quoted}

topics:
{topics}
# Each note is to say in your own words what its paragraphs say.
notes:
{notes}
{found}items: []
"""


class Mention(NamedTuple):
    """Something that a text mentions, with the numbers of the paragraphs where it does."""

    text: str
    paragraphs: tuple[int, ...]


def outline(article: Article, bank_id: str, title: str, file: str) -> str:
    """Return a bank without items whose notes and comments are an outline of a text."""
    sections = list(_sections(article))
    notes = "".join(
        f"  {name}:\n    title: {json.dumps(heading, ensure_ascii=False)}\n    source: text\n"
        f"    where: {_where(held, article.language)}\n    text: {UNWRITTEN}\n"
        for name, heading, held in sections
    )
    topics = "".join(
        f"  {name}: {json.dumps(heading, ensure_ascii=False)}\n" for name, heading, _ in sections
    )
    listed = (
        ("Names", names_in(article)), ("Numbers", numbers_in(article)), ("Dates", dates_in(article))
    )  # fmt: skip
    found = "".join(line for what, mentions in listed for line in _comment(what, mentions))
    text = "".join(line for one in article.paragraphs for line in _wrapped(f"[{one.number}] {one.text}"))
    return _HEAD.format(
        title=title, language=article.language, quoted=json.dumps(title, ensure_ascii=False), id=bank_id,
        file=file, topics=topics, notes=notes,
        found=f"{found}# The text, with its paragraphs numbered:\n{text}\n",
    )  # fmt: skip


def _sections(article: Article) -> Iterator[tuple[str, str, list[Paragraph]]]:
    """Yield each section with an id and a heading of its own; a long text without any in parts of five."""
    taken: set[str] = set()
    held = list(article.sections.items())
    if len(held) == 1:
        only = held[0][1]
        held = [("", only[at : at + 5]) for at in range(0, len(only), 5)]
    for heading, paragraphs in held:
        title = heading or _where(paragraphs, article.language).capitalize()
        name = plain_id(title.replace("–", "-"))[:40].strip("-") or "part"
        unique = free_id(name, taken)
        taken.add(unique)
        yield unique, title, paragraphs


def _numbers(held: list[Paragraph]) -> str:
    first, last = held[0].number, held[-1].number
    return f"{first}" if first == last else f"{first}–{last}"


def _where(held: list[Paragraph], language: str) -> str:
    one, many = ("Absatz", "Absätze") if _is_german(language) else ("paragraph", "paragraphs")
    return f"{many if len(held) > 1 else one} {_numbers(held)}"


def _is_german(language: str) -> bool:
    return main_language(language) == "de"


_NAME = re.compile(
    r"(?:[A-Z][\w’'-]+|(?:[A-Z]\.)+)(?:\s+(?:(?:of|the|de|von|van|du|la|al)\s+)?(?:[A-Z][\w’'-]+|(?:[A-Z]\.)+))*"
)
_DATE = re.compile(
    r"\b(?:(?:\d{1,2}\.?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)"
    r"(?:\s+\d{1,2})?(?:,?\s+\d{4})?|(?:1[0-9]|20)\d{2}s?)\b"
)
_NUMBER = re.compile(
    r"[$€£]?\d[\d.,]*\d?(?:\s?%|\s(?:per ?cent|million|billion|thousand|hundred"
    r"|Prozent|Tausend|Millionen|Milliarden)\b)?"
)


def names_in(article: Article) -> list[Mention]:
    """Return names, the most often mentioned first: words with capitals that do not only begin sentences."""
    ordinary = _ordinary_words(article)
    certain: set[str] = set()
    found: dict[str, list[int]] = {}
    for one in article.paragraphs:
        for match in _NAME.finditer(one.text):
            begins = match.start() == 0 or one.text[: match.start()].rstrip()[-1:] in {*'.!?“"‘:;'}
            words = match[0].split()
            while begins and words and words[0].casefold() in ordinary:
                del words[0]
                begins = bool(words) and words[0][0].islower()
            name = _POSSESSIVE.sub("", " ".join(words))
            if len(name) < 2 or (len(words) == 1 and _is_german(article.language)):
                continue  # in German every noun has a capital
            if len(words) > 1 or name.casefold() not in ordinary:
                found.setdefault(name, []).append(one.number)
                if not begins or len(words) > 1:
                    certain.add(name)
    return _mentions({name: places for name, places in found.items() if name in certain})


_POSSESSIVE = re.compile(r"['’]s$")


def _ordinary_words(article: Article) -> set[str]:
    """Return words that are no part of a name where they begin a sentence."""
    words = words_of(article.language)
    used = {word for one in article.paragraphs for word in re.findall(r"\b[a-z][\w’'-]*", one.text)}
    return used | words.fillers | words.connectives


def dates_in(article: Article) -> list[Mention]:
    """Return dates and years."""
    return _matches(article, _DATE)


def numbers_in(article: Article) -> list[Mention]:
    """Return numbers that are no years."""
    found = _matches(article, _NUMBER)
    return [one for one in found if not _DATE.fullmatch(one.text)]


def _matches(article: Article, pattern: re.Pattern[str]) -> list[Mention]:
    found: dict[str, list[int]] = {}
    for one in article.paragraphs:
        for match in pattern.finditer(one.text):
            found.setdefault(match[0].rstrip(".,"), []).append(one.number)
    return _mentions(found)


def _mentions(found: dict[str, list[int]]) -> list[Mention]:
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0]))
    return [Mention(text, tuple(dict.fromkeys(places))) for text, places in ordered]


def _comment(what: str, mentions: list[Mention]) -> Iterator[str]:
    if mentions:
        listed = (f"{one.text} [{', '.join(map(str, one.paragraphs[:6]))}]" for one in mentions[:MOST_LISTED])
        yield f"# {what}, with the paragraphs where they stand:\n"
        yield from _wrapped("; ".join(listed))
        yield "#\n"


def _wrapped(text: str) -> Iterable[str]:
    from textwrap import wrap

    return [f"#   {line}\n" for line in wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)]
