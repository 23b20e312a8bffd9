"""Tables of the nation: what it makes, at what prices, with how many people and hands."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Nation(Topic):
    """The nation by year, the region's yardstick."""

    name: ClassVar[str] = "nation"

    output = Timed((), "2013 = 1", "real GDP", lo=0)
    sector_output = Timed(("sector",), "2013 = 1", "real value added by sector", lo=0)
    sector_deflator = Timed(("sector",), "2013 = 1", "deflator of value added by sector", lo=0)
    construction_deflator = Timed((), "2013 = 1", "price of building, real estate left out", lo=0)
    gdp = Timed((), "bn yuan", "nominal GDP, fifth economic census", lo=0)
    population = Timed((), "persons", "residents at the turn of the year, published", lo=0)
    projection = Timed((), "persons", "residents at the turn of the year, projected", lo=0)
    pm25 = Timed((), "2013 = 1", "annual mean PM2.5 of the nation's cities, the same air throughout", lo=0)
    labour_force = Timed((), "share", "labour force per resident", lo=0, hi=1)
    labour_shares = Timed(("broad",), "share", "labour in three broad sectors", lo=0, hi=1)
    labour_shares_assumed = Timed(
        ("broad",), "share", "the same in years to come, taken after the last one known", lo=0, hi=1
    )
    college = Timed((), "percent", "residents with college by census", lo=0, hi=100)
    college_of_workers = Fixed((), "ratio", "workers with college over residents with college", lo=0)
    most_college = Fixed((), "share", "workers with college at most", lo=0, hi=1)
    senior = Fixed((), "share", "workers with senior secondary school, in all years", lo=0, hi=1)
    employed = Fixed(("sector", "education"), "persons", "a tenth of the employed of 2010", lo=0)
    value_added_2013 = Fixed(("sector",), "bn yuan", "nominal value added of 2013", lo=0)
    uses = Fixed(("use",), "share", "consumption, government and investment in GDP", lo=0, hi=1)
