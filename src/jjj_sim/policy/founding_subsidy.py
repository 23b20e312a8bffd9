"""Subsidies to firms that are founded (创业补贴), paid by the zones named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class FoundingSubsidy(Lever):
    """The zones named pay this to firms founded there for some years, and draw founders from their province."""

    name, zh = "founding_subsidy", "创业补贴"
    unit, lo, hi, decider = "yuan per yuan of value added", 0.0, 1.0, "B, T, H, X"
    mechanism = (
        "The zones named pay firms founded there this on the value added of their first years; founders who choose "
        "their zone open there, with their posts, and not elsewhere in the province, and none is founded on balance."
    )
    mechanism_zh = (
        "所列分区按新设企业头几年的增加值支付这一补贴；可自由选址的创业者带着岗位在当地开业，"
        "而不在本省市其他分区开业，新设企业总数并不增加。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {"founding_subsidy": None, "founding_subsidy_years": None}
    takes_zones = True

    @property
    def paths(self) -> Mapping[str, Range]:
        """For how long."""
        return {"years": Range("years", 0.0, 10.0)}

    def announce(self, world: Announcing) -> None:
        """Announce the subsidy in the zones named, and for how many years it is paid."""
        world.policy.founding_subsidy[list(self.plan(world).zones)] += self.at(world)
        world.policy.founding_subsidy_years += self.at(world, "years")

    def settle(self, world: World) -> None:
        """Let the zones pay what is due on the firms founded."""
        due = world.flows.start_up_subsidies_paid
        world.ledger.pay("founding subsidy", payer="local_gov", payee="firms", amount=due)
