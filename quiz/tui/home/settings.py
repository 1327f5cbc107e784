"""The settings: what each is for, and what it stands at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one

from quiz.config.settings import Setting, settings_of
from quiz.tui.available_actions import key_label
from quiz.tui.base_screen import BaseScreen
from quiz.tui.bindings import bar_key
from quiz.tui.home.setting_rows import about_setting, pairing_lines, setting_rows
from quiz.tui.routes import AskText, ChooseRow, ChooseStudy, Keys, SetUpBank
from quiz.tui.text import show, show_line
from quiz.tui.widgets.figures import Figures
from quiz.tui.widgets.key_bar import KeyBar
from quiz.tui.widgets.row_list import ListRow, RowList
from quiz.tui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from datetime import datetime

    from quiz.services.workspace import Workspace


LATER = frozenset({"banks", "learner", "mouse"})
"""Settings that only the start of the program looks at."""
AIRY = 34
"""The height in rows from which the groups stand apart."""


class SettingsScreen(BaseScreen[None]):
    """A row for each setting; enter changes it."""

    CSS = """
    SettingsScreen {
        #panes { height: 1fr; align-horizontal: center; }
        RowList { width: 3fr; max-width: 62; height: 1fr; margin: 1 1 0 0; color: $foreground-muted; }
        RowList > .row-list--cursor { color: $text-accent; }
        #about { width: 2fr; max-width: 60; height: auto; margin: 1 2 0 1; padding: 1 2; }
        #about { background: $surface; pointer: pointer; }
        &.-lofty #panes { padding-top: 5; }
        &.-wide { RowList { width: 48; margin: 1 0 0 0; } }
        &.-narrow {
            #panes { layout: vertical; }
            RowList { width: 100%; }
            #about { width: 100%; margin: 1 0 0 0; }
        }
    }
    """
    name_shown = "Settings"
    about = "What you change here is kept in config.toml."
    choosing = "Change this setting"
    BINDINGS: ClassVar[list[BindingType]] = [
        bar_key("settings.change", "space", "change", "Change", "Change this setting"),
        bar_key("settings.close", "escape,q", "close", "Back", "Back to the banks"),
    ]

    rows = query_one(RowList)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._settings: dict[str, Setting] = {}
        self._came: list[tuple[str, datetime]] = []
        self._differing: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out the rows and what the current one is for."""
        top = TopLine()
        top.left = show("Settings", "bold $foreground")
        yield top
        with Horizontal(id="panes"):
            yield RowList(skips_headings=True)
            yield Figures(self._about, id="about")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the settings."""
        self._show()

    def _show(self) -> None:
        settings = settings_of(self.workspace.config)
        self._settings = {setting.name: setting for setting in settings}
        if self.workspace.config.sync_folder:
            from quiz.services.sync import last_came, said_of_differing

            self._came = last_came(self.workspace)
            self._differing = said_of_differing(self.workspace)
        current = self.rows.current
        rows = setting_rows(settings, is_airy=self.app.size.height >= AIRY)
        self.rows.show_rows(rows, current.key if current is not None else rows[1].key)

    def on_row_list_highlighted(self) -> None:
        """Say what the setting is for."""
        self.query_one(Figures).refresh(layout=True)

    def _about(self, width: int) -> list[Content]:
        row = self.rows.current
        if row is None or not row.is_enabled:
            return []
        lines = about_setting(self._settings[row.key], key_label(self, "settings.change"), width)
        if row.key == "sync_folder" and self.workspace.config.sync_folder:
            lines += pairing_lines(self._came)
            for said in self._differing:
                lines += [Content(), *show(said, "$text-warning").wrap(width)]
        return lines

    def on_row_list_chosen(self) -> None:
        """Change the setting that was chosen."""
        self.action_change()

    @on(events.Click, "#about")
    def _change(self) -> None:
        """Change the setting by the button beside it."""
        self.action_change()

    def action_change(self) -> None:
        """Turn a yes or no round, open the themes, or ask for another value."""
        row = self.rows.current
        if row is None or not row.is_enabled:
            return
        setting = self._settings[row.key]
        if isinstance(setting.value, bool):
            self._set(setting.name, not setting.value)
        elif setting.name == "theme":
            self.app.action_change_theme()
        elif setting.name == "saved":
            self.go(ChooseStudy())
        elif setting.name == "bank":
            self._choose_bank()
        elif isinstance(setting.value, dict):
            self.go(Keys())
        else:
            written = "" if setting.value in ("", ()) else setting.written
            self.go(
                AskText(setting.description, written),
                lambda value: None if value is None else self._set(setting.name, value),
            )

    def _choose_bank(self) -> None:
        """Ask for the bank whose settings are to be looked at."""
        cards = self.workspace.library.usable()
        rows = [ListRow(card.id, show_line(card.title)) for card in cards]
        self.go(ChooseRow("Which bank?", rows), self._set_up_bank)

    def _set_up_bank(self, bank: str | None) -> None:
        if bank is not None:
            self.go(SetUpBank(bank))

    def _set(self, name: str, value: object) -> None:
        self.workspace.set(name, value)
        self._heed(name)
        self._show()

    def _heed(self, name: str) -> None:
        """Let a setting count at once where it can, and say so where it cannot."""
        if name == "reduced_motion":
            self.app.animation_level = "none" if self.workspace.config.reduced_motion else "full"
        elif name in {"transparent", "ascii_signs"}:
            self.app.use_looks(self.workspace.config)
        elif name in LATER:
            self.notify("This counts from the next start on.")

    def on_screen_resume(self) -> None:
        """Show what was changed elsewhere, such as the theme."""
        if self.is_mounted and self.rows.rows:
            self._show()
