"""Relief of manufacturing (一般制造业疏解): a quota of listed firms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.laws.race import due_of_flow
from jjj_sim.policy.lever import Announcing, Lever


class ReliefManufacturing(Lever):
    """The capital names this many manufacturing firms a quarter, each of which closes or moves."""

    name, zh = "relief_manufacturing", "一般制造业疏解"
    unit, lo, hi, decider = "firms a quarter", 0.0, 1000.0, "B"
    mechanism = "The capital names this many manufacturing firms a quarter, each of which closes or moves."
    mechanism_zh = "首都每季度列出这么多家制造业企业，每家关停或迁出。"
    announces: ClassVar[Mapping[str, Field | None]] = {"relief_firms": None}

    def announce(self, world: Announcing) -> None:
        """Announce the whole number of firms due in the quarter."""
        world.policy.relief_firms += due_of_flow(self.plan(world).path, world.t)
