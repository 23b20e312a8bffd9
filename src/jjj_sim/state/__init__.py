"""The state of the region: agents as columns, stocks with a ledger, and the world that holds them."""
