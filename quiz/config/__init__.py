"""Settings and keys, and the TOML file that holds them."""
