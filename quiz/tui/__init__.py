"""The full-screen app. It turns keys into calls on a session, and a session's state into what is shown."""
