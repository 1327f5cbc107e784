"""Screens for what a class did: its results, and marking its papers."""
