"""The negative list (新增产业禁止和限制目录): what the capital refuses of new firms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range
from jjj_sim.policy.plan import LeverPlan


class NegativeList(Lever):
    """The capital refuses the share strictness x shares[sector] of new firms, at most all of them."""

    name, zh = "negative_list", "新增产业禁止和限制目录"
    unit, lo, hi, decider = "strictness, 1 as published", 0.0, 1.25, "B"
    mechanism = "The capital refuses the share strictness x shares[sector] of new firms, at most all of them."
    mechanism_zh = "首都对新设企业拒绝的比例为“严格程度 × 该行业份额”，至多全部拒绝。"
    announces: ClassVar[Mapping[str, Field | None]] = {"refused": None, "refused_as_published": None}

    @property
    def shares(self) -> Mapping[str, Range]:
        """Share of applications refused at strictness 1, by sector."""
        return {s.key: Range("share", 0.0, 1.0) for s in self.region.sectors}

    def announce(self, world: Announcing) -> None:
        """Announce the shares refused in the capital, under this plan and as published."""
        world.policy.refused[self.region.capital] += self._refused(self.plan(world), world.t)
        world.policy.refused_as_published[self.region.capital] += self._refused(self.published(world), world.t)

    def _refused(self, plan: LeverPlan, t: int) -> NDArray[np.float64]:
        """Return the share refused by sector in quarter `t`."""
        shares = np.array([plan.shares.get(s.key, 0.0) for s in self.region.sectors])
        return np.asarray(np.clip(plan.at(t) * shares, 0.0, 1.0))
