"""Tables of output: value added by place, the provinces' prices, and the input-output table."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Output(Topic):
    """What is made where, of what, and for which use."""

    name: ClassVar[str] = "output"

    value_added_2013 = Fixed(("zone", "sector"), "bn yuan", "value added of 2013", lo=0, merge="sum")
    construction = Timed(("province",), "share", "construction in construction and real estate", lo=0, hi=1)
    mix = Timed(
        ("province", "sector"),
        "1",
        "growth of the industries that a province has in a sector over that of the nation's",
        lo=0,
    )
    deflator = Timed(("province",), "2013 = 1", "the provinces' GDP deflators", lo=0)
    requirements = Fixed(("sector", "to_sector"), "share", "bought of a sector per gross output of another")
    final_use = Fixed(("use", "sector"), "share", "what each final use buys of sectors", lo=0, hi=1)
    production_taxes = Fixed(("sector",), "share", "net taxes on production in value added")
    own_trade = Fixed(("sector",), "share", "the smaller of output and spending that stays at home", lo=0, hi=1)
    trade_decay = Fixed(("sector",), "1", "decay of trade with minutes", lo=0)
