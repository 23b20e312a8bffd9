"""Money moves only here: from a payer to a payee, and the sum over all accounts is zero."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

ACCOUNTS = ("households", "firms", "local_gov", "centre", "rest_of_china")


class Ledger:
    """Net receipts of the quarter by account and zone, billion yuan.

    `net` has shape (n_accounts, n_zones); the centre and the rest of China use column 0. `entries` sums
    each named flow over the quarter.
    """

    def __init__(self, n_zones: int) -> None:
        self.net = np.zeros((len(ACCOUNTS), n_zones))
        self.entries: dict[str, float] = {}

    def clear(self) -> None:
        """Open a new quarter."""
        self.net[...] = 0.0
        self.entries.clear()

    def pay(self, what: str, *, payer: str, payee: str, amount: NDArray[Any] | float) -> None:
        """Move `amount` (bn yuan) from `payer` to `payee`.

        A scalar goes between column 0 of both; one number per zone stays in its zone; a matrix (n_zones, n_zones)
        goes from zone (rows) to zone. Between a zonal and a central account the central side receives or pays
        the sum.
        """
        due = np.atleast_1d(np.asarray(amount, dtype=float))
        sides = (due.sum(axis=1), due.sum(axis=0)) if due.ndim == 2 else (due, due)
        for account, sign, part in ((payer, -1.0, sides[0]), (payee, 1.0, sides[1])):
            row = self.net[ACCOUNTS.index(account)]
            if part.size == self.net.shape[1] and account not in ("centre", "rest_of_china"):
                row += sign * part
            else:
                row[0] += sign * part.sum()
        self.entries[what] = self.entries.get(what, 0.0) + float(due.sum())
