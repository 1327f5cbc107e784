"""Answers of pupils as a teacher types them: letters of what is on the screen, or the words themselves."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_uppercase

from quiz.core.content.grading import Chosen, Entered, Matched, Ordered, Response, Sorted
from quiz.core.content.interaction import Choose, Enter, Interaction, Match, Order, Reveal, Sort
from quiz.core.drill.wall_words import WallWords

SEPARATOR = ";"
"""What stands between the texts for several fields."""


class UnclearAnswer(ValueError):
    """A typed answer that cannot be understood. The message says what would be."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(phrase.format(**values))
        self._phrase, self._values = phrase, values

    def said(self, words: WallWords) -> str:
        """Return the message in the language of the wall."""
        return words.say(self._phrase, **self._values)


def split_line(line: str, is_pupil: Callable[[str], bool]) -> tuple[str, str]:
    """Return who answered, a seat number or a name, and the answer in a line such as “7 b” or “Ada Bell b”.

    `is_pupil` says whether a name is that of a pupil; the longest one counts. Raises UnclearAnswer.
    """
    words = line.split()
    if len(words) < 2:
        raise UnclearAnswer("Type a pupil's number or name and the answer, such as 7 b.")
    if words[0].lstrip("#").isdecimal():
        return words[0], line.split(maxsplit=1)[1].strip()
    for length in range(len(words) - 1, 0, -1):
        if is_pupil(" ".join(words[:length])):
            return " ".join(words[:length]), line.split(maxsplit=length)[length].strip()
    raise UnclearAnswer("There is no pupil “{name}”.", name=words[0])


def typed_response(asked: Interaction, typed: str) -> Response:
    """Return the response that a teacher typed. Raises UnclearAnswer where it does not fit."""
    match asked:
        case Choose(options=options):
            chosen = _options(options, typed)
            if asked.is_single and len(chosen) != 1:
                raise UnclearAnswer("Give one letter, A to {last}.", last=_letter(len(options)))
            return Chosen(chosen)
        case Order(entries=entries):
            places = _places(typed, len(entries))
            if sorted(places) != list(range(len(entries))):
                raise UnclearAnswer("Give each letter, A to {last}, once.", last=_letter(len(entries)))
            return Ordered(tuple(entries[place] for place in places))
        case Match(lefts=lefts, rights=rights):
            return Matched(_pairs(lefts, rights, typed))
        case Sort(members=members, bins=bins):
            return Sorted(_pairs(members, bins, typed))
        case Enter(fields=fields):
            texts = [text.strip() for text in typed.split(SEPARATOR)] if len(fields) > 1 else [typed]
            if len(texts) > len(fields):
                raise UnclearAnswer("Give at most {n} texts with ; between them.", n=len(fields))
            return Entered(tuple(field.given(text) for field, text in zip(fields, texts, strict=False)))
        case Reveal():
            raise UnclearAnswer("Pupils cannot answer this question.")


def how_to_type(asked: Interaction) -> str:
    """Return how an answer is typed, as an example after a pupil's number."""
    match asked:
        case Choose():
            return "b" if asked.is_single else "ac"
        case Order(entries=things):
            return "".join(reversed(ascii_uppercase[: len(things)])).lower()
        case Match(lefts=things) | Sort(members=things):
            return "ba" + "a" * (len(things) - 2)
        case Enter(fields=fields):
            return f" {SEPARATOR} ".join(["answer"] * len(fields))
    return ""


def _options(options: tuple[str, ...], typed: str) -> tuple[str, ...]:
    by_text = [option for option in options if option.casefold() == typed.strip().casefold()]
    if by_text:
        return (by_text[0],)
    return tuple(options[place] for place in dict.fromkeys(_places(typed, len(options))))


def _pairs(lefts: tuple[str, ...], rights: tuple[str, ...], typed: str) -> dict[str, str]:
    places = _places(typed, len(rights))
    if len(places) != len(lefts):
        said = "Give {n} letters, A to {last}, one for each from the top."
        raise UnclearAnswer(said, n=len(lefts), last=_letter(len(rights)))
    return {left: rights[place] for left, place in zip(lefts, places, strict=True)}


def _places(typed: str, most: int) -> list[int]:
    """Return the places, from 0, of letters that may be apart. Raises UnclearAnswer for any beyond `most`."""
    letters = [character for character in typed.upper() if not character.isspace() and character != ","]
    places = [ascii_uppercase.find(letter) for letter in letters]
    if not places or any(not 0 <= place < most for place in places):
        raise UnclearAnswer("Give letters, A to {last}.", last=_letter(most))
    return places


def _letter(number: int) -> str:
    """Return the letter with a number from 1."""
    return ascii_uppercase[min(number, len(ascii_uppercase)) - 1]
