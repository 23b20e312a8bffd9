"""Tables of work: in which sectors the residents of a zone are employed."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Work(Topic):
    """Jobs of the censuses."""

    name: ClassVar[str] = "work"

    jobs = Timed(("zone", "sector"), "share", "sectors of employed residents by census", lo=0, hi=1, joins="mean")
    residents_2020 = Fixed(("zone",), "persons", "residents of the census of 2020", lo=0)
