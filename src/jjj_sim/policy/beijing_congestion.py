"""Capacity of roads and rail within the capital (北京交通拥堵治理)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever


class BeijingCongestion(Lever):
    """The capital builds its roads and rail up to this multiple of history's, and trips within it get faster."""

    name, zh = "beijing_congestion", "北京交通拥堵治理"
    unit, lo, hi, decider = "capacity of roads and rail, multiple of history's", 0.5, 2.0, "B"
    mechanism = (
        "The capital builds its roads and rail up to this multiple of history's capacity and pays for them; trips "
        "within it get faster, by less than the capacity since it draws more of them."
    )
    mechanism_zh = "首都出资把道路和轨道的容量建到历史的这一倍数，市内出行随之加快；新增出行抵消一部分效果。"
    announces: ClassVar[Mapping[str, Field | None]] = {"traffic_capacity": None}
    neutral = 1.0

    def announce(self, world: Announcing) -> None:
        """Announce the capacity that is wanted."""
        world.policy.traffic_capacity += self.at(world)
