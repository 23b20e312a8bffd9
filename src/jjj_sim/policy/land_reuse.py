"""Reuse of the space that relief frees in the capital (腾退空间再利用) for the capital's own functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever


class LandReuse(Lever):
    """This share of the floor freed by relief is given to new units of the capital's own functions."""

    name, zh = "land_reuse", "腾退空间再利用"
    unit, lo, hi, decider = "share of the floor freed", 0.0, 1.0, "B"
    mechanism = (
        "This share of the floor that relieved firms and markets leave in the capital is given to new units of "
        "research and producer services, whose posts come from elsewhere in the capital; the rest stays green or empty."
    )
    mechanism_zh = (
        "疏解企业和市场在首都腾出的建筑空间按这一比例提供给新设的科研和生产性服务单位，"
        "其岗位来自首都其他分区；其余留白增绿或闲置。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {"land_reuse": None}

    def announce(self, world: Announcing) -> None:
        """Announce the share in force."""
        world.policy.land_reuse += self.at(world)
