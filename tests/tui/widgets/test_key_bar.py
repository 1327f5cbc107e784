"""Which keys the bar has room for."""

from __future__ import annotations

import pytest

from quiz.tui.widgets.key_bar import Key, fitting


def key(pressed: str, effect: str, *, is_last: bool = False) -> Key:
    return Key(pressed[:3], pressed, effect, True, is_last, effect)


KEYS = [key("s", "Study"), key("x", "Examine"), key("escape", "Back"), key("m", "Mend")]


@pytest.mark.parametrize(
    ("room", "kept"),
    [
        (44, ["s", "x", "m", "escape", "?"]), (36, ["s", "x", "escape", "?"]), (25, ["s", "escape", "?"]),
        (20, ["s", "?"]), (12, ["?"]),
    ],
)  # fmt: skip
def test_the_ways_back_and_to_help_come_before_most_others(room: int, kept: list[str]) -> None:
    keys = [*KEYS, key("?", "Help", is_last=True)]
    shown = fitting(keys, room)
    assert [each.pressed for each in shown] == kept
    assert len("  ".join(f"{each.shown} {each.effect}" for each in shown)) <= room


def test_what_labels_do_comes_before_the_way_back() -> None:
    assert [each.pressed for each in fitting(KEYS, 29, 2)] == ["s", "x", "escape"]
    assert [each.pressed for each in fitting(KEYS, 27, 2)] == ["s", "x"]
