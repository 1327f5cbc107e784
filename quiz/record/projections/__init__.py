"""What follows from the events and can be rebuilt from them."""
