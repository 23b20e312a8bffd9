"""Tables of parks: where a science park is, and since when."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Timed, Topic


class Parks(Topic):
    """Science parks that the capital runs with another place, by the zone they lie in."""

    name: ClassVar[str] = "parks"
    optional: ClassVar[bool] = True

    district = Timed(
        ("zone",),
        "share",
        "people of the districts with an open park over the zone's, from the quarter of the row on",
        lo=0,
        hi=1,
        merge="mean by people.residents",
    )
