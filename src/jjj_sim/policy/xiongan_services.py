"""Public services of the new area (雄安公共服务水平), paid by the centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class XionganServices(Lever):
    """The new area's service capital is built up towards this share of the capital's service index.

    A tenth of the capital's index from 2026 on is 37 bn yuan from the centre by 2030. See Services.
    """

    name, zh = "xiongan_services", "雄安公共服务水平"
    unit, lo, hi, decider = "target index, share of the capital's; 0 is no target", 0.0, 1.5, "X"
    mechanism = "The new area's service capital is built up towards this share of the capital's service index."
    mechanism_zh = "新区的公共服务资本逐步建到首都公共服务指数的这一比例。"
    announces: ClassVar[Mapping[str, Field | None]] = {"service_target": None}

    def announce(self, world: Announcing) -> None:
        """Announce the target."""
        world.policy.service_target[self.region.new_area] += self.at(world)

    def settle(self, world: World) -> None:
        """Let the centre pay for what was built in the quarter."""
        paid = np.where(self.region.new_area, world.flows.new_area_services_grant, 0.0)
        world.ledger.pay("new area services grant", payer="centre", payee="local_gov", amount=paid)
