"""Tables of firms: the register of legal units."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Firms(Topic):
    """Legal units as registered."""

    name: ClassVar[str] = "firms"

    units_2013 = Fixed(("province", "sector"), "units", "legal units at the end of 2013", lo=0)
    units_2024 = Fixed(("province", "sector"), "units", "legal units in the register of 2024, farms left out", lo=0)
    entry = Timed(("province",), "1/year", "legal units founded over those there", lo=0, hi=0.5)
    growth_2013 = Fixed(("province",), "log", "growth of legal units in the year before", lo=-1, hi=1)
    employees = Fixed(
        ("part",), "persons", "people employed in legal units of the secondary and tertiary sectors", lo=0
    )
