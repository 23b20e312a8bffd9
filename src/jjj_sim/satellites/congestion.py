"""Congestion (拥堵): the capital's index of the peak hours, from who goes to work there, cars, metro and capacity.

    car trips    q = W^(1 - use) V^use M^-shift exp(stay covid)     over those of 2013
    index        i = min(10, i_2013 (q / C^(1 - induced))^steepness)
    vehicles     V: data, then `lottery` more a year;   M: kilometres of metro, data and plan

W are those who work in the capital, wherever they live; covid is the nation's shortfall of output. C is the capacity of
roads and rail that stands and is wanted, 1 in history (Transport). The index tells delay, which goes with traffic over
capacity as the Bureau of Public Roads found; new capacity draws its own traffic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from jjj_sim import quarters
from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

_MOST = 10.0


class Congestion(Satellite):
    """Car trips and the index of the peak hours."""

    name = "congestion"
    zh = "拥堵"
    topic = "congestion"
    keeps: ClassVar[Mapping[str, Field]] = {
        "congestion_index": Field((), "index", "congestion in the peak hours, 0 to 10"),
        "car_trips": Field((), "2013 = 1", "car trips in the peak hours"),
        "capital_workers_first": Field((), "persons", "W of the opening"),
    }

    use: float = param(
        0.6,
        unit="1",
        lo=0.0,
        hi=1.0,
        doc="use: car trips by vehicles beside people at work",
        prior=Uniform(0.4, 0.8),
        source="[D] index of 2023 over 2019; set by looking",
    )
    shift: float = param(
        0.27,
        unit="1",
        lo=0.0,
        hi=1.0,
        doc="shift: car trips that metro takes over, elasticity by its length",
        prior=Uniform(0.15, 0.35),
        source="[D] index of 2019 as that of 2013; set by looking",
    )
    stay: float = param(
        0.8,
        unit="1",
        lo=0.0,
        hi=5.0,
        doc="stay: car trips that covid kept at home, by the nation's shortfall of output",
        prior=Uniform(0.4, 1.5),
        source="[D] index of 2020 over 2019; set by looking",
    )
    lottery: float = param(
        100_000.0,
        unit="vehicles/year",
        lo=0.0,
        hi=500_000.0,
        doc="lottery: vehicles added a year after the data",
        prior=Uniform(80_000.0, 160_000.0),
        source="[R] quota of small cars since 2018",
        decides_alone=True,
    )
    steepness: float = param(
        4.0,
        unit="1",
        lo=1.0,
        hi=6.0,
        doc="steepness: delay by traffic over capacity",
        source="[R] Bureau of Public Roads 1964, as in Transport",
    )
    induced: float = param(
        0.5,
        unit="1",
        lo=0.0,
        hi=1.0,
        doc="induced: traffic that capacity draws, elasticity",
        source="[R] Noland 2001, Cervero 2003, as in Transport",
    )

    def act(self, world: World, table: Any = None) -> None:
        """Set the quarter's car trips and index."""
        if not self.knows(world):
            return
        kept, data, time = world.satellites, world.data.congestion, quarters.middle(world.t) - 0.5
        workers = float(world.tables.employed[:, self.region.capital].sum())
        if world.t == 0:
            kept["capital_workers_first"] = workers
        vehicles = float(data.vehicles.at(time)) + self.lottery * max(time - data.vehicles.last, 0.0)
        metro = float(data.metro.at(time) / data.metro.values[0])
        trips = (workers / max(float(kept["capital_workers_first"]), 1.0)) ** (1.0 - self.use)
        trips *= (vehicles / float(data.vehicles.values[0])) ** self.use * metro**-self.shift
        trips *= np.exp(self.stay * float(world.tables.covid))
        capacity = min(float(world.policy.traffic_capacity), float(world.memory.traffic_capacity))
        kept["car_trips"] = trips
        jam = (trips / max(capacity, 1e-6) ** (1.0 - self.induced)) ** self.steepness
        kept["congestion_index"] = min(_MOST, float(data.index_2013) * jam)
