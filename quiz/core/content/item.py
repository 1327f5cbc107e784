"""Items, and what every kind of item provides."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

import msgspec
from msgspec import Meta

from quiz.core.content.diagnostics import Problem, Where
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules

if TYPE_CHECKING:
    from quiz.core.content.grading import Grade, Response
    from quiz.core.content.interaction import Interaction

Id: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(?!\n)$",
        max_length=80,
        description="Lower-case letters, digits and hyphens; never changed once people have answered.",
    ),
]
Name: TypeAlias = Annotated[str, Meta(max_length=1000)]
"""A reference by id to something else in the bank."""
Tag: TypeAlias = Annotated[str, Meta(max_length=200)]
Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=20_000)]


class Image(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture in a file beside the bank, and its description in words."""

    file: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=255,
            description="A PNG, JPEG, WebP or GIF in the bank's folder or below, to 8 MB and 40 megapixels.",
        ),
    ]
    alt: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=1000,
            description="What it shows, for whoever cannot see it; it must not give the key away.",
        ),
    ]
    credit: Annotated[str, Meta(max_length=500, description="Whose it is, and under which licence.")] = ""


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that may carry its own feedback."""

    text: Annotated[Text, Meta(description="What is shown.")]
    feedback: Annotated[str, Meta(max_length=20_000, description="What to say to whoever gives it.")] = ""
    image: Annotated[Image | None, Meta(description="A picture of it.")] = None


OptionField: TypeAlias = Text | Option
"""An option as written: a text, or a mapping with text and feedback."""


def text_of(option: str | Option) -> str:
    """Return the text of an option in either form."""
    return option if isinstance(option, str) else option.text


def feedback_of(option: str | Option) -> str:
    """Return the feedback of an option, or an empty text."""
    return "" if isinstance(option, str) else option.feedback


def texts_of(options: Iterable[str | Option]) -> tuple[str, ...]:
    """Return the texts of several options."""
    return tuple([option if isinstance(option, str) else option.text for option in options])


class Ignore(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Findings that the author has considered and accepts."""

    ignore: Annotated[
        tuple[Name, ...], Meta(max_length=200, description="Codes of the findings to leave out.")
    ] = ()
    reason: Annotated[str, Meta(max_length=5000, description="Why they may stand.")] = ""


ABOUT_THE_ITEM = frozenset(
    {"id", "topic", "stimulus", "rationale", "cites", "hint", "tags", "weight", "shuffle", "difficulty"}
    | {"lint", "feedback", "quote", "status"}
)
"""Fields that may change without making the item a different task."""

