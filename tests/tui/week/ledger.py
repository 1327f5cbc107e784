"""What a record holds, counted from its rows alone: none of quiz's own queries, rules or words are used."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY_STARTS_AT = timedelta(hours=4)
USUAL_PACE_MS = 20_000
DECAY = 0.1542


class Attempt(NamedTuple):
    """A response that counts."""

    session: bytes
    n: int
    bank: str
    item: str
    at: int
    score: float
    duration_ms: int


class Standing(NamedTuple):
    """What the schedule holds of an item."""

    due: int | None
    is_suspended: bool
    stability: float | None
    reviewed_at: int | None
    has_answers: bool


class SessionCounts(NamedTuple):
    """What the end of a session should say."""

    asked: int
    right_at_once: int
    right_later: int
    answers: int
    learned: int
    missed: int
    counted_right: int


class Ledger:
    """A record at some moment; `banks` are the ids of the items that each bank holds."""

    def __init__(self, file: Path, banks: Mapping[str, Sequence[str]], zone: str) -> None:
        self.banks = {bank: set(items) for bank, items in banks.items()}
        self._zone = ZoneInfo(zone)
        db = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            self._read(db)
        finally:
            db.close()

    def _read(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT session, n, kind, bank, item, at, score, duration_ms, target, body FROM event"
            " ORDER BY session, n"
        ).fetchall()
        gone: set[tuple[bytes, int]] = set()
        right: set[tuple[bytes, int]] = set()
        for session, _, kind, *_, target, body in rows:
            if kind == "undo":
                also = json.loads(body or "{}").get("also", [])
                gone.update((session, n) for n in (target, *also))
        for session, n, kind, *_, target, _ in rows:
            if kind == "override" and (session, n) not in gone:
                right.add((session, target))
        self._counted_right = right
        self.attempts = [
            Attempt(session, n, bank, item, at, 1.0 if (session, n) in right else score, duration or 0)
            for session, n, kind, bank, item, at, score, duration, *_ in rows
            if kind == "attempt" and (session, n) not in gone
        ]
        self.standing = {
            (bank, item): Standing(due, bool(is_suspended), stability, reviewed_at, attempts > 0)
            for bank, item, due, is_suspended, stability, reviewed_at, attempts in db.execute(
                "SELECT bank, item, due, is_suspended, stability, reviewed_at, attempts FROM memory"
            )
        }

    # --- days

    def day_of(self, at: int) -> date:
        """Return the study day of a time in ms."""
        return (datetime.fromtimestamp(at / 1000, UTC).astimezone(self._zone) - DAY_STARTS_AT).date()

    def end_of(self, day: date) -> int:
        """Return when a study day ends, in ms."""
        next_one = datetime.combine(day + timedelta(days=1), time(), self._zone) + DAY_STARTS_AT
        return int(next_one.timestamp() * 1000)

    def days_active(self) -> list[date]:
        """Return the days on which anything was answered, in their order."""
        return sorted({self.day_of(each.at) for each in self.attempts})

    def streak(self, today: date) -> int:
        """Return how many days in a row something was done; one day off in a week is forgiven."""
        active, counted, off = set(self.days_active()), 0, None
        day = today if today in active else today - timedelta(days=1)
        while day in active or (day - timedelta(days=1) in active and (off is None or (off - day).days >= 7)):
            if day in active:
                counted += 1
            else:
                off = day
            day -= timedelta(days=1)
        return counted

    # --- items

    def done_on(self, day: date) -> int:
        """Return how many different items were answered on a day and do not come back on it."""
        answered = {(each.bank, each.item) for each in self.attempts if self.day_of(each.at) == day}
        dues = [self.standing[key].due for key in answered]
        return sum(due is None or due >= self.end_of(day) for due in dues)

    def new_on(self, day: date) -> int:
        """Return how many items were answered for the first time on a day."""
        first: dict[tuple[str, str], int] = {}
        for each in self.attempts:
            key = each.bank, each.item
            first[key] = min(each.at, first.get(key, each.at))
        return sum(self.day_of(at) == day for at in first.values())

    def due(self, day: date, bank: str | None = None) -> int:
        """Return how many items come back before a day ends."""
        return sum(due < self.end_of(day) for due in self._dues(bank))

    def new(self, bank: str) -> int:
        """Return how many of a bank's items were never answered."""
        answered = {each.item for each in self.attempts if each.bank == bank}
        return len(self.banks[bank] - answered)

    def known(self, bank: str, today: date, items: Collection[str] | None = None) -> float:
        """Return how many of a bank's items, or of some, will be recalled in a week by FSRS-6's curve.

        It must be later on the day than it was on the days of the reviews.
        """
        factor = 0.9 ** (-1 / DECAY) - 1
        return sum(
            (1 + factor * (7 + (today - self.day_of(held.reviewed_at)).days) / held.stability) ** -DECAY
            for (of, item), held in self.standing.items()
            if of == bank and item in (self.banks[bank] if items is None else items) and held.has_answers
            if held.stability is not None and held.reviewed_at is not None
        )

    def minutes(self, items: int) -> int:
        """Return how many minutes some items take at the pace of all answers, none of which is old."""
        pace = sum(each.duration_ms for each in self.attempts) // max(1, len(self.attempts)) or USUAL_PACE_MS
        return -(-items * pace // 60_000)

    def share(self, day: date, new_per_day: int, bank: str | None = None) -> tuple[int, int]:
        """Return how many new items belong to a day's share yet, and how many wait for another day."""
        left = max(0, new_per_day - self.new_on(day))
        waiting = sum(self.new(one) for one in ([bank] if bank else self.banks))
        return min(left, waiting), max(0, waiting - left)

    def coming(self, today: date, days: int, only: set[tuple[str, str]] | None = None) -> list[int]:
        """Return how many items come back today, on each of the next days, and later."""
        found: dict[int, int] = defaultdict(int)
        for key, held in self.standing.items():
            if held.due is None or key[1] not in self.banks.get(key[0], ()) or (only and key not in only):
                continue
            away = max(0, (self.day_of(held.due) - today).days)
            found[min(away, days)] += 1
        return [found[away] for away in range(days + 1)]

    def _dues(self, bank: str | None) -> list[int]:
        return [
            held.due
            for (of, item), held in self.standing.items()
            if held.due is not None and item in self.banks.get(of, ()) and (bank is None or of == bank)
        ]

    # --- sessions

    def last_session(self) -> list[Attempt]:
        """Return the attempts of the session that was answered last."""
        last = max(self.attempts, key=lambda each: each.at).session
        return [each for each in self.attempts if each.session == last]

    def session_counts(self) -> SessionCounts:
        """Return what the end of the last session should say."""
        own = self.last_session()
        by_item: dict[tuple[str, str], list[float]] = defaultdict(list)
        for each in own:
            by_item[each.bank, each.item].append(each.score)
        before = {(each.bank, each.item) for each in self.attempts if each.session != own[0].session}
        at_once = sum(scores[0] >= 1 for scores in by_item.values())
        right = {key for key, scores in by_item.items() if max(scores) >= 1}
        return SessionCounts(
            asked=len(by_item),
            right_at_once=at_once,
            right_later=len(right) - at_once,
            answers=len(own),
            learned=len(right - before),
            missed=sum(min(scores) < 1 for scores in by_item.values()),
            counted_right=sum((each.session, each.n) in self._counted_right for each in own),
        )
