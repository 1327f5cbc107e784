"""Starting a drill, continuing one, and summing one up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from quiz.core.content.bank import Bank
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.drill import Drill
from quiz.core.drill.formats import all_formats, begin
from quiz.core.drill.items import drill_items
from quiz.core.drill.report import DrillReport, report_of
from quiz.core.drill.settings import DrillSettings, DrillStep, Needs, drill_settings
from quiz.core.events.model import Mode, SessionHeader
from quiz.core.session import ItemLookup
from quiz.errors import UsageError
from quiz.record.interface import Record
from quiz.services.drill.live import LiveDrill, names_in
from quiz.services.nothing_to_ask import nothing_in_drill

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace

_SETTLES = frozenset({DrillStep.VERDICT, DrillStep.REVEAL})
LOOKED_BACK = 200
"""How many of the latest drills are searched for an earlier result."""


@dataclass(frozen=True)
class DrillPlan:
    """What a drill will ask, and whom."""

    banks: tuple[str, ...] = ()
    """Empty for all usable banks."""
    settings: DrillSettings = field(default_factory=DrillSettings)
    items: tuple[ItemRef, ...] = ()
    """The items to ask, in order; if empty, they are drawn from the banks."""
    limit: int | None = None
    only_options: bool = False
    """Whether to leave out items without options."""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    seed: int | None = None


def planned_items(workspace: Workspace, plan: DrillPlan, seed: int) -> tuple[ItemRef, ...]:
    """Return the items that a drill would ask. Raises BankError for an unusable bank."""
    if plan.items:
        lookup = ItemLookup.of(*workspace.whole_banks(tuple(dict.fromkeys(ref.bank for ref in plan.items))))
        return tuple(ref for ref in plan.items if ref in lookup)
    banks = workspace.whole_banks(plan.banks)
    return drill_items(
        banks,
        seed=seed,
        limit=plan.limit,
        only_options=plan.only_options,
        fits=all_formats()[plan.settings.format].can_ask,
        topics=plan.topics,
        tags=plan.tags,
    )


def start_drill(workspace: Workspace, plan: DrillPlan) -> LiveDrill[Drill]:
    """Start a drill and record its start.

    Raises UsageError where there is nothing or nobody to ask, BankError for an unusable bank.
    """
    told = plan.settings
    if told.format not in all_formats():
        raise UsageError(f"There is no format “{told.format}”.", f"There are: {', '.join(all_formats())}.")
    kind = all_formats()[told.format]
    if kind.needs is Needs.PUPILS and not told.pupils:
        raise UsageError("Nobody is on the list.", "Choose a class list, or give the number of pupils.")
    seed = workspace.rng.getrandbits(32) if plan.seed is None else plan.seed
    items = planned_items(workspace, plan, seed)
    if not items:
        raise nothing_in_drill(workspace, plan.banks)
    asked = tuple(dict.fromkeys(sorted(ref.bank for ref in items)))
    if kind.needs is Needs.PUPILS and told.class_list:
        told = msgspec.structs.replace(told, ahead=ahead_before(workspace, told))
    if kind.keeps_record:
        told = msgspec.structs.replace(told, record=best_before(workspace, told, asked))
    settings = {"policy": workspace.config.policy, "drill": msgspec.json.decode(msgspec.json.encode(told))}
    header = workspace.header(Mode.DRILL, asked, seed, settings, items)
    lookup = ItemLookup.of(*workspace.whole_banks(asked))
    return LiveDrill.start(workspace.record, workspace.clock, header, lookup)


def resume_drill(workspace: Workspace, header: SessionHeader) -> LiveDrill[Drill]:
    """Continue a drill that was left, with the board, the picker and the stopped clock as they were.

    Raises BankError where one of its banks cannot be used now; the drill can be continued once it can.
    """
    lookup = ItemLookup.of(*workspace.whole_banks(header.banks))
    workspace.take(header.id)
    return LiveDrill.resume(workspace.record, workspace.clock, header, lookup)


def best_before(workspace: Workspace, told: DrillSettings, banks: Sequence[str]) -> int:
    """Return the most right answers of an earlier drill of this kind without extra time, or 0."""
    record, best = workspace.record, 0
    for summary in record.sessions(workspace.learner.id, mode=Mode.DRILL, limit=LOOKED_BACK):
        header = record.header(summary.id)
        earlier = drill_settings(header)
        same = (earlier.format, earlier.seconds, earlier.class_list, earlier.pupils) == (
            told.format, told.seconds, told.class_list, told.pupils,
        )  # fmt: skip
        if same and summary.is_ended and set(header.banks) == set(banks):
            drill = begin(header, ItemLookup(), record.effective_events(summary.id))
            if not drill.extra_ms:
                best = max(best, *(score.right for score in drill.scores.values()), 0)
    return best


def ahead_before(workspace: Workspace, told: DrillSettings) -> dict[str, int]:
    """Return how the class's last drill of this kind left the turns of those who take part now."""
    record = workspace.record
    for summary in record.sessions(mode=Mode.DRILL, limit=LOOKED_BACK):
        header = record.header(summary.id)
        earlier = drill_settings(header)
        if (earlier.format, earlier.class_list) == (told.format, told.class_list):
            ahead = begin(header, ItemLookup(), record.effective_events(summary.id)).ahead
            return {pupil: turns for pupil, turns in ahead.items() if pupil in told.pupils}
    return {}


def settled_in(record: Record, header: SessionHeader) -> int:
    """Return how many of a drill's items got a verdict or had their key shown."""
    events = record.effective_events(header.id)
    return len({event.ref for event in events if event.item and event.body.get("do") in _SETTLES})


def report_of_drill(record: Record, session_id: str, banks: Iterable[Bank] = ()) -> DrillReport:
    """Sum up a drill on record, finished or not. Stems come from `banks` and are empty for other banks.

    Raises KeyError for an unknown session, UsageError for one that is not a drill of a known format.
    """
    header = record.header(session_id)
    banks = list(banks)
    if header.mode is not Mode.DRILL or drill_settings(header).format not in all_formats():
        raise UsageError(f"The session {session_id} is not a drill.")
    drill = begin(header, ItemLookup.of(*banks), record.events(session_id))
    titles = {bank.bank: bank.title for bank in banks}
    return report_of(drill, names_in(record, drill), titles, class_name_of(record, drill))


def class_name_of(record: Record, drill: Drill) -> str:
    """Return the name of a drill's class list, empty without one or where it was forgotten."""
    class_list = record.class_lists.by_id(drill.settings.class_list)
    return class_list.name if class_list else ""
