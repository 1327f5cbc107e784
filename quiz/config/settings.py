"""The settings in config.toml. Flags override the environment, which overrides the file."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from quiz.config.days_off import Weekday, days_off
from quiz.config.tables import TABLES
from quiz.core.content.bank_settings import BankSettings
from quiz.core.study_filter import StudyFilter

THEME_NAMES: Final = (
    "verdigris", "verdigris-light", "high-contrast", "high-contrast-light", "textual-dark", "textual-light",
    "atom-one-dark",
    "atom-one-light", "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha",
    "dracula", "flexoki", "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon",
    "solarized-dark", "solarized-light", "tokyo-night", "ansi-dark", "ansi-light",
)  # fmt: skip
"""The themes: quiz's own, then Textual's. Listed here so that Textual need not be loaded."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of one person on one machine."""

    learner: Annotated[str, Meta(description="Whose record this is; empty is the name of your account.")] = ""
    banks: Annotated[tuple[str, ...], Meta(description="More folders to look for banks in.")] = ()
    theme: Annotated[
        str, Meta(description="The colours; high-contrast and high-contrast-light read best.")
    ] = "verdigris"
    transparent: Annotated[bool, Meta(description="The terminal's own background shows through.")] = False
    ascii_signs: Annotated[
        bool, Meta(description="Signs, bars and frames in ASCII, for fonts that lack them.")
    ] = False
    reduced_motion: Annotated[
        bool, Meta(description="Nothing on the screen moves by itself; over SSH that is always so.")
    ] = False
    pictures: Annotated[
        Literal["auto", "kitty", "sixel", "blocks", "off"],
        Meta(description="How pictures are drawn; needs quizterm[pictures]."),
    ] = "auto"
    tour: Annotated[
        bool, Meta(description="The first ? at Home shows you round until something has been answered.")
    ] = True
    mouse: Annotated[bool, Meta(description="Whether the mouse is used.")] = True
    new_per_day: Annotated[
        int, Meta(ge=0, le=9999, description="The most new questions a day, all banks together.")
    ] = 20
    due_per_day: Annotated[int, Meta(ge=0, le=9999, description="The most reviews a day; 0 is no limit.")] = 0
    criterion: Annotated[
        int,
        Meta(
            ge=1, le=3, description="How often a question must be answered right before it leaves a session."
        ),
    ] = 1
    retention: Annotated[
        float,
        Meta(
            ge=0.7,
            le=0.97,
            description="The share still to be known when it comes back; a higher one costs more reviews.",
        ),
    ] = 0.9
    day_starts_at: Annotated[
        int, Meta(ge=0, le=23, description="The local hour at which a study day begins.")
    ] = 4
    fuzz: Annotated[
        bool, Meta(description="Whether long intervals vary a little, so that days have even loads.")
    ] = True
    easy_days: Annotated[tuple[Weekday, ...], Meta(description="Weekdays with half as much due.")] = ()
    free_days: Annotated[
        tuple[Weekday, ...], Meta(description="Weekdays with nothing due, as far as that can be.")
    ] = ()
    holidays: Annotated[
        tuple[str, ...],
        Meta(description="Dates with nothing due, as far as that can be; a span is 2026-12-24..2027-01-02."),
    ] = ()
    confidence: Annotated[bool, Meta(description="Whether you say with each answer how sure you are.")] = (
        False
    )
    drafts: Annotated[
        bool, Meta(description="Whether drafts are studied too, as the author of a bank may want.")
    ] = False
    tests_feed_study: Annotated[
        bool, Meta(description="Whether answers in exams count for the study schedule.")
    ] = True
    sync_folder: Annotated[
        str,
        Meta(
            description="A folder that carries your record between devices; empty for none. "
            "A session that was left goes on only on the device where it began."
        ),
    ] = ""
    school: Annotated[
        str, Meta(description="Your school's database, which your record goes to as well; empty for none.")
    ] = ""
    saved: Annotated[dict[str, StudyFilter], Meta(description="What to study, saved under names.")] = (
        msgspec.field(default_factory=dict)
    )
    bank: Annotated[dict[str, BankSettings], Meta(description="Settings of single banks, by their ids.")] = (
        msgspec.field(default_factory=dict)
    )
    keys: Annotated[dict[str, str], Meta(description="Keys of your own, by the id of the action.")] = (
        msgspec.field(default_factory=dict)
    )

    @property
    def record_goes_to(self) -> tuple[str, ...]:
        """Where the record is kept, as words for the person."""
        others = (("folder", self.sync_folder), ("school", self.school))
        return ("this machine", *(word for word, where in others if where))

    @property
    def is_synced(self) -> bool:
        """Whether the record goes anywhere besides this machine."""
        return bool(self.sync_folder or self.school)

    def for_bank(self, bank: str) -> BankSettings:
        """Return the settings that count for a bank: its own, and those for all banks where it has none."""
        own = self.bank.get(bank, BankSettings())
        return BankSettings(
            new_per_day=self.new_per_day if own.new_per_day is None else own.new_per_day,
            order=own.order or "file",
            retention=self.retention if own.retention is None else own.retention,
            confidence=self.confidence if own.confidence is None else own.confidence,
            pass_mark=own.pass_mark,
        )

    @property
    def policy(self) -> dict[str, Any]:
        """The settings that a schedule depends on, as they are recorded with a session."""
        told = {"retention": self.retention, "day_starts_at": self.day_starts_at, "fuzz": self.fuzz}
        off = days_off(self.easy_days, self.free_days, self.holidays)
        kept = {bank: own.retention for bank, own in self.bank.items() if own.retention is not None}
        more = {"days_off": off, "retention_by_bank": kept}
        return {**told, **{name: value for name, value in more.items() if value}}


