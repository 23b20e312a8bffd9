"""Compensation for water and its sources (横向生态补偿)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class EcologicalCompensation(Lever):
    """The capital with the upstream province's match, and the pilot province, pay the zones upstream of their water."""

    name, zh = "ecological_compensation", "横向生态补偿"
    unit, lo, hi, decider = "bn yuan a year under the first agreement", 0.0, 50.0, "B, T, H"
    mechanism = (
        "The capital with the upstream province's match, and the pilot province, pay the zones upstream of their water."
    )
    mechanism_zh = "首都（上游省份配套）与试点省市向水源上游各分区支付补偿。"
    announces: ClassVar[Mapping[str, Field | None]] = {"compensation": None, "compensation_as_published": None}

    @property
    def paths(self) -> Mapping[str, Range]:
        """The second agreement, and the match of the upstream province in the first."""
        return {
            "luanhe": Range("bn yuan a year under the second agreement, of the pilot province", 0.0, 50.0),
            "match": Range("share of the first agreement that the upstream province pays", 0.0, 1.0),
        }

    def announce(self, world: Announcing) -> None:
        """Announce what each province pays in the quarter and would as published; where it goes is a table."""
        policy = world.policy
        for plan, due in (
            (self.plan(world), policy.compensation),
            (self.published(world), policy.compensation_as_published),
        ):
            first, match = plan.at(world.t) / 4.0, plan.at(world.t, "match")
            for role, amount in (
                ("capital", (1.0 - match) * first),
                ("hinterland", match * first),
                ("pilot", plan.at(world.t, "luanhe") / 4.0),
            ):
                due[np.unique(self.region.inner_province[self.region.role(role)])] += amount

    def settle(self, world: World) -> None:
        """Let the zones of the paying provinces pay the zones upstream."""
        paid = world.flows.ecological_compensation
        world.ledger.pay("ecological compensation", payer="local_gov", payee="local_gov", amount=paid)
