"""What is done to items outside of sessions, as the record keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from quiz.core.content.item_ref import ItemRef
from quiz.core.events.model import Event, EventKind
from quiz.core.study.item_changes import PAST, Deed, ItemChange
from tests.fakes import NOON

KINDS: list[tuple[str, EventKind, dict[str, Any], str]] = [
    ("suspend", EventKind.SUSPEND, {}, "Suspended"), ("resume", EventKind.RESUME, {}, "Resumed"),
    ("flag", EventKind.FLAG, {"flagged": True}, "Flagged"),
    ("unflag", EventKind.FLAG, {"flagged": False}, "Took the flag from"),
    ("forget", EventKind.FORGET, {}, "Made new again:"),
    ("reschedule", EventKind.RESCHEDULE, {"due": 5}, "Set the day of"),
    ("tag", EventKind.TAG, {"added": ["t"]}, "Tagged"),
    ("untag", EventKind.TAG, {"removed": ["t"]}, "Took the tag from"),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "kind", "body", "past"), KINDS)
def test_a_deed_is_an_event_and_is_said_to_be_done(
    deed: str, kind: EventKind, body: dict[str, Any], past: str
) -> None:
    event = ItemChange(Deed(deed), due=5, tag="t").event(3, ItemRef("b", "i"), NOON)
    assert event == Event(n=3, kind=kind, at=NOON, bank="b", item="i", body=body)
    assert PAST[Deed(deed)] == past


def test_every_deed_is_here() -> None:
    assert [deed.value for deed in Deed] == [deed for deed, *_ in KINDS]
    assert (ItemChange(Deed.TAG).due, ItemChange(Deed.TAG).tag) == (0, "")
