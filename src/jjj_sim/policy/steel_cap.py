"""The cap on steel (钢铁产能上限)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever


class SteelCap(Lever):
    """Steel, and what it emits where it is made, never exceeds this capacity."""

    name, zh = "steel_cap", "钢铁产能上限"
    unit, lo, hi, decider = "million tonnes a year", 0.0, 1000.0, "H, C"
    mechanism = "Steel, and what it emits where it is made, never exceeds this capacity."
    announces: ClassVar[Mapping[str, Field | None]] = {"steel_capacity": None}
    neutral = 1000.0

    def announce(self, world: Announcing) -> None:
        """Announce the capacity."""
        world.policy.steel_capacity += self.at(world)
