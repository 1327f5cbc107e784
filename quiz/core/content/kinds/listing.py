"""Several things to name in any order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from quiz.core.content.diagnostics import Problem
from quiz.core.content.grading import Entered, Grade, Part, Response
from quiz.core.content.interaction import Enter, Field
from quiz.core.content.item import Text
from quiz.core.content.typed_item import TypedItem, redundant
from quiz.core.text.answer_matching import MatchKind, normalised
from quiz.core.text.answer_reading import ONE_ONLY, AnswerReading, has_unusual_spelling, read_answer
from quiz.core.text.answer_rules import USUAL_RULES, AnswerRules
from quiz.core.text.phrases import in_a_row
from quiz.core.text.several_answers import BETWEEN_ANSWERS

MOST_TRIED: Final = 4
"""How many answers are looked for in a line until two are right."""
MOST_NAMED: Final = 120
"""How many characters of further correct answers are named where some were not."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the things to name."""

    text: Annotated[Text, Meta(description="What it is usually called.")]
    accept: Annotated[
        tuple[Text, ...], Meta(max_length=100, description="Other wordings that are right.")
    ] = ()
    feedback: Annotated[str, Meta(max_length=20_000, description="What to say to whoever names it.")] = ""


class _Read(NamedTuple):
    """What was typed, and how it is read as each entry that it matches or comes near, by their numbers."""

    typed: str
    entries: Mapping[int, AnswerReading]


