"""The posterior: a Laplace normal at the mode, corrected by the twin's own loss and the priors themselves.

    H = J' J + 1,   proposal N(m, H^-1) cut at the bounds,   m = mode - H^-1 (J' r + u)
    w_i ~ exp(-(L(u_i) - 2 ln p(u_i)) / 2) / mean_k q_k(u_i)
    ESS = 1 / sum_i w_i^2,     draws: systematic resampling of the w

J and r are derivatives and residuals with inflated sds, L their loss, p the prior, q_k the cut normal of round k. Where
the mode stands at no bound, m is the mode. Candidates are the first Sobol points of the normal within the bounds. A
round after the first has the weighted mean and covariance of those before it (adaptive multiple importance sampling:
Cornuet, Marin, Mira, Robert 2012, recalled). What is drawn carries the inflation of the blocks, so that intervals are
wider than the discrepancies alone would have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, qmc

from jjj_sim.calibrating.fit import Fit
from jjj_sim.calibrating.problem import Problem
from jjj_sim.calibrating.space import Space

F64 = NDArray[np.float64]


_MANY = 64


class Proposal(NamedTuple):
    """A normal cut at the bounds: `kept` is the part of it within them, `made` how many points were taken."""

    mean: F64
    covariance: F64
    kept: float
    made: int


@dataclass(frozen=True)
class Posterior:
    """Candidates (n_candidates, n) with what was read there and their weights, and which of them are the draws.

    `mean`, `covariance` are those of the Laplace normal; `draws` (n_members,) index candidates; `cut` is the share
    beyond the bounds, `walls` how many could not be run.
    """

    mean: F64
    covariance: F64
    candidates: F64
    read: F64
    weight: F64
    draws: NDArray[np.int64]
    cut: float
    walls: int

    @property
    def effective(self) -> float:
        """Effective sample size."""
        return float(1.0 / (self.weight**2).sum())

    @property
    def scores(self) -> F64:
        """Scores of the draws (n_members, n)."""
        return self.candidates[self.draws]

    def moments(self) -> tuple[F64, F64]:
        """Return mean and covariance of the weighted candidates."""
        return _moments(self.candidates, self.weight)


def laplace(problem: Problem, found: Fit) -> tuple[F64, F64]:
    """Return mean, kept within the bounds, and covariance of the normal at the mode."""
    information = found.jacobian.T @ found.jacobian + np.eye(len(found.scores))
    covariance = np.linalg.inv(information)
    slope = found.jacobian.T @ problem.residuals(found.read) + found.scores
    mean = np.clip(found.scores - covariance @ slope, *problem.space.bounds)
    return mean, (covariance + covariance.T) / 2.0


def posterior(problem: Problem, found: Fit, members: int, candidates: int, rounds: int, seed: int) -> Posterior:
    """Return `members` equally weighted draws from `rounds` rounds of `candidates` runs each."""
    mean, covariance = laplace(problem, found)
    n, centre, spread = len(mean), mean, covariance
    proposals: list[Proposal] = []
    scores, read, weight = np.zeros((0, n)), np.zeros((0, len(problem.figures))), np.zeros(0)
    for number in range(rounds):
        new, kept = within(problem.space, centre, spread, candidates, seed + number)
        proposals.append(Proposal(centre, spread, kept, len(new)))
        scores = np.vstack([scores, new])
        read = np.vstack([read, problem.read(new)])
        weight = _weights(problem.surprise(scores, read), scores, proposals)
        effective = 1.0 / (weight**2).sum()
        centre, own = _moments(scores, weight)
        trust = effective / (effective + n)
        spread = trust * own + (1.0 - trust) * covariance
    draws = systematic(weight, members, np.random.default_rng(seed))
    walls = int((~np.isfinite(read).all(axis=1)).sum())
    return Posterior(mean, covariance, scores, read, weight, draws, 1.0 - proposals[0].kept, walls)


def within(space: Space, mean: F64, covariance: F64, n: int, seed: int) -> tuple[F64, float]:
    """Return at most `n` Sobol points of a normal within the bounds (n, n_parameters), and the part that is."""
    engine = qmc.Sobol(len(mean), rng=np.random.default_rng(seed))
    points = np.asarray(qmc.MultivariateNormalQMC(mean, covariance, engine=engine).random(_MANY * n))
    inside = space.inside(points)
    return points[inside][:n], float(inside.mean())


def systematic(weight: F64, n: int, luck: np.random.Generator) -> NDArray[np.int64]:
    """Return `n` indices drawn in proportion to weights that sum to one: each floor or ceiling of n w times."""
    at = (luck.uniform() + np.arange(n)) / n
    found = np.searchsorted(np.cumsum(weight), at * (1.0 - 1e-12))
    return luck.permutation(np.minimum(found, len(weight) - 1))


def _weights(surprise: F64, scores: F64, proposals: list[Proposal]) -> F64:
    logs = [
        np.atleast_1d(multivariate_normal.logpdf(scores, p.mean, p.covariance)) + np.log(p.made / p.kept)
        for p in proposals
    ]
    found = -0.5 * surprise - logsumexp(np.stack(logs), axis=0)
    return np.asarray(np.exp(found - logsumexp(found)))


def _moments(scores: F64, weight: F64) -> tuple[F64, F64]:
    mean = weight @ scores
    around = scores - mean
    return mean, (weight[:, None] * around).T @ around
