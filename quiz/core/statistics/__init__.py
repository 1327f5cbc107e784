"""Statistics of the attempts on record."""
