"""Water (水资源与水环境): who uses how much, what is pumped for it, and how many rivers are clean.

    households   a_p P_z                                     a: m3 a resident, data;  P: residents
    industry     i_p Y_z / Y_p,2013 exp(-s)                  Y: value added of water-heavy industry;  s' = s + save / 4
    farms        f_p, ecology e_p                            quota and policy path, data
    pumped       G_p = max(use_p - transferred_p - other_p, 0)
    depth        d_p' = max(d_p + (G_p - recharge - stored_p) / g, springs)      the plain of the capital
    works        W_p' = (1 - wear / 4) W_p + part (B_p - X_p) + X_p             B: budget, X: compensation received
    load         L_p = (households_p + dirt_i industry_p) W_p,2013 / W_p + dirt_f farms_p;  flow_p = e_p + left runoff_p
    dirtier      x_p = ln(L_p / flow_p) - the same of 2013
    good         ln odds = ln odds of 2013 - good x_p
    inferior     ln odds = ln odds of 2013 + inferior x_p
    reported     ln odds of good ones + what another set of sections adds, since 2021

Works are at prices of building of 2013. What is transferred or own and not needed stays where it is. Twice the works
leave half the load of sewers; what farms wash off passes them by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Triangular, Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
USES = ("households", "industry", "farms", "ecology")
SUPPLIES = ("transferred", "other", "pumped")
# What the ground's balance looks at beside the supply.
GROUND = (
    "satellites.groundwater_depth",
    "satellites.groundwater_recharged",
    "satellites.groundwater_spilled",
)
_EARLY_ENDS = 2020
# The middle of 2013, of which the opening's figures tell, in quarters from the first.
_MID_OPENING = 1.5
# Wear of sewers and treatment plants a year, and growth of works behind the opening's [A].
_WEAR, _GREW = 0.05, 0.10


class Water(Satellite):
    """Use by zone; supply, groundwater and the sections of rivers by province."""

    name = "water"
    zh = "水资源与水环境"
    topic = "water"
    sums: ClassVar[Mapping[str, str]] = {"water_use": "water_supply"}
    keeps: ClassVar[Mapping[str, Field]] = {
        "water_use": Field(("4", "zone"), "m3", "used by households, industry, farms and ecology in the quarter"),
        "water_supply": Field(("3", "province"), "m3", "of it transferred, of own rivers or reclaimed, pumped"),
        "groundwater_depth": Field(("province",), "m", "depth of the plain's groundwater; 0 where not known"),
        "groundwater_recharged": Field(("province",), "m3", "what came into the ground in the quarter"),
        "groundwater_spilled": Field(("province",), "m3", "what rose out of it at springs"),
        "water_works": Field(("province",), "bn yuan of 2013", "what was spent on clean water and is not worn"),
        "water_works_first": Field(("province",), "bn yuan of 2013", "the same at the opening"),
        "water_good": Field(("province",), "share", "good sections, of one set at all times"),
        "water_good_reported": Field(("province",), "share", "good sections of the set in force"),
        "water_inferior": Field(("province",), "share", "sections below class V"),
    }

    saving_early: float = param(
        0.08,
        unit="1/year",
        lo=0.0,
        hi=0.2,
        doc="save: fall of industry's use a value added, to 2020",
        prior=Uniform(0.05, 0.12),
        source="[D] Hebei's and Beijing's use of 2013 and 2020; set by looking; the nation's 10 % a year 2016-20 [R]",
    )
    saving_late: float = param(
        0.035,
        unit="1/year",
        lo=0.0,
        hi=0.15,
        doc="the same since 2021",
        prior=Uniform(0.02, 0.08),
        source="[R] the nation's plan to 2025: 16 % less a value added",
        decides_alone=True,
    )
    recharge: float = param(
        1.47,
        unit="bn m3/year",
        lo=0.5,
        hi=4.0,
        doc="recharge: what a normal year's rain brings into the plain's ground",
        prior=Uniform(1.2, 1.8),
        source="[D] depth of Beijing's plain 2014-20; set by looking",
    )
    good: float = param(
        0.85,
        unit="1",
        lo=0.0,
        hi=5.0,
        doc="good: odds of a good section by load over flow",
        prior=Uniform(0.5, 1.3),
        source="[D] Tianjin and Hebei to 2020; set by looking",
    )
    inferior: float = param(
        2.0,
        unit="1",
        lo=0.0,
        hi=10.0,
        doc="inferior: odds of a section below class V by load over flow",
        prior=Uniform(1.5, 3.0),
        source="[D] Tianjin and Hebei to 2019; set by looking",
    )
    left: float = param(
        0.05,
        unit="share",
        lo=0.0,
        hi=1.0,
        doc="left: of runoff, which reservoirs keep, in the rivers of the plain",
        prior=Uniform(0.03, 0.1),
        source="[A] rivers of the plain ran dry; set by looking at Tianjin and Hebei to 2020",
    )
    part: float = param(
        0.015,
        unit="share",
        lo=0.003,
        hi=0.05,
        doc="part: of budgets that is spent on clean water",
        prior=Triangular(0.008, 0.015, 0.025),
        source="[A] saving and environment take 4 % of budgets [R], water a part of it",
        decides_alone=True,
    )
    dirt_industry: float = param(
        0.08,
        unit="1",
        lo=0.0,
        hi=1.0,
        doc="dirt_i: load of a m3 that industry uses, of households 1",
        prior=Triangular(0.04, 0.08, 0.2),
        source="[D] second census of pollution, 2017 [R]: .04 of oxygen demand, .05 of ammonia, over uses [R]",
        decides_alone=True,
    )
    dirt_farms: float = param(
        0.12,
        unit="1",
        lo=0.0,
        hi=1.0,
        doc="dirt_f: the same of farms",
        prior=Triangular(0.06, 0.12, 0.2),
        source="[D] the same: .50 of oxygen demand, .22 of ammonia, over uses",
        decides_alone=True,
    )

    def open(self, world: World) -> None:
        """Set what the ground and the rivers were like before the run."""
        if self.knows(world):
            kept, data = world.satellites, world.data.water
            kept["groundwater_depth"] = data.depth_2012
            kept["water_good"] = kept["water_good_reported"] = data.good_2013 / 100.0
            kept["water_inferior"] = data.inferior_2013 / 100.0

    def act(self, world: World, table: Any = None) -> None:
        """Use the quarter's water, pump what it takes, and clean what flows off."""
        if not self.knows(world):
            return
        kept = world.satellites
        kept["water_use"] = self._use(world) / 4.0
        self._pump(world, self._sum(kept["water_use"].sum(axis=0)))
        self._build(world)
        self._clean(world)

    def _sum(self, values: F64) -> F64:
        """Return sums by province of numbers by zone."""
        where, n = self.region.inner_province, self.region.n_provinces
        return np.asarray(np.bincount(where, weights=values, minlength=n), dtype=np.float64)

    def _alike(self, values: F64, weights: F64) -> F64:
        """Return `values` by province divided over its zones by `weights`."""
        whole = np.maximum(self._sum(weights), 1e-12)
        return np.asarray((values / whole)[self.region.inner_province] * weights)

    def _use(self, world: World) -> F64:
        """Return the four uses by zone at the rate of the quarter, m3 a year, shape (4, n_zones)."""
        data, time = world.data.water, quarters.middle(world.t) - 0.5
        people, heavy = world.population, self.region.in_role("polluting")
        before = world.data.output.value_added_2013
        made = world.tables.value_added[:, heavy].sum(axis=1) * 4.0
        first = np.maximum(self._sum(before[:, heavy].sum(axis=1)), 1e-12)
        farming = before[:, self.region.sector("agriculture")]
        return np.stack(
            [
                data.a_resident.at(time)[self.region.inner_province] * people,
                (data.industry_2013 / first)[self.region.inner_province] * made * np.exp(-self._saved(world.t)),
                self._alike(data.farms.at(time), farming),
                self._alike(data.ecology.along(time), people),
            ]
        )

    def _saved(self, t: int) -> float:
        """Return s, the log of what industry saves a value added since the middle of 2013."""
        early = min(t, 4 * (_EARLY_ENDS - quarters.FIRST_YEAR + 1)) - _MID_OPENING
        late = max(t - 4 * (_EARLY_ENDS - quarters.FIRST_YEAR + 1), 0)
        return (self.saving_early * early + self.saving_late * late) / 4.0

    def _pump(self, world: World, use: F64) -> None:
        """Cover `use` by province, what lacks out of the ground, and let the groundwater rise or fall."""
        kept, data, time = world.satellites, world.data.water, quarters.middle(world.t) - 0.5
        brought = np.minimum(data.transferred.held(world.year) / 4.0, use)
        own = np.minimum(data.other.at(time) / 4.0, use - brought)
        pumped = use - brought - own
        kept["water_supply"] = np.stack([brought, own, pumped])
        known = data.ground > 0.0
        came = np.where(known, self.recharge * 1e9 / 4.0 + data.stored.held(world.year) / 4.0, 0.0)
        fallen = np.divide(pumped - came, data.ground, out=np.zeros_like(came), where=known)
        wanted = kept["groundwater_depth"] + fallen
        kept["groundwater_depth"] = np.maximum(wanted, data.springs)
        kept["groundwater_recharged"] = came
        kept["groundwater_spilled"] = (kept["groundwater_depth"] - wanted) * data.ground

    def _build(self, world: World) -> None:
        """Spend part of the budget and the compensation received on clean water, and wear what stands."""
        kept, price = world.satellites, max(float(world.tables.construction_deflator), 1e-12)
        received = self._sum(world.flows.ecological_compensation.sum(axis=0)) / price
        budget = self._sum(world.tables.budget_spending) / price
        spent = self.part * np.maximum(budget - received, 0.0) + received
        if world.t == 0:
            kept["water_works_first"] = kept["water_works"] = 4.0 * spent / (_WEAR + _GREW)
        kept["water_works"] = (1.0 - _WEAR / 4.0) * kept["water_works"] + spent

    def _clean(self, world: World) -> None:
        """Set the sections' shares from load over flow."""
        kept, data = world.satellites, world.data.water
        households, industry, farms, ecology = (self._sum(use) * 4.0 for use in kept["water_use"])
        works, first = kept["water_works"], kept["water_works_first"]
        cleaned = np.divide(works, first, out=np.ones_like(works), where=first > 0.0)
        people = self._sum(world.data.people.residents)
        before = self._dirt(people * data.a_resident.values[0], data.industry_2013, 1.0, data.farms.values[0])
        before -= np.log(data.ecology.values[0] + self.left * data.runoff)
        dirtier = self._dirt(households, industry, cleaned, farms) - np.log(ecology + self.left * data.runoff) - before
        kept["water_good"] = _moved(data.good_2013, -self.good * dirtier)
        kept["water_good_reported"] = _moved(data.good_2013, data.redefined.held(world.year) - self.good * dirtier)
        kept["water_inferior"] = _moved(data.inferior_2013, self.inferior * dirtier)

    def _dirt(self, households: F64, industry: F64, cleaned: F64 | float, farms: F64) -> F64:
        """Return ln L by province of what is used, m3 a year, and of works over the opening's."""
        return np.asarray(np.log((households + self.dirt_industry * industry) / cleaned + self.dirt_farms * farms))


def fallen(world: World) -> F64:
    """Return by how much groundwater fell in the quarter after what was booked, m by province; 0 where not known."""
    kept, data = world.satellites, world.data.water
    if not data.knows("ground"):
        return np.zeros(world.region.n_provinces)
    net = kept["water_supply"][SUPPLIES.index("pumped")] - kept["groundwater_recharged"] + kept["groundwater_spilled"]
    return np.asarray(np.divide(net, data.ground, out=np.zeros_like(net), where=data.ground > 0.0))


def _moved(percent: F64, log_odds: F64) -> F64:
    """Return the share that `percent` becomes when its log odds move."""
    odds = percent / (100.0 - percent) * np.exp(log_odds)
    return np.asarray(odds / (1.0 + odds))
