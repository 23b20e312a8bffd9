"""Grants to graduates who come from another province (人才补贴), paid by the zones named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class TalentSubsidy(Lever):
    """The zones named pay this once to each graduate of 25-59 who comes from another province, and draw more."""

    name, zh = "talent_subsidy", "人才补贴"
    unit, lo, hi, decider = "yuan once a graduate", 0.0, 500_000.0, "B, T, H, X"
    mechanism = (
        "The zones named pay this once to each graduate of 25-59 who comes to live there from another province, and "
        "draw more of them."
    )
    mechanism_zh = "所列分区向从外省迁入的 25 至 59 岁大专及以上学历者一次性发放这笔补贴，吸引更多人才。"
    announces: ClassVar[Mapping[str, Field | None]] = {"talent_grant": None}
    takes_zones = True

    def announce(self, world: Announcing) -> None:
        """Announce the grant in the zones named."""
        plan = self.plan(world)
        world.policy.talent_grant[list(plan.zones)] += plan.at(world.t)

    def settle(self, world: World) -> None:
        """Let the zones of arrival pay the households that came."""
        due = world.flows.talent_subsidies_paid
        world.ledger.pay("talent subsidy", payer="local_gov", payee="households", amount=due)
