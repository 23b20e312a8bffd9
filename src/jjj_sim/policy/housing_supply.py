"""Land for building and ceilings on prices (住房用地与限价), by zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range


class HousingSupply(Lever):
    """Land multiplies what may be built; under a ceiling newcomers queue for homes.

    Land from 1 to 2 doubles the trend of 2010-20 that is left and the most that the market builds beyond it, from 1 to
    2 % of the stock a quarter: by need, not as a gift. See Housing.
    """

    name, zh = "housing_supply", "住房用地与限价"
    unit, lo, hi, decider = "land and ceiling by zone", 0.0, 0.0, "B, T, H, X"
    mechanism = "Land multiplies what may be built; under a ceiling newcomers queue for homes."
    mechanism_zh = "土地倍数放大可建住房；有限价时新来者排队买房。"
    announces: ClassVar[Mapping[str, Field | None]] = {"land": None, "price_ceiling": None}
    has_path = False

    @property
    def paths(self) -> Mapping[str, Range]:
        """Land and ceiling by zone."""
        zones, by_homes = self.region.ids, "mean by homes.opening_area"
        land = {f"land_{z}": Range("multiple of history's land, from 2021", 0.0, 5.0, z, by_homes) for z in zones}
        return {**land, **{f"ceiling_{z}": Range("yuan/m2; 0 is none", 0.0, 500_000.0, z, "alone") for z in zones}}

    def idle(self) -> dict[str, Any]:
        """Return land as in history and no ceiling."""
        zones = self.region.ids
        land = {f"land_{z}": [["2013Q1", 1.0]] for z in zones}
        return {"paths": {**land, **{f"ceiling_{z}": [["2013Q1", 0.0]] for z in zones}}}

    def announce(self, world: Announcing) -> None:
        """Announce both by zone."""
        world.policy.land += np.array([self.at(world, f"land_{z}") for z in self.region.ids])
        world.policy.price_ceiling += np.array([self.at(world, f"ceiling_{z}") for z in self.region.ids])
