"""How much one address and one connection may do."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MOST_BYTES: Final = 16 * 1024
"""The longest frame that is read, in bytes."""
MOST_SOCKETS: Final = 200
MOST_PER_ADDRESS: Final = 130
"""Sockets of one address: a class behind one router still fits, and one device cannot take them all."""
MOST_WRONG_PINS: Final = 10
"""Wrong PINs from one address within a minute, after which it has to pause."""
PAUSE_MS: Final = 60_000
MOST_ADDRESSES: Final = 1000
"""How many addresses with wrong PINs are remembered; the one that was quiet longest is forgotten."""
FRAMES, WITHIN_MS = 60, 5_000
"""How many frames one connection may send within that time."""
PHOTO_FRAMES: Final = 600
"""How many frames the camera may send within that time: a photograph of 8 MB is 512 pieces."""


class WrongPins:
    """Wrong PINs by address, counted over the last minute."""

    def __init__(self, passed: Callable[[], int]) -> None:
        """Count by a clock that tells milliseconds."""
        self._passed = passed
        self._by_address: OrderedDict[str, deque[int]] = OrderedDict()

    def may_try(self, address: str) -> bool:
        """Return whether an address may try a PIN now."""
        wrong = self._by_address.get(_network(address))
        if not wrong:
            return True
        while wrong and self._passed() - wrong[0] >= PAUSE_MS:
            wrong.popleft()
        return len(wrong) < MOST_WRONG_PINS

    def add(self, address: str) -> None:
        """Remember a wrong PIN."""
        network = _network(address)
        self._by_address.setdefault(network, deque(maxlen=MOST_WRONG_PINS)).append(self._passed())
        self._by_address.move_to_end(network)
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


def _network(address: str) -> str:
    """Return what stands for a device: an IPv4 address, or the first half of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
