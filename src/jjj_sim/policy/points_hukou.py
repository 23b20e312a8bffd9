"""The quota of the capital's points system of registration (积分落户)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever


class PointsHukou(Lever):
    """The capital's points system makes this many non-locals a year local, of those who wish, beside other ways."""

    name, zh = "points_hukou", "积分落户"
    unit, lo, hi, decider = "persons a year", 0.0, 200_000.0, "B"
    mechanism = (
        "The capital's points system admits this many persons a year to the register, of those who wish, and newcomers "
        "answer what they can expect of it; what is published is part of the conversions of the record."
    )
    mechanism_zh = (
        "首都的积分落户每年让这么多愿意落户的人取得户籍，新来者据此预期；已公布的指标包含在历史落户人数之中。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {"points_quota": None, "points_quota_as_published": None}

    def announce(self, world: Announcing) -> None:
        """Announce the quota of the capital's province, and the one that the record contains."""
        capital = np.unique(self.region.inner_province[self.region.capital])
        for plan, quota in (
            (self.plan(world), world.policy.points_quota),
            (self.published(world), world.policy.points_quota_as_published),
        ):
            quota[capital] += plan.at(world.t) / max(len(capital), 1)
