"""The exponential race: who is taken first, and how many are due in whole numbers.

    clock_f = -ln(u_f) / rate_f      the n smallest clocks are taken; a larger n contains the smaller one's winners
    chance of being taken  1 - exp(-rate theta),   theta such that n are expected                     for the twin

u_f is keyed by the runner's id, so that who else runs changes nobody's clock. An agent that stands for several runs
at the sum of their rates: it finishes when the first of them would.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from jjj_sim.draws import Draws
from jjj_sim.param import Path

# Bounds of ln theta: none and all of any stock are taken there.
_LOG_THETA = (-60.0, 60.0)


def race(ids: NDArray[np.uint64], rate: NDArray[Any], places: int, draws: Draws, stream: int = 0) -> NDArray[np.int64]:
    """Return the positions in `ids` of the first `places` to finish, the first one first; all when there are fewer.

    Of equal clocks the earlier position wins.
    """
    n = min(places, len(ids))
    if n <= 0:
        return np.zeros(0, dtype=np.int64)
    clock = -np.log(draws.uniform(ids, stream)) / rate
    finished = np.flatnonzero(clock <= np.partition(clock, n - 1)[n - 1])
    return np.asarray(finished[np.argsort(clock[finished], kind="stable")[:n]])


def prizes(total: int, n_winners: int) -> NDArray[np.int64]:
    """Return how many of `total` prizes each of `n_winners` takes: as even as can be, the first one more."""
    if n_winners == 0:
        return np.zeros(0, dtype=np.int64)
    return np.full(n_winners, total // n_winners) + (np.arange(n_winners) < total % n_winners)


def taken_share(stock: NDArray[Any], rate: NDArray[Any], places: int) -> NDArray[np.float64]:
    """Return the chance of being taken, 1 - exp(-rate theta), such that `places` of `stock` are; shape as `rate`."""
    running = stock[rate > 0].sum()
    if places <= 0 or running <= 0:
        return np.zeros(rate.shape)
    if places >= running * (1.0 - 1e-9):
        return (rate > 0).astype(float)

    def chance(log_theta: float) -> NDArray[np.float64]:
        return np.asarray(-np.expm1(-rate * np.exp(log_theta)))

    return chance(brentq(lambda x: float((stock * chance(x)).sum()) - places, *_LOG_THETA, xtol=1e-14))


def due_of_flow(path: Path | None, t: int) -> int:
    """Return the whole number due in quarter `t` of a path of numbers a quarter.

    It is the running sum, rounded, less that of the quarter before, so that no fraction is lost.
    """
    if path is None:
        return 0
    total = sum(path.over(t).tolist())
    return int(np.rint(total + path.at(t)) - np.rint(total))


def due_of_total(path: Path | None, t: int) -> int:
    """Return the whole number due in quarter `t` of a cumulative path; a falling path gives nothing."""
    if path is None:
        return 0
    before = np.rint(path.at(t - 1)) if t else 0.0
    return int(max(np.rint(path.at(t)) - before, 0.0))
