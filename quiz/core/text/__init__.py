"""Reading, comparing and measuring text."""
