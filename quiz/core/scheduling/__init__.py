"""When items come back, and which items a session asks."""
