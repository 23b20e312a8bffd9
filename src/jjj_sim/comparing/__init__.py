"""Comparing: two runs that share their luck, and what differs."""
