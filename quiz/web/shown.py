"""What the wall and the phones are shown of a drill, as plain data for their pages.

The key, the reason for it and the feedback on options come from `told_key` alone, which tells nothing before
the key is on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from quiz.core.content.bank import Bank, Stimulus
from quiz.core.content.grading import Matched, Ordered, Sorted
from quiz.core.content.images import option_images
from quiz.core.content.interaction import Choose, Enter, Match, Order, Reveal, Sort
from quiz.core.content.item import Image, Item
from quiz.core.content.option_feedback import option_feedback
from quiz.core.drill.drill import Drill
from quiz.core.drill.settings import Stage
from quiz.core.text.language_tag import main_language
from quiz.core.text.markdown_excerpt import plain_pieces
from quiz.core.text.markup import Markup, Piece, pieces_of
from quiz.web.colours import Colours

Shown: TypeAlias = dict[str, Any]
Address: TypeAlias = Callable[[str, Image], str]
"""Returns the address of a bank's picture, empty where it cannot be shown."""
MOST_PLACES: Final = 60


class Resources(NamedTuple):
    """What a page shows beside texts."""

    address: Address
    colours: Callable[[str, str], Colours]
    """Returns the colours of a block of code in a language, as far as they are known."""


def question_of(drill: Drill) -> str:
    """Return what tells one question from the next: an answer to an earlier one is refused by it."""
    return f"{drill.place}.{drill.visit}.{getattr(drill, 'round', 0)}"


def shown_drill(drill: Drill, resources: Resources) -> Shown:
    """Return what both the wall and the phones may see."""
    has_item = drill.has_item
    shown: Shown = {
        "stage": str(drill.stage),
        "format": drill.words.say(drill.title),
        "title": _title(drill),
        "language": _language(drill),
        "total": drill.total,
        "place": min(drill.place + 1, drill.total) if has_item else 0,
        "question": question_of(drill) if has_item else "",
        "open": drill.takes_answers,
        "change": drill.settings.may_change,
        "item": None,
        "key": None,
    }
    if has_item and not (drill.is_paused and drill.stage is Stage.ANSWERING):
        shown["item"] = shown_item(drill, resources)
        shown["key"] = told_key(drill, resources)
    return shown


def shown_clock(drill: Drill, at: int) -> Shown | None:
    """Return the clock at a moment, in milliseconds; None while it means nothing."""
    if drill.stage not in {Stage.ASKING, Stage.ANSWERING}:
        return None
    has_limit = drill.limit_ms > 0
    return {
        "ms": drill.left_ms(at) if has_limit else drill.timer.spent(at),
        "down": has_limit,
        "going": drill.timer.is_going,
    }


def shown_item(drill: Drill, resources: Resources) -> Shown:
    """Return the item that is asked, before its key is shown."""
    bank, item = drill.current.bank, drill.current.item
    stimulus = bank.stimuli.get(item.stimulus)
    images = {text: _image(bank, image, resources) for text, image in option_images(item).items()}
    return {
        "topic": drill.current.topic,
        "stem": pieces(item.stem, bank.reads, resources),
        "image": _image(bank, item.image, resources),
        "stimulus": None if stimulus is None else _stimulus(bank, stimulus, resources),
        **_task(drill, images, resources),
    }


def told_key(drill: Drill, resources: Resources) -> Shown | None:
    """Return the key, the reason for it and the feedback on other options; None before it is shown."""
    if not drill.is_revealed:
        return None
    bank, item = drill.current.bank, drill.current.item
    asked = drill.interaction
    key = drill.key_options
    options = asked.options if isinstance(asked, Choose) else ()
    feedback = dict(option_feedback(item))
    return {
        "options": [place for place, text in enumerate(options) if text in key],
        "text": pieces(drill.words.option(item, item.key_text()), bank.reads, resources),
        "why": pieces(item.rationale, bank.reads, resources),
        "said": [pieces(feedback.get(text, ""), bank.reads, resources) for text in options],
        "solved": [
            [pieces(left, bank.reads, resources), pieces(right, bank.reads, resources)]
            for left, right in _solved(item)
        ],
    }


