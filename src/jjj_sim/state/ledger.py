"""Money moves only here: from a payer to a payee, and the sum over all accounts is zero."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_ZONES

ACCOUNTS = ("households", "firms", "local_gov", "centre", "rest_of_china")


class Ledger:
    """Net receipts of the quarter by account and zone, billion yuan.

    `net` has shape (n_accounts, n_zones); the centre and the rest of China use column 0. `entries` sums
    each named flow over the quarter.
    """

    def __init__(self) -> None:
        self.net = np.zeros((len(ACCOUNTS), N_ZONES))
        self.entries: dict[str, float] = {}

    def clear(self) -> None:
        """Open a new quarter."""
        self.net[...] = 0.0
        self.entries.clear()

    def pay(self, what: str, *, payer: str, payee: str, amount: NDArray[Any] | float) -> None:
        """Move `amount` (bn yuan) from `payer` to `payee`: a scalar for column 0, one number a zone, or a matrix
        from the payer's zone (rows) to the payee's (columns), both zonal accounts.

        Between a zonal and a central account the central side receives or pays the sum.
        """
        due = np.atleast_1d(np.asarray(amount, dtype=float))
        for account, sign, axis in ((payer, -1.0, 1), (payee, 1.0, 0)):
            row = self.net[ACCOUNTS.index(account)]
            if due.ndim == 2:
                row += sign * due.sum(axis=axis)
            elif due.size == N_ZONES and account not in ("centre", "rest_of_china"):
                row += sign * due
            else:
                row[0] += sign * due.sum()
        self.entries[what] = self.entries.get(what, 0.0) + float(due.sum())
