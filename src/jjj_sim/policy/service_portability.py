"""Public services that residents can use in another province of the region (跨省通办)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class ServicePortability(Lever):
    """So many services can be used in another province; their users share what its own residents have."""

    name, zh = "service_portability", "跨省通办"
    unit, lo, hi, decider = "items", 0.0, 3000.0, "C, B, T, H"
    mechanism = (
        "So many services can be used in another province, 2,106 of them in full: their users share what its own "
        "residents have, and their own province pays for the part that is settled."
    )
    mechanism_zh = (
        "可在外省市办理的公共服务事项数（2106项为全面通办）：使用者与当地居民共用，可结算的部分由其所在省市支付。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {
        "portable_services": None,
        "portable_services_as_published": None,
    }

    def announce(self, world: Announcing) -> None:
        """Announce the items in force, and those that published budgets have served."""
        world.policy.portable_services += self.at(world)
        world.policy.portable_services_as_published += self.published(world).at(world.t)

    def settle(self, world: World) -> None:
        """Let the users' governments pay those that serve them."""
        paid = world.flows.services_settled
        world.ledger.pay("services settled", payer="local_gov", payee="local_gov", amount=paid)
