"""A forecast: equally likely points by year, each with its error, and how it fares against what came.

    F(y)  = mean_m T_n((y - x_m) / sd)                  T_n Student's t, a normal where n is infinite
    PIT   = F(truth): even between 0 and 1 where the forecast is right           (Dawid 1984, recalled)
    CRPS  = E|X - truth| - E|X - X'| / 2                                  (Gneiting, Raftery 2007, recalled)

An interval of 90 % holds the truth where the PIT lies between .05 and .95.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

F64 = NDArray[np.float64]

_CLOUD = 1280
_LEAST = 20


@dataclass(frozen=True)
class Forecast:
    """`points` (n_points, n_years) in the series' unit or its log, `sd` (n_years,) of the error around each, and its
    degrees of freedom."""

    points: F64
    sd: F64
    df: float = np.inf

    @property
    def middle(self) -> F64:
        """Median of the points (n_years,)."""
        return np.asarray(np.median(self.points, axis=0))

    def pit(self, truth: F64) -> F64:
        """Return the chance of less than `truth` (n_years,)."""
        return np.asarray(student.cdf((truth - self.points) / self.sd, self.df).mean(axis=0))

    def crps(self, truth: F64) -> F64:
        """Return the CRPS (n_years,), from quantiles of the error around every point."""
        n = len(self._cloud)
        rank = 2 * np.arange(1, n + 1) - n - 1
        return np.asarray(np.abs(self._cloud - truth).mean(axis=0) - (rank @ self._cloud) / n**2)

    def interval(self, share: float) -> tuple[F64, F64]:
        """Return the ends of the central interval of a share, each (n_years,)."""
        low, high = np.quantile(self._cloud, [0.5 - share / 2, 0.5 + share / 2], axis=0)
        return low, high

    @functools.cached_property
    def _cloud(self) -> F64:
        """Every point with the quantiles of its error, ascending (n, n_years)."""
        n = max(_LEAST, -(-_CLOUD // len(self.points)))
        error = student.ppf((np.arange(n) + 0.5) / n, self.df)
        found = (self.points[:, None] + error[:, None] * self.sd).reshape(-1, len(self.sd))
        return np.sort(found, axis=0)


def certain(middle: F64, sd: F64) -> Forecast:
    """Return a normal forecast of one point a year."""
    return Forecast(np.asarray(middle, dtype=float)[None], np.asarray(sd, dtype=float))
