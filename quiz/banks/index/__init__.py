"""The index of banks: what is known of each file without parsing it again."""
