"""The rules of quiz: items, grading, sessions, schedules. No files, no database, no terminal."""
