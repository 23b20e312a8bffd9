"""Care and cover that follow the old of the capital to the rest of the region (京津冀养老协同)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class ElderCare(Lever):
    """Residents of 60 and over with the capital's hukou keep this share of its services where they live elsewhere."""

    name, zh = "elder_care", "京津冀养老协同"
    unit, lo, hi, decider = "share of the gap in services", 0.0, 1.0, "C, B, T, H"
    mechanism = (
        "Residents of 60 and over with the capital's hukou who live elsewhere in the region keep this share of the gap "
        "between its services and those there, and their homes pay the places where they live."
    )
    mechanism_zh = (
        "持首都户籍的 60 岁及以上老人在区域内异地居住时，保留两地公共服务差距的这一比例，由户籍地向居住地付费。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {"elder_care": None, "elder_care_as_published": None}

    def announce(self, world: Announcing) -> None:
        """Announce the share, and the one that published budgets were made with."""
        world.policy.elder_care += self.at(world)
        world.policy.elder_care_as_published += self.published(world).at(world.t)

    def settle(self, world: World) -> None:
        """Let the capital's zones pay those where their old live."""
        world.ledger.pay("elder care", payer="local_gov", payee="local_gov", amount=world.flows.elder_care)
