"""Offers of the new area to the capital's firms (雄安承接北京企业)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.laws.race import due_of_total
from jjj_sim.policy.lever import Announcing, Lever, Range


class XionganOffers(Lever):
    """This many of the capital's firms register in the new area, and a part comes to work there.

    A thousand offers are some 300 firms at work within a decade, of 18 posts each; a thousand units of central
    enterprises as many, of 33 posts. See Branching.
    """

    name, zh = "xiongan_offers", "雄安承接北京企业"
    unit, lo, hi, decider = "firms, cumulative", 0.0, 20000.0, "X, B"
    mechanism = (
        "This many of the capital's firms register in the new area, "
        "and a part comes to work there with posts moved from the capital."
    )
    mechanism_zh = "首都这么多家企业在新区注册，其中一部分带着从首都迁来的岗位到新区工作。"
    announces: ClassVar[Mapping[str, Field | None]] = {"offers": None, "central_units": None}

    @property
    def paths(self) -> Mapping[str, Range]:
        """Units of central enterprises."""
        return {"central_soe": Range("central-firm units, cumulative", 0.0, 5000.0)}

    def announce(self, world: Announcing) -> None:
        """Announce the whole numbers due in the quarter."""
        plan = self.plan(world)
        world.policy.offers[self.region.new_area] += due_of_total(plan.path, world.t)
        world.policy.central_units[self.region.new_area] += due_of_total(plan.paths["central_soe"], world.t)
