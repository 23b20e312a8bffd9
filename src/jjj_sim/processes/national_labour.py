"""The nation's labour: how many people by sector and education, and so how much of its growth is more hands.

    L_b(t)  = people(t) x labour force per resident(t) x share_b(t)                 three broad sectors b
    L_s(t)  = sum of L_b beside farming x N_s m_s(t) / m_s(2010) / sum_s            N: census of 2010
    college = min(c (the last two censuses known, carried on), most);  senior held;  junior the rest

m is the mix of jobs in the zones that stand for the nation, and moves between the censuses; where no zone does, or one
census alone was known, the nation's mix of 2010 stays. Education by sector keeps the contrasts of 2010, fitted to
labour by sector and to the nation's mix. People go on as the projection grows, or where it begins too late, as they
grew in the last year known.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.laws.fitting import fit_table
from jjj_sim.region.data import Data
from jjj_sim.region.region import Region
from jjj_sim.region.table import Series
from jjj_sim.region.topics.nation import Nation
from jjj_sim.region.topics.work import Work

F64 = NDArray[np.float64]


def job_shares(work: Work, time: float) -> F64:
    """Return sector shares of employed residents, (n_zones, n_sectors), linear between the censuses, held outside."""
    (first, last), (early, late) = work.jobs.times[[0, -1]], work.jobs.values[[0, -1]]
    part = float(np.clip((time - first) / (last - first), 0.0, 1.0)) if last > first else 0.0
    return np.asarray((1.0 - part) * early + part * late)


def people_known(nation: Nation) -> Series:
    """Return the nation's residents at the close of each year: published, then carried on to the projection's end."""
    known, later = nation.population, nation.projection
    projected = dict(zip(later.years, later.values.tolist(), strict=True))
    last, base = known.last, float(known.values[-1])
    ahead = range(last + 1, later.last + 1)
    if last in projected:
        more = [base * projected[year] / projected[last] for year in ahead]
    else:
        pace = base / float(known.held(last - 1))
        more = [base * pace ** (year - last) for year in ahead]
    return Series(known.name, np.append(known.times, ahead), np.append(known.values, more))


def continued(known: Series, assumed: Series) -> Series:
    """Return a series of known years with the years `assumed` after them."""
    later = assumed.times > known.times[-1]
    times = np.concatenate([known.times, assumed.times[later]])
    return Series(known.name, times, np.concatenate([known.values, assumed.values[later]]))


class NationalLabour:
    """Labour of the nation as a region's tables know it. All times are decimal years."""

    def __init__(self, data: Data) -> None:
        self._nation, self._work = data.nation, data.work
        people = people_known(data.nation)
        self._turns, self._people = people.times + 1.0, people.values
        self._shares = continued(data.nation.labour_shares, data.nation.labour_shares_assumed)
        self._census = float(data.work.jobs.times[0])

    def population(self, time: float) -> float:
        """Return the nation's residents; held after the last projected year."""
        return float(np.interp(time, self._turns, self._people))

    def broad(self, time: float) -> F64:
        """Return the labour force by the three broad sectors, persons, shape (3,)."""
        people = self.population(time) * float(self._nation.labour_force.at(time))
        shares = self._shares.at(time)
        return np.asarray(people * shares / shares.sum())

    def education(self, time: float) -> F64:
        """Return workers by education, shares, shape (3,)."""
        nation = self._nation
        (first, last), (early, late) = nation.college.times[-2:], nation.college.values[-2:]
        pace = (late - early) / (last - first)
        college = float(nation.college_of_workers * (early + pace * (time - first)) / 100.0)
        share, senior = min(college, float(nation.most_college)), float(nation.senior)
        return np.array([1.0 - senior - share, senior, share])

    @functools.cache  # noqa: B019  one object per set of tables, kept as long as these
    def by_sector(self, time: float) -> F64:
        """Return the labour force by sector, persons, shape (n_sectors,)."""
        broad = self.broad(time)
        mix = self._nation.employed.sum(axis=1)[1:] * self._mix(time) / self._mix(self._census)
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
        """Return the mix of non-farm jobs that the nation's follows, shape (n_sectors - 1,), sum one."""
        weights, n = self._work.mix_weights, len(self._nation.employed) - 1
        if not weights.any():
            return np.full(n, 1.0 / n)
        jobs = (weights @ job_shares(self._work, time))[1:]
        return np.asarray(jobs / jobs.sum())


@functools.cache
def national_labour(region: Region, as_of: int | None) -> NationalLabour:
    """Return the nation's labour as `region` knows it in `as_of`; made once."""
    return NationalLabour(region.tables(as_of))
