"""The app of `quiz preview`: a bank file, and neither learner nor record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.screen import Screen

from quiz.clock import Clock
from quiz.config.settings import Config
from quiz.core.content.item import Image
from quiz.services.pictures import picture_file
from quiz.tui.base_app import BaseApp
from quiz.tui.navigation import dialog
from quiz.tui.preview.drafts import DraftsScreen, WatchedDrafts
from quiz.tui.preview.screen import PreviewScreen, Watched
from quiz.tui.routes import Route


class PreviewApp(BaseApp):
    """Shows a bank while it is written."""

    CSS_PATH = ["../app.tcss", "screen.tcss"]  # noqa: RUF012 - the first screen's sheet is the app's to read

    def __init__(
        self,
        watched: Watched,
        config: Config,
        clock: Clock,
        item: str | None = None,
        first: PreviewScreen | None = None,
    ) -> None:
        super().__init__(config)
        self._file = watched.path
        self._first = first or PreviewScreen(watched, clock, item)

    def picture_file(self, bank: str, image: Image) -> Path | None:  # noqa: ARG002 - there is one bank only
        """Return the file of the bank's picture, None where it cannot be shown."""
        return picture_file(self._file, image)

    def get_default_screen(self) -> PreviewScreen:
        """Return the preview, which is all there is."""
        return self._first

    def on_mount(self) -> None:
        """Watch the terminal."""
        self._mind_size(self.size.width, self.size.height)
        self.watch_the_world()

    def screen_for(self, route: Route[Any]) -> Screen[Any]:
        """Return the dialog that a route stands for."""
        return dialog(route)


def run_preview(watched: Watched, config: Config, clock: Clock, item: str | None = None) -> int:
    """Run the preview until its author leaves it, and return its exit code.

    Raises:
        Exception: whatever the app could not handle, once the terminal is restored.
    """
    return PreviewApp(watched, config, clock, item).run_to_end(mouse=config.mouse)


def run_drafts(watched: WatchedDrafts, config: Config, clock: Clock) -> int:
    """Go through a bank's drafts until the author leaves or there are none, and return the exit code.

    Raises:
        Exception: whatever the app could not handle, once the terminal is restored.
    """
    app = PreviewApp(watched, config, clock, first=DraftsScreen(watched, clock))
    return app.run_to_end(mouse=config.mouse)
