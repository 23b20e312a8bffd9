"""Openness of household registration (户籍开放度), by province and reporting area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range


class HukouOpenness(Lever):
    """Openness admits those who wish and qualify to the register, and newcomers answer what they can expect of it."""

    name, zh = "hukou_openness", "户籍开放度"
    unit, lo, hi, decider = "0 closed, 1 open", 0.0, 1.0, "B, T, H, X"
    mechanism = (
        "Openness is the share admitted to the register of those who wish and qualify, and newcomers answer what they "
        "can expect of it; entitlement opens services."
    )
    mechanism_zh = (
        "开放度是愿意且符合条件的人中获准落户的比例，新来者据此预期；entitlement 决定无户籍者能享受多少公共服务。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {"hukou_openness": None, "entitlement": None}
    has_path = False

    @property
    def paths(self) -> Mapping[str, Range]:
        """Openness by province and area, that of the world outside, and the share of services open to all."""
        region = self.region
        areas = [area for area in region.areas if area not in region.provinces]
        places = (*region.provinces[:-1], *areas, region.outside)
        return {**{place: Range("share", 0.0, 1.0) for place in places}, "entitlement": Range("share", 0.01, 1.0)}

    def announce(self, world: Announcing) -> None:
        """Announce openness by place, a reporting area before its province, and entitlement."""
        region, policy = self.region, world.policy
        by_province = np.array([self.at(world, province) for province in region.provinces])
        policy.hukou_openness += by_province[region.province]
        for area in region.areas:
            if area not in region.provinces:
                policy.hukou_openness[: region.n_zones][region.inside(area)] = self.at(world, area)
        policy.entitlement += self.at(world, "entitlement")
