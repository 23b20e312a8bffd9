"""Hukou (户口) reform in small cities: who earns less when more may settle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fact import Experiment, Fact, Trial
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from lab import Draw, Series, percent, raised
from picture import bars

_HEBEI = REGION.inside("hebei")
_BIG = REGION.inside("beijing") | REGION.inside("tianjin")
_BEFORE, _AFTER = "2014Q3", "2020Q4"
_STEP = 0.25


def trial(draw: Draw) -> Trial:
    """Open Hebei's cities further in 2014; return wages of incumbents there less in Beijing and Tianjin, percent."""
    base = draw.run()
    opened = draw.run(hukou_openness=raised("hukou_openness", "2014Q4", "2024Q4", _STEP, "hebei"))
    gain = percent(opened.at("tables.wage", _AFTER), base.at("tables.wage", _AFTER))
    people = base.at("people", _BEFORE)
    local = REGION.province[None, :] == REGION.province[:N_ZONES, None]
    incumbents = {
        "natives": (people * local[:, None, :]).sum(axis=2),
        "migrants": (people * ~local[:, None, :]).sum(axis=2),
    }
    found: dict[str, float] = {}
    for who, weight in incumbents.items():
        treated, big = (float(np.average(gain[of], weights=weight[of])) for of in (_HEBEI, _BIG))
        found |= {who: treated - big, f"{who}, alone": treated}
    stock = 100.0 * (_newcomers(opened, local) / _newcomers(base, local) - 1.0)
    return found | {"all": np.array([found["migrants"], found["natives"]]), "stock": stock}


def _newcomers(series: Series, local: NDArray[np.bool_]) -> float:
    """Return people of other provinces in Hebei."""
    return float((series.at("people", _AFTER).sum(axis=1) * ~local)[_HEBEI].sum())


EXPERIMENT = Experiment("hukou", trial)
_DID = (
    f"Hebei's openness rises by {_STEP} more from the end of 2014 than it did, which is the size of a reform in "
    "cities under five million [A]. Wages of 2020, weighted by who lived there before, people from other provinces and "
    "locals, in Hebei less in Beijing and Tianjin."
)
_STUDY = (
    "Small and middling cities, which had to open in 2014, against big ones, before and after; wages of migrants who "
    "were there already, and of natives [L: effects; R: the comparison]."
)
_MECHANISM = (
    "Wages are one a zone and level of education: newcomers press on all of a zone alike, and the two groups differ "
    "only by where they live and what they have learnt."
)
FACTS = (
    Fact(
        name="hukou_migrants_wage",
        title="After hukou reform incumbent migrants earn less",
        published="wages of incumbent migrants -2.6 to -7.9 % after the reform of 2014",
        source="[L] An, Qin, Wu, You 2024 JLE",
        unit="% of migrants' wages, 2020",
        low=-7.9,
        high=-2.6,
        reason="the published range",
        study=_STUDY,
        asked_before="it could not be asked in the first edition either; the number left out the big cities then.",
        did=_DID,
        mechanism=_MECHANISM,
        cannot=(
            "Migrants and natives of a zone and level of education earn the same, so that no competition among "
            "migrants alone can show; the number is the effect on the places where migrants live."
        ),
        experiment=EXPERIMENT,
        value="migrants",
        beside=(("migrants in Hebei in 2020, % above without the reform", "stock"),),
        picture=bars(["incumbent migrants", "natives"], "all", "wages in 2020, % above without the reform"),
        digits=2,
    ),
    Fact(
        name="hukou_natives_wage",
        title="After hukou reform natives do not earn less",
        published="natives' wages not lower after the reform of 2014",
        source="[L] An, Qin, Wu, You 2024 JLE",
        unit="% of natives' wages, 2020",
        low=-0.25,
        high=np.inf,
        reason="not lower, within a quarter of a percent",
        study=_STUDY,
        asked_before="the same range, for Hebei's natives alone. The study takes off what befell those of big cities.",
        did=_DID,
        mechanism=_MECHANISM,
        miss="With one wage for both, natives share in the pressure of newcomers.",
        experiment=EXPERIMENT,
        value="natives",
        beside=(("Hebei's natives alone", "natives, alone"),),
        picture=bars(["incumbent migrants", "natives"], "all", "wages in 2020, % above without the reform"),
        digits=2,
    ),
    Fact(
        name="rural_hukou",
        title="Rural labour under the reform of 2014",
        published="wages of rural labour with rural hukou -3.4 %",
        source="[L] difference-in-differences on CFPS",
        unit="",
        low=-np.inf,
        high=np.inf,
        reason="",
        did="",
        mechanism="",
        cannot="Hukou is a home zone; rural and urban registration within a zone are not told apart.",
    ),
)
