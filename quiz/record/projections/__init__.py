"""Projections: what is derived from the events and can be rebuilt from them."""
