"""Starting study sessions and going through them."""
