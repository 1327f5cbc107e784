"""Which items of a bank come next, told one by one."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.item import Item
from quiz.core.scheduling.study_day import day_of
from quiz.services.home import LARGE
from quiz.services.study.new_items import as_banks_say

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class NextItem(msgspec.Struct, frozen=True):
    """An item that comes next."""

    item: Item
    day: date | None
    """The study day on which it comes back; None for one that was never answered."""


def next_items(workspace: Workspace, bank_id: str, new: int, most: int) -> list[NextItem]:
    """Return what is due today, then so many new items, then what comes back later; no more than `most`.

    None of a bank that is too large to be told item by item. Raises BankError for an unreadable bank.
    """
    heads = workspace.library.contents(bank_id).items
    if len(heads) > LARGE:
        return []
    by_id = workspace.library.bank(bank_id).by_id
    held = workspace.held(bank=bank_id).by_bank.get(bank_id, {})
    end, zone, starts_at = workspace.day_end, workspace.zone, workspace.config.day_starts_at
    untouched = [
        head for head in heads if (memory := held.get(head.ref.item)) is None or memory.is_askable_as_new(end)
    ]
    told = [NextItem(by_id[head.ref.item], None) for head in as_banks_say(workspace, untouched, {})[:new]]
    back = sorted(
        (memory for name, memory in held.items() if memory.due is not None and name in by_id),
        key=attrgetter("due"),
    )
    due = [one for one in back if one.is_due(end)]
    found = [NextItem(by_id[one.item], workspace.today) for one in due] + told
    for one in back[len(due) : len(due) + max(0, most - len(found))]:
        found.append(NextItem(by_id[one.item], day_of(one.due or 0, zone, starts_at)))
    return found[:most]
