"""Sessions: what happens next, as values. One module for each mode."""
