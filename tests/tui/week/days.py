"""A day as it is studied: from Home through a session to its end and to what statistics say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from random import Random

from quiz.core.content.bank import Bank
from tests.tui.week.checks import (
    check_end,
    check_home,
    check_opened_session,
    check_sessions,
    check_statistics,
)
from tests.tui.week.ledger import Ledger
from tests.tui.week.player import answer_keys, item_on
from tests.tui.week.seats import Seat

MISSES = 0.2
"""What share of the answers is meant to be wrong."""
LATER = 0.1
"""What share of the questions is put off, once each, while there are others to ask."""
UNDO_EVERY = 11
"""After how many verdicts one is taken back and answered again."""
PATIENCE = 6
"""How often the same screen may be met before the player is stuck."""


async def play_day(
    seat: Seat, banks: Sequence[Bank], rng: Random, today: date, ledger: Callable[[], Ledger]
) -> None:
    """Look at Home, study what it offers, and compare what every screen on the way says."""
    before = ledger()
    check_home(await seat.text(), before, today, banks)
    if before.due(today) or before.share(today, 20)[0]:
        await seat.press("enter")
        await play_session(seat, banks, rng)
        check_end(await seat.text(), ledger(), today)
        await leave(seat, " · session done")
        check_home(await seat.text(), ledger(), today, banks)
    if ledger().attempts:
        await seat.press("i")
        check_statistics(await seat.text(), ledger(), today, banks)
        await seat.press("h")
        check_sessions(await seat.text(), ledger())
        await seat.press("enter")
        check_opened_session(await seat.text(), ledger())
        await seat.press("escape", "escape", "escape")


async def play_session(seat: Seat, banks: Sequence[Bank], rng: Random) -> int:
    """Answer until the session is over; return how many verdicts were read."""
    verdicts, met, last = 0, 0, ""
    put_off: set[str] = set()
    while True:
        shown = await seat.text()
        met, last = (met + 1 if shown == last else 0), shown
        assert met < PATIENCE, f"The player is stuck at:\n{shown}"
        if " · session done" in shown.splitlines()[0]:
            return verdicts
        keys = shown.rstrip().splitlines()[-1]
        if "Next" in keys:
            verdicts += not met
            await seat.read()
            await seat.press("u" if verdicts % UNDO_EVERY == 0 and not met else "enter")
            continue
        found = item_on(shown, banks)
        if found is None:
            continue
        if is_early(shown) and found[1].id not in put_off and rng.random() < LATER:
            put_off.add(found[1].id)
            await seat.press("f6")
        else:
            await seat.press(*answer_keys(shown, found[1], rng, is_right=rng.random() >= MISSES))


def is_early(shown: str) -> bool:
    """Say whether a session has more than a few questions to come."""
    place, total = map(int, re.findall(r"(\d+) of (\d+)", shown.splitlines()[0])[0])
    return place + 3 < total


async def leave(seat: Seat, place: str) -> None:
    """Go on by enter until a place is left: what has only just appeared stays for a moment."""
    for _ in range(PATIENCE):
        await seat.read()
        await seat.press("enter")
        if place not in (await seat.text()).splitlines()[0]:
            return
    raise AssertionError(f"{place!r} stays:\n{await seat.text()}")
