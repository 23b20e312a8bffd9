"""Morris: one parameter moved at a time along trajectories through the priors (Morris 1991, looked up in SALib).

    EE_k = (y(u + d e_k) - y(u)) / d,     u_k one of four levels from the prior's 5 to its 95 %

    mu_k = mean EE_k,   mu*_k = mean |EE_k|,   sigma_k = sd EE_k     over trajectories (Campolongo and others 2007)

`d` is in units of the whole way from 5 to 95 %, so that an effect is what that way would make of the outcome, in the
outcome's unit. `sigma` is zero where effects are the same everywhere: neither curved nor dependent on other parameters.
Trajectories are the r farthest apart of four times as many. A trajectory with a wall is left out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.sensitivity.salib import CONFIDENCE, RESAMPLES, problem

F64 = NDArray[np.float64]

LOW, HIGH, LEVELS = 0.05, 0.95, 4
LEAST = 2
_CANDIDATES = 4


class Effects(NamedTuple):
    """Of each parameter (n,): mean effect, mean size, sd, and half the 90 % interval of the mean size."""

    mu: F64
    mu_star: F64
    sigma: F64
    conf: F64


def points(n: int, trajectories: int, seed: int) -> F64:
    """Return chances (trajectories * (n + 1), n), a trajectory's points one after another."""
    from SALib.sample.morris import sample

    found = sample(
        problem(n, LOW, HIGH),
        _CANDIDATES * trajectories,
        num_levels=LEVELS,
        optimal_trajectories=trajectories,
        local_optimization=True,
        seed=seed,
    )
    return np.asarray(found, dtype=np.float64)


def whole(n: int, read: F64) -> NDArray[np.bool_]:
    """Return which trajectories (n_trajectories,) have no wall, from readings (n_points, n_figures)."""
    return np.asarray(np.isfinite(read).all(axis=1).reshape(-1, n + 1).all(axis=1))


def effects(chances: F64, outcome: F64, seed: int) -> Effects:
    """Return the effects on an outcome (n_points,) of whole trajectories, at least LEAST."""
    from SALib.analyze.morris import analyze

    found = analyze(
        problem(chances.shape[1], LOW, HIGH),
        chances,
        outcome,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=LEVELS,
        seed=seed,
    )
    return Effects(*(np.asarray(found[key], dtype=np.float64) for key in ("mu", "mu_star", "sigma", "mu_star_conf")))
