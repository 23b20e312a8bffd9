"""Tables of budgets: what governments spend and raise, on what, and for whom."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Budgets(Topic):
    """Public spending, revenue and services as published."""

    name: ClassVar[str] = "budgets"

    spending = Timed(
        ("budget_unit",), "bn yuan", "spending of the general public budget, current prices", lo=0, merge="sum"
    )
    service_share = Timed(("province",), "1", "share of services in the budget over that of the hinterland", lo=0, hi=5)
    service_prices = Timed((), "2013 = 1", "national price level of services", lo=0)
    hospitals = Fixed(("province",), "per million residents", "grade-3 hospitals at the opening", lo=0, hi=1000)
    revenue_rate = Timed(
        ("budget_unit",),
        "share of GDP",
        "revenue of the general public budget",
        lo=0,
        hi=1,
        merge="mean by output.value_added_2013",
    )
    need_per_head = Timed((), "yuan/year", "local budget spending of the whole nation per resident", lo=0)
    upstream = Fixed(
        ("province", "zone"),
        "share",
        "zones that a province pays for its water; sums to 1 or 0",
        lo=0,
        hi=1,
        merge="sum",
    )
