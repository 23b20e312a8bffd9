"""Sobol': the parts of an outcome's variance over the priors that go back to each parameter.

    S1_k = V(E(y | x_k)) / V(y)          by itself
    ST_k = E(V(y | all but x_k)) / V(y)  by itself and with others

Estimated from N (n + 2) points of Sobol's sequence: two samples, and the first with each parameter's column from the
second (Saltelli and others 2010, Jansen's total; as in SALib). The rows hang together, so that none can be left out: a
wall takes the mean of the others, as SALib's authors advise, which draws the indices towards each other; above
MOST_WALLS nothing is estimated.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.sensitivity.salib import CONFIDENCE, RESAMPLES, problem

F64 = NDArray[np.float64]

MOST_WALLS = 0.1
_EDGE = 1e-9


class Indices(NamedTuple):
    """Of each parameter (n,): first order and total, each with half its 90 % interval."""

    first: F64
    first_conf: F64
    total: F64
    total_conf: F64


def points(n: int, samples: int, seed: int) -> F64:
    """Return chances (samples * (n + 2), n), those of a sample one after another; never quite 0 or 1."""
    from SALib.sample.sobol import sample

    found = sample(problem(n, 0.0, 1.0), samples, calc_second_order=False, seed=seed)
    return np.asarray(np.clip(found, _EDGE, 1.0 - _EDGE))


def independent(n: int, samples: int) -> NDArray[np.bool_]:
    """Return which of the points are the two samples themselves: a draw of the priors each (n_points,)."""
    row = np.arange(samples * (n + 2)) % (n + 2)
    return np.asarray((row == 0) | (row == n + 1))


def filled(read: F64) -> F64:
    """Return readings (n_points, n_figures) with the means of the others at walls."""
    return np.where(np.isfinite(read), read, np.nanmean(read, axis=0))


def indices(n: int, outcome: F64, seed: int) -> Indices:
    """Return the indices of an outcome (n_points,) that is not the same everywhere."""
    from SALib.analyze.sobol import analyze

    found = analyze(
        problem(n, 0.0, 1.0),
        outcome,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=seed,
    )
    return Indices(*(np.asarray(found[key], dtype=np.float64) for key in ("S1", "S1_conf", "ST", "ST_conf")))
