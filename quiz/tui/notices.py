"""Notices, the short messages in the corner of the screen. All of them pass through `NoticeApp`."""

from __future__ import annotations

from collections.abc import Container

from textual.app import App
from textual.notifications import SeverityLevel

from quiz.core.text.safe_text import one_line, visible
from quiz.errors import QuizError

REFUSAL_SECONDS = 15
"""How long a notice of a failure stays, in seconds."""


class NoticeApp(App[int]):
    """An app whose notices show text literally and never twice at a time."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002
    ) -> None:
        """Show a notice without markup or control characters, unless the same one is being shown.

        `timeout` is in seconds. `notify` of every screen and widget calls this. Safe to call from any thread.
        """
        said, heading = visible(message), one_line(title)
        if not any((shown.message, shown.title) == (said, heading) for shown in self._notifications):
            super().notify(said, title=heading, severity=severity, timeout=timeout, markup=False)

    def take_back(self, messages: Container[str]) -> None:
        """Remove the notices that say one of these, before their time."""
        for shown in [shown for shown in self._notifications if shown.message in messages]:
            self._unnotify(shown)

    def refuse(self, error: QuizError, title: str = "") -> None:
        """Show an error notice that says what failed and what to do about it."""
        self.notify(str(error), title=title, severity="error", timeout=REFUSAL_SECONDS)
