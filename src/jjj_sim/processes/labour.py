"""Labour: how many people work where, and what they earn. An interim law until the market clears itself.

    LF_z  = sum over people of participation by age
    jobs_zs = max(share_zs(t) (1 - u0) LF_z + carried_zs, .05 share_zs (1 - u0) LF_z)
    u_z   = 1 - sum_s jobs_zs / LF_z, between 2 and 30 %
    w_zk  = prem_k / mean prem_z * mean over 4 quarters of 4 income_z / employed_z
    income_z = sum_j labour_share VA_j LF_z e^(-reach tau_zj) / sum_l LF_l e^(-reach tau_lj)

share: the census mix with an imputed path of farm work (evidence.job_path); no demand for labour sets it
yet, and jobs stand where people live, so that there is no commuting of persons. Income does travel: what
zone j pays is shared among the workers within reach of it. `carried` are jobs that moved with firms
(negative where they left), absorbed at 5 % a quarter: released workers find work near the old site, new
sites hire locally. u0 = 5 % everywhere [A]: no provincial unemployment rate is in the tables; all three
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
    }
    stocks: ClassVar[dict[str, Field]] = {
        "carried_jobs": Field(("zone", "sector"), "persons", "jobs carried by moved firms, being absorbed"),
        "income_per_worker": Field(("4", "zone"), "yuan/year", "earnings a worker in the last four quarters"),
    }

    unemployed = param(
        0.05, unit="share", lo=0.02, hi=0.12, doc="Unemployment on the path of jobs, u0", source="[A]"
    )
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
        doc="Decay of earnings with minutes from the workplace",
        source="[R] Ahlfeldt et al. 2015, Monte, Redding, Rossi-Hansberg 2018: .05-.08",
    )
    senior = param(1.2, unit="ratio", lo=1, hi=2, doc="Wage of senior secondary over junior", source="[R]")
    college = param(1.7, unit="ratio", lo=1, hi=4, doc="Wage of college over junior", source="[R]")

    def open(self, world: World) -> None:
        """Set jobs on their path and wages from the value added of 2013."""
        world.stocks.carried_jobs = 0.0
        self._jobs(world)
        self._wages(world, self._per_worker(world, value_added_2013().sum(axis=1) / 4.0), np.arange(4))

    def settle(self, world: World) -> None:
        """Let carried jobs come in and fade, and set jobs, unemployment and wages of the quarter."""
        stock = world.stocks.carried_jobs
        stock *= 1.0 - self.absorption
        for name, flow in world.flows.arrays().items():
            if name.startswith(CARRIED):
                stock += flow
        self._jobs(world)
        per_worker = self._per_worker(world, world.tables.va_nominal.sum(axis=1))
        self._wages(world, per_worker, np.array([world.t % 4]))

    def _jobs(self, world: World) -> None:
        """Set the labour force, jobs and unemployment."""
        force = world.people.sum(axis=(1, 2)) @ _BY_AGE
        path = jobs_path(FIRST_YEAR + (world.t + 0.5) / 4.0) * (force * (1.0 - self.unemployed))[:, None]
        jobs = np.maximum(path + world.stocks.carried_jobs, 0.05 * path)
        world.tables.labour_force = force
        world.tables.jobs = jobs
        idle = np.clip(1.0 - jobs.sum(axis=1) / np.maximum(force, 1.0), 0.02, 0.30)
        world.tables.unemployment = idle[:, None]

    def _per_worker(self, world: World, value_added: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return earnings a worker by home zone, yuan a year, from bn yuan of a quarter by zone."""
        force = world.tables.labour_force
        near = np.exp(-self.reach * world.tables.minutes[:N_ZONES, :N_ZONES])
        claims = force[:, None] * near
        income = (claims / claims.sum(axis=0)) @ (self.labour_share * value_added)
        employed = force * (1.0 - world.tables.unemployment[:, 0])
        return np.asarray(4e9 * income / np.maximum(employed, 1.0))

    def _wages(self, world: World, per_worker: NDArray[np.float64], rows: NDArray[np.int64]) -> None:
        """Put `per_worker` into the given rows of the last four quarters and set wages by education."""
        world.stocks.income_per_worker[rows] = per_worker
        workers = world.people.sum(axis=2) @ _BY_AGE
        premium = np.array([1.0, self.senior, self.college])
        mean = workers @ premium / np.maximum(workers.sum(axis=1), 1e-9)
        earned = world.stocks.income_per_worker.mean(axis=0)
        world.tables.wage = earned[:, None] * premium / mean[:, None]
