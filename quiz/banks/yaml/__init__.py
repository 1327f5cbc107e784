"""YAML as banks use it: a tree of strings, and what is refused on the way."""