class Setting(msgspec.Struct, frozen=True):
    """A setting with its value, for display."""

    name: str
    value: Any
    description: str

    def at(self, config: Config) -> Setting:
        """Return the setting as it stands in other settings."""
        return msgspec.structs.replace(self, value=getattr(config, self.name))

    @property
    def written(self) -> str:
        """The value, as a person would write it."""
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        if self.name in TABLES:
            return msgspec.json.encode(self.value).decode()
        if isinstance(self.value, dict):
            return " ".join(f"{name}={keys}" for name, keys in self.value.items()) or "none"
        if isinstance(self.value, tuple):
            return ", ".join(self.value) or "none"
        return str(self.value) or "—"


def settings_of(config: Config) -> list[Setting]:
    """Return all settings with their values and descriptions."""
    schema = _schema()
    return [
        Setting(name, getattr(config, name), schema[name]["description"]) for name in Config.__struct_fields__
    ]


@lru_cache(maxsize=1)
def _schema() -> dict[str, dict[str, Any]]:
    """Return the schema of each setting by its name."""
    properties: dict[str, dict[str, Any]] = msgspec.json.schema(Config)["$defs"]["Config"]["properties"]
    return properties


def value_of(config: Config, name: str) -> Any:
    """Return what a setting, or a part such as `bank.courtship.order`, is written as; None for nothing."""
    first, dot, key = name.partition(".")
    value = msgspec.to_builtins(getattr(config, first))
    for part in [key] if first == "keys" and dot else key.split(".") if dot else []:
        value = (value or {}).get(part)
    return list(value) if isinstance(value, tuple) else value


def wanted(name: str) -> str:
    """Return a description of the values that a setting accepts."""
    schema = _schema()[name]
    if name in _LISTS:
        return _LISTS[name]
    if "enum" in schema:
        *others, last = (f'"{value}"' for value in schema["enum"])
        return f"{', '.join(others)} or {last}"
    kind = schema["type"]
    if kind in {"integer", "number"}:
        what = "a whole number" if kind == "integer" else "a number"
        return f"{what} from {schema['minimum']} to {schema['maximum']}"
    return {
        "boolean": "true or false",
        "array": "a list of texts in quotes",
        "object": 'lines such as "home.study" = "f10"',
    }.get(kind, "a text in quotes")


_LISTS: Final = {
    "easy_days": "a list of weekdays, such as saturday",
    "free_days": "a list of weekdays, such as sunday",
    "holidays": "a list of dates, such as 2026-12-24 or 2026-12-24..2027-01-02",
    "saved": "tables of what to study by their names, such as [saved.weak] with limit = 20",
    "bank": "tables of settings by banks' ids, such as [bank.courtship] with new_per_day = 5",
}
