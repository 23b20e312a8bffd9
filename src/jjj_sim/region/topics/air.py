"""Tables of air: what was measured in cities, where it comes from, and what emits it."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Air(Topic):
    """PM2.5 by city, and what zones and sources differ in."""

    name: ClassVar[str] = "air"

    pm25 = Timed(("city",), "ug/m3", "published annual mean", lo=0, merge="mean by people.residents")
    within_city = Fixed(
        ("zone",),
        "1",
        "annual mean over the city's, 1 where the zone has its city's",
        lo=0,
        merge="mean by people.residents",
    )
    season = Fixed(
        ("quarter", "city"), "1", "mean of the quarter over the year's", lo=0, merge="mean by people.residents"
    )
    heating = Fixed(("quarter",), "1", "heating of the quarter over the year's mean", lo=0)
    origin = Fixed(
        ("to_city", "city"),
        "share",
        "concentration of 2015 in a city that a city causes",
        lo=0,
        hi=1,
        merge={"to_city": "mean by people.residents", "city": "sum"},
    )
    outside = Fixed(
        ("city",),
        "share",
        "concentration of 2015 in a city from outside the region",
        lo=0,
        hi=1,
        merge="mean by people.residents",
    )
    sector_share = Fixed(
        ("sector",),
        "1",
        "weight of sectors in the region's PM2.5 of 2013, households and cars left out",
        lo=0,
    )
    urban = Fixed(
        ("zone",),
        "share",
        "urban residents, who burnt little coal at the opening",
        lo=0,
        hi=1,
        merge="mean by people.residents",
    )
    cars = Fixed(("zone",), "share", "households with a car", lo=0, hi=1, merge="mean by people.residents")
    target = Fixed(
        ("zone",),
        "share",
        "fall of PM2.5 that the plan of 2013 asked by 2017",
        lo=0,
        hi=0.99,
        merge="mean by people.residents",
    )
