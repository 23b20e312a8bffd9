"""Tables of research: what was spent on it, and how technology spreads in the nation."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Research(Topic):
    """Expenditure on research and development (R&D), and technology contracts, as published."""

    name: ClassVar[str] = "research"

    intensity = Timed(("province",), "percent of GDP", "expenditure on R&D", lo=0, hi=20)
    national_intensity = Timed((), "percent of GDP", "the nation's expenditure on R&D", lo=0, hi=20)
    past_growth = Fixed(
        ("province",), "log a year", "real growth of expenditure on R&D before the opening", lo=-1, hi=1
    )
    national_past_growth = Fixed((), "log a year", "the same of the nation", lo=-1, hi=1)
    diffusion = Timed((), "2013 = 1", "the nation's technology contracts over its GDP", lo=0)
