"""Starting and conducting drills."""
