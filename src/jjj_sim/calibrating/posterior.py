"""The posterior: a Laplace normal at the mode, corrected by the twin's own loss.

    H = J' J + 1,   proposal N(mode, H^-1)             J: derivatives of the inflated residuals, 1: the prior
    w_i ~ exp(-J(u_i) / 2) / mean_k q_k(u_i)           over the candidates of all rounds, q_k the proposal of round k
    ESS = 1 / sum_i w_i^2,   draws: systematic resampling of the w

Candidates are Sobol points of the normal, those beyond |u| = REACH cut. A round after the first draws from the normal
with the weighted mean and covariance of those before it (adaptive multiple importance sampling: Cornuet, Marin, Mira,
Robert 2012, recalled). What is drawn carries the inflation of the blocks, so that intervals are wider than the
discrepancies alone would have them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, qmc

from jjj_sim.calibrating.fit import Fit
from jjj_sim.calibrating.problem import Problem
from jjj_sim.calibrating.space import REACH

F64 = NDArray[np.float64]


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


def laplace(found: Fit) -> tuple[F64, F64]:
    """Return mean and covariance of the normal at the mode."""
    information = found.jacobian.T @ found.jacobian + np.eye(len(found.scores))
    covariance = np.linalg.inv(information)
    return found.scores, (covariance + covariance.T) / 2.0


def posterior(problem: Problem, found: Fit, members: int, candidates: int, rounds: int, seed: int) -> Posterior:
    """Return `members` equally weighted draws from `rounds` rounds of `candidates` runs each."""
    mean, covariance = laplace(found)
    n, centre, spread = len(mean), mean, covariance
    proposals: list[tuple[F64, F64]] = []
    scores, read, weight = np.zeros((0, n)), np.zeros((0, len(problem.figures))), np.zeros(0)
    drawn = 0
    for number in range(rounds):
        proposals.append((centre, spread))
        new = normal_points(centre, spread, candidates, seed + number)
        drawn += len(new)
        new = new[(np.abs(new) <= REACH).all(axis=1)]
        scores = np.vstack([scores, new])
        read = np.vstack([read, problem.read(new)])
        weight = _weights(problem.cost(scores, read), scores, proposals)
        effective = 1.0 / (weight**2).sum()
        centre, own = _moments(scores, weight)
        trust = effective / (effective + n)
        spread = trust * own + (1.0 - trust) * covariance
    draws = systematic(weight, members, np.random.default_rng(seed))
    walls = int((~np.isfinite(read).all(axis=1)).sum())
    return Posterior(mean, covariance, scores, read, weight, draws, 1.0 - len(scores) / drawn, walls)


def normal_points(mean: F64, covariance: F64, n: int, seed: int) -> F64:
    """Return `n` Sobol points of a normal (n, n_parameters), the same for the same seed."""
    engine = qmc.Sobol(len(mean), rng=np.random.default_rng(seed))
    return np.asarray(qmc.MultivariateNormalQMC(mean, covariance, engine=engine).random(n))


def systematic(weight: F64, n: int, luck: np.random.Generator) -> NDArray[np.int64]:
    """Return `n` indices drawn in proportion to weights that sum to one: each floor or ceiling of n w times."""
    at = (luck.uniform() + np.arange(n)) / n
    found = np.searchsorted(np.cumsum(weight), at * (1.0 - 1e-12))
    return luck.permutation(np.minimum(found, len(weight) - 1))


def _weights(cost: F64, scores: F64, proposals: list[tuple[F64, F64]]) -> F64:
    densities = np.stack([np.atleast_1d(multivariate_normal.logpdf(scores, m, c)) for m, c in proposals])
    logs = -0.5 * cost - (logsumexp(densities, axis=0) - np.log(len(proposals)))
    return np.asarray(np.exp(logs - logsumexp(logs)))


def _moments(scores: F64, weight: F64) -> tuple[F64, F64]:
    mean = weight @ scores
    around = scores - mean
    return mean, (weight[:, None] * around).T @ around
