"""Every number that the screens and `--json` say, beside the one that the ledger counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from quiz.core.content.bank import Bank
from quiz.tui.widgets.large_digits import large_digits
from tests.tui.week.ledger import Ledger

NEW_PER_DAY = 20
WEEK = 8
"""How many days the end of a session tells: today and a week."""


def numbers(pattern: str, text: str) -> tuple[int, ...]:
    """Return the numbers of a pattern's groups where it is first found; 0 for a group that is not there."""
    found = re.search(pattern, text)
    assert found is not None, f"{pattern!r} is not in:\n{text}"
    return tuple(int((group or "0").replace(",", "")) for group in found.groups())


def check_home(shown: str, ledger: Ledger, today: date, banks: Sequence[Bank]) -> None:
    """Compare Home, in 120 columns or more, with the ledger."""
    text = " ".join(shown.split())
    due, (new, waiting) = ledger.due(today), ledger.share(today, NEW_PER_DAY)
    shares = (f"{due} due" if due else "", f"{new} new" if new else "")
    wait = "waits" if waiting == 1 else "wait"
    waits = f"{waiting} new {wait} for another day" if waiting else ""
    told = " · ".join(part for part in (*shares, waits) if part)
    assert not told or f" {told} " in text, f"{told!r} is not in:\n{shown}"
    assert bool(waits) == ("for another day" in text)
    if due or new:
        assert large_numbers(shown) == [due + new], shown
        assert numbers(r"to do today, about (\d+) minute", text) == (ledger.minutes(due + new),)
    done = ledger.done_on(today)
    if done or due or new:
        assert numbers(r"(\d+) of (\d+) done", text) == (done, done + due + new)
    streak = ledger.streak(today)
    assert numbers(r"(\d+)-day streak", text) == (streak,) if streak else "streak" not in text
    assert ("The day is complete." in text) == (done > 0 and not due and not new)
    week = [each for each in ledger.attempts if (today - ledger.day_of(each.at)).days < 7]
    if week:
        right = round(sum(each.score for each in week) / len(week) * 100)
        assert numbers(r"(\d+) answers?", text) == (len(week),)
        assert numbers(r"(\d+) % right", text) == (right,)
    coming = ledger.coming(today, 7)[:7]
    if any(coming):
        at = next(at for at, line in enumerate(shown.splitlines()) if "Coming back" in line)
        told = shown.splitlines()[at + 2][:64].split()
        assert [int(each.replace("·", "0")) for each in told] == coming[: len(told)]
        assert len(told) > 5
    for bank in banks:
        line = next(line for line in shown.splitlines() if f" {bank.title} " in line)
        row = line[line.index(bank.title) + len(bank.title) :]
        counts = re.match(r"\s*(?:(\d+) due)?\s*(?:(\d+) new)?(?:\s*[━─]+\s+(\d+) %)?", row)
        assert counts is not None, line
        is_begun = ledger.new(bank.bank) < len(bank.items)
        assert (counts[3] is not None) is is_begun, "what is known is told of a bank that was begun"
        told = tuple(int(each or 0) for each in counts.groups())
        known = whole_percent(ledger.known(bank.bank, today) / len(bank.items))
        assert told == (ledger.due(today, bank.bank), ledger.new(bank.bank), known), line
    check_detail(shown, ledger, today, next(bank for bank in banks if f"▌ {bank.title} " in shown))


def whole_percent(share: float) -> int:
    """Return a share, 0 to 1, in whole per cent; only nothing is 0 and only all is 100."""
    return min(max(round(share * 100), int(share > 0)), 100 - int(share < 1))


def check_detail(shown: str, ledger: Ledger, today: date, bank: Bank) -> None:
    """Compare what Home tells of the bank under the cursor with the ledger."""
    text = " ".join(line[64:].strip() for line in shown.splitlines())
    held = (len(bank.items), "question"), (len(bank.topics), "topic"), (len(bank.notes), "note")
    counts = [f"{number} {what}" + "s" * (number != 1) for number, what in held if number]
    assert " · ".join(counts) in text, shown
    if ledger.new(bank.bank) == len(bank.items):
        assert "Known in a week" not in text, shown
        return
    known = ledger.known(bank.bank, today)
    assert numbers(r"Known in a week +[━─]+ +(\d+) %", text) == (whole_percent(known / len(bank.items)),)
    by_topic = []
    for topic in bank.topics:
        own = [item.id for item in bank.items if item.topic == topic]
        by_topic.append(ledger.known(bank.bank, today, own) / len(own))
    told = re.findall(r"[━─]+ +(\d+) %", text[text.index("Known in a week") :])[1:]
    assert [int(each) for each in told] == [whole_percent(share) for share in sorted(by_topic)], shown


