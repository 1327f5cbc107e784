"""Ids of sessions and learners."""

from __future__ import annotations

import re
from random import Random

import pytest

from quiz.core.events.ids import id_key, id_text, new_learner_id, new_session_id
from tests.fakes import NOON


def test_a_session_id_is_a_uuid_of_version_7_with_its_time_in_front() -> None:
    made = new_session_id(NOON, Random(1))
    first, second = (rng := Random(1)).getrandbits(12), rng.getrandbits(62)
    digits = made.replace("-", "")
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made)
    assert int(digits[:12], 16) == NOON
    assert int(digits[13:16], 16) == first
    assert int(digits[16:], 16) == 0b10 << 62 | second
    assert new_session_id(NOON, Random(2)) < new_session_id(NOON + 1, Random(1))
    assert new_session_id(-5, Random(1)).startswith("00000000-0000-7")
    assert new_session_id(2**48 + 3, Random(1)).startswith("00000000-0003-7")


def test_session_ids_sort_by_time() -> None:
    rng = Random(7)
    ids = [new_session_id(NOON + n, rng) for n in range(100)]
    assert ids == sorted(ids)
    assert all(id_text(id_key(made)) == made for made in ids)


def test_an_id_is_16_bytes_in_one_form_only() -> None:
    made = new_session_id(1, Random(1))
    assert id_text(id_key(made)) == made
    for wrong in (made.upper(), made.replace("-", ""), made[:-2], made + "00", "", "x" * 36):
        with pytest.raises(ValueError, match="is not a session id"):
            id_key(wrong)


def test_a_learners_id_has_twelve_signs_that_are_not_confused() -> None:
    ids = {new_learner_id(Random(seed)) for seed in range(60)}
    assert {len(made) for made in ids} == {12}
    assert set("".join(ids)) == set("0123456789abcdefghjkmnpqrstvwxyz")
