"""A web page for practice at home: a single file that needs no connection and stores nothing."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from quiz.core.content.bank import Bank
from quiz.core.content.images import in_words
from quiz.core.content.item import Image, Item, feedback_of, text_of, texts_of
from quiz.core.content.kinds import all_kinds
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.kinds.flashcard import Flashcard
from quiz.core.content.kinds.listing import Listing
from quiz.core.content.kinds.matching import Matching
from quiz.core.content.kinds.numeric import Numeric
from quiz.core.content.kinds.ordering import Ordering
from quiz.core.content.kinds.short_answer import ShortAnswer
from quiz.core.content.kinds.sorting import Sorting
from quiz.core.content.kinds.true_false import TrueFalse
from quiz.core.text.numbers import parse_number, thousands_sign
from quiz.exchange.declaration import Format, Written
from quiz.exchange.rendering import answers_of, picture_address, pictures_of, unpictured_options

_EVERY: Final = frozenset({"topic", "stimulus", "rationale", "hint", "shuffle", "image"})
_MORE: Final = {
    "single-choice": {"feedback"}, "multiple-response": {"feedback"}, "true-false": {"feedback"},
    "short-answer": {"accept", "refuse", "case", "feedback"}, "cloze": {"accept", "refuse", "options"},
    "numeric": {"tolerance", "unit", "units", "feedback"}, "listing": {"accept", "ask_for"},
}  # fmt: skip


def write(bank: Bank, media: Mapping[str, bytes]) -> Written:
    """Write a bank as a page that asks, grades and explains in any browser, by keyboard, mouse or touch."""
    data = {
        "comma": thousands_sign(bank.language) == ".",
        "items": [_plain(bank, item, media) for item in bank.items],
    }
    encoded = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    filling = {
        "__LANGUAGE__": html.escape(bank.language),
        "__TITLE__": html.escape(bank.title),
        "__SUMMARY__": html.escape(bank.summary),
        "__DATA__": encoded,
    }
    page = files("quiz.exchange").joinpath("practice_page.html").read_text(encoding="utf-8")
    text = re.sub("|".join(filling), lambda found: filling[found[0]], page)
    losses = [loss for item in bank.items for loss in unpictured_options(item)]
    return Written(text.encode("utf-8", "replace"), tuple(losses))


def _picture(image: Image, media: Mapping[str, bytes]) -> dict[str, str]:
    """Return a picture with its file in its address, or its words where its file is not at hand."""
    data = media.get(image.file)
    if data is None:
        return {"words": in_words(image)}
    return {"src": picture_address(data), "alt": image.alt, "credit": image.credit}


def _plain(bank: Bank, item: Item, media: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the page needs to ask an item and to grade it."""
    told: dict[str, Any] = {
        "id": item.id, "stem": item.stem, "topic": bank.topic_title(item), "hint": item.hint,
        "why": item.rationale, "answer": item.key_text(), "shuffle": item.shuffle,
        "pictures": [_picture(image, media) for image in pictures_of(bank, item)],
    }  # fmt: skip
    stimulus = bank.stimuli.get(item.stimulus)
    if stimulus is not None:
        told["material"] = {
            "title": stimulus.title, "text": stimulus.text, "code": stimulus.code,
            "table": [list(row) for row in stimulus.table],
        }  # fmt: skip
    return told | _form(item, bank.language, media)


def _form(item: Item, language: str, media: Mapping[str, bytes]) -> dict[str, Any]:
    match item:
        case TrueFalse():
            options = [
                {
                    "text": text,
                    "right": text == item.key_text(),
                    "said": item.feedback * (text != item.key_text()),
                }
                for text in ("True", "False")
            ]
            return {"form": "choose", "many": False, "options": options, "shuffle": False}
        case ShortAnswer():
            spoken = [(text_of(one), feedback_of(one)) for one in (item.key, *item.accept, *item.refuse)]
            return {
                "form": "type", "label": "Your answer", "accepted": texts_of((item.key, *item.accept)),
                "refused": texts_of(item.refuse), "matchCase": item.case == "match",
                "feedback": [pair for pair in spoken if pair[1]],
            }  # fmt: skip
        case Numeric():
            units = sorted(filter(None, (item.unit, *item.units)), key=len, reverse=True)
            value = float(parse_number(item.key, language) or 0)
            return {
                "form": "number", "value": value, "margin": float(item.margin(language)), "unit": item.unit,
                "units": units, "said": item.feedback,
            }  # fmt: skip
        case Cloze():
            gaps = [
                {
                    "accepted": [gap, *texts_of(item.accept.get(gap, ()))],
                    "refused": texts_of(item.refuse.get(gap, ())),
                    "options": sorted((gap, *item.options[gap])) if gap in item.options else [],
                }
                for gap in item.gaps
            ]
            return {"form": "gaps", "pieces": item.around, "gaps": gaps}
        case Listing():
            entries = [[entry.text, *entry.accept] for entry in item.entries]
            return {"form": "list", "count": item.asked_for, "entries": entries}
        case Ordering():
            places = [f"{number}." for number in range(1, len(item.order) + 1)]
            rows = [{"text": text, "target": place} for text, place in zip(item.order, places, strict=True)]
            return {"form": "place", "rows": rows, "targets": places}
        case Matching():
            rights = sorted(set(texts_of((*item.pairs.values(), *item.distractors))))
            rows = [{"text": left, "target": text_of(right)} for left, right in item.pairs.items()]
            return {"form": "place", "rows": rows, "targets": rights}
        case Sorting():
            rows = [
                {"text": text_of(member), "target": name}
                for name, members in item.categories.items()
                for member in members
            ]
            return {"form": "place", "rows": rows, "targets": list(item.categories)}
        case Flashcard():
            return {"form": "recall", "back": item.back}
    shown = [
        {
            "text": one.text,
            "right": one.is_right,
            "said": one.feedback,
            "picture": None if one.image is None else _picture(one.image, media),
        }
        for one in answers_of(item)
    ]
    return {"form": "choose", "many": item.kind == "multiple-response", "options": shown}


FORMAT = Format(
    name="html",
    title="a web page for practice",
    endings=(".html",),
    about="One file that works without a connection, by keyboard, mouse and touch. It grades more plainly "
    "than quiz does, without parts of a score, keeps no record, and says so.",
    writes={kind: _EVERY | frozenset(_MORE.get(kind, ())) for kind in all_kinds()},
    write=write,
)
