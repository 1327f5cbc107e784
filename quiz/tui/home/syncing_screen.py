"""A screen that looks for what the learner did on other devices, and keeps nobody waiting for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from quiz.errors import QuizError
from quiz.services.sync import sync_if_set
from quiz.tui.base_screen import BaseScreen

if TYPE_CHECKING:
    from quiz.services.workspace import Workspace


class SyncingScreen(BaseScreen[None]):
    """Syncs once it is drawn, each time it is shown again, and when it is asked to."""

    class Synced(Message):
        """What other devices did was taken in, or could not be."""

        def __init__(self, came: int, said: str) -> None:
            super().__init__()
            self.came = came
            self.said = said

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._sync_said = ""

    def on_mount(self) -> None:
        """Look for what other devices did once the screen is there."""
        self.call_after_refresh(self.sync_aside)

    def sync_aside(self) -> None:
        """Sync in the background, where a folder is set up."""
        if self.workspace.config.sync_folder:
            self._sync()

    @work(thread=True, exclusive=True, exit_on_error=False, group="sync")
    def _sync(self) -> None:
        try:
            synced = sync_if_set(self.workspace)
        except QuizError as error:
            self.post_message(self.Synced(0, str(error)))
        else:
            if synced is not None:
                self.post_message(self.Synced(synced.came, " ".join(synced.remarks[:1])))

    def on_syncing_screen_synced(self, message: Synced) -> None:
        """Show what came, and say what could not be taken in where that is news."""
        if message.said and message.said != self._sync_said:
            self.notify(message.said, title="Sync", severity="warning")
        self._sync_said = message.said
        if message.came:
            self.show_all()

    def show_all(self) -> None:
        """Show how things stand now."""

    def action_sync(self) -> None:
        """Sync now."""
        self._sync_said = ""
        self.sync_aside()
