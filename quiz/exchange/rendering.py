"""Items as texts, for formats that hold less than a bank does."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Iterator, Mapping
from string import ascii_uppercase
from typing import NamedTuple

from quiz.core.content.bank import Bank
from quiz.core.content.images import in_words, option_images
from quiz.core.content.interaction import Choose, Enter, Match, Order, Sort
from quiz.core.content.item import Image, Item, Option, feedback_of, text_of
from quiz.core.content.kinds.cloze import Cloze
from quiz.core.content.picture_header import ending_of
from quiz.exchange.declaration import Loss
from quiz.exchange.html_text import html_of_text


class MarkedOption(NamedTuple):
    """An option, with what a format may use of it."""

    text: str
    is_right: bool
    feedback: str
    image: Image | None = None


def picture_address(data: bytes) -> str:
    """Return a picture as a data URI (RFC 2397), so that a page needs no file beside it."""
    kind = {".png": "png", ".gif": "gif", ".webp": "webp"}.get(ending_of(data), "jpeg")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def answers_of(item: Item) -> tuple[MarkedOption, ...]:
    """Return the options of an item of a kind with options, keys first; empty for other kinds."""
    keys = getattr(item, "keys", None) if item.kind == "multiple-response" else (getattr(item, "key", ""),)
    if item.kind not in {"single-choice", "multiple-response"} or keys is None:
        return ()
    wrong: tuple[str | Option, ...] = getattr(item, "distractors", ())
    return (
        *(MarkedOption(text_of(key), True, feedback_of(key), image_of(key)) for key in keys),
        *(MarkedOption(text_of(option), False, feedback_of(option), image_of(option)) for option in wrong),
    )


def image_of(option: str | Option) -> Image | None:
    """Return the picture of an option, None where it has none."""
    return None if isinstance(option, str) else option.image


def full_stem(bank: Bank, item: Item) -> str:
    """Return the stem of an item, after its stimulus if it has one."""
    stimulus = bank.stimuli.get(item.stimulus)
    if stimulus is None:
        return item.stem
    table = "\n".join(" | ".join(row) for row in stimulus.table)
    parts = (stimulus.title, stimulus.text or stimulus.code or table, item.stem)
    return "\n\n".join(part.strip() for part in parts if part.strip())


def pictures_of(bank: Bank, item: Item) -> tuple[Image, ...]:
    """Return the pictures that belong to the task of an item: of its stimulus, then its own."""
    stimulus = bank.stimuli.get(item.stimulus)
    held = (stimulus.image if stimulus is not None else None, item.image)
    return tuple(image for image in held if image is not None)


def front_of(bank: Bank, item: Item, *, in_full: bool = True) -> str:
    """Return what a flashcard of an item shows first: the stem with all that there is to choose from.

    `in_full` puts the words of its pictures in.
    """
    stem = full_stem(bank, item)
    if isinstance(item, Cloze):
        stem = "\n".join([stem, item.with_gaps("_____" for _ in item.gaps)])
    said = [f"[{in_words(image)}]" for image in pictures_of(bank, item)] if in_full else []
    options = option_images(item).items() if in_full else ()
    named = [f"{text}: [{in_words(image)}]" for text, image in options]
    return "\n".join([stem, *said, *_choices(item), *named])


def image_html(image: Image, named: Callable[[Image], str]) -> str:
    """Return a picture in HTML under the name that it has there, its words where it has none."""
    name = named(image)
    if not name:
        return html_of_text(f"[{in_words(image)}]")
    title = f' title="{html.escape(image.credit)}"' if image.credit else ""
    return f'<img src="{html.escape(name)}" alt="{html.escape(image.alt)}"{title}>'


def unpictured_options(item: Item) -> list[Loss]:
    """Return that pictures of options are lost where these are no options of a choice."""
    is_lost = bool(option_images(item)) and not answers_of(item)
    return [Loss("the item", "pictures of its options", item.id)] if is_lost else []


class MediaNames:
    """Gives each picture that goes into a package one name, that of its file without its folder."""

    def __init__(self, media: Mapping[str, bytes]) -> None:
        self._media = media
        self.files: dict[str, bytes] = {}

    def __call__(self, image: Image) -> str:
        """Return the name of a picture, empty where its file is not at hand."""
        data = self._media.get(image.file)
        if data is None:
            return ""
        stem, _, ending = image.file.rpartition("/")[2].rpartition(".")
        name, number = f"{stem}.{ending}", 2
        while self.files.get(name, data) != data:
            name, number = f"{stem}-{number}.{ending}", number + 1
        self.files[name] = data
        return name


def _choices(item: Item) -> Iterator[str]:
    """Yield the options in an order that does not give the key away."""
    match item.interaction():
        case Choose(options):
            shown = options if item.kind == "true-false" else sorted(options)
            yield from (f"{lettered(place)}) {text}" for place, text in enumerate(shown))
        case Order(entries):
            yield from (f"- {entry}" for entry in sorted(entries))
        case Match(lefts, rights):
            yield f"{'; '.join(lefts)} — {'; '.join(sorted(rights))}"
        case Sort(members, bins):
            yield f"{'; '.join(bins)} — {'; '.join(sorted(members))}"
        case Enter(fields):
            chosen = [(place, field.options) for place, field in enumerate(fields, 1) if field.options]
            yield from (f"gap {place}: {' / '.join(sorted(options))}" for place, options in chosen)


def lettered(place: int) -> str:
    """Return the letter for a place from 0: A to Z, then AA and on."""
    before = "" if place < 26 else lettered(place // 26 - 1)
    return before + ascii_uppercase[place % 26]
