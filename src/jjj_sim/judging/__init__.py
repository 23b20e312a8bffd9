"""Judging: what a result is held against, and what comes of it."""
