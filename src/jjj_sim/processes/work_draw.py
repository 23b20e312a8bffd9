"""Who of the agents works, where and in which sector: draws that follow the tables of employment.

    in the labour force   u_1 < participation at that age in the zone
    at work               u_2 < 1 - unemployment of zone and education
    zone of work          the first j with u_3 < sum_{l <= j} C_ilk / C_i.k
    sector                argmax_s ln L_jsk + Gumbel_s

u_1, u_3 and the Gumbels are the agent's for life, u_2 of the year: while the tables hold, nobody changes job,
and where they move a little, few do; a sector that grows gains workers and reshuffles nobody among the others.
Agents are expected to work as the tables say.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws
from jjj_sim.kernels import njit, prange
from jjj_sim.state.census import age_in
from jjj_sim.state.residents import NO_JOB, Residents

_FORCE, _WORKS, _ZONE, _SECTOR = 0, 1, 2, 8


def cumulated(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return cumulated shares along the last axis, ending in one."""
    running = np.cumsum(counts, axis=-1)
    return np.asarray(running / np.maximum(running[..., -1:], 1e-300))


@njit(cache=True, inline="always")
def _first(cumulative: Any, u: Any) -> Any:
    k = 0
    while k < len(cumulative) - 1 and u >= cumulative[k]:
        k += 1
    return k


@njit(cache=True, inline="always")
def _best(logs: Any, key: Any, ident: Any) -> Any:
    best, top = 0, -np.inf
    for s in range(len(logs)):
        value = logs[s] + keyed.gumbel(key, ident, _SECTOR + s)
        if value > top:
            best, top = s, value
    return best


@njit(cache=True, parallel=True)
def jobs_held(
    ids: Any,
    zone: Any,
    education: Any,
    born: Any,
    year: Any,
    participation: Any,
    at_work: Any,
    work: Any,
    sector: Any,
    life: Any,
    now: Any,
) -> Any:
    """Return zone of work and sector of every resident, NO_JOB without one.

    `participation` by zone and age, `at_work` (n_zones, n_education), `work` cumulated (home, education, work),
    `sector` log jobs (work, education, sector); `life` and `now` are keys.
    """
    place = np.full(len(ids), NO_JOB, dtype=np.uint8)
    job = np.full(len(ids), NO_JOB, dtype=np.uint8)
    for a in prange(len(ids)):
        z, k = zone[a], education[a]
        if keyed.uniform(life, ids[a], _FORCE) >= participation[z, age_in(born[a], year)]:
            continue
        if keyed.uniform(now, ids[a], _WORKS) >= at_work[z, k]:
            continue
        j = _first(work[z, k], keyed.uniform(life, ids[a], _ZONE))
        place[a] = j
        job[a] = _best(sector[j, k], life, ids[a])
    return place, job


def jobs_held_plainly(
    residents: Residents,
    year: int,
    participation: NDArray[np.float64],
    at_work: NDArray[np.float64],
    work: NDArray[np.float64],
    sector: NDArray[np.float64],
    life: Draws,
    now: Draws,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return what `jobs_held` returns, in plain NumPy."""
    z, k, ids = residents.zone.astype(int), residents.education.astype(int), residents.id
    works = life.uniform(ids, _FORCE) < participation[z, residents.age(year)]
    works &= now.uniform(ids, _WORKS) < at_work[z, k]
    place = (life.uniform(ids, _ZONE)[:, None] >= work[z, k][:, :-1]).sum(axis=1)
    job = np.argmax(sector[place, k] + life.gumbel(ids, sector.shape[2], _SECTOR), axis=1)
    return np.where(works, place, NO_JOB).astype(np.uint8), np.where(works, job, NO_JOB).astype(np.uint8)
