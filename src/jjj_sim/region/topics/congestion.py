"""Tables of traffic within the capital: vehicles, rail under and over its streets, and the index at the opening."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Congestion(Topic):
    """What drives and what rides in the capital."""

    name: ClassVar[str] = "congestion"
    optional: ClassVar[bool] = True

    vehicles = Timed((), "vehicles", "motor vehicles registered", lo=1)
    metro = Timed((), "km", "lines of metro and city rail open or planned", lo=1)
    index_2013 = Fixed((), "index", "congestion in the peak hours of working days, 0 to 10", lo=0, hi=10)
