"""A probability counted over members, with what counting leaves open.

    p = k / m,   error = sqrt(p (1 - p) / m)
    interval = (p + z^2 / 2m -+ z sqrt(p (1 - p) / m + z^2 / 4m^2)) / (1 + z^2 / m)

The interval is Wilson's (1927), at 90 %: unlike the error it does not vanish where all members agree. One member gives
no probability.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_Z90 = 1.645
MET, LIKELY = 0.8, 0.5


class Probability(NamedTuple):
    """A share of members, its Monte-Carlo error and its 90 % interval; all nan with one member."""

    members: int
    met: int
    share: float
    error: float
    low: float
    high: float

    @property
    def status(self) -> str:
        """Return "met" from .8 on, "likely" from .5 on, else "at risk"; of one member what it did."""
        if self.members == 1:
            return "met in this run" if self.met else "not met in this run"
        if self.share >= MET:
            return "met"
        return "likely" if self.share >= LIKELY else "at risk"

    def cells(self) -> dict[str, Any]:
        """Return the columns that a sheet has of it."""
        return {
            "probability": self.share,
            "status": self.status,
            "members": self.members,
            "met": self.met,
            "probability_error": self.error,
            "probability_low": self.low,
            "probability_high": self.high,
        }


def probability(met: NDArray[np.bool_]) -> Probability:
    """Return the probability of what is true of each member, shape (n_members,)."""
    m, k = len(met), int(met.sum())
    if m == 1:
        return Probability(m, k, math.nan, math.nan, math.nan, math.nan)
    p, z2 = k / m, _Z90**2
    centre = (p + z2 / (2 * m)) / (1 + z2 / m)
    half = _Z90 * math.sqrt(p * (1 - p) / m + z2 / (4 * m**2)) / (1 + z2 / m)
    return Probability(m, k, p, math.sqrt(p * (1 - p) / m), max(centre - half, 0.0), min(centre + half, 1.0))
