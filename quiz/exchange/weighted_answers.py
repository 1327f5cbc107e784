"""Questions whose answers have weights, as in Moodle's formats, in the fields of a bank."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from quiz.core.text.numbers import parse_number
from quiz.exchange.options import Unusable, option
from quiz.exchange.picture_shelf import Kept, pictured

_FULL: Final = 99.9
_PARTIAL: Final = "partial credit"
_ANYTHING: Final = "*"


class Weighted(NamedTuple):
    """An answer and what it earns."""

    text: str
    percent: float
    """From −100 to 100."""
    feedback: str = ""
    picture: Kept | None = None


class Range(NamedTuple):
    """A right number, its tolerance, and what it earns."""

    number: Decimal
    tolerance: Decimal
    percent: float
    feedback: str = ""


def choice_fields(
    stem: str, answers: Sequence[Weighted], losses: list[str], *, is_single: bool
) -> dict[str, Any]:
    """Return the fields of a question with options. Raises `Unusable` where none is right."""
    answers = [answer for answer in answers if answer.text.strip() or answer.picture]
    if is_single:
        return _single(stem, answers, losses)
    right = [answer for answer in answers if answer.percent > 0]
    wrong = [answer for answer in answers if answer.percent <= 0]
    if not right:
        raise Unusable("None of its options is right.")
    share = 100 / len(right)
    if any(abs(answer.percent - share) > 1.5 for answer in right):
        losses.append("the weights of single options")
    keys, distractors = _options(right), _options(wrong)
    if not wrong:
        raise Unusable("All of its options are right, so there is nothing to choose.")
    return {"kind": "multiple-response", "stem": stem, "keys": keys, "distractors": distractors}


def _single(stem: str, answers: Sequence[Weighted], losses: list[str]) -> dict[str, Any]:
    right = [answer for answer in answers if answer.percent >= _FULL]
    if not right:
        most = max(answers, key=lambda answer: answer.percent, default=None)
        if most is None or most.percent <= 0:
            raise Unusable("None of its options is right.")
        right = [most]
        losses.append(f"that the best option earns {most.percent:g} % only")
    if len(right) > 1:
        losses.append("right options beside the first, of which any one would do")
    wrong = [answer for answer in answers if answer.percent < _FULL and answer is not right[0]]
    if any(answer.percent > 0 for answer in wrong):
        losses.append(_PARTIAL)
    key = right[0]
    return {
        "kind": "single-choice",
        "stem": stem,
        "key": pictured(option(key.text, key.feedback), key.picture),
        "distractors": _options(wrong),
    }


def _options(answers: Sequence[Weighted]) -> list[str | dict[str, Any]]:
    return [pictured(option(answer.text, answer.feedback), answer.picture) for answer in answers]


def typed_fields(stem: str, answers: Sequence[Weighted], losses: list[str]) -> dict[str, Any]:
    """Return the fields of a question answered with a typed text. Raises `Unusable` where none is right."""
    if any(_ANYTHING in answer.text.replace("\\*", "") for answer in answers):
        losses.append("answers with a * that stands for anything")
        answers = [answer for answer in answers if _ANYTHING not in answer.text.replace("\\*", "")]
    answers = [answer._replace(text=answer.text.replace("\\*", "*")) for answer in answers]
    right = [answer for answer in answers if answer.percent >= _FULL and answer.text.strip()]
    partial = [answer for answer in answers if 0 < answer.percent < _FULL and answer.text.strip()]
    if not right:
        if not partial:
            raise Unusable("None of its answers is right as it stands.")
        best = max(partial, key=lambda answer: answer.percent)
        losses.append(f"that the best answer earns {best.percent:g} % only")
        right = [best]
        partial.remove(best)
    if partial:
        losses.append(_PARTIAL)
    key, *others = right
    fields: dict[str, Any] = {"kind": "short-answer", "stem": stem, "key": option(key.text, key.feedback)}
    wrong = [answer for answer in answers if answer.percent <= 0]
    return fields | {"accept": _options(others), "refuse": _options(wrong)}


def cloze_fields(before: str, after: str, typed: dict[str, Any], losses: list[str]) -> dict[str, Any]:
    """Return a question answered with a typed text in the middle of its stem as a text with one gap."""
    from quiz.exchange.building import between_gaps, gap

    key = typed["key"] if isinstance(typed["key"], str) else typed["key"]["text"]
    if not isinstance(typed["key"], str):
        losses.append("feedback to the right answer")
    text = f"{between_gaps(before)} {gap(key)}{_spaced(between_gaps(after))}".strip()
    plain_key = " ".join(key.split())
    more = {name: {plain_key: typed[name]} for name in ("accept", "refuse") if typed.get(name)}
    return {"kind": "cloze", "text": text, **more}


def _spaced(after: str) -> str:
    return after if not after or after[0] in ".,;:!?)" else f" {after}"


def number_fields(
    stem: str, answers: Sequence[Range], losses: list[str], *, otherwise: str = ""
) -> dict[str, Any]:
    """Return the fields of a question answered with a number; `otherwise` is the feedback to wrong ones.

    Raises `Unusable` where no number is right.
    """
    right = [answer for answer in answers if answer.percent >= _FULL]
    if not right:
        raise Unusable("It has no right answer.")
    if any(0 < answer.percent < _FULL for answer in answers):
        losses.append(_PARTIAL)
    if len(right) > 1:
        losses.append("right numbers beside the first")
    if any(answer.percent <= 0 and answer.feedback for answer in answers) or right[0].feedback:
        losses.append("feedback to single numbers")
    key = right[0]
    fields = {"kind": "numeric", "stem": stem, "key": plain_number(key.number)}
    if key.tolerance:
        fields["tolerance"] = plain_number(key.tolerance)
    if otherwise:
        fields["feedback"] = otherwise
    return fields


def decimal_of(text: str) -> Decimal:
    """Return a number in Moodle's notation. Raises `Unusable`."""
    written = text.strip().replace(" ", "")
    if "," in written and "." not in written:
        written = written.replace(",", ".")
    value = parse_number(written)
    try:
        number = Decimal(written)
    except InvalidOperation as error:
        raise Unusable(f"“{text.strip()[:40]}” is not a number.") from error
    if value is None or not number.is_finite() or abs(number.adjusted()) > 30:
        raise Unusable(f"“{text.strip()[:40]}” is not a number that an item can have.")
    return number


def plain_number(number: Decimal) -> str:
    """Return a number with a decimal point and without a power of ten."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
