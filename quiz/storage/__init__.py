"""What the record and the banks are on disk."""
