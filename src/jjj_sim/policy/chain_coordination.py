"""Coordination of industrial chains (六链五群产业协同)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever


class ChainCoordination(Lever):
    """Coordinated chains raise what is sold across the provinces' borders by this share."""

    name, zh = "chain_coordination", "六链五群产业协同"
    unit, lo, hi, decider = "rise of trade across borders, share", 0.0, 0.5, "B, T, H"
    mechanism = "Coordinated chains raise what is sold across the provinces' borders by this share."
    mechanism_zh = "产业链协同使跨省市销售提高这一比例。"
    announces: ClassVar[Mapping[str, Field | None]] = {"border_trade": None}

    def announce(self, world: Announcing) -> None:
        """Announce the rise."""
        world.policy.border_trade += self.at(world)
