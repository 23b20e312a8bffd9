"""Ports (港口): containers and tonnes go with the nation's output and with what the hinterland makes and trades.

    hinterland   D_p = sum over zones z of exp(-m_pz / tau) Y_z        Y: value added of trading sectors, 2013 prices
    containers   c_p = c_p,2013 (N^b (D_p / D_p,2013)^(1-b))^e f_p     N: the nation's real GDP over that of 2013
    feeders      f_p = exp(phi (1 - exp(-years since 2013 / T)))       in the hinterland's ports; 1 in the pilot's
    in bulk      t_p = t_p,2013 (H_p / H_p,2013)^e_t                   H: D of the sectors that move material
    barred       a share beta of the pilot's bulk goes to the other ports, as they have bulk, since 2017Q2
    cargo        g_p = t_p + w c_p

What goes through a port is in the long run world trade, in the short run the hinterland's output (Li 2019, a VAR of
1980-2014): N stands for the nation's trade, of which no series is kept. Both are of the last four quarters over the
first four: the first year is the published one.
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
_YEAR = 4
_BARRED_SINCE = quarters.parse("2017Q2")


class Ports(Satellite):
    """Containers and cargo by the zone of the port."""

    name = "ports"
    zh = "港口"
    topic = "ports"
    keeps: ClassVar[Mapping[str, Field]] = {
        "port_containers": Field(("zone",), "TEU", "containers handled in the quarter"),
        "port_cargo": Field(("zone",), "t", "cargo handled in the quarter, what is in containers included"),
        "port_output": Field(("4", "3", "zone"), "1", "N, D and H by quarter of the year, the last four"),
        "port_output_first": Field(("3", "zone"), "1", "the same, sums of the first year"),
    }

    trade_share: float = param(
        0.6,
        unit="1",
        lo=0.0,
        hi=1.0,
        doc="b: weight of the nation's output beside the hinterland's",
        prior=Triangular(0.3, 0.6, 0.9),
        source="[A] for Li 2019: the long run is trade, the short run output",
        decides_alone=True,
    )
    containers: float = param(
        0.95,
        unit="1",
        lo=0.3,
        hi=2.0,
        doc="e: containers per output",
        prior=Uniform(0.8, 1.2),
        source="[D] Tianjin's 5.3 % a year 2013-24 over the real GDP of the three provinces; set by looking",
    )
    bulk: float = param(
        0.55,
        unit="1",
        lo=0.0,
        hi=1.5,
        doc="e_t: tonnes in bulk per output of industry",
        prior=Uniform(0.2, 0.9),
        source="[D] cargo of all ports less what is in containers, 2013-20; set by looking",
    )
    feeders: float = param(
        0.85,
        unit="log",
        lo=0.0,
        hi=3.0,
        doc="phi: containers that feeder lines to the pilot's port brought to the others",
        prior=Uniform(0.5, 1.2),
        source="[D] Hebei's 1.3 to 4.3 m TEU 2013-18 beyond what output explains; set by looking",
    )
    feeder_years: float = param(
        2.0,
        unit="years",
        lo=0.5,
        hi=20.0,
        doc="T: time in which they came",
        prior=Uniform(1.0, 4.0),
        source="[D] the same",
    )
    barred: float = param(
        0.22,
        unit="share",
        lo=0.0,
        hi=1.0,
        doc="beta: bulk that left the pilot's port when coal by lorry was barred from it in 2017",
        prior=Uniform(0.1, 0.35),
        source="[D] Tianjin's cargo 2016-19 and Hebei's 2016-18; the ban [R]; set by looking",
    )
    tonnes: float = param(
        10.0,
        unit="t/TEU",
        lo=5.0,
        hi=15.0,
        doc="w: cargo in a container, empty ones counted",
        prior=Uniform(8.0, 12.0),
        source="[A]",
        decides_alone=True,
    )
    reach: float = param(
        120.0,
        unit="minutes",
        lo=30.0,
        hi=600.0,
        doc="tau: how far the hinterland of a port reaches",
        prior=Uniform(60.0, 240.0),
        source="[A]",
        decides_alone=True,
    )

    def act(self, world: World, table: Any = None) -> None:
        """Move what the quarter's output asks for."""
        if not self.knows(world):
            return
        kept, data = world.satellites, world.data.ports
        kept["port_output"][world.t % _YEAR] = self._output(world)
        if world.t < _YEAR:
            kept["port_output_first"] += kept["port_output"][world.t]
        grown = np.ones_like(kept["port_output_first"])
        if world.t >= _YEAR:
            first = kept["port_output_first"]
            grown = np.divide(kept["port_output"].sum(axis=0), first, out=grown, where=first > 0.0)
        nation, near, material = grown
        pilot = self.region.role("pilot")
        years = max(world.t - 2, 0) / _YEAR  # from the middle of the first year
        feeders = np.where(pilot, 1.0, np.exp(self.feeders * (1.0 - np.exp(-years / self.feeder_years))))
        containers = data.containers_2013 * (nation**self.trade_share * near ** (1.0 - self.trade_share)) ** (
            self.containers
        )
        bulk = np.maximum(data.cargo_2013 - self.tonnes * data.containers_2013, 0.0) * material**self.bulk
        others = np.where(pilot, 0.0, bulk)
        if world.t >= _BARRED_SINCE and others.sum() > 0.0:
            gone = np.where(pilot, self.barred * bulk, 0.0)
            bulk = bulk - gone + gone.sum() * others / others.sum()
        kept["port_containers"] = containers * feeders / _YEAR
        kept["port_cargo"] = (bulk + self.tonnes * containers * feeders) / _YEAR

    def _output(self, world: World) -> F64:
        """Return N, D and H of the quarter by zone of the port, shape (3, n_zones)."""
        region, t = self.region, world.tables
        near = np.exp(-t.minutes[: region.n_zones, : region.n_zones] / self.reach)
        industry, material = region.in_role("industry"), region.in_role("polluting")
        traded = sorted({*industry, *region.in_role("markets")})
        made = t.value_added
        return np.stack(
            [
                np.full(region.n_zones, float(t.national_real_gdp)),
                near @ made[:, traded].sum(axis=1),
                near @ made[:, material].sum(axis=1),
            ]
        )
