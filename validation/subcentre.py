"""The sub-centre: what its announcement in July 2015 did to house prices."""

from __future__ import annotations

import numpy as np

from fact import Experiment, Fact, Trial
from lab import Draw, never, percent, zone
from picture import lines

_SUBCENTRE = zone("bj_subcentre")
_TIMES = np.arange(2014, 2021.01, 0.25)


def trial(draw: Draw) -> Trial:
    """Compare the sub-centre's house prices with a world in which the municipal offices never move there."""
    base, without = draw.run(), draw.run(subcentre_move=never("subcentre_move"))
    gain = percent(base["tables.house_price"], without["tables.house_price"])[:, _SUBCENTRE]
    first = 4 * (2014 - 2013)
    year_after, two_after = 4 * (2016 - 2013) + 2, 4 * (2017 - 2013) + 2
    return {"gain": gain[first : first + len(_TIMES)], "one year": gain[year_after], "two years": gain[two_after]}


EXPERIMENT = Experiment("subcentre", trial)
_DID = (
    "History is compared with a world in which the municipal offices never move. The strategy of April 2015 and the "
    "announcement of July 2015 are the event; the first wave arrives in January 2019."
)
_MECHANISM = (
    "The offices bring posts to Tongzhou, the posts draw households, and households bid up homes; what a known plan "
    "adds before anybody moves depends on the announcement in Housing."
)
_MISS = "A price that looks back at demand moves when people come, three years after the announcement."
FACTS = (
    Fact(
        name="subcentre_first_year",
        title="House prices of the sub-centre, first year",
        published="+10.5 % in the first year after the announcement",
        source="[L] Li, Xia 2023 JRS",
        unit="%, third quarter of 2016",
        low=5.0,
        high=16.0,
        reason="half to one and a half times the estimate",
        did=_DID,
        mechanism=_MECHANISM,
        miss=_MISS,
        experiment=EXPERIMENT,
        value="one year",
        picture=lines(_TIMES, "house price, % above without", gain="gain"),
    ),
    Fact(
        name="subcentre_second_year",
        title="House prices of the sub-centre, second year",
        published="about +20 % after two years",
        source="[L] Li, Xia 2023 JRS",
        unit="%, third quarter of 2017",
        low=10.0,
        high=30.0,
        reason="half to one and a half times the estimate",
        did=_DID,
        mechanism=_MECHANISM,
        miss=_MISS,
        experiment=EXPERIMENT,
        value="two years",
        picture=lines(_TIMES, "house price, % above without", gain="gain"),
    ),
)
