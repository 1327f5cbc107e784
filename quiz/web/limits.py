"""How much one address and one connection may do."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from quiz.web.addresses import plain

MOST_BYTES: Final = 16 * 1024
"""The longest frame that is read, in bytes."""
MOST_SOCKETS: Final = 200
MOST_PER_NETWORK: Final = 130
"""Sockets of one IPv4 address or IPv6 network: a class still fits, and one device cannot take them all."""
MOST_WRONG_PINS: Final = 10
"""Wrong PINs from one address within a minute, after which it has to pause."""
MOST_WRONG_IN_NETWORK: Final = 100
"""Wrong PINs from one IPv6 network within a minute: a class shares it, and a device has many addresses."""
PAUSE_MS: Final = 60_000
MOST_ADDRESSES: Final = 1000
"""How many addresses and networks with wrong PINs are remembered; the quietest is forgotten."""
FRAMES, WITHIN_MS = 60, 5_000
"""How many frames one connection may send within that time."""
PHOTO_FRAMES: Final = 600
"""How many frames the camera may send within that time: a photograph of 8 MB is 512 pieces."""


class WrongPins:
    """Wrong PINs by address and by network, counted over the last minute."""

    def __init__(self, passed: Callable[[], int]) -> None:
        """Count by a clock that tells milliseconds."""
        self._passed = passed
        self._by_address: OrderedDict[str, deque[int]] = OrderedDict()

    def may_try(self, address: str) -> bool:
        """Return whether an address may try a PIN now."""
        since = self._passed() - PAUSE_MS
        return all(
            sum(at > since for at in self._by_address.get(place, ())) < most
            for place, most in _places(address).items()
        )

    def add(self, address: str) -> None:
        """Remember a wrong PIN."""
        for place, most in _places(address).items():
            self._by_address.setdefault(place, deque(maxlen=most)).append(self._passed())
            self._by_address.move_to_end(place)
        while len(self._by_address) > MOST_ADDRESSES:
            self._by_address.popitem(last=False)


class Rate:
    """How fast one connection sends."""

    def __init__(self, passed: Callable[[], int]) -> None:
        """Count by a clock that tells milliseconds."""
        self._passed = passed
        self._began = passed()
        self._count = 0

    def is_too_fast(self, most: int = FRAMES) -> bool:
        """Count one more frame, and return whether there were too many of late."""
        now = self._passed()
        if now - self._began >= WITHIN_MS:
            self._began, self._count = now, 0
        self._count += 1
        return self._count > most


def network_of(address: str) -> str:
    """Return what one device may have all of: an IPv4 address, or the network (/64) of an IPv6 address."""
    told = plain(address)
    return str(ipaddress.ip_network((told, 64), strict=False)) if ":" in told else told


def _places(address: str) -> dict[str, int]:
    """Return an address and its network, each with how many wrong PINs may come from there in a minute."""
    return {network_of(address): MOST_WRONG_IN_NETWORK, plain(address): MOST_WRONG_PINS}
