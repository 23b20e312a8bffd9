"""Tables of homes: floor area by census, and what homes cost."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Homes(Topic):
    """Floor area and prices."""

    name: ClassVar[str] = "homes"

    floor_area = Timed(("zone",), "m2", "floor area of family households by census", lo=0, merge="sum along")
    opening_area = Fixed(("zone",), "m2", "floor area of family households at the opening", lo=0, merge="sum")
    opening_price = Fixed(("zone",), "yuan/m2", "price of new homes in 2013", lo=0, merge="mean by homes.opening_area")
    asking_price = Timed(
        ("city",),
        "yuan/m2",
        "asking price of existing homes, empty where none",
        lo=0,
        merge="mean by homes.opening_area",
    )
    cycle_weight = Fixed(("city",), "1", "what a city counts in the cycle of asking prices", lo=0, merge="sum")
