"""Drills: a class before one screen."""
