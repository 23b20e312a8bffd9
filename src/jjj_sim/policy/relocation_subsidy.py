"""Subsidies to firms that move in or are founded (企业迁移补贴), paid by the zones named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class RelocationSubsidy(Lever):
    """The zones named pay this to firms that move in or are founded there, and draw more of them."""

    name, zh = "relocation_subsidy", "企业迁移补贴"
    unit, lo, hi, decider = "yuan per yuan of value added", 0.0, 1.0, "T, H, X"
    mechanism = "The zones named pay this to firms that move in or are founded there, and draw more of them."
    mechanism_zh = "所列分区向迁入或在当地新设的企业支付这一补贴，吸引更多企业。"
    announces: ClassVar[Mapping[str, Field | None]] = {"relocation_subsidy": None}
    takes_zones = True

    def announce(self, world: Announcing) -> None:
        """Announce the subsidy in the zones named."""
        plan = self.plan(world)
        world.policy.relocation_subsidy[list(plan.zones)] += plan.at(world.t)

    def settle(self, world: World) -> None:
        """Let the zones pay what is due on the firms that moved in, freely or by relief, and on those founded."""
        flows = world.flows
        due = flows.subsidies_paid + flows.relief_subsidies_paid + flows.founding_subsidies_paid
        world.ledger.pay("relocation subsidy", payer="local_gov", payee="firms", amount=due)
