"""Emission standards and clean heating (排放标准与清洁取暖)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range


class EmissionStandards(Lever):
    """Standards scale how fast emission intensity falls, which costs industry; clean heating ends coal smoke."""

    name, zh = "emission_standards", "排放标准与清洁取暖"
    unit, lo, hi, decider = "multiple of the announced abatement rate", 0.0, 3.0, "C, H"
    mechanism = (
        "Standards scale how fast emission intensity falls, which costs industry; clean heating ends coal smoke."
    )
    mechanism_zh = "标准决定排放强度下降的快慢，工业为此付出成本；清洁取暖消除散煤。"
    announces: ClassVar[Mapping[str, Field | None]] = {"abatement_pace": None, "clean_heating": None}
    neutral = 1.0

    @property
    def paths(self) -> Mapping[str, Range]:
        """Households with clean heating."""
        return {"clean_heating": Range("share of households", 0.0, 1.0)}

    def announce(self, world: Announcing) -> None:
        """Announce the pace and the share."""
        world.policy.abatement_pace += self.at(world)
        world.policy.clean_heating += self.at(world, "clean_heating")
