"""What a history of attempts says."""
