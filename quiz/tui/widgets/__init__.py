"""What screens are put together from: each widget is named for what it shows."""
