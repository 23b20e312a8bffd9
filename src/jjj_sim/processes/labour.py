"""Labour: how many people work where, and what they earn. An interim law until the market clears itself.

    LF_z    = sum over people of participation by age
    s_ij    ~ s0_ij exp(-commuting (max(tau_ij, 80) - max(tau0_ij, 80))),  sum_j s_ij = 1     home i, work j
    path_js = share_js(t) (1 - u0) sum_i LF_i s_ij
    jobs_js = max(path_js + carried_js, .05 path_js)
    u_i     = 1 - (1 - u0) sum_j s_ij jobs_j / path_j, between 2 and 30 %
    w_ik    = prem_k / mean prem_i * mean over 4 quarters of 4 sum_j labour_share VA_j F_ij / sum_l F_lj / F_i

F_ij = LF_i s_ij. share: the census mix with an imputed path of farm work (evidence.job_path); no demand for
labour sets it yet. s0, who works where, is imputed: distance decay exp(-reach tau0) fitted so that each
zone's jobs of 2013 equal its resident workers, as the census counts them; from then on the jobs of a
commuting area follow the whole area's residents, not the bedrooms. Income is earned at work and paid at
home. tau0: minutes of 2013. `carried` are jobs that moved with firms (negative where they left), absorbed
at 5 % a quarter: released workers find work near the old site, new sites hire locally.
u0 = 5 % everywhere [A]: no provincial unemployment rate is in the tables; all three
levels of education share a zone's rate. Premia of education: Mincer-type, recalled [R].
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_ZONES
from jjj_sim.evidence.job_path import jobs_path
from jjj_sim.evidence.output import value_added_2013
from jjj_sim.param import param
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.state.book import Field
from jjj_sim.state.employment import PARTICIPATION
from jjj_sim.state.residents import BAND_OF_AGE
from jjj_sim.state.world import World

CARRIED = "jobs_carried"
# Minutes below which a faster link brings no further commuters [A].
_MUTED = 80.0
_BY_AGE = PARTICIPATION[BAND_OF_AGE]


class Labour(StockProcess):
    """Give residents their jobs and wages; who moves for them is decided in Migration and Relocation."""

    name = "labour"
    zh = "劳动力"
    tables: ClassVar[dict[str, Field]] = {
        "labour_force": Field(("zone",), "persons", "residents who work or look for work"),
        "jobs": Field(("zone", "sector"), "persons", "jobs"),
        "unemployment": Field(("zone", "education"), "share", "unemployed in the labour force"),
        "wage": Field(("zone", "education"), "yuan/year", "mean earnings of residents, last four quarters"),
        "labour_income": Field(("zone",), "bn yuan", "earnings of the quarter by zone of residence"),
    }
    stocks: ClassVar[dict[str, Field]] = {
        "carried_jobs": Field(("zone", "sector"), "persons", "jobs carried by moved firms, being absorbed"),
        "opening_minutes": Field(("zone", "zone"), "minutes", "door to door at the opening"),
        "opening_commute": Field(("zone", "zone"), "share", "s0: where the workers of a zone work, 2013"),
        "income_per_worker": Field(("4", "zone"), "yuan/year", "earnings a worker in the last four quarters"),
    }

    unemployed = param(0.05, unit="share", lo=0.02, hi=0.12, doc="Unemployment on the path of jobs, u0", source="[A]")
    absorption = param(
        0.05, unit="1/quarter", lo=0, hi=0.5, doc="Carried jobs absorbed on the spot a quarter", source="[A]"
    )
    labour_share = param(
        0.5,
        unit="share",
        lo=0.3,
        hi=0.65,
        doc="Labour's cost share of value added",
        source="[R] compensation of employees in the flow of funds, about .52",
    )
    reach = param(
        0.05,
        unit="1/minute",
        lo=0.02,
        hi=0.1,
        doc="Decay of commuting with minutes, 2013",
        source="[R] Ahlfeldt et al. 2015, Monte, Redding, Rossi-Hansberg 2018: .05-.08",
    )
    commuting = param(
        0.02,
        unit="1/minute",
        lo=0,
        hi=0.03,
        doc="Response of commuting to faster links",
        source="[A] the literature's .05-.08 would send over a million commuters into Beijing",
    )
    senior = param(1.2, unit="ratio", lo=1, hi=2, doc="Wage of senior secondary over junior", source="[R]")
    college = param(1.7, unit="ratio", lo=1, hi=4, doc="Wage of college over junior", source="[R]")

    def open(self, world: World) -> None:
        """Fit who works where, set jobs on their path and wages from the value added of 2013."""
        stocks, minutes = world.stocks, world.tables.minutes[:N_ZONES, :N_ZONES]
        force = world.people.sum(axis=(1, 2)) @ _BY_AGE
        stocks.carried_jobs = 0.0
        stocks.opening_minutes = minutes
        stocks.opening_commute = balanced(np.exp(-self.reach * minutes), force) / force[:, None]
        workers = self._jobs(world)
        self._wages(world, self._earned(world, workers, value_added_2013().sum(axis=1) / 4.0), np.arange(4))

    def settle(self, world: World) -> None:
        """Let carried jobs come in and fade, and set jobs, unemployment and wages of the quarter."""
        stock = world.stocks.carried_jobs
        stock *= 1.0 - self.absorption
        stock += world.flows.arrays().get(CARRIED, 0.0)
        workers = self._jobs(world)
        earned = self._earned(world, workers, world.tables.va_nominal.sum(axis=1))
        self._wages(world, earned, np.array([world.t % 4]))

    def _jobs(self, world: World) -> NDArray[np.float64]:
        """Set the labour force, jobs and unemployment; return employed by home and work, (n_zones, n_zones)."""
        tables = world.tables
        force = world.people.sum(axis=(1, 2)) @ _BY_AGE
        share = self._commute(world)
        at_work = (1.0 - self.unemployed) * (force @ share)
        path = jobs_path(FIRST_YEAR + (world.t + 0.5) / 4.0) * at_work[:, None]
        jobs = np.maximum(path + world.stocks.carried_jobs, 0.05 * path)
        filled = jobs.sum(axis=1) / np.maximum(at_work, 1e-9)
        tables.labour_force = force
        tables.jobs = jobs
        tables.unemployment = np.clip(1.0 - (1.0 - self.unemployed) * (share @ filled), 0.02, 0.30)[:, None]
        return np.asarray((1.0 - self.unemployed) * force[:, None] * share * filled)

    def _commute(self, world: World) -> NDArray[np.float64]:
        """Return s, shares of the workers at home (rows) by zone of work, rows sum to one."""
        now = world.tables.minutes[:N_ZONES, :N_ZONES]
        nearer = np.maximum(world.stocks.opening_minutes, _MUTED) - np.maximum(now, _MUTED)
        share = world.stocks.opening_commute * np.exp(self.commuting * nearer)
        return np.asarray(share / share.sum(axis=1, keepdims=True))

    def _earned(
        self, world: World, workers: NDArray[np.float64], value_added: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Set labour income; return earnings a worker by home zone, yuan a year. `value_added`: bn yuan, quarter."""
        pay = self.labour_share * value_added / np.maximum(workers.sum(axis=0), 1e-9)
        world.tables.labour_income = workers @ pay
        return np.asarray(4e9 * world.tables.labour_income / np.maximum(workers.sum(axis=1), 1e-9))

    def _wages(self, world: World, earned: NDArray[np.float64], rows: NDArray[np.int64]) -> None:
        """Put `earned` into the given rows of the last four quarters and set wages by education."""
        world.stocks.income_per_worker[rows] = earned
        workers = world.people.sum(axis=2) @ _BY_AGE
        premium = np.array([1.0, self.senior, self.college])
        mean = workers @ premium / np.maximum(workers.sum(axis=1), 1e-9)
        yearly = world.stocks.income_per_worker.mean(axis=0)
        world.tables.wage = yearly[:, None] * premium / mean[:, None]


def balanced(kernel: NDArray[np.float64], margin: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return d_i kernel_ij d_j whose rows and columns both sum to `margin`; `kernel` symmetric, positive.

    Damped scaling: d <- sqrt(d margin / (kernel d)).
    """
    scale = np.sqrt(margin)
    for _ in range(200):
        scale = np.sqrt(scale * margin / (kernel @ scale))
    return np.asarray(scale[:, None] * kernel * scale)
