"""The code of a form: what it says, and that whatever is not meant is refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.content.bank import Bank
from quiz.core.content.kinds.single_choice import SingleChoice
from quiz.core.exam.blueprint import FORMS, SEEDS
from quiz.core.exam.form_code import CODE_ALPHABET, FORM_LETTERS, FormCode, form_code
from quiz.core.exam.settings import ExamSettings

CODE = "BZE06-180MT-2GRE8"
CODES = st.builds(
    FormCode,
    seed=st.integers(0, SEEDS * FORMS - 1),
    items=st.none() | st.integers(1, 1000),
    digest=st.integers(0, (1 << 25) - 1),
)


def bank(**told: object) -> Bank:
    items = tuple(
        SingleChoice(id=f"i{n}", stem=f"{n}?", key="right", distractors=("wrong", "other")) for n in range(5)
    )
    return msgspec.structs.replace(Bank(format=1, bank="b", title="b", items=items), **told)


def bank_with(**told: object) -> Bank:
    """Return the bank with its first item changed."""
    first, *others = bank().items
    return bank(items=(msgspec.structs.replace(first, **told), *others))


@given(CODES)
def test_a_code_says_all_that_it_was_made_of(code: FormCode) -> None:
    assert FormCode.read(str(code)) == code
    assert len(str(code).replace("-", "")) == 15
    assert set(str(code)) <= {*CODE_ALPHABET, "-"}


@given(CODES, st.integers(0, 14), st.integers(1, 31))
def test_one_wrong_sign_is_found(code: FormCode, place: int, by: int) -> None:
    signs = list(str(code).replace("-", ""))
    signs[place] = CODE_ALPHABET[(CODE_ALPHABET.index(signs[place]) + by) % 32]
    with pytest.raises(ValueError, match="a character is wrong"):
        FormCode.read("".join(signs))


@given(CODES, st.integers(0, 13))
def test_neighbours_that_changed_places_are_found(code: FormCode, place: int) -> None:
    signs = list(str(code).replace("-", ""))
    if signs[place] != signs[place + 1]:
        signs[place], signs[place + 1] = signs[place + 1], signs[place]
        with pytest.raises(ValueError, match="are swapped"):
            FormCode.read("".join(signs))


@pytest.mark.parametrize("typed", [CODE.lower(), f" {CODE} ", CODE.replace("-", " "), CODE.replace("0", "o")])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert str(FormCode.read(typed)) == CODE


@pytest.mark.parametrize("typed", ["", "K7Q-3FX", f"{CODE}X", CODE.replace("B", "U"), "ÄÖÜ-ÄÖÜ"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not the code of a form"):
        FormCode.read(typed)


def test_each_form_has_a_letter() -> None:
    code = FormCode.read(CODE)
    assert [code.of_form(letter).letter for letter in FORM_LETTERS] == list(FORM_LETTERS)
    assert code.of_form("c").items == code.items
    with pytest.raises(ValueError, match="substring not found"):
        code.of_form("Z")


@pytest.mark.parametrize("seed", [-1, SEEDS * FORMS])
def test_a_seed_beyond_the_codes_is_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="from 0 to"):
        form_code([bank()], ExamSettings(), seed)


@pytest.mark.parametrize(
    "other",
    [
        bank(bank="c"),
        bank(items=bank().items[1:]),
        bank(items=bank().items[::-1]),
        bank_with(weight=2.0),
        bank_with(distractors=("other", "wrong")),
    ],
)
def test_what_would_change_the_form_changes_the_code(other: Bank) -> None:
    assert form_code([other], ExamSettings(), 1) != form_code([bank()], ExamSettings(), 1)


def test_settings_change_the_code_and_a_mended_rationale_does_not() -> None:
    plain = form_code([bank()], ExamSettings(), 1)
    assert form_code([bank()], ExamSettings(shuffle=False), 1) != plain
    assert form_code([bank()], ExamSettings(tags=("x",)), 1) != plain
    assert form_code([bank()], ExamSettings(weights=False), 1) != plain
    assert form_code([bank()], ExamSettings(minutes=9, pass_mark=50), 1) == plain
    assert form_code([bank()], ExamSettings(items=3), 1) == plain._replace(items=3)
    assert form_code([bank_with(rationale="Because.")], ExamSettings(), 1) == plain
