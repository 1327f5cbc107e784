"""Tools for authors of banks."""
