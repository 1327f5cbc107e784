"""What the attempts on record say."""
