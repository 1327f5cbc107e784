"""Anki's cards as items: templates are filled in, HTML becomes text, and each card is an item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from quiz.exchange.anki_collection import Card, Template
from quiz.exchange.anki_notes import key_of_guid, split_back
from quiz.exchange.building import Draft
from quiz.exchange.cloze_text import gap_numbers, with_gaps
from quiz.exchange.options import Unusable
from quiz.exchange.picture_shelf import ONLY_A_PICTURE, PictureShelf, QuestionText, with_picture

_SECTION = re.compile(r"\{\{([#^])([^{}]+)\}\}((?:(?!\{\{[#^]).)*?)\{\{/\2\}\}", re.DOTALL)
_FIELD = re.compile(r"\{\{([^{}#^/]+)\}\}")
_ANSWER_RULE = re.compile(r"<hr\s+id=[\"']?answer[\"']?\s*/?>", re.IGNORECASE)
_SOUND = re.compile(r"\[(?:sound:([^\]]*)|anki:tts[^\]]*|anki:play[^\]]*)\]")
_LONGEST_TYPED: Final = 80
"""The longest field that is still asked as a typed answer, in characters."""


def draft_of(card: Card, shelf: PictureShelf) -> Draft:
    """Return what a card asks, its pictures on the shelf. Raises `Unusable`."""
    if "occlusion" in card.note_type.name.lower() or any(
        "image-occlusion:" in text for text in card.fields.values()
    ):
        raise Unusable("It covers a part of a picture, which no kind of item does.")
    drawn = _Drawn(card, QuestionText(shelf))
    fields = drawn.cloze() if card.note_type.is_cloze else drawn.sides()
    losses = [*drawn.losses, *(["that it is suspended"] if card.is_suspended else [])]
    topic = card.deck.replace("::", " › ")
    key = key_of_guid(card.guid, card.place + 1)
    tags = list(card.tags)
    return Draft("", {**fields, "tags": tags, "topic": topic}, key=key, losses=losses, reviews=card.reviews)


class _Drawn:
    """A card with its template filled in."""

    def __init__(self, card: Card, texts: QuestionText) -> None:
        self.card = card
        self.texts = texts
        self.losses = texts.losses
        templates = card.note_type.templates
        self.template = templates.get(0 if card.note_type.is_cloze else card.place, Template("", ""))

    def sides(self) -> dict[str, Any]:
        """Return the fields of a card with two sides, with a typed answer if Anki asks for one."""
        front = filled(self.template.question, self.card.fields)
        back = filled(self.template.answer, self.card.fields)
        before, *ruled = _ANSWER_RULE.split(back, maxsplit=1)
        answer = ruled[0] if ruled else before.strip().removeprefix(front.strip())
        answer = answer.replace("{{FrontSide}}", "")
        shown, picture = self._text(front, with_pictures=True), self.texts.take()
        if not shown and picture is None:
            raise Unusable("Its front is empty, or only a sound or a picture that is not in the file.")
        shown = shown or ONLY_A_PICTURE
        typed = re.search(r"\{\{type:([^{}:]+)\}\}", self.template.question)
        key = self._text(self.card.fields.get(typed[1].strip(), "")) if typed else ""
        answer, rationale = split_back(answer)
        if key and len(key) <= _LONGEST_TYPED and "\n" not in key:
            fields = {"kind": "short-answer", "stem": shown, "key": key}
        else:
            fields = {"kind": "flashcard", "stem": shown, "back": self._text(answer)}
            if not fields["back"]:
                raise Unusable("Its back is empty, or only a picture or a sound.")
        return with_picture(fields | {"rationale": self._text(rationale)}, picture)

    def cloze(self) -> dict[str, Any]:
        """Return the fields of a card that asks for the gaps of one number."""
        number = self.card.place + 1
        name = next((name for name, text in self.card.fields.items() if number in gap_numbers(text)), "")
        if not name:
            raise Unusable(f"It has no gap {number}.")
        text, hints = with_gaps(self.card.fields[name], number)
        if hints:
            self.losses.append("the hints of single gaps")
        rest = {**self.card.fields, name: ""}
        extra = filled(self.template.answer, rest).replace("{{FrontSide}}", "")
        shown, picture = self._text(text, with_pictures=True), self.texts.take()
        return with_picture({"kind": "cloze", "text": shown, "rationale": self._text(extra)}, picture)

    def _text(self, source: str, *, with_pictures: bool = False) -> str:
        for sound in _SOUND.finditer(source):
            self.losses.append(f"the sound {sound[1].strip()[:80]}" if sound[1] else "speech")
        return self.texts.of_html(_SOUND.sub("", source), with_pictures=with_pictures)


def filled(template: str, fields: Mapping[str, str]) -> str:
    """Return a template with its sections and fields filled in. {{FrontSide}} is left for the caller."""
    for _ in range(10):
        template, count = _SECTION.subn(lambda found: _section(found, fields), template)
        if not count:
            break

    def field_of(found: re.Match[str]) -> str:
        *filters, name = (part.strip() for part in found[1].split(":"))
        if name == "FrontSide":
            return "{{FrontSide}}"
        return "" if "type" in filters else fields.get(name, "")

    return _FIELD.sub(field_of, template)


def _section(found: re.Match[str], fields: Mapping[str, str]) -> str:
    is_filled = bool(re.sub(r"<(?!img)[^>]*>|\s", "", fields.get(found[2].strip(), "")))
    return found[3] if is_filled == (found[1] == "#") else ""
