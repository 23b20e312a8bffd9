"""Tables of steel: what was made at the opening, how it was counted, and how many firms make it."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Topic

_BY_STEEL = "mean by output.value_added_2013 of steel"


class Steel(Topic):
    """Crude steel and its firms by zone; 0 where none is made."""

    name: ClassVar[str] = "steel"
    optional: ClassVar[bool] = True

    made_2013 = Fixed(("zone",), "t/year", "crude steel made in 2013, counted or not", lo=0, merge="sum")
    counted = Fixed(("zone",), "share", "of it counted, to 2017", lo=0, hi=1, merge="mean by steel.made_2013")
    share = Fixed(("zone",), "share", "steel in the sector that makes it", lo=0, hi=1, merge=_BY_STEEL)
    firms = Fixed(("zone",), "firms", "firms in production that are graded", lo=0, merge="sum")
