"""Scenarios: the only thing a user writes."""
