"""Screens for a class's results and for marking its papers."""
