"""Which addresses phones are offered."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from quiz.web.addresses import (
    _addresses,
    host_names,
    is_of_this_computer,
    likeliest_first,
    own_addresses,
    plain,
)


def test_the_likeliest_address_comes_first() -> None:
    known = ["127.0.0.1", "172.17.0.1", "169.254.3.4", "10.0.0.4", "192.168.1.20", "192.168.43.1", "0.0.0.0"]
    assert likeliest_first(known, ["10.0.0.4"]) == (
        "10.0.0.4", "192.168.43.1", "192.168.1.20", "172.17.0.1", "169.254.3.4",
    )  # fmt: skip
    assert likeliest_first(["10.0.0.4", "192.168.1.20"])[0] == "192.168.1.20"


def test_all_addresses_are_offered_but_ipv6_ones_that_need_a_zone() -> None:
    known = ["fe80::1", "::1", "::", "ff02::1", "fd00::2", "2a00:1450::5", "172.17.0.1", "192.168.1.20"]
    assert likeliest_first(known, ["192.168.1.20", "2a00:1450::5"]) == (
        "192.168.1.20", "2a00:1450::5", "fd00::2", "172.17.0.1",
    )  # fmt: skip
    assert likeliest_first(["fd00::2"]) == ("fd00::2",)


def test_the_addresses_of_all_interfaces_are_known() -> None:
    linux = Path("/proc/net/if_inet6")
    listed = linux.read_text("ascii").splitlines() if linux.exists() else []
    told = {str(ipaddress.IPv6Address(int(line.split()[0], 16))) for line in listed}
    assert {"127.0.0.1", *told} <= _addresses()
    assert all(map(is_of_this_computer, ("127.0.0.1", "127.0.0.2", "::1", *own_addresses())))
    assert not is_of_this_computer("198.51.100.7")


def test_an_address_of_a_connection_is_told_plainly() -> None:
    told = ["::ffff:10.0.0.4", "fe80::1%eth0", "192.168.1.20", "2001:DB8:0::1"]
    assert [*map(plain, told)] == ["10.0.0.4", "fe80::1", "192.168.1.20", "2001:db8::1"]


def test_this_computer_has_addresses_of_other_networks_only() -> None:
    assert not any(ipaddress.ip_address(address).is_loopback for address in own_addresses())


def test_a_browser_may_call_this_computer_by_its_addresses_and_names_on_this_port() -> None:
    assert host_names((), 8123) == {"localhost:8123", "127.0.0.1:8123", "[::1]:8123"}
    names = host_names(("192.168.1.20", "fd00::2"), 80)
    assert {"192.168.1.20", "192.168.1.20:80", "[fd00::2]", "[fd00::2]:80"} < names
    assert "fd00::2" not in names
    assert not any("evil" in name for name in names)
