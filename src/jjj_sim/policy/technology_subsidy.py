"""Subsidies on technology bought from another province (技术转移补贴)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class TechnologySubsidy(Lever):
    """The zones named pay this share of what their firms buy of technology from another province."""

    name, zh = "technology_subsidy", "技术转移补贴"
    unit, lo, hi, decider = "share of the contract", 0.0, 0.5, "B, T, H"
    mechanism = (
        "The zones named pay this share of what their firms buy of technology from another province: more contracts, "
        "which teach nobody while the parameter contract_gain is 0."
    )
    mechanism_zh = "所列分区为本地企业从外省购买技术支付这一比例：合同增多，但参数 contract_gain 为 0 时不带来知识。"
    announces: ClassVar[Mapping[str, Field | None]] = {"technology_subsidy": None}
    takes_zones = True

    def announce(self, world: Announcing) -> None:
        """Announce the subsidy in the zones named."""
        plan = self.plan(world)
        world.policy.technology_subsidy[list(plan.zones)] += plan.at(world.t)

    def settle(self, world: World) -> None:
        """Let the buyers' zones pay."""
        due = world.flows.technology_subsidies_paid
        world.ledger.pay("technology subsidy", payer="local_gov", payee="firms", amount=due)
