"""The events of a session: their model, ids, and which of them count."""
