"""What each format of drills shows: one module a format, found by itself."""
