"""Tables of water: who used it, where it came from, what was in the ground and what the rivers were like."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Water(Topic):
    """Use and supply by province, in m3 a year of the year told."""

    name: ClassVar[str] = "water"
    optional: ClassVar[bool] = True

    a_resident = Timed(("province",), "m3/person/year", "used by households and services, a resident", lo=0)
    industry_2013 = Fixed(("province",), "m3/year", "used by industry in 2013", lo=0)
    farms = Timed(("province",), "m3/year", "what farms may use", lo=0)
    ecology = Timed(("province",), "m3/year", "given to rivers, lakes and green", lo=0)
    transferred = Timed(("province",), "m3/year", "brought by the middle route and used", lo=0)
    stored = Timed(("province",), "m3/year", "brought by the middle route and kept in reservoirs and the ground", lo=0)
    other = Timed(("province",), "m3/year", "from own rivers and reservoirs, and reclaimed", lo=0)
    runoff = Fixed(("province",), "m3/year", "what rivers carry of themselves", lo=0)
    ground = Fixed(("province",), "m3/m", "water in a metre of the plain's ground; 0 where none is published", lo=0)
    depth_2012 = Fixed(("province",), "m", "depth of the plain's groundwater at the end of 2012", lo=0)
    springs = Fixed(("province",), "m", "depth from which groundwater rises to the surface", lo=0)
    sections = Timed(("province",), "sections", "national sections where rivers are measured", lo=0)
    redefined = Timed(("province",), "log odds", "what another set of sections adds to the good ones reported")
    good_2013 = Fixed(("province",), "percent", "sections of class III or better, 2013", lo=0, hi=100)
    inferior_2013 = Fixed(("province",), "percent", "sections below class V, 2013", lo=0, hi=100)
