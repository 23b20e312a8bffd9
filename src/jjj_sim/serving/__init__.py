"""A page on this machine: levers that are moved, and at once what that changes."""
