"""Home, the briefing, search and settings."""
