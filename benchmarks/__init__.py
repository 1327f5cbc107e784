"""Where the figures in README come from. `python -m benchmarks` runs them all and prints a table."""
