"""The fit: bounded Gauss-Newton on the residuals, with the prior as further residuals.

    min_u |r(u)|^2 + |u|^2,     u within the bounds

SciPy's `least_squares` (method "trf": Branch, Coleman, Li 1999) does it: it keeps to the bounds, steps back in its
trust region where a residual is not finite, so that a point that cannot be opened is a wall and no crash, and tells why
it stopped. What it lacks is a Jacobian in parallel, which is here: a difference a parameter, towards the middle
between its bounds, all points asked at once; the other way where that one is a wall. The twin has no luck and is
nearly linear, so that nothing dearer pays: no gradient-free search, no emulator, no chain of Monte Carlo.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import least_squares

from jjj_sim.calibrating.problem import Problem

F64 = NDArray[np.float64]

STEP = 0.2
# Ends when a step lowers J by less than this part, or is shorter than this part of the distance from -_FAR.
_LOWERED, _MOVED = 2e-3, 2e-4
# The first trust region of "trf" is as wide as its start is far from zero: scores are told from here.
_FAR = 10.0
_INSIDE = 1e-6


@dataclass(frozen=True)
class Fit:
    """Where a search ended: `scores` (n,), what is read there, `jacobian` (n_figures, n) of the weighted residuals,
    J by point tried, and why it ended. `flat` names parameters that no run could be moved along."""

    scores: F64
    read: F64
    jacobian: F64
    cost: float
    path: pd.DataFrame
    reason: str
    flat: tuple[str, ...]

    @property
    def gradient(self) -> float:
        """Largest slope of J / 2 in any score that is not at its bound: zero at the end of a search that converged."""
        return float(self.path.attrs["gradient"])


def fit(problem: Problem, start: F64, most: int) -> Fit | None:
    """Search from `start` (n,) over at most `most` points beside those of Jacobians; None where it is a wall."""
    search = _Search(problem)
    low, high = problem.space.bounds
    begin = np.clip(start, low + _INSIDE, high - _INSIDE)
    if not np.isfinite(problem.read(begin[None])).all():
        return None
    found = least_squares(
        lambda x: search.residuals(x - _FAR),
        begin + _FAR,
        lambda x: search.jacobian(x - _FAR),
        (low + _FAR, high + _FAR),
        ftol=_LOWERED,
        xtol=_MOVED,
        gtol=1e-3,
        max_nfev=most,
    )
    scores = np.asarray(found.x - _FAR, dtype=float)
    path = pd.DataFrame(search.path)
    path.attrs["gradient"] = float(found.optimality)
    jacobian = search.jacobian(scores)[: len(problem.figures)]
    read = problem.read(scores[None])[0]
    cost = float(problem.cost(scores, read))
    return Fit(scores, read, jacobian, cost, path, _reason(found.status), tuple(search.flat))


class _Search:
    """The functions of one search, and what it met."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.path: list[dict[str, float]] = []
        self.flat: list[str] = []

    def residuals(self, scores: F64) -> F64:
        """Return residuals and prior (n_figures + n,), NaN at a wall."""
        read = self.problem.read(scores[None])[0]
        cost = float(self.problem.cost(scores, read))
        prior = float((scores**2).sum())
        best = min((row["cost"] for row in self.path), default=np.inf)
        told = {"point": len(self.path), "cost": cost, "loss": cost - prior, "prior": prior}
        self.path.append({**told, "lowest": min(best, cost), "runs": self.problem.runs.asked})
        return np.concatenate([self.problem.residuals(read), scores])

    def jacobian(self, scores: F64) -> F64:
        """Return the derivatives of residuals and prior (n_figures + n, n)."""
        slopes, self.flat = jacobian(self.problem, scores)
        return np.vstack([slopes, np.eye(len(scores))])


def jacobian(problem: Problem, scores: F64) -> tuple[F64, list[str]]:
    """Return the derivatives of the weighted residuals at a point (n_figures, n), and where there are none.

    A column is zero where there is a wall on either side.
    """
    n = len(scores)
    low, high = problem.space.bounds
    step = np.where(2.0 * scores > low + high, -STEP, STEP)
    read = problem.read(np.vstack([scores, scores + np.diag(step)]))
    here, there = problem.residuals(read[0]), problem.residuals(read[1:])
    walls = np.flatnonzero(~np.isfinite(there).all(axis=1))
    if len(walls):
        step[walls] = -step[walls]
        back = scores + np.diag(step)[walls]
        there[walls] = problem.residuals(problem.read(back))
    slopes = ((there - here) / step[:, None]).T
    blind = np.asarray(~np.isfinite(slopes).all(axis=0))
    slopes[:, blind] = 0.0
    return slopes, [problem.space.names[k] for k in range(n) if blind[k]]


def _reason(status: int) -> str:
    return {
        -1: "it was stopped",
        0: "it had tried as many points as it may",
        1: "the gradient is zero",
        2: f"a step lowers J by less than {_LOWERED:.1%}",
        3: "a step is next to nothing",
        4: "steps are short and lower J by next to nothing",
    }.get(int(status), f"status {status}")
