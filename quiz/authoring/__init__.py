"""For whoever writes banks."""
