"""When an item comes back, and which items a session asks."""
