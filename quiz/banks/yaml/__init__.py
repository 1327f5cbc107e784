"""YAML as banks use it: a tree of strings, and what is refused while reading it."""
