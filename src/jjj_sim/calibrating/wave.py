"""Checks of a mode: does another start end elsewhere, and what else do the figures not rule out?

    implausibility of a point: the second largest |z_i| / s_b(i) over its figures    (Vernon and others 2010, recalled)
    not ruled out: at most 3, or at most the mode's own where that is more

The points are Sobol's over the whole prior, each a run of the twin: no emulator stands between.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2

from jjj_sim.calibrating import loss
from jjj_sim.calibrating.fit import Fit, fit
from jjj_sim.calibrating.problem import Problem

F64 = NDArray[np.float64]

STARTS = ("start", "from", "to", "mode", "distance", "reason")
_CUT = 3.0
_MOST_WALLS = 4


class Wave(NamedTuple):
    """One wave over the prior: `scores` (n_points, n), `implausibility` (n_points,) infinite at a wall, the `cut`,
    and how far each point is from the posterior's mean, as the chance that a draw is nearer."""

    scores: F64
    implausibility: F64
    cut: float
    nearer: F64

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Points that are not ruled out (n_points,)."""
        return self.implausibility <= self.cut

    def told(self) -> dict[str, float | int]:
        """Return the wave in numbers."""
        return {
            "points": len(self.scores),
            "walls": int(np.isinf(self.implausibility).sum()),
            "cut": round(self.cut, 3),
            "not ruled out": int(self.kept.sum()),
            "not ruled out, beyond 99 % of the posterior": int((self.kept & (self.nearer > 0.99)).sum()),
        }


def wave(problem: Problem, found: Fit, mean: F64, covariance: F64, n: int, seed: int) -> Wave:
    """Return one wave of `n` points beside the mode and the posterior's mean and covariance."""
    scores = problem.space.prior_points(n, seed)
    own = float(implausibility(problem, found.read[None])[0])
    around = scores - mean
    distance = np.einsum("ni,ij,nj->n", around, np.linalg.pinv(covariance), around)
    return Wave(scores, implausibility(problem, problem.read(scores)), max(_CUT, own), chi2.cdf(distance, len(mean)))


def implausibility(problem: Problem, read: F64) -> F64:
    """Return the implausibility of runs (n_points,) from their readings (n_points, n_figures); infinite at a wall."""
    z = np.abs(loss.standardised(problem.figures, read)) / problem.inflation
    ordered = np.sort(np.where(np.isfinite(z), z, 0.0), axis=1)
    return np.where(np.isfinite(z).all(axis=1), ordered[:, -min(2, z.shape[1])], np.inf)


def starts(problem: Problem, found: Fit, covariance: F64, n: int, most: int, seed: int) -> pd.DataFrame:
    """Return where searches from `n` points of the prior ended, a row each: J, and how far from the mode.

    `distance` is in sds of the Laplace normal, root mean square over parameters. A start that is a wall is replaced.
    """
    precision = np.linalg.pinv(covariance)
    rows: list[dict[str, object]] = []
    for number, start in enumerate(problem.space.prior_points(n + _MOST_WALLS, seed)):
        if len(rows) == n:
            break
        other = fit(problem, start, most)
        if other is None:
            continue
        gap = other.scores - found.scores
        row: dict[str, object] = {"start": number, "from": float(other.path["cost"].iloc[0]), "to": other.cost}
        distance = float(np.sqrt(gap @ precision @ gap / len(gap)))
        rows.append(row | {"mode": found.cost, "distance": distance, "reason": other.reason})
    return pd.DataFrame(rows, columns=list(STARTS))
