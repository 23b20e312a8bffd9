"""The census of firms: counts legal units and the jobs they hold, after every event of the quarter.

    own account_zs = share_s E_zs        people who work without a legal unit, share held
    o_zs = ln(E_zs - own account_zs) - ln sum_f w_f e^(x_f)

E: the labour outcome (jobs by zone and sector). With o a firm's jobs are L = exp(o + x), so that the firms'
jobs and the own-account remainder add up to the jobs of the cell exactly.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import N_SECTORS, N_ZONES
from jjj_sim.param import param
from jjj_sim.populate.firms import fill_counts
from jjj_sim.processes.process import Process
from jjj_sim.state.book import Field
from jjj_sim.state.firms import BIN_CENTRES
from jjj_sim.state.world import World


class FirmCensus(Process):
    """Count firms and set the offset between their relative and absolute size."""

    name = "firm_census"
    zh = "单位统计"
    tables: ClassVar[dict[str, Field]] = {
        "firm_units": Field(("zone", "sector"), "units", "legal units"),
        "firm_size_sum": Field(("zone", "sector"), "1", "sum of w exp(x) over legal units"),
        "firm_jobs": Field(("zone", "sector"), "persons", "jobs in legal units"),
        "firm_offset": Field(("zone", "sector"), "log", "o: log jobs of a unit with x = 0"),
    }
    flows: ClassVar[dict[str, Field]] = {
        "firms_relocated": Field(("place", "place", "sector"), "units", "legal units moved, all causes"),
        "jobs_carried": Field(("zone", "sector"), "persons", "net jobs that arrived with moved units"),
    }

    own_account_farms = param(
        0.97, unit="share", lo=0.5, hi=1, doc="Jobs outside legal units in agriculture", source="[A]"
    )
    own_account = param(
        0.12,
        unit="share",
        lo=0,
        hi=0.5,
        doc="Jobs outside legal units in other sectors",
        source="[D] 55 m employed, 33 m of them in legal units",
    )

    def open(self, world: World) -> None:
        """Fill the expected firms of the opening and count them."""
        fill_counts(world.firm_counts, world.tables.jobs)
        self._settle(world, world.firm_counts.units)

    def sweep(self, world: World, table: Any, draws: Draws) -> None:
        """Count the agents and the quarter's moves."""
        count_firms(world, self)
        self._moves(world)

    def expect(self, world: World, table: Any) -> None:
        """Count the expected firms and the quarter's moves."""
        self._settle(world, world.firm_counts.units)
        self._moves(world)

    def _moves(self, world: World) -> None:
        """Sum the moves of all causes: free, by relief, named."""
        f = world.flows
        f.firms_relocated += f.firms_moved_freely + f.firms_moved_by_relief
        carried = f.jobs_moved_freely + f.jobs_moved_by_relief + f.jobs_moved_by_name
        f.jobs_carried += carried[:N_ZONES]

    def firm_share(self) -> NDArray[np.float64]:
        """Return the share of a sector's jobs that is in legal units, shape (n_sectors,)."""
        share = np.full(N_SECTORS, 1.0 - self.own_account)
        share[0] = 1.0 - self.own_account_farms
        return share

    def settle(self, world: World, units: NDArray[Any], size_sum: NDArray[Any]) -> None:
        """Set the tables from counted units and their sum of w exp(x)."""
        world.tables.firm_units = units
        world.tables.firm_size_sum = size_sum
        world.tables.firm_jobs = world.tables.jobs * self.firm_share() * (units > 0)
        jobs = np.maximum(world.tables.firm_jobs, 1e-9)
        world.tables.firm_offset = np.where(units > 0, np.log(jobs / np.maximum(size_sum, 1e-9)), 0.0)

    def _settle(self, world: World, counts: NDArray[Any]) -> None:
        self.settle(world, counts.sum(axis=2), counts @ np.exp(BIN_CENTRES))


def count_firms(world: World, census: FirmCensus) -> None:
    """Set the census from the world's agents."""
    firms = world.firms
    legal = (firms.flags == 0) * firms.weight.astype(np.float64)
    census.settle(world, firms.by_cell(legal), firms.by_cell(legal * np.exp(firms.x)))
