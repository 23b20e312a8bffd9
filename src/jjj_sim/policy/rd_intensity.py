"""Spending on research (研发投入强度), by province."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range


class RdIntensity(Lever):
    """Each province spends this part of its GDP on research, which becomes its zones' research stock."""

    name, zh = "rd_intensity", "研发投入强度"
    unit, lo, hi, decider = "percent of GDP", 0.1, 15.0, "B, T, H"
    mechanism = (
        "Each province spends this part of its GDP on research, which becomes its zones' research stock; firms pay for "
        "what is above the published path out of investment."
    )
    mechanism_zh = (
        "各省市把地区生产总值的这一比例用于研发，成为各分区的研发存量；高于公布路径的部分由企业从投资中支付。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {"research_intensity": None, "research_as_published": None}
    has_path = False

    @property
    def paths(self) -> Mapping[str, Range]:
        """Research over GDP by province."""
        return dict.fromkeys(self.region.provinces[:-1], Range("percent of GDP", 0.1, 15.0))

    def announce(self, world: Announcing) -> None:
        """Announce the intensities, and the published ones, which the economy's accounts already hold."""
        provinces, known = self.region.provinces[:-1], self.published(world)
        world.policy.research_intensity += np.array([self.at(world, p) for p in provinces])
        world.policy.research_as_published += np.array([known.at(world.t, p) for p in provinces])
