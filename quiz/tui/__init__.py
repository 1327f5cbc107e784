"""The full-screen app. It turns keys into calls on a session, and a session's state into what is shown."""

from quiz.tui.textual_imports import import_textual

import_textual()
