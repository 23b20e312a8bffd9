"""Propagation: the draws again, with every parameter that was not estimated drawn from its prior.

What the figures do not speak of is as uncertain after the fit as before; bands must hold it, and nothing is claimed
of it. A combination that cannot be run is drawn anew, and after TRIES its others stand at their defaults.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.calibrating.problem import Problem
from jjj_sim.calibrating.space import Space

F64 = NDArray[np.float64]

TRIES = 3


class Propagated(NamedTuple):
    """`others` (n_members, n_others) are values of the parameters that were not estimated, `read` (n_members, all
    figures of the model) what the draws read with them, `redrawn` how many had to be drawn anew."""

    others: F64
    read: F64
    redrawn: int


def propagated(problem: Problem, other: Space, scores: F64, seed: int) -> Propagated:
    """Return draws (n_members, n) run with the parameters of `other` drawn from their priors."""
    n = len(scores)
    theirs = other.prior_points(n, seed)
    read, left, redrawn = _read(problem, other, scores, theirs), np.arange(n), 0
    for attempt in range(1, TRIES + 1):
        left = left[~np.isfinite(read[left]).any(axis=1)]
        if not len(left):
            break
        redrawn += len(left)
        last = attempt == TRIES
        theirs[left] = other.default if last else other.prior_points(n, seed + attempt)[left]
        read[left] = _read(problem, other, scores[left], theirs[left])
    return Propagated(other.values(theirs), read, redrawn)


def _read(problem: Problem, other: Space, scores: F64, theirs: F64) -> F64:
    points = [{**problem.settings(u), **other.settings(v)} for u, v in zip(scores, theirs, strict=True)]
    return problem.runs.read(points)
