"""Investment in the new area (雄安新区投资), granted by the centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class XionganInvestment(Lever):
    """Public investment builds the new area: building jobs, then service capital and housing.

    Ten bn yuan of 2013 a year are 10,400 posts at the sites, .25 bn of schools and hospitals and 143,000 m2 of
    homes a year. See NewArea.
    """

    name, zh = "xiongan_investment", "雄安新区投资"
    unit, lo, hi, decider = "bn yuan a year", 0.0, 1000.0, "C, X"
    mechanism = "Public investment builds the new area: building jobs, then service capital and housing."
    mechanism_zh = "公共投资建设新区：先是建筑岗位，然后是公共服务资本和住房。"
    announces: ClassVar[Mapping[str, Field | None]] = {"new_area_investment": None}

    def announce(self, world: Announcing) -> None:
        """Announce the investment at a yearly rate."""
        world.policy.new_area_investment += self.at(world)

    def settle(self, world: World) -> None:
        """Let the centre pay the new area's government, which buys the works."""
        money = np.where(self.region.new_area, world.tables.new_area_investment, 0.0)
        world.ledger.pay("new area investment grant", payer="centre", payee="local_gov", amount=money)
