"""Published figures: each with source, confidence and vintage."""
