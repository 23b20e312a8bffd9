"""The sub-centre: what its announcement in July 2015 did to house prices."""

from __future__ import annotations

import numpy as np

from fact import Experiment, Fact, Trial
from jjj_sim.quarters import parse
from lab import Draw, never, percent, zone, zones
from picture import lines

_SUBCENTRE = zone("bj_subcentre")
_OTHERS = zones("bj_core", "bj_inner", "bj_outer")
_TIMES = np.arange(2014, 2021.01, 0.25)


def trial(draw: Draw) -> Trial:
    """Compare the sub-centre's house prices, less other districts', with a world without the move there."""
    base, without = draw.run(), draw.run(subcentre_move=never("subcentre_move"))
    price = percent(base["tables.house_price"], without["tables.house_price"])
    gain = price[:, _SUBCENTRE] - price[:, _OTHERS].mean(axis=1)
    first, announced = parse("2014Q1"), parse("2015Q3")
    return {
        "gain": gain[first : first + len(_TIMES)],
        "one year": gain[announced : announced + 4].mean(),
        "two years": gain[announced + 8],
    }


EXPERIMENT = Experiment("subcentre", trial)
_STUDY = "Homes of the sub-centre before and after it was announced, against homes of other districts [R]. A short run."
_BEFORE = "the same range, without the other districts, which the study takes off and which share in what is announced."
_DID = (
    "History is compared with a world in which the municipal offices never move, the sub-centre less the mean of "
    "Beijing's other zones. The strategy of April 2015 and the "
    "announcement of July 2015 are the event; the first wave arrives in January 2019."
)
_MECHANISM = (
    "The offices bring posts to Tongzhou, the posts draw households, and households bid up homes. Where the version "
    "holds an announcement, buyers pay a part of its gain each quarter before anybody moves; its size is this "
    "study's, so that the second year is what was put in and the first tests how fast buyers believe it."
)
_MISS = (
    "Without an announcement a price that looks back at demand moves when people come, more than three years later; "
    "with one the speed of belief is a parameter."
)
_SOURCE = "[L] Li, Xia 2023 JRS; † the size of the lever's announcement, where there is one"
FACTS = (
    Fact(
        name="subcentre_first_year",
        title="House prices of the sub-centre, first year",
        published="+10.5 % in the first year after the announcement",
        source=_SOURCE,
        unit="%, mean of four quarters from the third of 2015",
        low=5.0,
        high=16.0,
        reason="half to one and a half times the estimate",
        study=_STUDY,
        asked_before=_BEFORE,
        did=_DID,
        mechanism=_MECHANISM,
        miss=_MISS,
        experiment=EXPERIMENT,
        value="one year",
        picture=lines(_TIMES, "house price, % above without, less other districts", gain="gain"),
    ),
    Fact(
        name="subcentre_second_year",
        title="House prices of the sub-centre, second year",
        published="about +20 % after two years",
        source=_SOURCE,
        unit="%, third quarter of 2017",
        low=10.0,
        high=30.0,
        reason="half to one and a half times the estimate",
        study=_STUDY,
        asked_before=_BEFORE,
        did=_DID,
        mechanism=_MECHANISM,
        miss=_MISS,
        experiment=EXPERIMENT,
        value="two years",
        picture=lines(_TIMES, "house price, % above without, less other districts", gain="gain"),
    ),
)
