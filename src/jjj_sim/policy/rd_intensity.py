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
    mechanism = "Each province spends this part of its GDP on research, which becomes its zones' research stock."
    mechanism_zh = "各省市把地区生产总值的这一比例用于研发，成为各分区的研发存量。"
    announces: ClassVar[Mapping[str, Field | None]] = {"research_intensity": None}
    has_path = False

    @property
    def paths(self) -> Mapping[str, Range]:
        """Research over GDP by province."""
        return dict.fromkeys(self.region.provinces[:-1], Range("percent of GDP", 0.1, 15.0))

    def announce(self, world: Announcing) -> None:
        """Announce the intensities."""
        world.policy.research_intensity += np.array([self.at(world, p) for p in self.region.provinces[:-1]])
