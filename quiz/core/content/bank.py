"""A bank of items, with the notes they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from quiz.core.content.bank_settings import BankSettings
from quiz.core.content.diagnostics import Problem, Where
from quiz.core.content.item import Id, Ignore, Image, Item, Text
from quiz.core.content.typed_item import StrictField, strictness
from quiz.core.text.answer_rules import AnswerRules, IsWord
from quiz.core.text.markup import Markup, MarkupName

Cell: TypeAlias = Annotated[str, Meta(max_length=2000)]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where facts come from."""

    title: Annotated[Text, Meta(description="Its title.")]
    by: Annotated[str, Meta(max_length=1000, description="Who wrote or published it.")] = ""
    published: Annotated[str, Meta(max_length=200, description="When, as it should be shown.")] = ""
    url: Annotated[str, Meta(max_length=2000, description="Where it can be read.")] = ""


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short passage of the briefing, which items cite."""

    title: Annotated[Text, Meta(description="What the briefing calls it.")]
    text: Annotated[Text, Meta(description="The passage, in Markdown.")]
    source: Annotated[str, Meta(max_length=1000, description="Which of the bank's sources it rests on.")] = ""
    where: Annotated[str, Meta(max_length=1000, description="Where in the source, such as: paragraph 3.")] = (
        ""
    )
    image: Annotated[Image | None, Meta(description="A picture that belongs to it.")] = None
    facts: Annotated[
        tuple[Text, ...], Meta(max_length=500, description="The single facts it states, for coverage.")
    ] = ()


class Stimulus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Material that several items share: a text, a piece of code, or a table."""

    title: Annotated[str, Meta(max_length=1000, description="What stands above it.")] = ""
    text: Annotated[str, Meta(max_length=100_000, description="A passage, in Markdown.")] = ""
    code: Annotated[str, Meta(max_length=200_000, description="A piece of code.")] = ""
    language: Annotated[str, Meta(max_length=50, description="The code's language, for highlighting.")] = ""
    table: Annotated[
        tuple[Annotated[tuple[Cell, ...], Meta(max_length=100)], ...],
        Meta(max_length=2000, description="Rows of cells, the head first."),
    ] = ()
    image: Annotated[Image | None, Meta(description="A picture.")] = None


