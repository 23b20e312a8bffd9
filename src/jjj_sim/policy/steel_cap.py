"""The cap on steel (钢铁产能上限)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever


class SteelCap(Lever):
    """Steel beyond this capacity is neither made nor emitted."""

    name, zh = "steel_cap", "钢铁产能上限"
    unit, lo, hi, decider = "million tonnes a year", 0.0, 1000.0, "H, C"
    mechanism = "Steel beyond this capacity is neither made nor emitted."
    mechanism_zh = "超过这一产能的钢既不生产，也不排放。"
    announces: ClassVar[Mapping[str, Field | None]] = {"steel_capacity": None}
    neutral = 1000.0

    def announce(self, world: Announcing) -> None:
        """Announce the capacity."""
        world.policy.steel_capacity += self.at(world)
