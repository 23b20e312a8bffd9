"""Trips between cities (城际客流): people go where jobs are and come back; trains take part of them.

    visits     V_ij = v (P_i y_i^h A_j / A + P_j y_j^h A_i / A) exp(-m_ij / tau) r     i, j in different cities
    business   B_ij = b (J_i J_j / J + J_j J_i / J) exp(-m_ij / tau) r
    by train   s_ij = 1 / (1 + exp((rail_ij - road_ij) / theta))                       0 without a train
    outside    X_i = x P_i y_i^h r                                                     departures by rail
    all modes  X_i / s_out
    commuting  C_ij = 2 c_ij (50 + 200 / (1 + exp((m_ij - 120) / 10)))                 c: the core's commuters

P people, y real household income a head, A jobs beside farming and J those of the capital's four centres (A, J without
an index: of the region), m minutes from door to door, r what the epidemic left of travel. The two terms are the ways of
those who live at either end. v and b are set at the opening by the passengers by rail between the capital and the
pilot, x by rail departures less those inside; all else is produced. Of trips that leave a city, the share that ends in
another city of the region is T / (T + X / s_out) with T of visits and business: nobody commutes over the region's
outer border in the core, so that commuting is left out of both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.policy.events import Line
from jjj_sim.prior import Triangular, Uniform
from jjj_sim.processes.transport import Network, by_road, by_train, network
from jjj_sim.region.region import Region
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
NO_TRAIN = 900.0  # minutes where no train runs
_DAILY, _WEEKLY, _FAR, _WIDTH = 250.0, 50.0, 120.0, 10.0  # days, weeks, minutes


class Trips(Satellite):
    """Trips by purpose and zone, those by rail by pair of zones, and the minutes of trains."""

    name = "trips"
    zh = "城际客流"
    topic = "trips"
    keeps: ClassVar[Mapping[str, Field]] = {
        "trips_inside": Field(("3", "zone"), "trips", "to other cities in the quarter: visits, business, commuting"),
        "trips_outside": Field(("zone",), "trips", "beyond the region in the quarter, all modes, one way"),
        "rail_inside": Field(("zone", "zone"), "passengers", "by rail between cities in the quarter, from, to"),
        "rail_outside": Field(("zone",), "passengers", "departures by rail beyond the region in the quarter"),
        "train_minutes": Field(
            ("zone", "zone"), "minutes", "door to door by the direct train; 900 where there is none"
        ),
        "trip_levels": Field(("3",), "1", "v, b and x, set at the opening"),
    }

    income: float = param(
        0.3,
        unit="1",
        lo=0.0,
        hi=1.5,
        doc="h: trips per real income, over time and between places",
        prior=Uniform(0.1, 0.6),
        source="[D] rail departures 2014-23, Beijing to Tianjin 2012-18; set by looking",
    )
    reach: float = param(
        60.0,
        unit="minutes",
        lo=20.0,
        hi=180.0,
        doc="tau: how far visits and business reach",
        prior=Uniform(30.0, 90.0),
        source="[A]",
        decides_alone=True,
    )
    choice: float = param(
        45.0,
        unit="minutes",
        lo=5.0,
        hi=120.0,
        doc="theta: by how much a train must be faster for more to take it",
        prior=Uniform(20.0, 80.0),
        source="[A]",
        decides_alone=True,
    )
    business: float = param(
        0.4,
        unit="share",
        lo=0.0,
        hi=1.0,
        doc="Business in the passengers between capital and pilot at the opening",
        prior=Uniform(0.2, 0.6),
        source="[A]",
        decides_alone=True,
    )
    rail_beyond: float = param(
        0.5,
        unit="share",
        lo=0.1,
        hi=0.95,
        doc="s_out: rail in departures beyond the region",
        prior=Triangular(0.3, 0.5, 0.7),
        source="[A] no survey is published; of trains, planes and coaches of Beijing alone rail takes most",
        decides_alone=True,
    )

    def __init__(self, region: Region, **values: Any) -> None:
        super().__init__(region, **values)
        self._lines: list[Line] | None = None
        self._network: Network | None = None

    def act(self, world: World, table: Any = None) -> None:
        """Let the quarter's trips be made."""
        if not self.knows(world):
            return
        kept, data, region = world.satellites, world.data.trips, self.region
        n, people = region.n_zones, world.population
        rail, road = self._by_mode(world)
        minutes = world.tables.minutes[:n, :n]
        city = region.groups["city"][1]
        elsewhere = city[:, None] != city[None]
        near = np.exp(-minutes / self.reach) * elsewhere
        income = world.tables.household_income * 4e9 / (world.tables.consumer_price * people)
        goers = people * income**self.income
        jobs = world.tables.jobs
        farms = [k for k, sector in enumerate(region.sectors) if sector.broad == "primary"]
        worked = jobs.sum(axis=1) - jobs[:, farms].sum(axis=1)
        centres = jobs[:, region.in_role("four_centres")].sum(axis=1)
        visits, business = _both_ways(goers, worked, near), _both_ways(centres, centres, near)
        by_rail = 1.0 / (1.0 + np.exp((rail - road) / self.choice)) * (rail < NO_TRAIN)
        if world.t == 0:
            kept["trip_levels"] = self._levels(world, visits * by_rail, business * by_rail, goers)
        v, b, x = kept["trip_levels"] * float(data.travelled.held(world.year))
        visits, business = v * visits, b * business
        days = _WEEKLY + (_DAILY - _WEEKLY) / (1.0 + np.exp((minutes - _FAR) / _WIDTH))
        commuters = world.flows.commuters[:n, :n] * elsewhere
        commuting = commuters * days
        kept["trips_inside"] = np.stack(
            [visits.sum(axis=1), business.sum(axis=1), commuting.sum(axis=1) + commuting.sum(axis=0)]
        )
        kept["rail_inside"] = (visits + business) * by_rail
        kept["rail_outside"] = x * goers
        kept["trips_outside"] = x * goers / self.rail_beyond
        kept["train_minutes"] = rail

    def _by_mode(self, world: World) -> tuple[F64, F64]:
        """Return minutes by rail and by road from door to door, each (n_zones, n_zones)."""
        if self._network is None or self._lines != world.policy.lines:
            self._lines = list(world.policy.lines)
            self._network = network(self.region, world.data.travel, self._lines)
        return np.minimum(by_train(self._network, world.t), NO_TRAIN), by_road(self._network, world.t)

    def _levels(self, world: World, visits: F64, business: F64, goers: F64) -> F64:
        """Return v, b and x, of a quarter, from `visits` and `business` by rail without a level."""
        data, region = world.data.trips, self.region
        pair = np.outer(region.capital, region.role("pilot"))
        pair |= pair.T
        published = float(data.rail_capital_pilot) / 4.0
        v = (1.0 - self.business) * published / visits[pair].sum()
        b = self.business * published / business[pair].sum()
        inside = v * visits.sum() + b * business.sum()
        return np.array([v, b, max(float(data.rail_departures) / 4.0 - inside, 0.0) / goers.sum()])


def _both_ways(goers: F64, drawn: F64, near: F64) -> F64:
    """Return trips without a level: those of the people of a zone, there, and those of the other's, back."""
    there = np.outer(goers, drawn / drawn.sum()) * near
    return there + there.T
