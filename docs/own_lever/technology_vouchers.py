"""Technology vouchers (技术券): the centre pays a share of the technology that firms buy from another province."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class TechnologyVouchers(Lever):
    """Add `path` to the subsidy on technology in `zones`; the centre gives their governments what it costs."""

    name, zh = "technology_vouchers", "技术券"
    unit, lo, hi, decider = "share of the contract", 0.0, 0.3, "C"
    mechanism = "The centre pays this share of what firms of the zones named buy of technology from another province."
    announces: ClassVar[Mapping[str, Field | None]] = {
        "technology_subsidy": None,
        "voucher_share": Field(("zone",), "share of the contract", "part of the subsidy that is the vouchers'"),
    }
    takes_zones = True

    def announce(self, world: Announcing) -> None:
        """Announce the vouchers on top of what the zones pay themselves."""
        plan = self.plan(world)
        rate = np.zeros(self.region.n_zones)
        rate[list(plan.zones)] = plan.at(world.t)
        world.policy.technology_subsidy += rate
        world.policy["voucher_share"][...] = rate

    def settle(self, world: World) -> None:
        """Let the centre give the zones' governments the vouchers' part of the subsidy that they paid."""
        total = np.maximum(world.policy.technology_subsidy, 1e-12)
        due = world.flows.technology_subsidies_paid * world.policy["voucher_share"] / total
        world.ledger.pay("technology vouchers", payer="centre", payee="local_gov", amount=due)
