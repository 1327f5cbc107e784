"""The addresses under which other devices may reach this computer."""

from __future__ import annotations

import ctypes
import ipaddress
import socket
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_BEYOND: Final = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
"""Addresses for documentation (RFC 5737 and 3849): asking for the way there sends nothing."""
_HOT_SPOTS: Final = tuple(
    map(ipaddress.ip_network, ("192.168.43.0/24", "172.20.10.0/28", "192.168.137.0/24"))
)
"""The networks that Android, iOS and Windows make as hot spots."""
_HOME: Final = ipaddress.ip_network("192.168.0.0/16")
_LARGE: Final = ipaddress.ip_network("10.0.0.0/8")
_BRIDGES: Final = ipaddress.ip_network("172.16.0.0/12")
"""Mostly networks of virtual machines and containers on the computer itself."""
_HOST_AT: Final[Mapping[int, tuple[int, int]]] = {socket.AF_INET: (4, 4), socket.AF_INET6: (8, 16)}
"""Where a socket address of each family holds the address, and how many bytes it has."""


class _Interface(ctypes.Structure):
    """An entry of getifaddrs(3), as far as it is the same on Linux, macOS and the BSDs."""


_Interface._fields_ = [
    ("next", ctypes.POINTER(_Interface)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.c_void_p),
]


def own_addresses(*, with_ipv6: bool = True) -> tuple[str, ...]:
    """Return all addresses of this computer that others may reach, the likeliest first.

    Those for itself are left out, and so are the link-local ones of IPv6: they need the name of an interface
    (a zone), which no browser takes.
    """
    families = [socket.AF_INET, *([socket.AF_INET6] if with_ipv6 else [])]
    ways_out = {way for family in families if (way := _way_out(family))}
    found = {address for address in _addresses() if with_ipv6 or ":" not in address}
    return likeliest_first(found | ways_out, ways_out)


def likeliest_first(addresses: Iterable[str], ways_out: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the addresses that phones can use in the order in which to try them.

    `ways_out` are those towards the internet.
    """
    parsed = {address: ipaddress.ip_address(address) for address in addresses}
    usable = [address for address, known in parsed.items() if _is_usable(known)]
    out = frozenset(ways_out)
    return tuple(sorted(usable, key=lambda address: _rank(parsed[address], is_way_out=address in out)))


def is_loopback(address: str) -> bool:
    """Return whether an address is one by which this computer reaches itself alone."""
    return address == "::1" or address.startswith("127.")


def is_of_this_computer(address: str) -> bool:
    """Return whether an address is one of this computer's now, whichever interface it belongs to."""
    return is_loopback(address) or address in _addresses()


def plain(address: str) -> str:
    """Return an address of a connection without its zone, and as IPv4 where IPv6 only wraps that."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def in_url(address: str) -> str:
    """Return an address as it stands in a URL and in the header Host: IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address


def host_names(addresses: Sequence[str], port: int) -> frozenset[str]:
    """Return what a browser may call this computer in the header Host, in small letters."""
    name = socket.gethostname().lower()
    names = {"localhost", "127.0.0.1", "[::1]", *map(in_url, addresses)}
    names |= {name, f"{name.removesuffix('.local')}.local"} if addresses and name else set()
    return frozenset(f"{each}:{port}" for each in names) | (names if port == 80 else frozenset())


def _is_usable(address: Address) -> bool:
    if address.is_loopback or address.is_unspecified or address.is_multicast:
        return False
    return not (address.version == 6 and address.is_link_local)


def _rank(address: Address, *, is_way_out: bool) -> tuple[int, bool, int]:
    """Return where an address comes: IPv6, which nobody likes to type, before what is hardly ever reached."""
    if address.version == 6:
        place = 5
    elif is_way_out:
        place = 0
    elif any(address in network for network in _HOT_SPOTS):
        place = 1
    elif address in _HOME:
        place = 2
    elif address in _LARGE:
        place = 3
    elif address in _BRIDGES:
        place = 6
    else:
        place = 7 if address.is_link_local else 4
    return place, not is_way_out, int(address)


def _way_out(family: socket.AddressFamily) -> str:
    """Return the address that this computer has towards the internet, empty without a network."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((_BEYOND[family], 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""


def _addresses() -> frozenset[str]:
    """Return the addresses of all interfaces, or those of the computer's name where they are not listed."""
    try:
        system = ctypes.CDLL(None, use_errno=True)
        listed, free = system.getifaddrs, system.freeifaddrs
    except (AttributeError, OSError, TypeError):
        return _by_name()
    first = ctypes.POINTER(_Interface)()
    if listed(ctypes.byref(first)):
        return _by_name()
    try:
        return frozenset(_told(first))
    finally:
        free(first)


def _told(first: object) -> Iterator[str]:
    """Yield the addresses in a list of interfaces."""
    entry: Any = first
    while entry:
        if (at := entry.contents.address) and (place := _HOST_AT.get(_family(at))):
            yield str(ipaddress.ip_address(ctypes.string_at(at + place[0], place[1])))
        entry = entry.contents.next


def _family(at: int) -> int:
    """Return the family of a socket address, which the BSDs put after its length."""
    if sys.platform == "linux":
        return ctypes.c_ushort.from_address(at).value
    return ctypes.c_ubyte.from_address(at + 1).value


def _by_name() -> frozenset[str]:
    try:
        found = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        return frozenset()
    return frozenset(plain(str(told[4][0])) for told in found if told[0] in _HOST_AT)
