"""The room that phones join: places, tokens that cannot be made up, and names that are safe to show."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.class_list import MOST_LETTERS, names_of
from quiz.core.drill.room import MOST_MEMBERS, Room, RoomRefusal, name_from, pin_from
from quiz.core.text.forbidden import FORBIDDEN

EMPTY = Room(session="s", secret="ab" * 32, pin="012345")


def test_a_phone_is_known_again_by_its_token() -> None:
    room, first = EMPTY.with_member("#1")
    room, second = room.with_member("#2")
    assert (first.number, second.number) == (1, 2)
    assert room.member_of(room.token_of(first)) == first
    assert room.member_of(room.token_of(second)) == second
    again = msgspec.json.decode(msgspec.json.encode(room), type=Room)
    assert again == room
    assert again.member_of(room.token_of(first)) == first


@given(st.text(max_size=60))
def test_no_other_token_is_taken(said: str) -> None:
    room, member = EMPTY.with_member("#1")
    assert said == room.token_of(member) or room.member_of(said) is None


def test_tokens_of_another_room_or_drill_are_worth_nothing() -> None:
    room, member = EMPTY.with_member("#1")
    for changed in ({"session": "t"}, {"secret": "cd" * 32}):
        assert msgspec.structs.replace(room, **changed).member_of(room.token_of(member)) is None


def test_a_place_that_was_taken_over_or_left_makes_the_old_token_worthless() -> None:
    room, member = EMPTY.with_member("#1")
    old = room.token_of(member)
    room, after = room.taken_over(member)
    assert room.member_of(old) is None
    assert room.member_of(room.token_of(after)) == after
    room = room.without(after.number)
    assert room.held_by("#1") is None
    assert room.member_of(room.token_of(after)) is None
    _, third = room.with_member("#1")
    assert third.number == 2


def test_a_locked_or_full_room_takes_nobody() -> None:
    with pytest.raises(RoomRefusal, match="locked"):
        msgspec.structs.replace(EMPTY, is_locked=True).with_member("#1")
    room = EMPTY
    for number in range(MOST_MEMBERS):
        room, _ = room.with_member(f"#{number}")
    with pytest.raises(RoomRefusal, match="full"):
        room.with_member("#99")


def test_a_name_as_long_as_those_of_class_lists_is_taken() -> None:
    name = "x" * MOST_LETTERS
    assert names_of(name) == [name]
    assert name_from(name) == name


def test_only_the_phone_that_is_allowed_is_the_camera() -> None:
    room, first = EMPTY.with_member("")
    room, second = room.with_member("")
    room = room.with_camera(second.number, is_camera=True)
    assert [member.is_camera for member in room.members] == [False, True]
    assert room.held_by("") is None
    assert room.with_camera(9, is_camera=True) == room
    assert not room.with_camera(second.number, is_camera=False).members[1].is_camera
    assert first in room.members


def test_pins_have_six_digits() -> None:
    assert [pin_from(number) for number in (0, 7, 123456, 98_765_432)] == [
        "000000",
        "000007",
        "123456",
        "765432",
    ]
    assert EMPTY.is_pin("012345")
    assert not EMPTY.is_pin("12345")
    assert not EMPTY.is_pin("ünïcödé")


@given(st.text(max_size=80))
def test_a_name_is_one_safe_line_or_refused(said: str) -> None:
    try:
        name = name_from(said)
    except RoomRefusal:
        return
    assert name == " ".join(said.split())
    assert 0 < len(name) <= MOST_LETTERS
    assert not FORBIDDEN.search(name)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "x" * (MOST_LETTERS + 1),
        "\x1b[31mAda",
        "Ada\u202e",
        "A\u0301" + "\u0301" * 20,
        "...",
        "A\u200bda",
    ],
)
def test_hostile_names_are_refused(said: str) -> None:
    with pytest.raises(RoomRefusal, match="name"):
        name_from(said)


def test_a_room_as_it_is_told_to_people_and_phones() -> None:
    assert (EMPTY.pin_shown, EMPTY.link("http://x")) == ("012 345", "http://x#012345")
    room, member = EMPTY.with_member("#1")
    assert room.token_of(member) == "1.e6c4b70e13e71b341cc41b13f4702e66"
    assert (member.claims, member.is_camera, room.last_number) == (0, False, 1)
    assert room.taken_over(member)[1].claims == 1
    assert room.held_by("#1") == room.member(1) == member
    assert room.held_by("#2") is room.member(2) is room.member_of("2." + "0" * 32) is None
    assert (EMPTY.port, EMPTY.is_lan, EMPTY.by_name, EMPTY.is_locked) == (0, False, False, False)
    assert MOST_MEMBERS == 60


@pytest.mark.parametrize("told", [{"secret": "ab" * 15}, {"pin": "12345"}, {"port": 65_536}, {"port": -1}])
def test_a_room_that_cannot_be_is_not_read(told: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(EMPTY), **told}, Room)
