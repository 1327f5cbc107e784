"""What quiz knows: items, grading, sessions, schedules. No files, no database, no terminal."""