def check_end(shown: str, ledger: Ledger, today: date) -> None:
    """Compare the end of the session that was answered last with the ledger."""
    text, counts = " ".join(shown.split()), ledger.session_counts()
    said = "right the first time"
    said += f", {counts.right_later} after another go" if counts.right_later else ""
    not_yet = counts.asked - counts.right_at_once - counts.right_later
    said += f", {not_yet} not yet" if not_yet else ""
    assert said in text, f"{said!r} is not in:\n{shown}"
    assert numbers(r"(\d+) answers? in", text) == (counts.answers,)
    assert numbers(r"(?:(\d+) new learned · )?\d+ answers? in", text) == (counts.learned,)
    by_you = re.search(r"(\d+) counted as right by you", text)
    assert int(by_you[1] if by_you else 0) == counts.counted_right
    if counts.missed:
        assert numbers(r"practise the (\d+) missed", text) == (counts.missed,)
    own = {(each.bank, each.item) for each in ledger.last_session()}
    whole, part = ledger.coming(today, WEEK), ledger.coming(today, WEEK, own)
    told = [
        (int(found[1]), int(found[2].replace("·", "0")))
        for found in re.finditer(r"(?:today|tomorrow|[A-Z][a-z]+day) +[━─]+ +(\d+) +(\d+|·)", shown)
    ]
    assert told == [pair for pair in zip(whole[:WEEK], part[:WEEK], strict=True) if pair[0]], shown
    suspended = sum(ledger.standing[key].is_suspended for key in own)
    assert numbers(r"in all (\d+) (\d+)", text) == (sum(whole), sum(part) + suspended)
    assert sum(part) + suspended == counts.asked
    due, (new, waiting) = ledger.due(today), ledger.share(today, NEW_PER_DAY)
    left = ", ".join(f"{number} {what}" for number, what in ((due, "due"), (new, "new")) if number)
    assert (f" Study the {left} " if left else "The day is complete.") in text
    if waiting:
        assert numbers(r"(\d+) new waits? for another day", text) == (waiting,)


def large_numbers(shown: str) -> list[int]:
    """Return the numbers in large digits that stand side by side on a screen, from the left."""
    glyphs = {tuple(large_digits(digit)): digit for digit in "0123456789"}
    lines = [line.ljust(160) for line in shown.splitlines()]
    for rows in zip(lines, lines[1:], lines[2:], strict=False):
        found, at = "", 0
        while at < 158:
            digit = glyphs.get(tuple(row[at : at + 3] for row in rows))
            found, at = found + (digit or " "), at + (3 if digit else 1)
        if found.strip():
            return [int(number) for number in found.split()]
    return []


def check_statistics(shown: str, ledger: Ledger, today: date, banks: Sequence[Bank]) -> None:
    """Compare the overview of statistics with the ledger."""
    right = round(sum(each.score for each in ledger.attempts) / len(ledger.attempts) * 100)
    assert large_numbers(shown) == [right, ledger.streak(today), ledger.due(today)], shown
    assert numbers(r"([\d,]+) answers?", " ".join(shown.split())) == (len(ledger.attempts),)
    for bank in banks:
        own = [each for each in ledger.attempts if each.bank == bank.bank]
        known, new = round(ledger.known(bank.bank, today)), ledger.new(bank.bank)
        right = f"{round(sum(each.score for each in own) / len(own) * 100)} %" if own else "–"
        minutes = sum(each.duration_ms for each in own) // 60_000
        told = f"{known} {len(bank.items) - new - known} {new} {right} {minutes} min"
        row = next(line for line in shown.splitlines() if f" {bank.title} " in line and line.endswith("min"))
        assert re.split(r"[━─╍]+ +", " ".join(row.split()))[-1] == told, row


def check_sessions(shown: str, ledger: Ledger) -> None:
    """Compare the newest session of the list with the ledger."""
    own = ledger.last_session()
    right = round(sum(each.score for each in own) / len(own) * 100)
    assert numbers(r" study .*? (\d+) % of +(\d+)", shown) == (right, len(own)), shown


def check_opened_session(shown: str, ledger: Ledger) -> None:
    """Compare the newest session, opened, with the ledger: it says what the list said of it."""
    own, text = ledger.last_session(), " ".join(shown.split())
    right = sum(each.score >= 1 for each in own)
    assert numbers(r"(\d+) of (\d+) answers right", text) == (right, len(own))
    share = round(sum(each.score for each in own) / len(own) * 100)
    assert numbers(r"(\d+) % with what was partly right", text) == (share,)


def check_json(told: dict[str, Any], listed: list[dict[str, Any]], ledger: Ledger, at: int) -> None:
    """Compare `quiz stats --json` and `quiz list --json` with the ledger."""
    today = ledger.day_of(at)
    overview = told["overview"]
    assert overview["total"]["attempts"] == len(ledger.attempts)
    assert overview["total"]["score"] == pytest.approx(sum(each.score for each in ledger.attempts))
    assert overview["total"]["duration_ms"] == sum(each.duration_ms for each in ledger.attempts)
    assert overview["days_active"] == len(ledger.days_active())
    assert overview["streak"] == ledger.streak(today)
    assert overview["today"] == today.isoformat()
    by_day = {day["day"]: day["attempts"] for day in overview["days"]}
    assert by_day == {
        day.isoformat(): sum(ledger.day_of(each.at) == day for each in ledger.attempts)
        for day in ledger.days_active()
    }
    forecast = overview["forecast"]
    coming = ledger.coming(today, len(forecast["days"]))
    assert [day["items"] for day in forecast["days"]] + [forecast["later"]] == coming
    known = {line["bank"]: line for line in overview["banks"]}
    counts = {line["id"]: line["counts"] for line in listed}
    for bank, items in ledger.banks.items():
        own = [each for each in ledger.attempts if each.bank == bank]
        assert known[bank]["attempts"] == len(own)
        assert known[bank]["knowledge"]["known"] == pytest.approx(ledger.known(bank, today), rel=1e-3)
        for told_of in (known[bank]["knowledge"], counts[bank]):
            assert told_of["items"] == len(items)
            assert told_of["new"] == ledger.new(bank)
            assert told_of["due"] == ledger.due(today, bank)
    assert told["leeches"] == []
