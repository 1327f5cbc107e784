"""Starting and going through study sessions."""
