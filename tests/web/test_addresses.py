"""Which addresses phones are offered."""

from __future__ import annotations

import ipaddress

from quiz.web.addresses import host_names, likeliest_first, own_addresses


def test_the_likeliest_address_comes_first() -> None:
    known = ["127.0.0.1", "172.17.0.1", "169.254.3.4", "10.0.0.4", "192.168.1.20", "192.168.43.1", "0.0.0.0"]
    assert likeliest_first(known, "10.0.0.4") == (
        "10.0.0.4", "192.168.43.1", "192.168.1.20", "172.17.0.1", "169.254.3.4",
    )  # fmt: skip
    assert likeliest_first(["10.0.0.4", "192.168.1.20"])[0] == "192.168.1.20"


def test_this_computer_has_addresses_of_other_networks_only() -> None:
    assert not any(ipaddress.ip_address(address).is_loopback for address in own_addresses())


def test_a_browser_may_call_this_computer_by_its_addresses_and_names_on_this_port() -> None:
    assert host_names((), 8123) == {"localhost:8123", "127.0.0.1:8123"}
    names = host_names(("192.168.1.20",), 80)
    assert {"192.168.1.20", "192.168.1.20:80"} < names
    assert not any("evil" in name for name in names)
