"""Parks (共建园区): who registers in a science park that the capital runs with another place.

    from there    a d_z F_z                      F: foundings of the park's sectors in its zone, d: people of the
                                                 district over the zone's, 0 before the park opens
    from capital  b sum over capital zones c of F_c exp(-m_cz / tau) (rent_c / rent_z)^eta         m: minutes
    registered    n_z = both                     a quarter; no ramp: the first year's are no fewer
    closed        h_z R_z                        h: closures over units of those sectors in the zone
    stock         R'  = R + n - h R
    with premises O'  = O + phi n - h O

Registering is not working there: most of a park's firms have no desk in it.
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


class Parks(Satellite):
    """Firms that register in science parks by the zone of the park."""

    name = "parks"
    zh = "共建园区"
    topic = "parks"
    keeps: ClassVar[Mapping[str, Field]] = {
        "park_firms_new": Field(("zone",), "firms", "firms that registered in the quarter"),
        "park_firms_of_the_capital": Field(("zone",), "firms", "of them, those from the capital"),
        "park_firms_closed": Field(("zone",), "firms", "registered firms that closed in the quarter"),
        "park_firms": Field(("zone",), "firms", "registered firms, closures left out"),
        "park_firms_with_premises": Field(("zone",), "firms", "of them, those with premises in the park"),
        "park_firms_cumulative": Field(("zone",), "firms", "firms that registered since the park opened"),
    }

    local: float = param(
        0.163,
        unit="share",
        lo=0.0,
        hi=1.0,
        doc="a: foundings of a park's district that register in it",
        prior=Uniform(0.13, 0.2),
        source="[D] four fifths of 569 firms of 2020 in the first park over the zone's foundings; set by looking",
    )
    capital: float = param(
        0.00445,
        unit="share",
        lo=0.0,
        hi=0.1,
        doc="b: foundings of the capital that register in a park next door at the same rent",
        prior=Uniform(0.003, 0.006),
        source="[D] one fifth of them over the capital's foundings, at tau and eta; set by looking",
    )
    reach: float = param(
        120.0,
        unit="minutes",
        lo=30.0,
        hi=600.0,
        doc="tau: how far the capital's founders go",
        prior=Uniform(60.0, 240.0),
        source="[A]",
        decides_alone=True,
    )
    rent: float = param(
        0.5,
        unit="1",
        lo=0.0,
        hi=2.0,
        doc="eta: elasticity of those who come from the capital in its rent over the park's",
        prior=Triangular(0.0, 0.5, 1.0),
        source="[A]",
        decides_alone=True,
    )
    premises: float = param(
        0.098,
        unit="share",
        lo=0.0,
        hi=1.0,
        doc="phi: registered firms with premises in the park",
        prior=Uniform(0.05, 0.3),
        source="[L] 118 of 1,201 in one park, August 2023: an input",
    )

    def act(self, world: World, table: Any = None) -> None:
        """Register and close firms."""
        if not self.knows(world):
            return
        kept, district = world.satellites, self._district(world)
        sectors = self.region.in_role("absorbing")
        founded = world.flows.firm_entries[:, sectors].sum(axis=1)
        from_capital = self.capital * self._pull(world, founded) * (district > 0.0)
        new = self.local * district * founded + from_capital
        units = world.tables.firm_units[:, sectors].sum(axis=1)
        exits = world.flows.firm_exits[:, sectors].sum(axis=1)
        hazard = np.minimum(np.divide(exits, units, out=np.zeros_like(units), where=units > 0.0), 1.0)
        closed = hazard * kept["park_firms"]
        kept["park_firms_new"], kept["park_firms_of_the_capital"], kept["park_firms_closed"] = new, from_capital, closed
        kept["park_firms"] += new - closed
        kept["park_firms_with_premises"] += self.premises * new - hazard * kept["park_firms_with_premises"]
        kept["park_firms_cumulative"] += new

    def _district(self, world: World) -> F64:
        """Return the people of districts with a park over those of their zone, shape (n_zones,); 0 without one."""
        table = world.data.parks.district
        opened = int(np.searchsorted(table.times, quarters.middle(world.t), side="right")) - 1
        return np.asarray(table.values[max(opened, 0)])

    def _pull(self, world: World, founded: F64) -> F64:
        """Return the capital's foundings by zone where they might register, minutes and rents weighed."""
        region, rent = self.region, world.tables.rent
        near = np.exp(-world.tables.minutes[: region.n_zones, : region.n_zones] / self.reach)
        dearer = np.divide(rent[:, None], rent, out=np.zeros_like(near), where=rent > 0.0) ** self.rent
        pull = (np.where(region.capital, founded, 0.0)[:, None] * near * dearer).sum(axis=0)
        return np.asarray(np.where(region.capital, 0.0, pull))
