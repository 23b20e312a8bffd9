"""Tables of hospitals: beds of the opening."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Topic


class Hospitals(Topic):
    """Beds at the end of the opening's year; 0 where no count is published."""

    name: ClassVar[str] = "hospitals"
    optional: ClassVar[bool] = True

    beds_2013 = Fixed(("zone",), "beds", "beds in hospitals at the end of 2013", lo=0, merge="sum")
