"""Tables of people: who lived where at the opening, births, deaths, migration, and who might come from outside."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class People(Topic):
    """Residents of the opening by zone, what is published of their change, and people outside."""

    name: ClassVar[str] = "people"

    residents = Fixed(("zone",), "persons", "residents at the end of 2012", lo=0, merge="sum")
    age_bands = Fixed(
        ("zone", "census_band"), "share", "residents by completed age", lo=0, hi=1, merge="mean by people.residents"
    )
    ages = Fixed(
        ("zone", "age"),
        "share",
        "residents by completed age, adding up to the bands",
        lo=0,
        merge="mean by people.residents",
    )
    schooling = Fixed(
        ("zone", "education"),
        "share",
        "those over 15 by education, of all residents",
        lo=0,
        hi=1,
        merge="mean by people.residents",
    )
    origins = Fixed(("zone", "place"), "persons", "residents by home zone (hukou)", lo=0, merge="sum")
    seed = Fixed(
        ("zone", "education", "hukou", "census_band"), "1", "odds of who is of what age and education",
        lo=0, merge="mean by people.residents",
    )  # fmt: skip
    participation = Fixed(("band",), "share", "people in the labour force by age", lo=0, hi=1)
    fertility = Fixed(("age",), "1", "births by the mother's age relative to 25-29", lo=0)

    birth_rate = Timed(("province",), "per 1000 a year", "crude birth rate", lo=0, hi=100)
    death_rate = Timed(("province",), "per 1000 a year", "crude death rate", lo=0, hi=100)
    net_migration = Timed(("province",), "persons", "change of residents in the year less natural increase")
    decade_net = Fixed(
        ("zone", "group"), "persons/year", "net migration of adults by age at the move, 2010-20", merge="sum"
    )
    census_time = Fixed((), "decimal year", "the census after the opening's", lo=0)
    next_census = Fixed(
        ("zone",), "persons", "residents counted then, 0 where not on the opening's borders", lo=0, merge="sum"
    )
    migrant_growth = Fixed(
        ("province",), "log a year", "growth of residents with hukou in another province", lo=-1, hi=1
    )

    outside = Fixed(("place",), "persons", "people who live outside the region, by home zone", lo=0, merge="sum")
    outside_ages = Fixed(("band",), "share", "people outside by age", lo=0, hi=1)
    outside_schooling = Timed(("band", "education"), "share", "people outside of an age by education", lo=0, hi=1)
