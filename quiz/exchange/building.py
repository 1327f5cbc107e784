"""Building a bank from a foreign file, question by question."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final, TypeVar, Union

import msgspec

from quiz.core.content.bank import Bank, Stimulus
from quiz.core.content.images import images_of
from quiz.core.content.item import Item
from quiz.core.content.kinds import all_kinds
from quiz.core.text.ids import free_id, plain_id
from quiz.core.text.safe_text import visible
from quiz.exchange.declaration import Imported, Loss, Refusal, Review
from quiz.exchange.options import Unusable, left_out_repeats
from quiz.exchange.picture_shelf import PictureShelf

_LONGEST_ID: Final = 60
_LONGEST_TEXT: Final = 20_000
_MOST_WORDS: Final = 7
_SPACES_AT_ENDS = re.compile(r"[ \t]+(?=\n)")

Piece = TypeVar("Piece")


@dataclass
class Draft:
    """One question of a source, in the fields of a bank, before it is an item."""

    place: str
    """Its place in the source, such as: line 12."""
    fields: dict[str, Any]
    """The fields of the item without its id; the topic is given by its title."""
    key: str = ""
    """The source's own name for it, from which the id is made; empty if it has none."""
    stimulus: Stimulus | None = None
    losses: list[str] = field(default_factory=list)
    """What is lost of it, as phrases."""
    reviews: tuple[tuple[int, int, int], ...] = ()
    """Answers recorded elsewhere: the time (ms since 1970 UTC), the rating 1–4, and the duration (ms)."""


def each(
    parse: Callable[[Piece], Draft | None], pieces: Iterable[tuple[str, str, Piece]]
) -> Iterator[Draft | Refusal]:
    """Parse pieces of a source one by one, so that a bad one does not stop the others.

    Each piece comes with its place and the beginning of its text. A parser returns None if there is nothing
    to ask.
    """
    for place, text, piece in pieces:
        try:
            draft = parse(piece)
        except Unusable as reason:
            yield Refusal(place, str(reason), beginning(text))
        else:
            if draft is not None:
                draft.place = draft.place or place
                yield draft


def beginning(text: str) -> str:
    """Return the first words of a text on one line."""
    line = " ".join(visible(text[:400]).split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def build(
    found: Iterable[Draft | Refusal],
    title: str,
    *,
    language: str = "en",
    shelf: PictureShelf | None = None,
    remarks: Iterable[str] = (),
) -> Imported:
    """Build a bank from drafts. What cannot become an item is refused, without affecting the others."""
    builder = _Builder(language)
    for one in found:
        builder.add(one)
    bank = None
    if builder.items:
        name = " ".join(visible(title).replace("_", " ").split()) or "Imported"
        bank = Bank(
            format=1,
            bank=short_id(name) or f"bank-{_digest(name)}",
            title=name[:1].upper() + name[1:200],
            language=language,
            markup=tuple(sorted(shelf.markup)) if shelf else (),
            topics={made: title for title, made in builder.topics.items()},
            stimuli=builder.stimuli,
            items=tuple(builder.items),
        )
    used = {image.file for _, image in images_of(bank)} if bank else set()
    media = shelf.media if shelf else {}
    return Imported(
        bank=bank,
        losses=tuple(builder.losses),
        refusals=tuple(builder.refusals),
        media={name: data for name, data in media.items() if name in used},
        reviews=tuple(builder.reviews),
        remarks=tuple(remarks),
    )


def short_id(text: str) -> str:
    """Return an id made from a text's first words, or an empty text if it has no Latin letters or digits."""
    made = ""
    for word in plain_id(text[:500]).split("-")[:_MOST_WORDS]:
        longer = f"{made}-{word}".strip("-")
        if len(longer) > _LONGEST_ID:
            break
        made = longer
    return made


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=3).hexdigest()


@lru_cache(maxsize=1)
def _any_item() -> Any:
    return Union[tuple(all_kinds().values())]  # noqa: UP007


