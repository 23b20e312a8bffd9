"""The nation's labour by model sector: how much of a sector's growth is more people.

Farm and other labour are the nation's (evidence.national). Inside non-farm labour the nation's mix of 2010
is the census's by industry; no later census of the nation by industry is in the tables, so it changes as
Hebei's does between the censuses of 2010 and 2020 [D], imputed, and holds outside. Checked on what is known:
with construction at nine tenths of sector 3 the secondary sectors fall from 47 to 38 % of non-farm labour in
2010-20, in the yearbooks from 45 to 38.
Without it a sector that gains labour everywhere, as software does, would be read as more productive, and a
region whose jobs shift as the nation's would be credited twice.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence import national
from jjj_sim.evidence.education import college_by_sector, employed_by_sector
from jjj_sim.evidence.geography import GEOGRAPHY, N_ZONES, PROVINCES
from jjj_sim.evidence.jobs import job_shares
from jjj_sim.evidence.tables import value
from jjj_sim.laws.fitting import fit_table

CENSUS = 2010.83


@functools.cache
def _people() -> NDArray[np.float64]:
    """Return Hebei's residents of the census of 2020 by zone, zero elsewhere: weights of its zones."""
    inside = GEOGRAPHY.province[:N_ZONES] == PROVINCES.index("hebei")
    people = np.array([value("zone_series", "population", z, 2020) for z in GEOGRAPHY.ids])
    return np.where(inside, people, 0.0)


def _mix(time: float) -> NDArray[np.float64]:
    """Return Hebei's mix of non-farm jobs, shape (n_sectors - 1,), sum one."""
    jobs = (_people() @ job_shares(time))[1:]
    return np.asarray(jobs / jobs.sum())


@functools.cache
def by_sector(time: float) -> NDArray[np.float64]:
    """Return the nation's labour force by sector at a decimal year, persons, shape (n_sectors,)."""
    broad = national.labour(time)
    mix = employed_by_sector().sum(axis=1)[1:] * _mix(time) / _mix(CENSUS)
    return np.append(broad[:1], broad[1:].sum() * mix / mix.sum())


@functools.cache
def education_mix(time: float) -> NDArray[np.float64]:
    """Return the nation's shares of education by sector at a decimal year, (n_sectors, 3), rows sum to one.

    Imputed: the contrasts of 2010 between sectors, fitted to the nation's labour by sector and its mix of
    education at that time.
    """
    labour = by_sector(time)
    fitted = fit_table(college_by_sector(), labour, national.education(time) * labour.sum())
    return np.asarray(fitted / fitted.sum(axis=1, keepdims=True))
