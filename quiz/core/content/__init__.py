"""Banks, items, interactions, grading and diagnostics."""