def _solved(item: Item) -> list[tuple[str, str]]:
    """Return what belongs to what, or the entries in their order; empty for any other kind of item."""
    match item.key_response():
        case Ordered(entries):
            return [("", entry) for entry in entries]
        case Matched(pairs) | Sorted(pairs):
            return list(pairs.items())
    return []


def shown_board(drill: Drill, names: Mapping[str, str]) -> list[Shown] | None:
    """Return the ranking; None while it is hidden, or nobody has answered, or nobody competes."""
    if not drill.is_board_shown or not drill.scores or not drill.competitors:
        return None
    return [
        {
            "place": rank.place,
            "name": names.get(rank.competitor, ""),
            "right": rank.score.right,
            "points": rank.score.points,
            "seat": rank.competitor == getattr(drill, "seat", None),
        }
        for rank in drill.board[:MOST_PLACES]
    ]


def pieces(text: str, markup: Markup, resources: Resources) -> list[list[Any]]:
    """Return a text in pieces, each with its kind, what is shown, and the colours of a block of code."""
    return _coloured(pieces_of(text, markup), resources) if text else []


def _coloured(found: Iterable[Piece], resources: Resources) -> list[list[Any]]:
    return [[piece.kind, piece.shown, resources.colours(piece.shown, piece.language)] for piece in found]


def _title(drill: Drill) -> str:
    titles = {*drill.lookup.titles.values()}
    return next(iter(titles)) if len(titles) == 1 else ""


def _language(drill: Drill) -> str:
    """Return the language of the banks, English where they differ."""
    languages = {main_language(bank.language) for bank in drill.lookup.banks}
    return languages.pop() if len(languages) == 1 else "en"


def _task(drill: Drill, images: Mapping[str, Shown | None], resources: Resources) -> Shown:
    """Return how the item is answered, and the texts that belong to that."""
    item, reads = drill.current.item, drill.current.bank.reads

    def listed(texts: Sequence[str]) -> list[Shown]:
        return [
            {"text": pieces(drill.words.option(item, text), reads, resources), "image": images.get(text)}
            for text in texts
        ]

    match drill.interaction:
        case Choose(options=options) as asked:
            return {"kind": "choose" if asked.is_single else "many", "options": listed(options)}
        case Order(entries=entries):
            return {"kind": "order", "options": listed(entries)}
        case Match(lefts=lefts, rights=rights):
            return {"kind": "match", "lefts": listed(lefts), "options": listed(rights)}
        case Sort(members=members, bins=bins):
            return {"kind": "sort", "lefts": listed(members), "options": listed(bins)}
        case Enter(fields=fields, around=around) as asked:
            return {
                "kind": "enter",
                "list": asked.is_list,
                "around": [pieces(text, reads, resources) for text in around],
                "fields": [
                    {
                        "label": field.label,
                        "unit": field.unit,
                        "number": field.is_number,
                        "options": field.options,
                    }
                    for field in fields
                ],
            }
        case Reveal():
            return {"kind": "reveal"}


def _image(bank: Bank, image: Image | None, resources: Resources) -> Shown | None:
    if image is None:
        return None
    return {"src": resources.address(bank.bank, image), "alt": image.alt, "credit": image.credit}


def _stimulus(bank: Bank, stimulus: Stimulus, resources: Resources) -> Shown:
    """Return the material that an item is about; a passage without its Markdown."""
    block = [Piece("block", stimulus.code, stimulus.language)] if stimulus.code else []
    return {
        "title": stimulus.title,
        "text": _coloured([*plain_pieces(stimulus.text), *block], resources),
        "table": stimulus.table,
        "image": _image(bank, stimulus.image, resources),
    }
