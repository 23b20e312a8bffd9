"""Registration (落户): what a city's opening gives, the register or people."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fact import Experiment, Fact, Trial
from jjj_sim import quarters
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from lab import Draw, Series, raised, zone
from picture import bars

_TIANJIN = REGION.inside("tianjin")
_CITY = zone("shijiazhuang")
_STEP, _FULL = 0.1, 0.3


def talents(draw: Draw) -> Trial:
    """Live without Tianjin's step of 2018; return what it gave, thousand persons."""
    base = draw.run()
    without = draw.run(hukou_openness=raised("hukou_openness", "2018Q2", "2024Q4", -_STEP, "tianjin"))
    early, late = (_registered(base, without, last) for last in ("2020Q4", "2024Q4"))
    more, less = base["population"][:, _TIANJIN], without["population"][:, _TIANJIN]
    people, people_later = (_thousands((more - less)[quarters.parse(q)]) for q in ("2020Q4", "2024Q4"))
    both = np.array([early, people])
    return {"registered": early, "later": late, "people": people, "people_later": people_later, "both": both}


def province(draw: Draw) -> Trial:
    """Open the province in full in 2019; return what its capital city gains to 2022, thousand persons."""
    base = draw.run()
    opened = draw.run(hukou_openness=raised("hukou_openness", "2019Q1", "2024Q4", _FULL, "hebei"))
    gain = [run.total("flows.conversions", "2019Q1", "2022Q4")[_CITY] for run in (base, opened)]
    people = (opened.at("population", "2022Q4") - base.at("population", "2022Q4"))[_CITY]
    return {"registered": _thousands(gain[1] - gain[0]), "people": _thousands(people)}


def _registered(more: Series, less: Series, last: str) -> float:
    """Return by how many the registrations of Tianjin since the step differ, thousand persons."""
    gain = [run.total("flows.conversions", "2018Q2", last)[_TIANJIN].sum() for run in (more, less)]
    return _thousands(gain[0] - gain[1])


def _thousands(persons: ArrayLike) -> float:
    return float(np.sum(persons)) / 1e3


TALENTS, PROVINCE = Experiment("talents", talents), Experiment("city_opens", province)
_DID = f"Tianjin's openness does not rise by {_STEP} in the second quarter of 2018; what the step gave."
_MECHANISM = (
    "Openness is the share admitted of those who wish and qualify: registrations rise at once, and newcomers come "
    "only as far as those who wish expect to be local sooner."
)
FACTS = (
    Fact(
        name="tianjin_2018_register",
        title="Tianjin's plan for talents of 2018 filled the register",
        published="registered population +807 thousand in 2018-20, after +115 thousand a year in 2013-17",
        source="[R] Tianjin's yearbook: 10.04 million registered in 2013, 10.50 in 2017, 11.31 in 2020",
        unit="thousand registrations of residents, 2018-20",
        low=50.0,
        high=460.0,
        reason=(
            "462 thousand more than the pace of 2013-17, of which at least 11 % live there: of the 1.21 million whom "
            "the register gained beyond births in 2010-20 the censuses find some 130 thousand more locals at home"
        ),
        study="no study: the register before the plan beside the years after it, all of it ascribed to the plan",
        did=_DID,
        mechanism=_MECHANISM,
        miss="The size of the step in openness is assumed; graduates, whom it was for, wish no more than others.",
        experiment=TALENTS,
        value="registered",
        beside=(("thousand registrations to 2024", "later"),),
        picture=bars(["registrations", "people"], "both", "thousand persons, 2018-20, with the step less without"),
        digits=0,
    ),
    Fact(
        name="tianjin_2018_people",
        title="Tianjin's plan for talents of 2018 did not fill the city",
        published="residents 13.83 million in 2018, 13.85 in 2019, 13.87 in 2020",
        source="[L] yearly population as revised after the census of 2020",
        unit="thousand residents, 2020",
        low=0.0,
        high=140.0,
        reason="no jump: not fewer, and at most 1 % of residents, which the annual counts cannot tell [A]",
        study="no study: the yearly count before and after",
        did=_DID,
        mechanism=_MECHANISM,
        miss="All who wish answer alike, whether or not the plan would have admitted them.",
        experiment=TALENTS,
        value="people",
        beside=(("thousand residents in 2024", "people_later"),),
        digits=0,
    ),
    Fact(
        name="shijiazhuang_2019",
        title="Shijiazhuang opened in 2019 and its register stood still",
        published="registered population 10.52 million in 2019 and 10.54 in 2022; +81 thousand a year in 2010-16",
        source=(
            "[R] panel of cities, partly interpolated from 2020 on; a county, Xinji by its size [A], leaves in 2017 "
            "and returns in 2019"
        ),
        unit="thousand registrations of people from other provinces, 2019-22",
        low=0.0,
        high=70.0,
        reason=(
            "not fewer, and no more than the register gained from 2018 to 2019, which holds the return of a county and "
            "those who moved inside the province"
        ),
        study="no study: the city's register before and after",
        did=(
            "All of Hebei opens in full at the beginning of 2019, since openness is by province; what the zone "
            "Shijiazhuang registers more to 2022."
        ),
        mechanism=_MECHANISM,
        cannot=(
            "Most who registered came from the same province, and these are local in the model; the number is that of "
            "people from other provinces, with all of Hebei open."
        ),
        experiment=PROVINCE,
        value="registered",
        beside=(("thousand residents of the zone in 2022", "people"),),
        digits=0,
    ),
)
