"""Tax sharing (税收分享): a zone that lets a large firm go keeps part of its taxes for some years.

    T      = a_v .06 VA + a_c .25 margin VA                three taxes, the local part, bn yuan
    listed   firms that relief moves and whose T, mean of the 12 quarters before, reaches the threshold a year
    pays     min(share T, what is left of 12 quarters of T before the move)     destination to origin
    ends     when nothing is left, or after the years of the rule

Share, threshold and years are the rule in force (财预〔2015〕92号); moves of the market are excluded. A ledger of
cohorts, by quarter of the move, origin, destination and sector, holds jobs and what is left of the ceiling; agents
and twin write it alike. The firms of a cohort have the same taxes per job before and after, so that the ceiling of
the cohort is the ceiling of each. Value added is that of a job in its new cell.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.param import param
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import middle
from jjj_sim.state.world import World

F64 = NDArray[np.float64]


class TaxSharing(StockProcess):
    """Keep the clocks of moved firms' taxes and let destinations pay origins."""

    name = "tax_sharing"
    zh = "税收分享"
    writes = (
        "memory.recent_taxes",
        "memory.sharing_jobs",
        "memory.sharing_left",
        "flows.tax_shared",
        "tables.firm_tax",
        "tables.firm_tax_local",
    )

    vat = param(
        0.06, unit="share", lo=0.03, hi=0.12, doc="VAT in value added", source="[R] revenue of VAT over output, about"
    )
    profit_tax = param(0.25, unit="share", lo=0.15, hi=0.25, doc="Corporate income tax in profit", source="[L] 25 %")
    local_vat_before = param(
        0.25, unit="share", lo=0, hi=1, doc="Local part of VAT before the reform, a_v", source="[L] a quarter"
    )
    local_vat = param(0.5, unit="share", lo=0, hi=1, doc="Local part of VAT since the reform, a_v", source="[L] a half")
    reform = param(
        2016.25,
        unit="year",
        lo=2010,
        hi=2050,
        doc="When the reform of VAT changed its local part",
        source="[L] a quarter until April 2016, a half afterwards",
    )
    local_profit_tax = param(
        0.4, unit="share", lo=0, hi=1, doc="Local part of corporate income tax, a_c", source="[L] two fifths"
    )
    margin = param(
        0.2,
        unit="share",
        lo=0.1,
        hi=0.3,
        doc="Profit before tax in value added of manufacturing",
        source="[R] industry above the threshold: some 7.7 of 40 tn yuan",
    )

    def open(self, world: World) -> None:
        """Take the value added of the opening for the three years before it, and tell the tax on profit."""
        world.tables.firm_tax = self.profit_tax * self.margin
        world.tables.firm_tax_local = self.local_profit_tax
        world.memory.recent_taxes = self._taxes(world)

    def table(self, world: World) -> F64:
        """Return the jobs from which a firm that relief moves this quarter shares its taxes, by zone and sector.

        Infinite where nothing is shared.
        """
        if float(world.policy.tax_share) <= 0.0:
            return np.full(world.tables.jobs.shape, np.inf)
        yearly = 4.0 * world.memory.recent_taxes.mean(axis=0)
        return np.asarray(float(world.policy.tax_share_threshold) / 1e3 / np.maximum(yearly, 1e-12))

    def act(self, world: World, table: Any = None) -> None:
        """Pay for those who moved before, enter those who moved now, and keep the quarter's taxes."""
        self._pay(world)
        self._enter(world)
        recent = world.memory.recent_taxes
        recent[world.t % len(recent)] = self._taxes(world)

    def _taxes(self, world: World) -> F64:
        """Return the local part of the three taxes of a job in the quarter, bn yuan, (n_zones, n_sectors)."""
        t = world.tables
        local = self.local_vat if middle(world.t) >= self.reform else self.local_vat_before
        rate = local * self.vat + self.local_profit_tax * self.profit_tax * self.margin
        return np.asarray(rate * t.va_nominal / np.maximum(t.jobs, 1.0))

    def _enter(self, world: World) -> None:
        """Open the cohort of the quarter: its jobs and the ceiling, three years of taxes before the move."""
        memory, listed = world.memory, list(self.region.sector_roles["listed"])
        slot = world.t % len(memory.sharing_jobs)
        jobs = world.flows.taxed_jobs_moved[:, :, listed]
        memory.sharing_jobs[slot] = jobs
        memory.sharing_left[slot] = jobs * memory.recent_taxes.sum(axis=0)[:, None, listed]

    def _pay(self, world: World) -> None:
        """Enter the quarter's shares, at most what is left, and none after the last year; the lever settles them."""
        memory, listed = world.memory, list(self.region.sector_roles["listed"])
        longest = len(memory.sharing_jobs)
        quarters = round(4.0 * float(world.policy.tax_share_years))
        age = (world.t - np.arange(longest)) % longest
        running = np.flatnonzero((age > 0) & (age <= min(quarters, longest - 1)))
        taxes = memory.sharing_jobs[running] * self._taxes(world)[None, None, :, listed]
        paid = np.minimum(float(world.policy.tax_share) * taxes, memory.sharing_left[running])
        memory.sharing_left[running] -= paid
        world.flows.tax_shared += paid.sum(axis=(0, 3)).T
