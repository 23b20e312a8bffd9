"""Where a moving firm goes: the draw that relocation, relief and branching share, and the subsidy due.

    j = argmax_j V_j + lambda_n (ln A_n + Gumbel_j),   A_n positive-stable of index lambda_n

over the nests {stay | own province | other Jing-Jin-Ji | rest of China} (McFadden 1978; see nested_logit).
Making one place better can only gain it choosers and leaves everybody else's choice among the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import N_SECTORS, ROC
from jjj_sim.processes.nested_logit import OWN
from jjj_sim.state.world import World

# Numbers of the draws of a location choice; the processes use those below for their other decisions.
_G_FIRST, _A_FIRST = 8, 40
_JOB_YEAR = 4.0
_FIXED_POINT = 2.0**20


def choose(
    value: NDArray[Any], i: NDArray[np.int64], ids: NDArray[np.uint64], draws: Draws, dissimilarity: float
) -> NDArray[np.int64]:
    """Return the best place of choosers `ids` in zones `i`, with V of shape (n, n_places).

    V of the own zone is that of staying, minus infinity for those who must leave.
    """
    g = draws.gumbel(ids, ROC + 1, _G_FIRST)
    own = draws.log_stable(ids, _A_FIRST, dissimilarity)
    other = draws.log_stable(ids, _A_FIRST + 2, dissimilarity)
    u = value + dissimilarity * (g + np.where(OWN[i], own[:, None], other[:, None]))
    u[:, ROC] = value[:, ROC] + g[:, ROC]
    here = np.arange(len(i))
    u[here, i] = value[here, i] + g[here, i]
    return np.asarray(np.argmax(u, axis=1), dtype=np.int64)


def outside_probabilities(value: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return P(j) of those who must leave their province, of V (..., n_places); -inf is never chosen."""
    weight = _outside_weights(value, dissimilarity)
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def inclusive_value(value: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return the expected best utility (less Euler's constant) of those who must leave, of V (..., n_places)."""
    peak = value.max(axis=-1)
    weight = _outside_weights(value, dissimilarity)
    return np.asarray(peak + np.log(weight.sum(axis=-1)))


def _outside_weights(value: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return weights of the places beyond the own province, relative to the best: one nest, and ROC."""
    v = value - value.max(axis=-1, keepdims=True)
    nest = np.exp(v[..., :ROC] / dissimilarity)
    total = nest.sum(axis=-1, keepdims=True)
    scale = np.power(total, dissimilarity - 1.0, out=np.zeros_like(total), where=total > 0)
    return np.concatenate([nest * scale, np.exp(v[..., ROC:])], axis=-1)


def jobs_of(weight: NDArray[Any], log_jobs: NDArray[Any]) -> NDArray[np.float64]:
    """Return the jobs of weighted firms in fixed point (2^-20): the order in which they are summed changes no bit."""
    return np.asarray(np.rint(weight * np.exp(log_jobs) * _FIXED_POINT) / _FIXED_POINT)


def carry(
    flow: NDArray[np.float64], i: NDArray[Any], j: NDArray[Any], s: NDArray[Any], jobs: NDArray[np.float64]
) -> None:
    """Book `jobs` that leave places `i` and arrive in other places `j` with firms of sectors `s` in a flow from, to."""
    np.add.at(flow, (i, j, s), jobs * (i != j))


def arrivals(j: NDArray[Any], s: NDArray[Any], jobs: NDArray[np.float64], n_zones: int) -> NDArray[np.float64]:
    """Return jobs that arrived inside by zone and sector."""
    arrived = np.zeros((n_zones, N_SECTORS))
    inside = j < n_zones
    np.add.at(arrived, (j[inside], s[inside]), jobs[inside])
    return arrived


def subsidy_due(world: World, arrived: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the relocation subsidy on a year's value added of the jobs that arrived, bn yuan by zone."""
    t = world.tables
    a_job = _JOB_YEAR * t.va_nominal / np.maximum(t.jobs, 1.0)
    return np.asarray(t.relocation_subsidy * (arrived * a_job).sum(axis=1))
