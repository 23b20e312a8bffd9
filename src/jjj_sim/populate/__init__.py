"""From published figures to the opening world of 2013Q1."""
