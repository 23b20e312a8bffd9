"""What firms carry to where they go or are founded: jobs, from and to, the subsidy due on them, technique and pay.

Where they go is drawn by the nested logit of laws.choice.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.state.world import World

_JOB_YEAR = 4.0
_FIXED_POINT = 2.0**20
_TINY = 1e-12


def jobs_of(weight: NDArray[Any], log_jobs: NDArray[Any]) -> NDArray[np.float64]:
    """Return the jobs of weighted firms in fixed point."""
    return fixed(weight * np.exp(log_jobs))


def fixed(jobs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `jobs` in fixed point (2^-20): the order in which they are summed changes no bit."""
    return np.asarray(np.rint(jobs * _FIXED_POINT) / _FIXED_POINT)


def carry(
    flow: NDArray[np.float64], i: NDArray[Any], j: NDArray[Any], s: NDArray[Any], jobs: NDArray[np.float64]
) -> None:
    """Book `jobs` that leave places `i` and arrive in other places `j` with firms of sectors `s` in a flow from, to."""
    np.add.at(flow, (i, j, s), jobs * (i != j))


def arrivals(
    j: NDArray[Any], s: NDArray[Any], jobs: NDArray[np.float64], shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """Return jobs that arrived inside by zone and sector, in `shape`."""
    arrived = np.zeros(shape)
    inside = j < shape[0]
    np.add.at(arrived, (j[inside], s[inside]), jobs[inside])
    return arrived


def subsidy_due(world: World, arrived: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the relocation subsidy on a year's value added of the jobs that arrived, bn yuan by zone."""
    return np.asarray(world.policy.relocation_subsidy * yearly_output(world, arrived))


def yearly_output(world: World, jobs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a year's value added of `jobs` by zone and sector at what a job makes there, bn yuan by zone."""
    t = world.tables
    a_job = _JOB_YEAR * t.va_nominal / np.maximum(t.jobs, 1.0)
    return np.asarray((jobs * a_job).sum(axis=1))


def years_due(years: float, closing: float) -> float:
    """Return how many of `years` a firm is expected to live that closes with chance `closing` in every quarter."""
    quarters = round(4.0 * years)
    return float(((1.0 - closing) ** np.arange(quarters)).sum() / 4.0)


def elsewhere(more: NDArray[np.float64], same: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what gains and losses by zone and sector, `more`, are from, to, inside each province.

    `same` (zone, zone) tells which zones lie in one province. Where gains and losses differ the smaller sum passes.
    """
    gain, loss = np.maximum(more, 0.0), np.maximum(-more, 0.0)
    inside = same.astype(np.float64)
    whole = np.maximum(np.maximum(inside @ gain, inside @ loss), _TINY)
    return np.asarray(inside[:, :, None] * (loss / whole)[:, None] * gain[None])


def brought(came: NDArray[Any], left: NDArray[Any], level: NDArray[Any]) -> NDArray[np.float64]:
    """Return by how much arrivals raise the `level` of what arrived above that of the cell they came to.

    `came` weighs them by zone from, zone to and sector; the part `left` (likewise) of the difference does not come.
    `level` is by zone and sector, and what else.
    """
    weight = came * (1.0 - left) / np.maximum(came.sum(axis=0), _TINY)
    here = weight.sum(axis=0).reshape(level.shape[:2] + (1,) * (level.ndim - 2))
    return np.asarray(np.einsum("ijs,is...->js...", weight, level) - here * level)
