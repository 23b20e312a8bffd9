"""Pupils of relocated staff (疏解人员子女就学): staff come to the new area with their institutions, families follow.

    staff     S' = S + posts of named moves and of units of central enterprises that came from the capital
    quality   q  = min(services of the new area / services of the capital, 1)       per resident, the index of Services
    pupils    P' = P + came - left
              came = max(c q^eta S - P, 0) / (4 T)        left = P / (4 x 12 years)

c is children at school per post where schools are the capital's; the worse they are the fewer come. Posts of firms that
take an offer by themselves are not counted: their staff are hired there as often as they move.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

_SCHOOL_YEARS = 12.0


class Pupils(Satellite):
    """Relocated staff and their children at school by zone of the new area."""

    name = "pupils"
    zh = "疏解人员子女就学"
    stocks: ClassVar[Mapping[str, tuple[str, str]]] = {"relocated_pupils": ("pupils_came", "pupils_left")}
    keeps: ClassVar[Mapping[str, Field]] = {
        "relocated_staff": Field(("zone",), "persons", "posts that came from the capital with their institutions"),
        "relocated_pupils": Field(("zone",), "persons", "children of relocated staff at school there"),
        "pupils_came": Field(("zone",), "persons", "children who came to school in the quarter"),
        "pupils_left": Field(("zone",), "persons", "children who left school in the quarter"),
    }

    children: float = param(
        0.4,
        unit="1",
        lo=0.1,
        hi=1.0,
        doc="c: children at school per post where schools are as good as the capital's",
        prior=Uniform(0.3, 0.5),
        source="[A] the level is not published; growth does not depend on it",
        decides_alone=True,
    )
    quality: float = param(
        1.0,
        unit="1",
        lo=0.0,
        hi=3.0,
        doc="eta: families that follow per services, in shares of the capital's",
        prior=Uniform(0.5, 2.0),
        source="[A] half the services, half the families; a third of 2,000 staff had bought a home in 2025",
        decides_alone=True,
    )
    years: float = param(
        1.0,
        unit="years",
        lo=0.25,
        hi=5.0,
        doc="T: time in which families follow",
        prior=Uniform(0.5, 2.0),
        source="[A] at the beginning of the next school year",
        decides_alone=True,
    )

    def act(self, world: World, table: Any = None) -> None:
        """Count the staff that came, and let families follow and children leave school."""
        kept, region = world.satellites, self.region
        new, home = region.new_area, region.capital
        if not (new.any() and home.any()):
            return
        flows, sectors = world.flows, list(region.sector_roles["named"])
        n = region.n_zones
        came = flows.jobs_moved_by_name[:n, :n][home].sum(axis=(0, 2))
        came += flows.jobs_moved_by_offer[:n, :n][home][:, :, sectors].sum(axis=(0, 2))
        kept["relocated_staff"] += np.where(new, came, 0.0)
        index, people = world.tables.service_index, world.population
        quality = np.minimum(index / np.average(index[home], weights=people[home]), 1.0)
        pupils = kept["relocated_pupils"]
        wanted = self.children * quality**self.quality * kept["relocated_staff"]
        kept["pupils_came"] = np.maximum(wanted - pupils, 0.0) / (4.0 * self.years)
        kept["pupils_left"] = pupils / (4.0 * _SCHOOL_YEARS)
        kept["relocated_pupils"] += kept["pupils_came"] - kept["pupils_left"]
