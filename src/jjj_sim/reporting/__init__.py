"""A report of a result or a comparison: one page that opens anywhere, and the pictures that pages show."""
