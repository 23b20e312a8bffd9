"""The tables of a region by topic."""
