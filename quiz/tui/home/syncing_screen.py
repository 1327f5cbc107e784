"""A screen that looks for what the learner did on other devices, and keeps nobody waiting for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from quiz.errors import QuizError
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

    def sync_aside(self, *, is_asked: bool = False) -> None:
        """Sync in the background, where a folder or a school is set up."""
        if self.workspace.config.is_synced:
            self._sync(is_asked=is_asked)

    @work(thread=True, exclusive=True, exit_on_error=False, group="sync")
    def _sync(self, *, is_asked: bool) -> None:
        from quiz.services.school import sync_school_if_set
        from quiz.services.sync import sync_if_set

        came, said = 0, []
        for way in (sync_if_set, partial(sync_school_if_set, is_asked=is_asked)):
            try:
                synced = way(self.workspace)
            except QuizError as error:
                said.append(str(error))
            else:
                came += synced.came if synced else 0
                said += synced.remarks[:1] if synced else ()
        self.post_message(self.Synced(came, " ".join(said)))

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
        self.sync_aside(is_asked=True)
