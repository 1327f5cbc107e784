"""Browsing through every item of all banks."""
