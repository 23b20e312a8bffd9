"""Tax on profit remitted to firms that come (企业所得税优惠): the centre grants it to the zones named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Lever, Range

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class TaxHoliday(Lever):
    """Firms that come to the zones named keep this share of the tax on their profit for some years."""

    name, zh = "tax_holiday", "税收优惠"
    unit, lo, hi, decider = "share of the tax on profit", 0.0, 1.0, "C"
    mechanism = (
        "Firms that move to the zones named, open a branch or are founded there keep this share of the tax on their "
        "profit for some years; it draws as a subsidy of the same worth does, and zone and centre go without it."
    )
    mechanism_zh = (
        "迁入所列分区、在当地设分支机构或新设的企业在若干年内免缴这一比例的企业所得税；"
        "其吸引力与等值补贴相同，地方和中央各按分成少收相应税款。"
    )
    announces: ClassVar[Mapping[str, Field | None]] = {"tax_holiday": None, "tax_holiday_years": None}
    takes_zones = True

    @property
    def paths(self) -> Mapping[str, Range]:
        """For how long."""
        return {"years": Range("years", 0.0, 10.0)}

    def announce(self, world: Announcing) -> None:
        """Announce the share in the zones named, and for how many years a firm keeps it."""
        world.policy.tax_holiday[list(self.plan(world).zones)] += self.at(world)
        world.policy.tax_holiday_years += self.at(world, "years")

    def settle(self, world: World) -> None:
        """Let zones and centre remit their parts."""
        flows, pay = world.flows, world.ledger.pay
        pay("tax holiday", payer="local_gov", payee="firms", amount=flows.tax_remitted)
        pay("tax holiday", payer="centre", payee="firms", amount=flows.tax_remitted_by_centre)
