"""Runs: the clock, the model, members, ensembles, records and results; nothing here judges."""
