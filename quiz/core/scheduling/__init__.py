"""When items come back, and which of them are asked."""
