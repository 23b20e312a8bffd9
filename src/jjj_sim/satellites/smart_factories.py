"""SmartFactories (智能工厂): grants turn large factories into graded ones until none is left.

    large     K_z = sum over industry of N_zs Phi((ln a_zs - v^2 / 2 - ln L) / v)      N: legal units, a: jobs of a unit
    grants    G_p = g_p B_p                         B: budget spending of the quarter, g: grants for it over spending
    sites     S'  = S + G_p / c  K_z / K_p  max(1 - S_z / K_z, 0)                      since 2020

Sizes are log-normal with log sd v; L is the size from which a firm is not small. What a graded factory makes more is no
part of this: the core's technique was fitted with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from jjj_sim import quarters
from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
_SINCE = quarters.parse("2020Q1")


class SmartFactories(Satellite):
    """Smart factories and digital workshops by zone, of provinces that pay for them."""

    name = "smart_factories"
    zh = "智能工厂"
    topic = "smart_factories"
    keeps: ClassVar[Mapping[str, Field]] = {
        "smart_factories": Field(("zone",), "sites", "smart factories and digital workshops"),
        "large_factories": Field(("zone",), "firms", "firms of industry that are not small, expected from mean size"),
    }

    cost: float = param(
        4.7,
        unit="million yuan",
        lo=1.0,
        hi=30.0,
        doc="c: grants for one site while none is graded",
        prior=Uniform(4.0, 6.5),
        source="[D] 200 and 300 sites at the ends of 2021 and 2022; set by looking",
    )
    size: float = param(
        300.0,
        unit="jobs",
        lo=20.0,
        hi=2000.0,
        doc="L: jobs from which a firm of industry is not small",
        prior=None,
        source="[R] the nation's classes of size",
    )
    spread: float = param(
        2.0,
        unit="log",
        lo=0.5,
        hi=3.0,
        doc="v: spread of log size",
        prior=Uniform(1.7, 2.2),
        source="[D] as in the core's opening; held",
        decides_alone=True,
    )

    def act(self, world: World, table: Any = None) -> None:
        """Grade the factories that the quarter's grants pay for."""
        if not self.knows(world):
            return
        region, kept, large = self.region, world.satellites, self._large(world)
        kept["large_factories"] = large
        if world.t < _SINCE:
            return
        province, n = region.inner_province, region.n_provinces
        spending = np.bincount(province, world.tables.budget_spending, minlength=n)
        paid = 1000.0 * world.data.smart_factories.grant_share * spending / self.cost  # sites, bn to million yuan
        whole = np.bincount(province, large, minlength=n)[province]
        part = np.divide(large, whole, out=np.zeros_like(large), where=whole > 0.0)
        graded = np.divide(kept["smart_factories"], large, out=np.ones_like(large), where=large > 0.0)
        kept["smart_factories"] += paid[province] * part * np.maximum(1.0 - graded, 0.0)

    def _large(self, world: World) -> F64:
        """Return firms of industry with `size` jobs and more by zone, from units and their mean size."""
        sectors, t = self.region.in_role("industry"), world.tables
        units, jobs = t.firm_units[:, sectors], t.firm_jobs[:, sectors]
        there = (units > 0.0) & (jobs > 0.0)
        mean = np.divide(jobs, units, out=np.ones_like(jobs), where=there)
        above = ndtr((np.log(mean) - 0.5 * self.spread**2 - np.log(self.size)) / self.spread)
        return np.asarray(np.where(there, units * above, 0.0).sum(axis=1))
