"""What there is to choose from: states, banks, topics, kinds and tags, each with a box to tick."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

from quiz.core.content.kinds import task_of
from quiz.core.scheduling.card import LEECH_AT
from quiz.core.study_filter import ItemState, StudyFilter
from quiz.core.text.phrases import in_words
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.choice_list import ChoiceList
from quiz.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from quiz.services.study.choosing import Choices
    from quiz.services.workspace import Workspace

STATES: Final = {
    ItemState.DUE: "Due",
    ItemState.NEW: "New",
    ItemState.KNOWN: "Known",
    ItemState.FLAGGED: "Flagged",
    ItemState.MISSED: "Missed within a week",
    ItemState.LEECH: f"Not known on {LEECH_AT} days",
    ItemState.NEVER_ASKED: "Never asked",
    ItemState.SUSPENDED: "Suspended",
}
HEADINGS: Final = {"banks": "Banks", "topics": "Topics", "tags": "Tags", "kinds": "Kinds", "states": "State"}
MOST_LISTED = 500
"""How many topics, tags or kinds are listed; `quiz study` takes any."""
ON, OFF = ("[✓] ", "$text-success"), ("[ ] ", "$foreground-muted")


def shelf_titles(workspace: Workspace) -> dict[str, tuple[str, int]]:
    """Return the title of each bank that can be used, and how many items it has."""
    return {card.id: (card.title, card.items) for card in workspace.library.usable()}


class PickList(ChoiceList):
    """Boxes to tick. Where none of a heading's is ticked, all of it is meant."""

    def __init__(self, banks: Mapping[str, tuple[str, int]]) -> None:
        """`banks` are the titles and sizes of the banks there are."""
        super().__init__(id="picks")
        self._banks = banks

    def show_choices(self, chosen: StudyFilter, choices: Choices | None) -> None:
        """Show what is chosen, with how many items each thing holds once that is counted."""
        rows = self._rows(chosen, choices)
        first = next((row.key for row in rows if row.is_enabled), None)
        is_there = self.current is not None and self.current.is_enabled
        self.show_rows(rows, self.current.key if self.current is not None and is_there else first)

    def _rows(self, chosen: StudyFilter, choices: Choices | None) -> list[ListRow]:
        states = {str(state): number for state, number in choices.states.items()} if choices else {}
        rows = _section(chosen, "states", {str(state): label for state, label in STATES.items()}, states)
        if len(self._banks) > 1:
            titles = {bank: title for bank, (title, _) in self._banks.items()}
            rows += _section(chosen, "banks", titles, {bank: size for bank, (_, size) in self._banks.items()})
        if choices is not None:
            for name in ("topics", "kinds", "tags"):
                numbers: dict[str, int] = getattr(choices, name)
                titles = choices.topic_titles if name == "topics" else {}
                labels = {each: titles.get(each) or _called(name, each) for each in numbers}
                in_order = dict(sorted(labels.items(), key=lambda label: label[1].casefold()))
                rows += _section(chosen, name, in_order, numbers)
        return rows


def _called(choice: str, each: str) -> str:
    """Return what a kind or a topic without a title is called, and a tag as its author wrote it."""
    if choice == "tags":
        return each
    return task_of(each) if choice == "kinds" else in_words(each)


def _section(
    chosen: StudyFilter, name: str, labels: Mapping[str, str], numbers: Mapping[str, int]
) -> list[ListRow]:
    """Return a heading, and a box for each thing below it; what is ticked stays to be seen."""
    ticked: tuple[str, ...] = tuple(map(str, getattr(chosen, name)))
    shown = {**{each: labels.get(each, each) for each in ticked}, **dict(islice(labels.items(), MOST_LISTED))}
    shown = {each: shown[each] for each in labels if each in shown} | shown
    if not shown:
        return []
    said = "any" if not ticked else f"{len(ticked)} of {max(len(labels), len(shown)):,}"
    heading = join((HEADINGS[name], "bold"), (f"  {said}", "$foreground-muted"))
    rows = [ListRow("", heading, is_enabled=False)]
    for each, label in shown.items():
        number = numbers.get(each)
        right = show("" if number is None else f"{number:,}  ", "$foreground-muted")
        rows.append(ListRow(f"{name} {each}", join(ON if each in ticked else OFF, show_line(label)), right))
    return rows
