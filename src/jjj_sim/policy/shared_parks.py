"""Sharing of taxes (产业转移税收分享) between the place a firm went to and the one it left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class SharedParks(Lever):
    """Where relief moves a large firm, its place pays the origin this share of its taxes for some years."""

    name, zh = "shared_parks", "产业转移税收分享"
    unit, lo, hi, decider = "percent of three taxes to the origin", 0.0, 100.0, "C, B, T, H"
    mechanism = "Where relief moves a large firm, its place pays the origin this share of its taxes for some years."
    mechanism_zh = "大企业因疏解迁出时，迁入地在若干年内把税收的这一比例分给迁出地。"
    announces: ClassVar[Mapping[str, Field | None]] = {
        "tax_share": None,
        "tax_share_years": None,
        "tax_share_threshold": None,
    }

    @property
    def paths(self) -> Mapping[str, Range]:
        """For how long, and from what size."""
        return {"years": Range("years", 0.0, 9.75), "threshold": Range("million yuan a year", 0.0, 1000.0)}

    def announce(self, world: Announcing) -> None:
        """Announce the rule in force."""
        world.policy.tax_share += self.at(world) / 100.0
        world.policy.tax_share_years += self.at(world, "years")
        world.policy.tax_share_threshold += self.at(world, "threshold")

    def settle(self, world: World) -> None:
        """Let destinations pay origins."""
        world.ledger.pay("tax sharing", payer="local_gov", payee="local_gov", amount=world.flows.tax_shared)
