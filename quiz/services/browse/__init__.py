"""Every item of all banks: found, sorted and changed many at once."""
