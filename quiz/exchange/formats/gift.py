"""GIFT, the text format of Moodle (docs.moodle.org, GIFT format)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from quiz.core.content.bank import Bank
from quiz.core.content.item import Item, Option, feedback_of, text_of
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.sorting import Sorting
from quiz.core.content.kinds.true_false import TrueFalse
from quiz.core.text.numbers import parse_number
from quiz.exchange import gift_reader
from quiz.exchange.building import build
from quiz.exchange.declaration import ForeignFile, Format, Imported, Loss, Written
from quiz.exchange.rendering import answers_of, full_stem

_EVERY: Final = frozenset({"id", "topic", "tags", "rationale"})
_BRACES = re.compile(r"(?<!\\)\{[^{}]*(?:(?:\\.)[^{}]*)*\}", re.DOTALL)
_DECIMALS: Final = 15


def recognise(source: ForeignFile) -> int:
    """Return how certain it is that a file is GIFT: braces with answers in them, or a title or a category."""
    if source.data.startswith((b"PK", b"<")):
        return 0
    text = source.text[:50_000]
    if re.search(r"^\s*(::[^\n]+?::|\$CATEGORY:)", text, re.MULTILINE):
        return 92
    answers = re.search(r"\{\s*(?:[=~]|#\s*[=\d-]|T(?:RUE)?\s*[#}]|F(?:ALSE)?\s*[#}]|\})", text)
    if answers and "{{" not in text:
        return 75
    return 30 if source.ending == ".gift" and text.strip() else 0


def read(source: ForeignFile) -> Imported:
    """Read a file in GIFT."""
    return build(gift_reader.drafts(source.text), source.stem)


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:  # noqa: ARG001
    """Write a bank in GIFT, in the order of its items."""
    losses: list[Loss] = []
    pieces = []
    topic = ""
    for item in bank.items:
        if item.kind not in FORMAT.writes:
            continue
        if item.topic != topic:
            topic = item.topic
            title = " ".join(bank.topic_title(item).split()).replace("/", "//")
            pieces.append(f"$CATEGORY: $course$/top{f'/{_plain(title)}' if topic else ''}\n")
        pieces.append(_question(bank, item, losses))
    return Written("\n".join(pieces).encode(), tuple(losses))


def _question(bank: Bank, item: Item, losses: list[Loss]) -> str:
    marks = "".join(f" [tag:{tag}]" for tag in item.tags)
    answers = list(_answers(item, losses))
    if item.rationale:
        answers.append(f"####{_text(item.rationale)}")
    body = "".join(f"\n\t{answer}" for answer in answers)
    return f"// [id:{item.id}]{marks}\n[plain]{_plain(full_stem(bank, item))}{{{body}\n}}\n"


def _plain(text: str) -> str:
    """Return a text on one line with its special characters escaped."""
    return re.sub(r"([\\:#={}~])", r"\\\1", text).replace("\n", "\\n")


def _text(text: str) -> str:
    """Return a text that is read as plain, whatever it begins with."""
    return f"[plain]{_plain(text)}"


def _said(feedback: str) -> str:
    return f"#{_text(feedback)}" if feedback else ""


def _answers(item: Item, losses: list[Loss]) -> Iterator[str]:
    """Yield the answers of an item, each as a line."""
    match item:
        case TrueFalse(key=key, feedback=feedback):
            yield ("TRUE" if key else "FALSE") + _said(feedback)
        case ShortAnswer(key=key, accept=accept, refuse=refuse):
            for right in (key, *accept):
                yield f"=%100%{_star(right)}{_said(feedback_of(right))}"
            for wrong in refuse:
                yield f"=%0%{_star(wrong)}{_said(feedback_of(wrong))}"
        case Numeric():
            yield from _number(item, losses)
        case Matching(pairs=pairs, distractors=distractors):
            rights: list[tuple[str, str | Option]] = [*pairs.items(), *(("", right) for right in distractors)]
            yield from (_pair(left, right, item, losses) for left, right in rights)
        case Sorting(categories=categories):
            for name, members in categories.items():
                yield from (_pair(text_of(member), name, item, losses) for member in members)
        case _:
            yield from _choices(item)


def _star(option: str | Option) -> str:
    """Return a typed answer with every * escaped."""
    return _text(text_of(option)).replace("*", "\\*")


def _choices(item: Item) -> Iterator[str]:
    answers = answers_of(item)
    right = sum(answer.is_right for answer in answers)
    for answer in answers:
        sign = "=" if answer.is_right else "~"
        if item.kind == "multiple-response":
            share = f"{100 / right:.5f}".rstrip("0").rstrip(".")
            sign = f"~%{share}%" if answer.is_right else f"~%-{share}%"
        yield f"{sign}{_text(answer.text)}{_said(answer.feedback)}"


def _pair(left: str, right: str | Option, item: Item, losses: list[Loss]) -> str:
    texts = [left, text_of(right)]
    if any("->" in text for text in texts):
        losses.append(Loss("the item", "“->” within a pair, which becomes “→”", item.id))
    shown = [text.replace("->", "→") for text in texts]
    return f"={_text(shown[0]) if left else ''} -> {_plain(shown[1])}"


def _number(item: Numeric, losses: list[Loss]) -> Iterator[str]:
    key = parse_number(item.key) or Fraction(0)
    exact = [as_decimal(value) for value in (key, item.margin())]
    if not all(is_exact for _, is_exact in exact):
        losses.append(Loss("the item", "digits of a fraction beyond the fifteenth", item.id))
    number, margin = (text for text, _ in exact)
    yield f"#={number}:{margin}" if item.feedback else f"#{number}:{margin}"
    if item.feedback:
        yield f"~{_said(item.feedback)}"


def as_decimal(value: Fraction) -> tuple[str, bool]:
    """Return a number in decimals, and whether it is exact."""
    scaled = value * 10**_DECIMALS
    rounded = round(scaled)
    sign = "-" if rounded < 0 else ""
    digits = f"{abs(rounded):0{_DECIMALS + 1}d}"
    text = f"{sign}{digits[:-_DECIMALS]}.{digits[-_DECIMALS:]}".rstrip("0").rstrip(".")
    return text or "0", scaled == rounded


FORMAT = Format(
    name="gift",
    title="GIFT",
    endings=(".gift", ".txt"),
    about="Comments, categories (as topics), ids and tags, weights, feedback, numbers with a margin or a "
    "range, matching, missing words, [html] and [markdown]. Partial credit in a choice of one is lost. "
    "Essays and descriptions have no key, and are named and left.",
    reads=frozenset(
        {"single-choice", "multiple-response", "true-false", "short-answer", "numeric", "matching", "cloze"}
    ),
    writes={
        "single-choice": _EVERY | {"feedback"},
        "multiple-response": _EVERY | {"feedback"},
        "true-false": _EVERY | {"feedback"},
        "short-answer": _EVERY | {"accept", "refuse", "feedback"},
        "numeric": _EVERY | {"tolerance", "feedback"},
        "matching": _EVERY,
        "sorting": _EVERY,
    },
    becomes={"sorting": "matching"},
    recognise=recognise,
    read=read,
    write=write,
)
