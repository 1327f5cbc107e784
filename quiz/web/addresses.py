"""The addresses under which other devices may reach this computer."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Final

_BEYOND: Final = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): asking for the way there sends nothing."""
_HOT_SPOTS: Final = tuple(
    map(ipaddress.ip_network, ("192.168.43.0/24", "172.20.10.0/28", "192.168.137.0/24"))
)
"""The networks that Android, iOS and Windows make as hot spots."""
_HOME: Final = ipaddress.ip_network("192.168.0.0/16")
_LARGE: Final = ipaddress.ip_network("10.0.0.0/8")
_BRIDGES: Final = ipaddress.ip_network("172.16.0.0/12")
"""Mostly networks of virtual machines and containers on the computer itself."""


def own_addresses() -> tuple[str, ...]:
    """Return this computer's IPv4 addresses, the one most likely to be reached first."""
    way_out = _way_out()
    found = {way_out, *_by_name(), *_by_interfaces()}
    return likeliest_first(found - {""}, way_out)


def likeliest_first(addresses: Iterable[str], way_out: str = "") -> tuple[str, ...]:
    """Return addresses in the order in which phones should try them; `way_out` is where the internet is.

    Addresses of the computer for itself are left out.
    """
    usable = []
    for address in addresses:
        parsed = ipaddress.ip_address(address)
        if not (parsed.is_loopback or parsed.is_unspecified or parsed.is_multicast):
            usable.append(address)
    return tuple(sorted(usable, key=lambda address: _rank(address, way_out)))


def _rank(address: str, way_out: str) -> tuple[int, int]:
    parsed = ipaddress.ip_address(address)
    if address == way_out:
        place = 0
    elif any(parsed in network for network in _HOT_SPOTS):
        place = 1
    elif parsed in _HOME:
        place = 2
    elif parsed in _LARGE:
        place = 3
    elif parsed in _BRIDGES:
        place = 5
    else:
        place = 6 if parsed.is_link_local else 4
    return place, int(parsed)


def host_names(addresses: Sequence[str], port: int) -> frozenset[str]:
    """Return what a browser may call this computer in the header Host, in small letters."""
    name = socket.gethostname().lower()
    names = {"localhost", "127.0.0.1", *addresses}
    names |= {name, f"{name.removesuffix('.local')}.local"} if addresses and name else set()
    return frozenset(f"{each}:{port}" for each in names) | (names if port == 80 else frozenset())


def _way_out() -> str:
    """Return the address that this computer has towards the internet, empty without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_BEYOND)
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def _by_name() -> set[str]:
    try:
        return set(socket.gethostbyname_ex(socket.gethostname())[2])
    except OSError:
        return set()


def _by_interfaces() -> set[str]:
    """Return the addresses of the network interfaces, where the system tells them without a name server."""
    try:
        import fcntl
    except ImportError:
        return set()
    found = set()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            request = name.encode()[:15].ljust(256, b"\0")
            try:
                told = fcntl.ioctl(probe.fileno(), 0x8915, request)  # SIOCGIFADDR
            except OSError:
                continue
            found.add(socket.inet_ntoa(told[20:24]))
    return found
