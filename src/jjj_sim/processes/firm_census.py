"""The census of firms: counts legal units and the jobs they hold, after every event of the quarter.

    own account_zs = (1 - share_ps) E_zs                       persons without a legal unit, share of 2013 held
    o_zs = ln(E_zs - own account_zs) - ln sum_f w_f e^(x_f)    log jobs of a unit with x = 0

E: the labour outcome, jobs by zone and sector, those that moved units carried included. With o a firm's jobs
are L = exp(o + x), so that the firms' jobs and the own-account remainder add up to the jobs of the cell exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.param import param
from jjj_sim.populate.firms import fill_counts
from jjj_sim.processes.process import Process
from jjj_sim.state.firms import BIN_CENTRES
from jjj_sim.state.world import World


class FirmCensus(Process):
    """Count firms and set the offset between their relative and absolute size."""

    name = "firm_census"
    zh = "单位统计"
    writes = (
        "tables.firm_units",
        "tables.firm_size_sum",
        "tables.firm_jobs",
        "tables.own_account",
        "tables.firm_offset",
        "opening.legal_unit_share",
        "flows.firms_relocated",
    )

    farms = param(
        0.03, unit="share", lo=0, hi=0.5, doc="Jobs in legal units of agriculture, of all there", source="[A]"
    )

    def open(self, world: World) -> None:
        """Fill the expected firms of the opening and count them."""
        world.opening.legal_unit_share = self.legal_unit_share(world)
        fill_counts(world)
        self.expect(world, None)

    def legal_unit_share(self, world: World) -> NDArray[np.float64]:
        """Return the share of the opening's jobs that is in legal units, (n_zones, n_sectors)."""
        jobs = world.tables.jobs
        capital = world.region.capital
        share = np.full(jobs.shape, self.farms)
        for inside, employed in zip((capital, ~capital), world.data.firms.employees.tolist(), strict=True):
            share[inside, 1:] = min(employed / jobs[inside, 1:].sum(), 1.0)
        return share

    def begin(self, world: World) -> None:
        """Count the agents of the opening."""
        self.count_agents(world)

    def sweep(self, world: World, table: Any, draws: Draws) -> None:
        """Count the agents and the quarter's moves."""
        self.count_agents(world)

    def expect(self, world: World, table: Any) -> None:
        """Count the expected firms and the quarter's moves."""
        units = world.firm_counts.units
        self._count(world, units.sum(axis=2), units @ np.exp(BIN_CENTRES))

    def count_agents(self, world: World) -> None:
        """Set the census from the world's agents."""
        self._count(world, *world.firms.count(1.0, world.tables.jobs.shape))

    def _count(self, world: World, units: NDArray[Any], size_sum: NDArray[Any]) -> None:
        """Set tables and flows from counted units and their sum of w exp(x)."""
        f, t = world.flows, world.tables
        f.firms_relocated = f.firms_moved_freely + f.firms_moved_by_relief
        t.firm_units = units
        t.firm_size_sum = size_sum
        t.firm_jobs = t.jobs * world.opening.legal_unit_share * (units > 0)
        t.own_account = t.jobs - t.firm_jobs
        held = np.log(np.maximum(t.firm_jobs, 1e-9) / np.maximum(size_sum, 1e-300))
        t.firm_offset = np.where(units > 0, held, t.firm_offset)
