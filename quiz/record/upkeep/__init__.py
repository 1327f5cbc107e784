"""Backups, checks, repair and forgetting."""
