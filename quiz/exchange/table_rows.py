"""Questions in tables: the meaning of columns, and the drafts of rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from quiz.core.content.kinds import all_kinds
from quiz.exchange.building import Draft, gap
from quiz.exchange.cloze_text import gap_numbers, with_gaps
from quiz.exchange.options import Unusable

_ROLES: Final = {
    "id": "id guid uid key_id question_id",
    "kind": "kind type question_type questiontype",
    "topic": "topic topics category deck subject chapter section unit_title",
    "tags": "tags tag labels keywords",
    "question": "question questions stem front term prompt question_text text word frage vorderseite "
    "pregunta",
    "answer": "answer answers back definition correct correct_answer correct_answers right_answer key "
    "solution correct_option answer_key antwort rückseite respuesta réponse correct_choice",
    "accept": "accept also_accepted alternatives synonyms",
    "refuse": "refuse",
    "case": "case",
    "tolerance": "tolerance",
    "unit": "unit",
    "units": "units",
    "explanation": "explanation rationale feedback_general reason comment comments notes explanations",
    "feedback": "feedback",
    "hint": "hint hints clue",
    "ask_for": "ask_for",
    "difficulty": "difficulty level",
    "weight": "weight points score",
}
_BY_NAME: Final = {name: role for role, names in _ROLES.items() for name in names.split()}
_OPTION = re.compile(
    r"(?:option|choice|answer|antwort|opt|option_text|answer_option)_?(?:\d{1,2}|[a-h])|[a-h]|[1-9]"
)
_WRONG = re.compile(
    r"(?:wrong|incorrect|distractor|distractors|false|wrong_answer|incorrect_answer|wrong_answers|incorrect_answers|"
    r"wrong_option)_?\d{0,2}"
)
_LETTER = re.compile(r"\(?([A-Za-z])[).:]?")


@dataclass
class Columns:
    """The meaning of a table's columns."""

    roles: dict[str, int]
    options: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Heads whose meaning is unknown."""

    @property
    def has_choices(self) -> bool:
        """Whether there are columns of options."""
        return bool(self.options or self.wrong)


def columns_of(head: Sequence[str]) -> Columns | None:
    """Return the columns of a table by its first row, or None if that row is not a head."""
    columns = Columns({})
    for place, cell in enumerate(head):
        name = re.sub(r"[\s\-_]+", "_", cell.strip().lower()).strip("_*:?.")
        if name in _BY_NAME and _BY_NAME[name] not in columns.roles:
            columns.roles[_BY_NAME[name]] = place
        elif _WRONG.fullmatch(name):
            columns.wrong.append(place)
        elif _OPTION.fullmatch(name):
            columns.options.append(place)
        elif name:
            columns.unknown.append(cell.strip())
    known = len(columns.roles) + len(columns.options) + len(columns.wrong)
    if "question" not in columns.roles or known < 2 or len(columns.unknown) > known:
        return None
    return columns


def guessed_columns(rows: Sequence[Sequence[str]]) -> Columns:
    """Return the columns of a table without a head: front and back, or a question with options."""
    width = max((len(row) for row in rows), default=0)
    if width >= 4:
        for key in (width - 1, 1):
            options = [place for place in range(1, width) if place != key]
            columns = Columns({"question": 0, "answer": key}, options)
            full = [row for row in rows if len(row) == width]
            if len(full) > len(rows) * 0.6 and key_reader(columns, full).share > 0.8:
                return columns
    more = [f"column {place + 1}" for place in range(2, width)]
    return Columns({"question": 0, "answer": min(1, width - 1)} if width else {}, unknown=more)


@dataclass(frozen=True)
class KeyReader:
    """How a table marks the right options: by their text, letter or number."""

    form: str
    share: float
    """The share of the rows with options that can be read in this way."""

    def keys(self, written: str, options: Sequence[str]) -> list[int]:
        """Return the places of the right options; empty if they cannot be read in this way."""
        whole = self._one(written, options)
        if whole is not None:
            return [whole]
        for separator in ("\n", ";", "|", ","):
            parts = [part for part in written.split(separator) if part.strip()]
            places = [self._one(part, options) for part in parts]
            if len(parts) > 1 and None not in places:
                return sorted({place for place in places if place is not None})
        if self.form == "letter" and re.fullmatch(r"[A-Ha-h]{2,8}", written.strip()):
            places = [self._one(letter, options) for letter in written.strip()]
            if None not in places:
                return sorted({place for place in places if place is not None})
        return []

    def _one(self, written: str, options: Sequence[str]) -> int | None:
        text = " ".join(written.split())
        if self.form == "text":
            same = [place for place, option in enumerate(options) if _same(option) == _same(text)]
            return same[0] if text and same else None
        if self.form == "letter":
            found = _LETTER.fullmatch(text)
            place = ord(found[1].upper()) - ord("A") if found else -1
        else:
            place = int(text) - 1 if re.fullmatch(r"\d{1,2}(\.0)?", text.removesuffix(".0")) else -1
        return place if 0 <= place < len(options) else None


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def key_reader(columns: Columns, rows: Sequence[Sequence[str]]) -> KeyReader:
    """Return how most rows of a table mark the right options."""
    asked = [
        (_cell(row, columns.roles.get("answer")), [_cell(row, place) for place in columns.options])
        for row in rows[:500]
    ]
    asked = [(key, options) for key, options in asked if sum(map(bool, options)) > 1]
    best = KeyReader("text", 0.0)
    for form in ("text", "letter", "number"):
        reader = KeyReader(form, 0.0)
        share = sum(bool(reader.keys(key, options)) for key, options in asked) / max(1, len(asked))
        if share > best.share:
            best = KeyReader(form, share)
    return best


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place].strip() if place is not None and place < len(row) else ""


@dataclass(frozen=True)
class RowReader:
    """Makes drafts of the rows of a table."""

    columns: Columns
    keys: KeyReader
    losses: tuple[str, ...] = ()
    """What is lost of every row."""

    def draft(self, row: Sequence[str]) -> Draft | None:
        """Return the draft of a row, or None if it is empty. Raises `Unusable`."""
        values = {role: _cell(row, place) for role, place in self.columns.roles.items()}
        if not any(cell.strip() for cell in row):
            return None
        if not values.get("question"):
            raise Unusable("It asks nothing.")
        kind = values.get("kind", "").strip().lower().replace("_", "-")
        if kind in all_kinds():
            fields = _of_kind(kind, values, self._options(row), self._wrong(row))
        else:
            fields = self._guessed(values, self._options(row), self._wrong(row))
        more = _more(values)
        losses = [*self.losses, *more.pop("losses", [])]
        if fields.pop("_hints", None):
            losses.append("the hints of single gaps")
        return Draft("", {**more, **fields}, key=values.get("id", ""), losses=losses)

    def _options(self, row: Sequence[str]) -> list[str]:
        options = [_cell(row, place) for place in self.columns.options]
        while options and not options[-1]:
            options.pop()
        return options

    def _wrong(self, row: Sequence[str]) -> list[str]:
        return [cell for place in self.columns.wrong for cell in lines_of(_cell(row, place)) if cell]

    def _guessed(self, values: dict[str, str], options: list[str], wrong: list[str]) -> dict[str, Any]:
        question, answer = values["question"], values.get("answer", "")
        if gap_numbers(question):
            text, hints = with_gaps(question)
            more = {"rationale": answer} if answer and not values.get("explanation") else {}
            return {"kind": "cloze", "text": text, "_hints": hints, **more}
        if wrong and answer:
            return {"kind": "single-choice", "stem": question, "key": answer, "distractors": wrong}
        if sum(map(bool, options)) > 1:
            return self._choice(question, answer, options)
        is_typed = "kind" in values or self.columns.has_choices
        if is_typed and answer.lower() in {"true", "false"}:
            return {"kind": "true-false", "stem": question, "key": answer.lower() == "true"}
        if not answer:
            raise Unusable("It has no answer.")
        return {"kind": "flashcard", "stem": question, "back": answer}

    def _choice(self, question: str, answer: str, options: list[str]) -> dict[str, Any]:
        right = self.keys.keys(answer, options)
        if not right:
            others = f", and other rows tell it by {self.keys.form}" if self.keys.share else ""
            shown = f"“{answer}” is none of them{others}" if answer else "nothing is said"
            raise Unusable(f"Which option is right cannot be told: {shown}.")
        wrong = [option for place, option in enumerate(options) if place not in right and option]
        if len(right) == 1:
            return {"kind": "single-choice", "stem": question, "key": options[right[0]], "distractors": wrong}
        keys = [options[place] for place in right]
        return {"kind": "multiple-response", "stem": question, "keys": keys, "distractors": wrong}


def lines_of(cell: str) -> list[str]:
    """Return the texts of a cell that holds one a line."""
    return [line.strip() for line in cell.split("\n") if line.strip()]


def _more(values: dict[str, str]) -> dict[str, Any]:
    """Return the fields that items of every kind may have."""
    more: dict[str, Any] = {
        "topic": values.get("topic", ""),
        "rationale": values.get("explanation", ""),
        "hint": values.get("hint", ""),
        "tags": [tag for tag in re.split(r"[\s,;]+", values.get("tags", "")) if tag],
    }
    losses = []
    difficulty = values.get("difficulty", "").lower()
    if difficulty in {"easy", "medium", "hard"}:
        more["difficulty"] = difficulty
    elif difficulty:
        losses.append("how hard it is, which is not easy, medium or hard")
    weight = values.get("weight", "")
    if re.fullmatch(r"\d{1,3}(\.\d{1,6})?", weight) and 0 < float(weight) <= 100:
        more["weight"] = float(weight)
    elif weight:
        losses.append("a weight that is no number up to 100")
    return {name: value for name, value in more.items() if value} | ({"losses": losses} if losses else {})


def _of_kind(kind: str, values: dict[str, str], options: list[str], wrong: list[str]) -> dict[str, Any]:
    """Return the fields of a row that names its kind as quiz does."""
    answer = values.get("answer", "")
    fields: dict[str, Any] = {"kind": kind, "stem": values["question"]}
    match kind:
        case "single-choice" | "multiple-response":
            return fields | _chosen(kind, answer, options, wrong)
        case "true-false":
            if answer.lower() not in {"true", "false"}:
                raise Unusable("Its answer is neither true nor false.")
            return fields | {"key": answer.lower() == "true"}
        case "short-answer":
            case = {"case": "match"} if values.get("case") == "match" else {}
            lists = {name: lines_of(values.get(name, "")) for name in ("accept", "refuse")}
            return fields | {"key": answer} | lists | case
        case "numeric":
            named = {name: values[name] for name in ("tolerance", "unit") if values.get(name)}
            return fields | {"key": answer, "units": lines_of(values.get("units", ""))} | named
        case "cloze":
            return {"kind": kind, "text": _own_gaps(values["question"])}
        case "flashcard":
            return fields | {"back": answer}
        case "listing":
            asked = values.get("ask_for", "")
            more = {"ask_for": int(asked[:4])} if asked.isdecimal() else {}
            return fields | {"keys": [option for option in options if option]} | more
        case "ordering":
            return fields | {"order": [option for option in options if option]}
    raise Unusable(f"A row of a table cannot hold a {kind} item.")


def _chosen(kind: str, answer: str, options: list[str], wrong: list[str]) -> dict[str, Any]:
    right = KeyReader("letter", 1.0).keys(answer, options) or KeyReader("text", 1.0).keys(answer, options)
    keys = [options[place] for place in right] or lines_of(answer)
    others = [option for place, option in enumerate(options) if place not in right and option]
    if kind == "multiple-response":
        return {"keys": keys, "distractors": [*others, *wrong]}
    if len(keys) != 1:
        raise Unusable("It has not exactly one right answer.")
    return {"key": keys[0], "distractors": [*others, *wrong]}


def _own_gaps(text: str) -> str:
    """Return a cloze text whose gaps are in double braces, or in Anki's format."""
    if gap_numbers(text):
        return with_gaps(text)[0]
    return re.sub(r"\{\{([^{}]*)\}\}", lambda found: gap(found[1]), text)


def drafts_of(
    reader: RowReader, rows: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield rows as pieces for `each`: the place, the beginning, the cells."""
    for place, cells in rows:
        yield place, _cell(cells, reader.columns.roles.get("question")), cells
