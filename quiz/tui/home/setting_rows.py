"""What settings are called on the screen, how they are grouped, and their values in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from textual.content import Content

from quiz.config.settings import Config, Setting
from quiz.core.text.phrases import count
from quiz.tui.text import join, show, show_line
from quiz.tui.widgets.lead_card import BUTTON
from quiz.tui.widgets.row_list import ListRow

GROUPS: Final = {
    "Studying": {
        "new_per_day": "New questions a day", "due_per_day": "Reviews a day",
        "saved": "Saved choices", "bank": "Single banks",
        "criterion": "Right answers needed", "confidence": "Ask how sure I am", "drafts": "Study drafts too",
        "tests_feed_study": "Exams count for studying",
    },
    "When questions come back": {
        "retention": "Recall to aim for", "fuzz": "Spread long intervals", "day_starts_at": "A day begins at",
        "easy_days": "Easy days", "free_days": "Free days", "holidays": "Holidays",
    },
    "Look and keys": {
        "theme": "Theme", "transparent": "See-through background", "ascii_signs": "ASCII signs",
        "reduced_motion": "Less motion", "mouse": "Mouse", "keys": "Keys",
        "tour": "Offer the tour",
        "pictures": "Pictures",
    },
    "You and your banks": {
        "learner": "Your name", "banks": "Folders with banks", "sync_folder": "Synced folder",
        "school": "School's database",
    },
}  # fmt: skip
"""The settings by group, with their names on the screen; any other comes last, by its own name."""
USUAL: Final = Config()
"""The settings of whoever changed none."""
TIMES: Final = {1: "once", 2: "twice", 3: "three times"}


def setting_rows(settings: Sequence[Setting], *, is_airy: bool) -> list[ListRow]:
    """Return a row for each setting beneath its group's heading, groups apart if airy; changes stand out."""
    by_name = {setting.name: setting for setting in settings}
    rows: list[ListRow] = []
    for name, label in _labels(settings):
        if name in by_name:
            words = in_words(by_name[name])
            is_usual = words == in_words(by_name[name].at(USUAL))
            value = show_line(words, "" if is_usual else "bold $text-primary")  # or the colour of the list
            rows.append(ListRow(name, show_line(label, "$foreground"), join(value, "  ")))
            continue
        if rows and is_airy:
            rows.append(ListRow(f"{name} above", Content(), is_enabled=False))
        rows.append(ListRow(name, show(label, "bold"), is_enabled=False))
    return rows


def _labels(settings: Sequence[Setting]) -> Iterator[tuple[str, str]]:
    """Yield the names and labels of headings, which are no settings, and of settings."""
    left = [setting.name for setting in settings]
    for heading, labels in GROUPS.items():
        yield f"# {heading}", heading
        for name, label in labels.items():
            left.remove(name)
            yield name, label
    if left:
        yield "# More", "More"
        yield from ((name, name.replace("_", " ").capitalize()) for name in left)


def about_setting(setting: Setting, key: str, width: int) -> list[Content]:
    """Return what a setting is for, what it stands at and usually is, and the key that changes it."""
    label = next((labels[setting.name] for labels in GROUPS.values() if setting.name in labels), setting.name)
    now, usual = in_words(setting), in_words(setting.at(USUAL))
    standing = f"Now {now}, the default." if now == usual else f"Now {now}; the default is {usual}."
    return [
        show_line(label, "bold"),
        *show(setting.description).wrap(width),
        Content(),
        *show(standing, "$foreground-muted").wrap(width),
        Content(),
        join((f" {key}  Change ", BUTTON)),
    ]


def pairing_lines(came: Sequence[tuple[str, datetime]]) -> list[Content]:
    """Return which devices share the synced folder, by when something last came from each."""
    if not came:
        return [Content(), show("Nothing has come from another device yet.", "$foreground-muted")]
    heading = show("When something last came from your other devices:", "$foreground-muted")
    return [Content(), heading, *(show_line(f"  {device}  {at:%Y-%m-%d %H:%M}") for device, at in came)]


def in_words(setting: Setting) -> str:
    """Return a setting's value as a person would say it."""
    match setting.name, setting.value:
        case "due_per_day", 0:
            return "no limit"
        case "new_per_day", 0:
            return "none"
        case "retention", float(share):
            return f"{share * 100:g} %"
        case "day_starts_at", int(hour):
            return f"{hour}:00"
        case "criterion", int(times):
            return TIMES[times]
        case "saved" | "bank", dict(entries):
            return ", ".join(entries) or "none"
        case "keys", dict(keys):
            return count(len(keys), "change") if keys else "no changes"
        case "sync_folder" | "school", "":
            return "none"
        case "learner", "":
            return "as on this computer"
    return setting.written