class Bank(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """A file of items with title, topics, notes and sources."""

    format: Annotated[Literal[1], Meta(description="The version of this format.")]
    bank: Annotated[Id, Meta(description="The bank's stable id, to which the record refers.")]
    title: Annotated[Text, Meta(description="What the menu shows.")]
    language: Annotated[
        str,
        Meta(pattern="^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$", description="A BCP 47 tag such as en or pt-BR."),
    ] = "en"
    summary: Annotated[
        str, Meta(max_length=5000, description="One or two sentences for the home screen.")
    ] = ""
    sources: Annotated[
        dict[Id, Source], Meta(max_length=2000, description="Where the notes' facts come from, by id.")
    ] = msgspec.field(default_factory=dict)
    topics: Annotated[
        dict[Id, Text], Meta(max_length=2000, description="The topics' titles by their ids.")
    ] = msgspec.field(default_factory=dict)
    notes: Annotated[
        dict[Id, Note], Meta(max_length=5000, description="The briefing: what the items ask about, by id.")
    ] = msgspec.field(default_factory=dict)
    stimuli: Annotated[
        dict[Id, Stimulus],
        Meta(max_length=50_000, description="Texts, code and tables that several items share, by id."),
    ] = msgspec.field(default_factory=dict)
    strict: StrictField = ()
    markup: Annotated[
        tuple[MarkupName, ...],
        Meta(
            max_length=2,
            description="What is read in texts: `code` between backticks, maths between dollars. Else none.",
        ),
    ] = ()
    wall: Annotated[
        bool, Meta(description="Whether it is meant for the wall of a classroom, where texts must be short.")
    ] = False
    recommends: Annotated[
        BankSettings, Meta(description="How its author would study it; whoever learns with it decides.")
    ] = BankSettings()
    lint: Annotated[Ignore, Meta(description="Findings to leave out for the whole bank.")] = Ignore()
    items: Annotated[tuple[Item, ...], Meta(description="The items, in the order they are first asked.")]

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """The items by their ids."""
        return {item.id: item for item in self.items}

    @cached_property
    def finals(self) -> Bank:
        """The bank without its drafts; itself where it has none."""
        items = tuple(item for item in self.items if item.status != "draft")
        return self if len(items) == len(self.items) else msgspec.structs.replace(self, items=items)

    @cached_property
    def reads(self) -> Markup:
        """The markup that its texts may hold."""
        return frozenset(self.markup)

    @cached_property
    def fingerprints(self) -> dict[str, str]:
        """The items' fingerprints by their ids."""
        return {item.id: item.fingerprint for item in self.items}

    def answer_rules(self, is_word: IsWord | None = None) -> AnswerRules:
        """Return how typed answers to its items are read; `is_word` knows the words of its language."""
        return AnswerRules(self.language, is_word=is_word).about("", strictness(self.strict))

    def topic_title(self, item: Item) -> str:
        """Return the title of an item's topic, or an empty text."""
        return self.topics.get(item.topic, item.topic)

    def source_line(self, note: Note) -> str:
        """Return the source of a note's facts in one line."""
        source = self.sources.get(note.source)
        if source is None:
            return note.where
        parts = (source.title, source.by, source.published, note.where, source.url)
        return ", ".join(part for part in parts if part)

    def problems(self) -> Iterator[Problem]:
        """Yield inconsistencies: duplicate ids, and references to missing things."""
        if not self.items:
            yield Problem("no-items", "The bank has no items.", ("items",), "Give it at least one.")
        seen: dict[str, int] = {}
        for index, item in enumerate(self.items):
            where: Where = ("items", index)
            if item.id in seen:
                yield Problem(
                    "duplicate-id", f"Item {seen[item.id] + 1} also has the id “{item.id}”.",
                    (*where, "id"), "Give one of them another id.",
                )  # fmt: skip
            seen.setdefault(item.id, index)
            yield from self._unknown(item.topic, self.topics, "topic", (*where, "topic"))
            yield from self._unknown(item.stimulus, self.stimuli, "stimulus", (*where, "stimulus"))
            for place, cited in enumerate(item.cites):
                yield from self._unknown(cited, self.notes, "note", (*where, "cites", place))
            for problem in item.problems(self.language):
                if self.strict and problem.code == "redundant-accept":
                    continue
                yield msgspec.structs.replace(problem, where=(*where, *problem.where))
        for name, note in self.notes.items():
            yield from self._unknown(note.source, self.sources, "source", ("notes", name, "source"))
        for name, stimulus in self.stimuli.items():
            if sum(map(bool, (stimulus.text, stimulus.code, stimulus.table, stimulus.image))) != 1:
                yield Problem(
                    "stimulus-content",
                    f"Stimulus “{name}” has not exactly one of text, code, table and image.",
                    ("stimuli", name), "Leave one of them.", at_field=True,
                )  # fmt: skip

    @staticmethod
    def _unknown(name: str, known: Mapping[str, object], what: str, where: Where) -> Iterator[Problem]:
        if not name or name in known:
            return
        from difflib import get_close_matches

        name = name if len(name) <= 80 else f"{name[:79]}…"
        close = get_close_matches(name, list(islice(known, 300)), 1)
        guess = f" Did you mean “{close[0]}”?" if close else ""
        yield Problem(
            f"unknown-{what}", f"There is no {what} “{name}”.{guess}", where,
            f"Known: {_some(known)}.",
        )  # fmt: skip


def _some(names: Mapping[str, object], most: int = 20) -> str:
    """Return names for a sentence, as many as are readable."""
    shown = ", ".join(islice(names, most)) or "none"
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown
