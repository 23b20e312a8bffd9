"""The nation's labour: how many people by sector and education, and so how much of its growth is more hands.

    L_b(t)  = people(t) x labour force per resident(t) x share_b(t)                 three broad sectors b
    L_s(t)  = sum of L_b beside farming x N_s m_s(t) / m_s(2010) / sum_s            m: mix of the hinterland's jobs
    college = min(1.25 (census of 2010, carried on at the pace of 2010-20), .7)

Inside non-farm labour the nation's mix of 2010 changes as the hinterland's does between the censuses. Education by
sector keeps the contrasts of 2010, fitted to labour by sector and to the nation's mix. All decimal years.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.laws.fitting import fit_table
from jjj_sim.region.data import Data
from jjj_sim.region.region import Region
from jjj_sim.region.topics.work import Work

F64 = NDArray[np.float64]

_CENSUS, _FARM_CENSUS = 2010.83, 2020.84
# Workers over all residents with college; the most they can be; senior secondary throughout [A].
_WORKERS, _MOST, _SENIOR = 1.25, 0.7, 0.2


def job_shares(work: Work, time: float) -> F64:
    """Return sector shares of employed residents, (n_zones, n_sectors), linear between the censuses, held outside."""
    (first, _), (early, late) = work.jobs.times, work.jobs.values
    part = float(np.clip((time - first) / 10.0, 0.0, 1.0))
    return np.asarray((1.0 - part) * early + part * late)


class NationalLabour:
    """Labour of the nation as a region's tables know it."""

    def __init__(self, region: Region, data: Data) -> None:
        self._nation, self._work = data.nation, data.work
        self._weights = np.where(region.role("hinterland"), data.work.residents_2020, 0.0)
        people, un = data.nation.population, data.nation.projection
        known = dict(zip(people.years, people.values.tolist(), strict=True))
        projected = dict(zip(un.years, un.values.tolist(), strict=True))
        last = people.last
        for year in range(last + 1, un.last + 1):
            known[year] = known[last] * projected[year] / projected[last]
        self._turns = np.array(sorted(known)) + 1.0
        self._people = np.array([known[y] for y in sorted(known)])

    def population(self, time: float) -> float:
        """Return the nation's residents; held after the last projected year."""
        return float(np.interp(time, self._turns, self._people))

    def broad(self, time: float) -> F64:
        """Return the labour force by the three broad sectors, persons, shape (3,)."""
        people = self.population(time) * float(self._nation.labour_force.at(time))
        shares = self._nation.labour_shares.at(time)
        return np.asarray(people * shares / shares.sum())

    def farm_share(self, time: float) -> float:
        """Return the primary sector's share of labour."""
        broad = self.broad(time)
        return float(broad[0] / broad.sum())

    def education(self, time: float) -> F64:
        """Return workers by education, shares, shape (3,)."""
        college = self._nation.college
        pace = (college.of(2020) - college.of(2010)) / 10.0
        share = min(float(_WORKERS * (college.of(2010) + pace * (time - _CENSUS)) / 100.0), _MOST)
        return np.array([1.0 - _SENIOR - share, _SENIOR, share])

    def jobs(self, time: float) -> F64:
        """Return sector shares of jobs by zone, (n_zones, n_sectors), rows sum to one, the path of farm work imputed.

        The censuses count farm work differently: each zone's farm share of 2020 moves with the nation's instead.
        """
        census = job_shares(self._work, time)
        pace = self.farm_share(time) / self.farm_share(_FARM_CENSUS)
        farm = np.minimum(job_shares(self._work, _FARM_CENSUS)[:, 0] * pace, 0.95)
        shares = census * ((1.0 - farm) / (1.0 - census[:, 0]))[:, None]
        shares[:, 0] = farm
        return np.asarray(shares)

    @functools.cache  # noqa: B019  one object per set of tables, kept as long as these
    def by_sector(self, time: float) -> F64:
        """Return the labour force by sector, persons, shape (n_sectors,)."""
        broad = self.broad(time)
        mix = self._nation.employed.sum(axis=1)[1:] * self._mix(time) / self._mix(_CENSUS)
        return np.append(broad[:1], broad[1:].sum() * mix / mix.sum())

    @functools.cache  # noqa: B019
    def education_mix(self, time: float) -> F64:
        """Return shares of education by sector, (n_sectors, 3), rows sum to one."""
        labour = self.by_sector(time)
        fitted = fit_table(self.contrasts(), labour, self.education(time) * labour.sum())
        return np.asarray(fitted / fitted.sum(axis=1, keepdims=True))

    def contrasts(self) -> F64:
        """Return shares of education among the employed of 2010 by sector, (n_sectors, 3): contrasts, not levels."""
        employed = self._nation.employed
        return np.asarray(employed / employed.sum(axis=1, keepdims=True))

    def _mix(self, time: float) -> F64:
        """Return the hinterland's mix of non-farm jobs, shape (n_sectors - 1,), sum one."""
        jobs = (self._weights @ job_shares(self._work, time))[1:]
        return np.asarray(jobs / jobs.sum())


@functools.cache
def national_labour(region: Region, as_of: int | None) -> NationalLabour:
    """Return the nation's labour as `region` knows it in `as_of`; made once."""
    return NationalLabour(region, region.tables(as_of))
