"""How much one device may do."""

from __future__ import annotations

from quiz.web.limits import (
    FRAMES,
    MOST_ADDRESSES,
    MOST_WRONG_IN_NETWORK,
    MOST_WRONG_PINS,
    PAUSE_MS,
    WITHIN_MS,
    Rate,
    WrongPins,
)
from tests.fakes import FakeClock


def test_ten_wrong_pins_bring_a_pause_of_a_minute_to_that_device_alone() -> None:
    clock = FakeClock()
    wrong = WrongPins(clock.passed)
    for _ in range(MOST_WRONG_PINS):
        assert wrong.may_try("192.168.1.7")
        wrong.add("192.168.1.7")
        clock.go_on(100)
    assert not wrong.may_try("192.168.1.7")
    assert wrong.may_try("192.168.1.8")
    clock.go_on(PAUSE_MS - 1001)
    assert not wrong.may_try("192.168.1.7")
    clock.go_on(1)
    assert wrong.may_try("192.168.1.7")


def test_an_ipv6_network_is_shared_by_a_class_and_pauses_where_one_device_takes_many_addresses() -> None:
    wrong = WrongPins(FakeClock().passed)
    for _ in range(MOST_WRONG_PINS):
        wrong.add("2001:db8::1")
        wrong.add("::ffff:10.0.0.1")
    assert not wrong.may_try("2001:db8::1%eth0")
    assert wrong.may_try("2001:db8::2")
    assert not wrong.may_try("10.0.0.1")
    for last in range(MOST_WRONG_IN_NETWORK - MOST_WRONG_PINS):
        wrong.add(f"2001:db8::1:{last:x}")
    assert not wrong.may_try("2001:db8::2")
    assert wrong.may_try("2001:db8:0:1::1")


def test_a_flood_of_addresses_is_forgotten_oldest_first() -> None:
    wrong = WrongPins(FakeClock().passed)
    for _ in range(MOST_WRONG_PINS):
        wrong.add("a phone")
    for number in range(MOST_ADDRESSES - 1):
        wrong.add(f"other {number}")
    assert not wrong.may_try("a phone")
    wrong.add("one more")
    assert wrong.may_try("a phone")
    assert len(wrong._by_address) == MOST_ADDRESSES


def test_a_connection_may_not_talk_too_fast() -> None:
    clock = FakeClock()
    rate = Rate(clock.passed)
    assert [rate.is_too_fast() for _ in range(FRAMES + 1)] == [False] * FRAMES + [True]
    clock.go_on(WITHIN_MS)
    assert not rate.is_too_fast()