class _Builder:
    def __init__(self, language: str) -> None:
        self.language = language
        self.items: list[Item] = []
        self.losses: list[Loss] = []
        self.refusals: list[Refusal] = []
        self.reviews: list[Review] = []
        self.topics: dict[str, str] = {}
        self.stimuli: dict[str, Stimulus] = {}
        self._taken: set[str] = set()
        self._seen: dict[str, str] = {}

    def add(self, found: Draft | Refusal) -> None:
        if isinstance(found, Refusal):
            self.refusals.append(found)
            return
        try:
            self._add(found)
        except Unusable as reason:
            self.refusals.append(Refusal(found.place, str(reason), beginning(_asked(found.fields))))

    def _add(self, draft: Draft) -> None:
        fields = {name: _cleaned(value) for name, value in draft.fields.items()}
        draft = replace(draft, fields=fields, losses=list(draft.losses))
        topic = " ".join(fields.pop("topic", "").split())[:200]
        draft.losses += left_out_repeats(fields, self.language)
        item = self._item({**fields, "id": "x"})
        same = item.fingerprint
        if not draft.key and same in self._seen:
            raise Unusable(f"It asks the same as “{self._seen[same]}”, which came before it.")
        made = self._id(draft, same)
        more: dict[str, Any] = {"id": made, "topic": self._topic(topic) if topic else ""}
        if draft.stimulus is not None:
            more["stimulus"] = self._stimulus(draft.stimulus, made)
        self.items.append(msgspec.structs.replace(item, **more))
        self._seen.setdefault(same, made)
        self.losses += [Loss(draft.place, what, made) for what in dict.fromkeys(draft.losses)]
        self.reviews += [Review(made, *review) for review in draft.reviews]

    def _item(self, fields: dict[str, Any]) -> Item:
        try:
            item: Item = msgspec.convert(fields, _any_item())
        except msgspec.ValidationError as error:
            raise Unusable(_reason(fields, error)) from error
        for problem in item.problems(self.language):
            if problem.severity == "error":
                raise Unusable(problem.message)
        return item

    def _id(self, draft: Draft, same: str) -> str:
        text = _asked(draft.fields)
        wanted = plain_id(draft.key)[:80].strip("-") if draft.key else short_id(text)
        wanted = wanted or f"item-{_digest(draft.key or text)}"
        made = free_id(f"{wanted}-{same[:6]}", self._taken) if wanted in self._taken else wanted
        self._taken.add(made)
        return made

    def _topic(self, title: str) -> str:
        if title not in self.topics:
            made = short_id(title) or f"topic-{_digest(title)}"
            if made in self.topics.values():
                made = f"{made}-{_digest(title)}"
            self.topics[title] = made
        return self.topics[title]

    def _stimulus(self, stimulus: Stimulus, item: str) -> str:
        shown = {name: visible(getattr(stimulus, name)) for name in ("title", "text", "code", "language")}
        stimulus = msgspec.structs.replace(stimulus, **shown)
        for name, known in self.stimuli.items():
            if known == stimulus:
                return name
        self.stimuli[item] = stimulus
        return item


def _cleaned(value: Any) -> Any:
    """Return texts without characters that banks must not hold and without outer white space."""
    if isinstance(value, str):
        return _SPACES_AT_ENDS.sub("", visible(value)).strip()
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(inner) for inner in value]
    return value


def _asked(fields: dict[str, Any]) -> str:
    if fields.get("kind") == "cloze":
        return str(fields.get("text", "")).replace("{{", "").replace("}}", "")
    return str(fields.get("stem", ""))


def _reason(fields: dict[str, Any], error: msgspec.ValidationError) -> str:
    """Return why fields do not make an item, worded for a person who has the source."""
    names = ("stem", "key", "keys", "distractors", "back", "text", "order", "pairs", "categories")
    for name in names:
        if name in fields and not fields[name] and fields[name] is not False:
            return {
                "stem": "It asks nothing.",
                "key": "It has no right answer.",
                "keys": "It has no right answer.",
                "distractors": "It has no wrong options.",
                "back": "It has nothing on its back.",
            }.get(name, f"Its “{name}” is empty.")
    if any(len(text) > _LONGEST_TEXT for text in _texts(fields)):
        return f"A text in it is longer than {_LONGEST_TEXT:,} characters."
    if "too" in str(error) or "length" in str(error):
        return "It has more options, or fewer, than an item can have."
    return f"It cannot be made an item: {error}."


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def gap(key: str) -> str:
    """Return a gap of a cloze text. Raises Unusable for an empty key or one with braces."""
    key = " ".join(key.split())
    if not key or "{" in key or "}" in key:
        raise Unusable("A gap is empty or holds braces.")
    return "{{" + key + "}}"


def between_gaps(text: str) -> str:
    """Return a text between the gaps of a cloze item, escaped so that nothing in it looks like a gap."""
    return text.replace("{{", "{ {").replace("}}", "} }")
