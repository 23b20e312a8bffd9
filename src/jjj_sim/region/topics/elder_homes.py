"""Tables of homes for the old: beds."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class ElderHomes(Topic):
    """Beds in homes: the capital's by year, and what cities have per resident of 60 and over."""

    name: ClassVar[str] = "elder_homes"
    optional: ClassVar[bool] = True

    capital_beds = Timed((), "beds", "beds in homes of the capital", lo=0)
    beds_per_1000 = Fixed(
        ("city",), "per 1000 of 60 and over", "beds in homes", lo=0, hi=1000, merge="mean by people.residents"
    )
