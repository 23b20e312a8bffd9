"""The cap on the capital's population (北京人口调控)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever


class BeijingPopulationCap(Lever):
    """Living in the capital costs people without its hukou or college this much utility.

    One unit weighs as much as pay lower by 1 - exp(-1 / beta), beta the elasticity of choice in real income.
    """

    name, zh = "beijing_population_cap", "北京人口调控"
    unit, lo, hi, decider = "utility", 0.0, 1.0, "B"
    mechanism = (
        "Living in the capital costs people without its hukou or college this much utility: one unit weighs as much as "
        "pay lower by 57 %."
    )
    mechanism_zh = "没有本地户籍、也没有大学学历的人住在首都要承受这么多效用损失：1 个单位相当于工资低 57%。"
    announces: ClassVar[Mapping[str, Field | None]] = {"cap_price": None}

    def announce(self, world: Announcing) -> None:
        """Announce the price for all but those with college."""
        world.policy.cap_price[self.region.capital, :-1] += self.at(world)
