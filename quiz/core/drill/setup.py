"""The set-up of a drill, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from quiz.core.class_list import ClassList, numbered
from quiz.core.content.bank import Bank
from quiz.core.content.item_ref import ItemRef
from quiz.core.drill.drill import Drill
from quiz.core.drill.formats import all_formats
from quiz.core.drill.items import drill_items
from quiz.core.drill.points import ALL_BONUS, rules
from quiz.core.drill.room import WallSettings
from quiz.core.drill.settings import DrillSettings, Needs, SetupChoice

ITEM_COUNTS = (0, 5, 8, 10, 12, 15, 20, 25, 30, 40, 50)
"""The numbers of items to choose from; 0 is all."""
USUAL_PUPILS = 24
CLASS_SIZES = tuple(range(2, 61))
TYPED = {"items": 999, "class_size": 200}
"""The rows in which a number can be typed, each with its largest value."""
SWITCHES = {
    "only_options": ("every kind", "with options"),
    "may_change": ("the first answer counts", "answers may change"),
    "has_places": ("hidden", "shown"),
    "feeds_records": ("left alone", "take in the answers"),
    "wall": ("this terminal alone", "a browser", "a browser and phones"),
    "joins": ("by seat numbers", "by their names"),
}
"""The words for the rows that are one of a few things, by their values."""
WITH_PHONES = 2
"""The value of the row about the wall with phones."""
WHO = ("the whole class", "one pupil", "two, in turn")


class SetupRow(NamedTuple):
    """One row of the set-up."""

    name: str
    label: str
    words: str
    """The present value, in words."""
    is_changeable: bool = True


@dataclass(frozen=True)
class Setup:
    """The choices so far. Steps return a new set-up."""

    banks: tuple[Bank, ...]
    class_lists: tuple[ClassList, ...] = ()
    given: tuple[ItemRef, ...] = ()
    """Items to ask, such as those missed before; empty to draw some."""
    format: str = field(default_factory=lambda: next(iter(all_formats())))
    chosen: Mapping[str, int] = field(default_factory=dict)
    """The choices that differ from the defaults, by the row's name."""
    port: int = 0
    """The port of the wall; 0 for any that is free."""

    @property
    def kind(self) -> type[Drill]:
        """The format."""
        return all_formats()[self.format]

    @property
    def rows(self) -> tuple[SetupRow, ...]:
        """All rows of this format, in order."""
        return tuple(
            SetupRow(choice.name, choice.label, self._words(choice), len(choice.values) > 1)
            for choice in self._choices()
        )

    def moved(self, name: str, by: int) -> Setup:
        """Return the set-up with a row's next or previous value, starting again at the ends."""
        choice = next((choice for choice in self._choices() if choice.name == name), None)
        if choice is None or not choice.values:
            return self
        values, now = choice.values, self._value(choice)
        if now in values:
            value = values[(values.index(now) + by) % len(values)]
            if name == "second" and value == self._of("first", 0):  # nobody sprints against themselves
                value = values[(values.index(value) + by) % len(values)]
        else:  # the value was typed
            beyond = [known for known in values if (known > now) == (by > 0)]
            value = (min if by > 0 else max)(beyond, default=values[0])
        if name == "format":
            return replace(self, format=list(all_formats())[value])
        return replace(self, chosen={**self.chosen, name: value})

    def typed(self, name: str, digits: str) -> Setup:
        """Return the set-up with a typed number; without digits the row has its default again."""
        if name not in TYPED:
            return self
        others = {known: value for known, value in self.chosen.items() if known != name}
        if not digits.strip("0"):
            return replace(self, chosen=others)
        return replace(self, chosen={**others, name: min(int(digits), TYPED[name])})

    def with_class_list(self, class_lists: Sequence[ClassList], class_list: str) -> Setup:
        """Return the set-up with other class lists, one of them chosen by its id."""
        places = [place for place, known in enumerate(class_lists) if known.id == class_list]
        chosen = {**self.chosen, "class_list": places[0]} if places else self.chosen
        return replace(self, class_lists=tuple(class_lists), chosen=chosen)

    @property
    def only_options(self) -> bool:
        """Whether to leave out items without options."""
        return bool(self._of("only_options", int(not self.kind.asks_every_kind)))

    @property
    def limit(self) -> int | None:
        """The most items; None for all."""
        return self._of("items", self.kind.usual_items) or None

    @property
    def topics(self) -> tuple[str, ...]:
        """The topic that items are limited to, as a tuple; empty for all."""
        place = self._of("topic", -1)
        return (self._topics()[place],) if 0 <= place < len(self._topics()) else ()

    @property
    def class_list(self) -> ClassList | None:
        """The class list chosen; None where pupils have numbers or the format needs nobody in particular."""
        place = self._of("class_list", 0)
        is_needed = self.kind.needs is not Needs.SIDES or self._of("who", 0) > 0
        return self.class_lists[place] if is_needed and 0 <= place < len(self.class_lists) else None

    @property
    def wall(self) -> WallSettings | None:
        """How the drill is shown in a browser; None for the terminal alone."""
        wall = self._of("wall", 0)
        if not 0 < wall <= self._most_of_wall:
            return None
        has_phones = wall == WITH_PHONES
        by_name = has_phones and self.class_list is not None and self._of("joins", 0) > 0
        return WallSettings(is_lan=has_phones, by_name=by_name, port=self.port)

    def with_wall(self, wall: WallSettings | None) -> Setup:
        """Return the set-up with the drill shown in a browser, or not."""
        chosen = {name: value for name, value in self.chosen.items() if name not in {"wall", "joins"}}
        if wall is not None:
            chosen |= {"wall": WITH_PHONES if wall.is_lan else 1, "joins": int(wall.by_name)}
        return replace(self, chosen=chosen, port=wall.port if wall else 0)

    @property
    def _most_of_wall(self) -> int:
        """The most that the row about the wall can be: phones only where pupils answer for themselves."""
        return WITH_PHONES if self.kind.takes_phones else 1

    @cached_property
    def available(self) -> int:
        """How many items would be asked."""
        if self.given:
            return len(self.given)
        return len(
            drill_items(
                self.banks,
                seed=0,
                limit=self.limit,
                only_options=self.only_options,
                fits=self.kind.can_ask,
                topics=self.topics,
            )
        )

    @property
    def rules(self) -> tuple[str, ...]:
        """The points for answers, a phrase for each case."""
        return rules(
            items=self.available,
            has_bonus=self._has_bonus() and self._seconds() > 0,
            has_help=self.kind.has_help,
            has_shares=self.kind.has_shares,
            all_bonus=None if self.kind.has_shares else ALL_BONUS,
        )

    @property
    def settings(self) -> DrillSettings:
        """The settings of the drill."""
        needs, class_list = self.kind.needs, self.class_list
        pupils: tuple[str, ...] = ()
        if needs is Needs.PUPILS:
            count = self._of("class_size", USUAL_PUPILS) or USUAL_PUPILS
            pupils = tuple(pupil.id for pupil in class_list.pupils) if class_list else numbered(count)
        elif needs in {Needs.CLASS, Needs.TEAMS} and class_list:
            pupils = tuple(pupil.id for pupil in class_list.pupils)
        elif needs is Needs.SIDES:
            listed = tuple(pupil.id for pupil in class_list.pupils) if class_list else numbered(USUAL_PUPILS)
            places = [self._of("first", 0), self._second(len(listed))][: self._of("who", 0)]
            pupils = tuple(dict.fromkeys(listed[place % len(listed)] for place in places)) if listed else ()
        return DrillSettings(
            format=self.format,
            seconds=self._seconds(),
            has_bonus=self._has_bonus(),
            class_list=class_list.id if class_list else "",
            pupils=pupils,
            teams=self._of("teams", self._usual("teams")),
            class_size=self._class_size(),
            may_change=self._is_on("may_change"),
            has_places=self._is_on("has_places"),
            feeds_records=self._is_on("feeds_records"),
        )

    def _choices(self) -> list[SetupChoice]:
        formats = list(all_formats())
        rows = [SetupChoice("format", "Format", tuple(range(len(formats))), formats.index(self.format))]
        rows += self._who()
        if not self.given:
            if len(self._topics()) > 1:
                rows.append(SetupChoice("topic", "Topic", tuple(range(-1, len(self._topics()))), -1))
            rows.append(SetupChoice("items", "Questions", ITEM_COUNTS, self.kind.usual_items))
            rows.append(SetupChoice("only_options", "Kinds", (0, 1), int(self.only_options)))
        has_list = self.class_list is not None
        rows += [choice for choice in self.kind.choices if has_list or choice.name != "feeds_records"]
        rows.append(SetupChoice("wall", "Shown on", tuple(range(self._most_of_wall + 1)), 0))
        if self.wall is not None and self.wall.is_lan and has_list:
            rows.append(SetupChoice("joins", "Phones join", (0, 1), 0))
        return rows

    def _who(self) -> list[SetupChoice]:
        """Return the rows about who takes part."""
        class_lists = SetupChoice("class_list", "Pupils", tuple(range(len(self.class_lists) + 1)), 0)
        match self.kind.needs:
            case Needs.PUPILS:
                rows = [class_lists]
                if self.class_list is None:
                    rows.append(SetupChoice("class_size", "How many", CLASS_SIZES, USUAL_PUPILS))
                return rows
            case Needs.CLASS:
                rows = [class_lists] if self.class_lists else []
                if self.class_list is None:
                    rows.append(SetupChoice("class_size", "Pupils", (0, *CLASS_SIZES), 0))
                return rows
            case Needs.TEAMS:
                return [class_lists] if self.class_lists else []
            case Needs.SIDES:
                rows = [SetupChoice("who", "Who", tuple(range(len(WHO))), 0)]
                count = len(self.class_list.pupils) if self.class_list else USUAL_PUPILS
                if self._of("who", 0):
                    rows += [class_lists, SetupChoice("first", "First", tuple(range(count)), 0)]
                if self._of("who", 0) == 2:
                    rows.append(SetupChoice("second", "Second", tuple(range(count)), self._second(count)))
                return rows
        return []

    def _words(self, choice: SetupChoice) -> str:
        """Return the value of a row in words."""
        value = self._value(choice)
        if choice.name in SWITCHES:
            return SWITCHES[choice.name][value]
        match choice.name:
            case "format":
                return self.kind.title
            case "class_list":
                if value >= len(self.class_lists):
                    return "teams without names" if self.kind.needs is Needs.TEAMS else "by numbers"
                class_list = self.class_lists[value]
                return f"{class_list.name} ({len(class_list.pupils)})"
            case "first" | "second":
                return self.class_list.pupils[value].name if self.class_list else f"Pupil {value + 1}"
            case "who":
                return WHO[value]
            case "topic":
                return "all" if value < 0 else self._topic_titles()[self._topics()[value]]
            case "items":
                return f"all {self.available}" if not value else f"{self.available}"
            case "has_bonus":
                return "off" if not value else "on" if self._seconds() else "on, but needs a time limit"
            case "seconds":
                return f"{value} s" if value else "no limit"
            case "class_size":
                return str(value) if value else "not counted"
        return str(value)

    def _value(self, choice: SetupChoice) -> int:
        value = self.chosen.get(choice.name, choice.usual)
        if choice.name in {"format", "second"}:
            value = choice.usual
        return value if value in choice.values or choice.name in TYPED else choice.usual

    def _of(self, name: str, usual: int) -> int:
        return self.chosen.get(name, usual)

    def _usual(self, name: str) -> int:
        return next((choice.usual for choice in self.kind.choices if choice.name == name), 0)

    def _is_on(self, name: str) -> bool:
        """Return whether something is chosen that is the usual, or not offered."""
        return not self.kind.offers(name) or self._of(name, self._usual(name)) > 0

    def _seconds(self) -> int:
        choice = next((choice for choice in self.kind.choices if choice.name == "seconds"), None)
        return self._value(choice) if choice else 0

    def _second(self, count: int) -> int:
        """Return the place of the second of two sprinters among so many: never that of the first."""
        place = self._of("second", 1) % max(1, count)
        return (place + (place == self._of("first", 0))) % max(1, count)

    def _has_bonus(self) -> bool:
        """Return whether speed earns more. The choice is kept while a format without a bonus is shown."""
        return self.kind.offers("has_bonus") and self._of("has_bonus", 0) > 0

    def _class_size(self) -> int:
        """Return how many hands there can be; 0 if unknown or irrelevant."""
        if self.class_list is not None:
            return len(self.class_list.pupils)
        return self._of("class_size", 0) if self.kind.needs is Needs.CLASS else 0

    def _topics(self) -> list[str]:
        return list(self._topic_titles())

    def _topic_titles(self) -> dict[str, str]:
        return {topic: title for bank in self.banks for topic, title in bank.topics.items()}
