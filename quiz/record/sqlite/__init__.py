"""The record's SQLite file: opening, creating, upgrading, and its errors."""
