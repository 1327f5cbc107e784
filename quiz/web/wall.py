"""What the wall shows beside the item: how phones join, who is missing, the bars and the places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from quiz.core.drill.card_round import owners_in, who_is_read
from quiz.core.drill.drill import Drill
from quiz.core.drill.room import Room
from quiz.core.drill.settings import Stage
from quiz.web.qr import qr_rows
from quiz.web.shown import Shown, shown_board

MOST_NAMED: Final = 40
_COUNTED: Final = frozenset({Stage.ASKING, Stage.COUNTED, Stage.REVEALED})


class Options(msgspec.Struct, frozen=True):
    """What the teacher wants on the wall besides."""

    with_names: bool = False
    """Whether those who are missing are named."""
    with_join: bool = False
    """Whether it is shown how phones join, also while an item is asked."""


def shown_wall(
    drill: Drill, names: Mapping[str, str], room: Room, urls: Sequence[str], options: Options, joined: int
) -> Shown:
    """Return what the wall alone shows."""
    missing = drill.missing if drill.takes_answers else ()
    return {
        "here": len(drill.here),
        "missing": len(missing) if drill.takes_answers else None,
        "names": [names.get(pupil, "") for pupil in missing[:MOST_NAMED]] if options.with_names else [],
        "seat": names.get(getattr(drill, "seat", ""), ""),
        "chosen": _places(drill, (drill.chosen,) if drill.is_revealed else ()),
        "out": _places(drill, getattr(drill, "refuted", ())),
        "bars": _bars(drill),
        "places": drill.is_board_shown and bool(drill.competitors),
        "board": None if drill.takes_answers else shown_board(drill, names),
        "join": _join(drill, room, urls, options, joined),
    }


def cards_read(drill: Drill, numbers: Mapping[str, int]) -> str:
    """Return whose cards are missing, such as “23 of 25; missing 7, 19”; empty where no card was read.

    `numbers` are those of the cards, by pupil.
    """
    if drill.stage not in {Stage.ASKING, Stage.COUNTED} or not getattr(drill, "has_cards", False):
        return ""
    return who_is_read(owners_in(drill, numbers), drill.missing, drill.words)


def _places(drill: Drill, texts: Sequence[str]) -> list[int]:
    return [place for place, text in enumerate(drill.options) if text in texts] if drill.has_item else []


def _bars(drill: Drill) -> Shown | None:
    """Return how many chose each option, first vote first; None where there is nothing to be seen."""
    tallies = getattr(drill, "shown_tallies", ()) if drill.stage in _COUNTED and drill.has_item else ()
    if not any(map(any, tallies)):
        return None
    by_option = drill.is_by_option
    return {"labels": [] if by_option else list(getattr(drill, "choices_shown", ())), "rounds": tallies}


def _join(drill: Drill, room: Room, urls: Sequence[str], options: Options, joined: int) -> Shown | None:
    """Return how phones join; None where they cannot, or where the item needs the room."""
    if not room.is_lan or not urls or room.is_locked:
        return None
    if drill.stage is not Stage.READY and not options.with_join:
        return None
    return {"urls": list(urls), "pin": room.pin, "qr": qr_rows(room.link(urls[0])), "joined": joined}
