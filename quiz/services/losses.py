"""What is lost between a bank and a foreign file, put together by what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quiz.exchange.declaration import Loss


class Grouped(NamedTuple):
    """One loss, with all places where it occurs."""

    what: str
    places: tuple[str, ...]


def grouped(losses: Sequence[Loss]) -> list[Grouped]:
    """Return losses grouped by what is lost, the most frequent first."""
    by_what: dict[str, list[str]] = {}
    for loss in losses:
        by_what.setdefault(loss.what, []).append(f"{loss.place} ({loss.item})" if loss.item else loss.place)
    return [
        Grouped(what, tuple(places)) for what, places in sorted(by_what.items(), key=lambda one: -len(one[1]))
    ]


def summary_lines(losses: Sequence[Loss], most: int = 5) -> Iterator[str]:
    """Yield a line for each loss, with the first places where it occurs."""
    for what, places in grouped(losses):
        more = f" and {len(places) - most:,} more" if len(places) > most else ""
        yield f"{what}: {', '.join(places[:most])}{more}"
