"""Question banks: found in folders, read from YAML, indexed, edited and written."""
