"""Equalisation of budgets by the centre (均衡性转移支付系数)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class FiscalEqualisation(Lever):
    """The centre covers this share of what a zone's revenue and grants lack to the nation's mean a head."""

    name, zh = "fiscal_equalisation", "均衡性转移支付系数"
    unit, lo, hi, decider = "share of the shortfall of revenue behind need", 0.0, 1.0, "C"
    mechanism = "The centre covers this share of what a zone's revenue and grants lack to the nation's mean a head."
    mechanism_zh = "中央补足分区收入与转移支付低于全国人均水平之差的这一比例。"
    announces: ClassVar[Mapping[str, Field | None]] = {"equalisation": None, "equalisation_as_published": None}

    def announce(self, world: Announcing) -> None:
        """Announce the coefficient, and the one that published budgets were made with."""
        world.policy.equalisation += self.at(world)
        world.policy.equalisation_as_published += self.published(world).at(world.t)

    def settle(self, world: World) -> None:
        """Let the centre pay."""
        world.ledger.pay("equalisation", payer="centre", payee="local_gov", amount=world.flows.equalisation)