class Listing(TypedItem, frozen=True, kw_only=True, tag="listing"):
    """An item that asks to name several things."""

    keys: Annotated[
        tuple[Text | Entry, ...], Meta(min_length=1, max_length=100, description="The things to name.")
    ]
    ask_for: Annotated[
        Annotated[int, Meta(ge=1)] | None, Meta(description="How many of them to name; all if not said.")
    ] = None

    summary = "Name several things in any order; each counts once."
    example = """\
id: states-of-matter
kind: listing
stem: Name the three everyday states of matter.
keys:
  - {text: solid, accept: [solids]}
  - liquid
  - {text: gas, accept: [gaseous, vapour]}
rationale: Ice, water and steam are one substance in each of them.
"""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The things to name."""
        return tuple(key if isinstance(key, Entry) else Entry(key) for key in self.keys)

    @property
    def wordings(self) -> tuple[tuple[str, ...], ...]:
        """All that is right for each of the things, what it is usually called first."""
        return tuple((entry.text, *entry.accept) for entry in self.entries)

    @property
    def asked_for(self) -> int:
        """How many must be named."""
        return self.ask_for or len(self.keys)

    def interaction(self) -> Enter:
        """Ask for as many lines as things to name."""
        fields = tuple(Field(label=f"{number}") for number in range(1, self.asked_for + 1))
        has_commas = any("," in text or ";" in text for texts in self.wordings for text in texts)
        is_split = msgspec.UNSET if has_commas or self.asked_for == 1 else True
        return Enter(fields, is_list=True, is_split=is_split)

    def key_response(self) -> Entered:
        """Return the first of the things, as many as are asked for."""
        return Entered(tuple(entry.text for entry in self.entries[: self.asked_for]))

    def key_text(self) -> str:
        """Return all things to name."""
        return "; ".join(entry.text for entry in self.entries)

    def grade(self, response: Response, rules: AnswerRules = USUAL_RULES) -> Grade:
        """Grade every thing named with equal weight, each once."""
        texts = response.texts if isinstance(response, Entered) else ()
        own = self.answer_rules(rules)
        answers: list[_Read] = []
        for line in filter(str.strip, texts[: self.asked_for]):
            if room := self.asked_for - len(answers):
                answers += self._answers_in(line, room, own)
        reads = [answer.entries for answer in answers]
        if "order" in own.strict:
            reads = [
                {at: read for at, read in found.items() if at == place} for place, found in enumerate(reads)
            ]
        credited = _credited([_right(found) for found in reads])
        named = set(credited.values())
        graded = tuple(
            self._part(typed, credited.get(place), reads[place], named, own)
            for place, (typed, _) in enumerate(answers)
        )
        left = [entry.text for number, entry in enumerate(self.entries) if number not in named]
        missing = self.asked_for - len(named)
        unnamed = tuple(Part("", "", text, is_right=False) for text in left[:missing])
        grade = Grade.of_parts(graded + unnamed, out_of=self.asked_for)
        others = _others_sentence(left[missing:]) if missing else ""
        return msgspec.structs.replace(grade, notice=f"{grade.notice} {others}".strip())

    def _answers_in(self, line: str, room: int, rules: AnswerRules) -> list[_Read]:
        """Return the answers in what was typed in one line, so many at most.

        They are several where two of them are right. What is right as a whole stays whole, such as “Trinidad
        and Tobago”.
        """
        whole = _Read(line, self._readings(line, rules))
        between = [found.span() for found in BETWEEN_ANSWERS.finditer(line)]
        if not between or self.asked_for == 1 or _right(whole.entries):
            return [whole]
        starts, stops = [0, *(end for _, end in between)], [*(start for start, _ in between), len(line)]
        longest = 1 + max(len(BETWEEN_ANSWERS.findall(text)) for texts in self.wordings for text in texts)
        found: list[_Read] = []
        right = first = 0
        while first < len(starts) and len(found) < (room if right > 1 else MOST_TRIED):
            for last in reversed(range(first, min(first + longest, len(starts)))):
                answer = line[starts[first] : stops[last]].strip()
                read = _Read(answer, self._readings(answer, rules) if answer else {})
                if _right(read.entries):
                    right += 1
                    break
            found += [read] if answer else []
            first = last + 1
        return found[:room] if right > 1 else [whole]

    def _readings(self, typed: str, rules: AnswerRules) -> dict[int, AnswerReading]:
        """Return how what was typed is read as each entry that it matches or comes near, by the entries'
        numbers."""
        wordings = self.wordings
        found: dict[int, AnswerReading] = {}
        for number, accepted in enumerate(wordings):
            others = tuple(text for place, texts in enumerate(wordings) if place != number for text in texts)
            read = read_answer(typed, accepted, others=others, rules=rules)
            if read.fit is not MatchKind.NONE:
                found[number] = read
        return found

    def _part(
        self,
        typed: str,
        credit: int | None,
        reads: Mapping[int, AnswerReading],
        named: set[int],
        rules: AnswerRules,
    ) -> Part:
        """Return what was typed with the entry that it is credited to, or why it does not count."""
        if credit is not None:
            entry, read = self.entries[credit], reads[credit]
            return Part(
                "",
                typed,
                entry.text,
                is_right=True,
                feedback=entry.feedback,
                is_near=has_unusual_spelling(typed, read, self.wordings[credit], rules),
                is_form=read.fit is MatchKind.FORM,
            )
        counted = next(iter(_right(reads)), None)
        if counted is not None:
            return Part("", typed, "", False, f"{self.entries[counted].text}: counted once already.")
        remark = next((read.remark for number, read in reads.items() if number not in named), "")
        remark = "type each answer by itself" if remark == ONE_ONLY else remark
        return Part("", typed, "", is_right=False, remark=remark)

    def problems(self, language: str = "en") -> Iterator[Problem]:
        """Yield problems: things named twice, redundant wordings, and a count that cannot be reached."""
        seen: dict[str, str] = {}
        for place, entry in enumerate(self.entries):
            same = normalised(entry.text, language) if not self.strict else entry.text
            if same in seen:
                yield Problem(
                    "duplicate-option", f"“{entry.text}” says the same as “{seen[same]}”.", ("keys", place),
                    "Take one of them out, or list it under the other's “accept:”.",
                )  # fmt: skip
            seen.setdefault(same, entry.text)
            if entry.accept and not self.strict:
                yield from redundant(("keys", place, "accept"), entry.text, entry.accept, language)
        if self.ask_for is not None and self.ask_for > len(self.keys):
            yield Problem(
                "unreachable-range", f"It asks for {self.ask_for} of {len(self.keys)} things.", ("ask_for",),
                "Ask for at most as many as there are keys.",
            )  # fmt: skip


_WORSE_AND_WORSE: Final = (
    frozenset({MatchKind.EXACT}),
    frozenset({MatchKind.EXACT, MatchKind.FORM}),
    frozenset({MatchKind.EXACT, MatchKind.FORM, MatchKind.NEAR}),
)


def _others_sentence(names: Sequence[str]) -> str:
    """Name what would have been right besides what is named already; a few of it if it is much."""
    if len(names) == 1:
        return f"One more would have been right: {names[0]}."
    if sum(map(len, names)) <= MOST_NAMED:
        return f"{len(names)} more would have been right: {in_a_row(names)}." if names else ""
    few = [name for place, name in enumerate(names) if sum(map(len, names[: place + 1])) <= MOST_NAMED]
    return f"{len(names)} more would have been right, such as {in_a_row(few or names[:1])}."


def _right(reads: Mapping[int, AnswerReading]) -> dict[int, MatchKind]:
    """Return the entries that were matched, exactly or nearly, and how."""
    return {number: read.fit for number, read in reads.items() if read.fit is not MatchKind.INEXACT}


def _credited(fits: Sequence[Mapping[int, MatchKind]]) -> dict[int, int]:
    """Return which entry each line is credited to, given the entries that fit it.

    As many lines as possible are credited, in whatever order they were typed, exact spellings before
    misspellings.
    """
    holders: dict[int, int] = {}

    def find_room(place: int, tried: set[int], fitting: frozenset[MatchKind]) -> bool:
        for entry, fit in fits[place].items():
            if entry in tried or fit not in fitting:
                continue
            tried.add(entry)
            if entry not in holders or find_room(holders[entry], tried, fitting):
                holders[entry] = place
                return True
        return False

    for fitting in _WORSE_AND_WORSE:
        for place in range(len(fits)):
            if place not in holders.values():
                find_room(place, set(), fitting)
    return {place: entry for entry, place in holders.items()}
