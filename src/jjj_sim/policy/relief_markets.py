"""Relief of markets (区域性市场和物流中心疏解): a quota of sites, and the destinations that take merchants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.laws.race import due_of_flow
from jjj_sim.param import Path
from jjj_sim.policy.lever import Announcing, Lever, Range

# Merchants that stand for a market site when they are re-sited [A].
MERCHANTS_A_SITE = 60.0


class ReliefMarkets(Lever):
    """The capital closes, upgrades or moves this many markets and logistics centres a quarter."""

    name, zh = "relief_markets", "区域性市场和物流中心疏解"
    unit, lo, hi, decider = "sites a quarter", 0.0, 200.0, "B"
    mechanism = "The capital closes, upgrades or moves this many markets and logistics centres a quarter."
    mechanism_zh = "首都每季度关闭、升级或迁出这么多个市场和物流中心。"
    announces: ClassVar[Mapping[str, Field | None]] = {"relief_sites": None, "resited": None}

    @property
    def paths(self) -> Mapping[str, Range]:
        """Merchants from the capital at a destination, cumulative, by zone."""
        outside = (z for z, capital in zip(self.region.ids, self.region.capital, strict=True) if not capital)
        return {f"merchants_{zone}": Range("merchants, cumulative", 0.0, 1e6, zone, "sum") for zone in outside}

    def announce(self, world: Announcing) -> None:
        """Announce the sites due in the quarter, and how many of them each destination takes."""
        plan = self.plan(world)
        sites = due_of_flow(plan.path, world.t)
        world.policy.relief_sites += sites
        due = np.zeros(self.region.n_zones)
        for key, merchants in plan.paths.items():
            held = Path(merchants.quarters, merchants.values / MERCHANTS_A_SITE)
            due[self.region.index(key.removeprefix("merchants_"))] = np.rint(held.at(world.t)) - np.rint(
                held.at(world.t - 1)
            )
        over = due.sum() - sites
        for zone in np.flatnonzero(due)[::-1]:
            if over > 0:
                less = min(over, due[zone])
                due[zone] -= less
                over -= less
        world.policy.resited += due
