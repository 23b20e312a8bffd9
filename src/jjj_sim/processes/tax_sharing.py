"""Tax sharing (税收分享): a zone that lets a large firm go keeps part of its taxes for some years.

    T      = a_v .06 VA + a_c .25 margin VA                three taxes, the local part, bn yuan
    listed   firms that relief moves and whose T, mean of the 12 quarters before, reaches the threshold a year
    pays     min(share T, what is left of 12 quarters of T before the move)     destination to origin
    ends     when nothing is left, or after the years of the rule

The rule of 2015 (财预〔2015〕92号 [L]): VAT, corporate income tax and, until 2016, business tax, the part of local
governments; moves led by government of firms that paid 20 m yuan a year or more; 50 : 50 for three years from
the move and two more while the origin has not received what the firm paid there in three years; moves of the
market excluded. Three and two years at one rate under one ceiling are five years under that ceiling. What the
centre then gives the origin once, "as appropriate", has no amount and is left out.

A ledger of cohorts, by quarter of the move, origin, destination and sector, holds jobs and what is left of the
ceiling; agents and twin write it alike. Firms of a cohort have the same taxes a job before and after, so that
the ceiling of the cohort is the ceiling of each. Jobs of a cohort are those that moved; their value added is
that of a job in its new cell. A firm's own past is not kept: its jobs at the move stand for the three years.
a_v is a quarter until April 2016 and a half afterwards, a_c two fifths [L].
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.param import param
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import parse
from jjj_sim.state.world import World

LONGEST = 40
"""Quarters that the ledger can hold: ten years."""
_BEFORE = 12
_REFORM = parse("2016Q2")
_LOCAL_VAT = (0.25, 0.5)
_LOCAL_PROFIT_TAX = 0.4
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
    )

    vat = param(
        0.06, unit="share", lo=0.03, hi=0.12, doc="VAT in value added", source="[R] revenue of VAT over output, about"
    )
    profit_tax = param(0.25, unit="share", lo=0.15, hi=0.25, doc="Corporate income tax in profit", source="[L] 25 %")
    margin = param(
        0.2,
        unit="share",
        lo=0.1,
        hi=0.3,
        doc="Profit before tax in value added of manufacturing",
        source="[R] industry above the threshold: some 7.7 of 40 tn yuan",
    )

    def open(self, world: World) -> None:
        """Take the value added of the opening for the three years before it."""
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
        world.memory.recent_taxes[world.t % _BEFORE] = self._taxes(world)

    def _taxes(self, world: World) -> NDArray[np.float64]:
        """Return the local part of the three taxes of a job in the quarter, bn yuan, (n_zones, n_sectors)."""
        t = world.tables
        rate = _LOCAL_VAT[world.t >= _REFORM] * self.vat + _LOCAL_PROFIT_TAX * self.profit_tax * self.margin
        return np.asarray(rate * t.va_nominal / np.maximum(t.jobs, 1.0))

    def _enter(self, world: World) -> None:
        """Open the cohort of the quarter: its jobs and the ceiling, three years of taxes before the move."""
        memory, slot, listed = world.memory, world.t % LONGEST, list(world.region.sector_roles["listed"])
        jobs = world.flows.taxed_jobs_moved[:, :, listed]
        memory.sharing_jobs[slot] = jobs
        memory.sharing_left[slot] = jobs * memory.recent_taxes.sum(axis=0)[:, None, listed]

    def _pay(self, world: World) -> None:
        """Enter the quarter's shares, at most what is left, and none after the last year; the lever settles them."""
        memory, listed = world.memory, list(world.region.sector_roles["listed"])
        age = (world.t - np.arange(LONGEST)) % LONGEST
        running = np.flatnonzero((age > 0) & (age <= self._quarters(world)))
        taxes = memory.sharing_jobs[running] * self._taxes(world)[None, None, :, listed]
        paid = np.minimum(float(world.policy.tax_share) * taxes, memory.sharing_left[running])
        memory.sharing_left[running] -= paid
        world.flows.tax_shared += paid.sum(axis=(0, 3)).T

    @staticmethod
    def _quarters(world: World) -> int:
        """Return for how many quarters the rule in force shares, below the ledger's length."""
        return min(round(4.0 * float(world.policy.tax_share_years)), LONGEST - 1)
