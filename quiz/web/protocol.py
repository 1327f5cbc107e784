"""The frames of phones, as far as they can be understood, and the responses that they mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, TypeAlias

import msgspec
from msgspec import Meta

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Response, Sorted
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Sort
from quiz.core.text.forbidden import FORBIDDEN
from quiz.core.text.safe_text import TOO_MANY_MARKS
from quiz.services.drill.card_reading import MOST_BYTES

Pick: TypeAlias = Annotated[int, Meta(ge=-1, le=999)]
"""An option by its place on the screen, from 0; -1 for none."""
Typed: TypeAlias = Annotated[str, Meta(max_length=500)]


class NotUnderstood(ValueError):
    """A frame is none of ours, or an answer does not fit the item."""


class PhoneResponse(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer as a phone gives it: places of options, or texts."""

    picks: Annotated[tuple[Pick, ...], Meta(max_length=200)] = ()
    texts: Annotated[tuple[Typed, ...], Meta(max_length=60)] = ()


class Join(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="join", tag_field="do"):
    """A phone wants to take part."""

    pin: Annotated[str, Meta(max_length=20)]
    seat: Annotated[int, Meta(ge=1, le=999)] | None = None
    name: Annotated[str, Meta(max_length=200)] = ""
    is_camera: bool = msgspec.field(default=False, name="camera")


class Return(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="back", tag_field="do"):
    """A phone that took part already is there again."""

    token: Annotated[str, Meta(max_length=100)]


class AnswerFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="answer", tag_field="do"):
    """A pupil answers."""

    question: Annotated[str, Meta(max_length=60)] = msgspec.field(name="q")
    given: PhoneResponse
    number: Annotated[int, Meta(ge=0, le=2**31)] = msgspec.field(name="n", default=0)
    """Repeated when the answer is acknowledged."""


class LeaveFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="leave", tag_field="do"):
    """A pupil leaves; the seat is free again."""


class Photo(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="photo", tag_field="do"):
    """The camera is going to send a photograph in binary frames."""

    size: Annotated[int, Meta(ge=1, le=MOST_BYTES)]
    """In bytes."""


Said: TypeAlias = Join | Return | AnswerFrame | LeaveFrame | Photo
_DECODER: Final = msgspec.json.Decoder(Said)


def understood(frame: str | bytes) -> Said:
    """Return what a phone says. Raises NotUnderstood for anything else."""
    try:
        return _DECODER.decode(frame)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotUnderstood(str(error)) from error


def response_from(asked: Interaction, given: PhoneResponse) -> Response:
    """Return the response that a phone means. Raises NotUnderstood where it does not fit the interaction."""
    response: Response
    match asked:
        case Choose(options=options):
            response = Chosen(_picked(options, given.picks))
        case Order(entries=entries):
            response = Ordered(_picked(entries, given.picks))
        case Match(lefts=lefts, rights=rights):
            response = Matched(dict(_paired(lefts, rights, given.picks)))
        case Sort(members=members, bins=bins):
            response = Sorted(dict(_paired(members, bins, given.picks)))
        case Enter(fields=fields):
            texts = tuple(field.given(_clean(text)) for field, text in zip(fields, given.texts, strict=False))
            response = Entered(texts if len(given.texts) <= len(fields) else ())
        case _:
            raise NotUnderstood("It is not answered in writing.")
    if not asked.is_complete(response):
        raise NotUnderstood("The answer is not complete.")
    return response


def given_from(asked: Interaction, response: Response | None) -> PhoneResponse | None:
    """Return a response as a phone would give it; None if there is none, or if it does not fit."""
    try:
        match asked, response:
            case Choose(options=options), Chosen(chosen):
                return PhoneResponse(_places(options, chosen))
            case Order(entries=entries), Ordered(ordered):
                return PhoneResponse(_places(entries, ordered))
            case Match(lefts=lefts, rights=rights), Matched(pairs):
                return PhoneResponse(_places(rights, (pairs[left] for left in lefts)))
            case Sort(members=members, bins=bins), Sorted(sorted_into):
                return PhoneResponse(_places(bins, (sorted_into[member] for member in members)))
            case Enter(), Entered(texts):
                return PhoneResponse(texts=texts)
    except (KeyError, ValueError):
        return None
    return None


def _picked(texts: tuple[str, ...], picks: tuple[int, ...]) -> tuple[str, ...]:
    if any(not 0 <= pick < len(texts) for pick in picks):
        raise NotUnderstood("There is no such option.")
    return tuple(texts[pick] for pick in picks)


def _paired(lefts: tuple[str, ...], rights: tuple[str, ...], picks: tuple[int, ...]) -> zip[tuple[str, str]]:
    if len(picks) != len(lefts):
        raise NotUnderstood("The answer is not complete.")
    return zip(lefts, _picked(rights, picks), strict=True)


def _places(texts: tuple[str, ...], chosen: Iterable[str]) -> tuple[int, ...]:
    return tuple(texts.index(text) for text in chosen)


def _clean(text: str) -> str:
    """Return a typed text. Raises NotUnderstood if it holds what no response may hold."""
    if FORBIDDEN.search(text) or TOO_MANY_MARKS.search(text):
        raise NotUnderstood("The answer holds characters that cannot be shown.")
    return text