ONLY_WHERE_SET = frozenset({"strict", "options", "image", "reverse"})
"""Fields that make no difference to the task when they are empty."""


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """One question with all that belongs to it. Each kind is a subclass in `quiz.core.content.kinds`."""

    id: Id
    stem: Annotated[Text, Meta(description="The text that poses the task, complete without its options.")]
    topic: Annotated[str, Meta(max_length=1000, description="Which of the bank's topics it belongs to.")] = ""
    stimulus: Annotated[
        str, Meta(max_length=1000, description="Which of the bank's stimuli it is about.")
    ] = ""
    rationale: Annotated[
        str, Meta(max_length=20_000, description="Why the key is right, in a sentence or two.")
    ] = ""
    cites: Annotated[tuple[Name, ...], Meta(max_length=100, description="The notes that it asks about.")] = ()
    hint: Annotated[str, Meta(max_length=20_000, description="Help that does not give the key away.")] = ""
    tags: Annotated[tuple[Tag, ...], Meta(max_length=100, description="Words to select items by.")] = ()
    weight: Annotated[float, Meta(gt=0, le=100, description="What it counts in an exam, 1 if not said.")] = (
        1.0
    )
    shuffle: Annotated[bool, Meta(description="Whether its options may be shuffled.")] = True
    difficulty: Annotated[
        Literal["easy", "medium", "hard"], Meta(description="How hard its author thinks it is.")
    ] = "medium"
    image: Annotated[Image | None, Meta(description="A picture that belongs to the task.")] = None
    lint: Annotated[Ignore, Meta(description="Findings to leave out for this item.")] = Ignore()
    quote: Annotated[
        str, Meta(max_length=20_000, description="The passage of the source that supports the key.")
    ] = ""
    status: Annotated[
        Literal["final", "draft"],
        Meta(description="A draft is studied by its author alone, and is in no exam and no drill."),
    ] = "final"

    example: ClassVar[str]
    """A worked example, as it would stand in a bank. It documents the kind and is used in tests."""
    summary: ClassVar[str]
    """The purpose of the kind, in one sentence."""
    has_fixed_options: ClassVar[bool] = False
    """Whether its options are words of ours and not of the bank, which screens may say in other languages."""
    is_self_graded: ClassVar[bool] = False
    """Whether the learner rates how well it was known, so that every passing rating is a full score."""

    @property
    def headline(self) -> str:
        """What tells it from other items in a list: its stem, if that says what it asks."""
        return self.stem

    @property
    def has_reverse(self) -> bool:
        """Whether it is also asked the other way round."""
        return False

    def reversed(self, item_id: str) -> Item:
        """Return the same item the other way round, with another id; itself if it has no reverse."""
        return msgspec.structs.replace(self, id=item_id)

    @property
    def kind(self) -> str:
        """The kind's name in a bank."""
        return str(self.__struct_config__.tag)

    def interaction(self) -> Interaction:
        """Return the interaction, its options in the key's order."""
        raise NotImplementedError

    def key_response(self) -> Response:
        """Return the response with the full score."""
        raise NotImplementedError

    def key_text(self) -> str:
        """Return the key as shown to learners."""
        raise NotImplementedError

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:
        """Grade a response. Never raises: a response of another interaction scores 0.

        `rules` are the bank's rules for reading typed answers.
        """
        raise NotImplementedError

    def problems(self, language: str = "en") -> Iterator[Problem]:  # noqa: ARG002
        """Yield problems beyond the types of fields; places are relative to the item."""
        yield from ()

    def fields_to_check(self) -> Iterator[tuple[Where, str]]:
        """Yield every text that a learner may see, with its place."""
        found: list[tuple[Where, str]] = []
        _add_texts(msgspec.to_builtins(self), (), found)
        return iter(found)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change with stem, options and key, but not with spacing or case."""
        import hashlib

        fields = msgspec.structs.asdict(self)
        task = {
            name: value
            for name, value in fields.items()
            if name not in ABOUT_THE_ITEM and (value or name not in ONLY_WHERE_SET)
        }
        plain = msgspec.json.encode(_stripped({"kind": self.kind, **task}), order="sorted")
        return hashlib.blake2b(plain, digest_size=8).hexdigest()


def _stripped(value: Any) -> Any:
    """Normalise a task for its fingerprint: no feedback, case or spacing; order only where it matters.

    An option that is a mapping with nothing but a text equals the text alone.
    """
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.asdict(value)
        kept = {
            name: inner
            for name, inner in fields.items()
            if name != "feedback" and inner not in ("", (), None)
        }
        return _stripped(kept["text"] if set(kept) == {"text"} else kept)
    if isinstance(value, dict):
        return {_stripped(name): _stripped(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_stripped(inner) for inner in value]
    return value


def _add_texts(value: Any, where: Where, found: list[tuple[Where, str]]) -> None:
    """Add the texts within a mapping or a list to those that were found."""
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, str):
            found.append(((*where, step), inner))
        elif inner and isinstance(inner, (dict, list, tuple)):
            _add_texts(inner, (*where, step), found)


def duplicates(field: str, options: Iterable[str | Option], *, start: int = 0) -> Iterator[Problem]:
    """Yield a problem for every option that looks like an earlier one of the same field."""
    texts = texts_of(options)
    if surely_differ(texts):
        return
    seen: dict[str, str] = {}
    for index, text in enumerate(texts, start):
        look = seen_as(text)
        if look in seen:
            yield Problem(
                "duplicate-option", f"“{text}” looks the same as “{seen[look]}”.", (field, index),
                "Reword one of them or take it out: learners could not tell which is meant.",
            )  # fmt: skip
        seen.setdefault(look, text)


def key_among(field: str, options: Iterable[str | Option], keys: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for every option that looks like one of the keys."""
    texts, keys = texts_of(options), tuple(keys)
    if surely_differ((*texts, *keys)):
        return
    known = set(map(seen_as, keys))
    for index, text in enumerate(texts):
        if seen_as(text) in known:
            yield Problem(
                "key-among-distractors", f"“{text}” is also the key.", (field, index),
                "Take it out of one of the two.",
            )  # fmt: skip


def surely_differ(texts: Iterable[str]) -> bool:
    """Return whether it is quickly certain that no two texts look or are read the same.

    False means nothing. Normalising keeps the last three plain letters or digits, so texts with different
    endings need not be normalised, which would take a third of the time of reading a bank.
    """
    tails: set[str] = set()
    for text in texts:
        tail = text.rstrip(" .")[-3:]
        if len(tail) < 3 or not (tail.isascii() and tail.isalnum()):
            return False
        tail = tail.lower()
        if tail in tails:
            return False
        tails.add(tail)
    return True


def seen_as(text: str) -> str:
    """Return the visible form of a text: the same for two that cannot be told apart on a screen."""
    from quiz.core.text.forbidden import UNSEEN

    lines = unicodedata.normalize("NFC", UNSEEN.sub("", text)).expandtabs(4).strip("\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip(" ")
