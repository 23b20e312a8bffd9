"""Hukou (户口) reform in small cities: who earns less when more may settle."""

from __future__ import annotations

import numpy as np

from fact import Experiment, Fact, Trial
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, PROVINCES, REGION
from lab import Array, Draw, percent, raised
from picture import bars

_HEBEI = REGION.inside("hebei")
_BEFORE, _AFTER = "2014Q3", "2020Q4"
_STEP = 0.25


def trial(draw: Draw) -> Trial:
    """Open Hebei's cities further in 2014; return wages of incumbent migrants and natives, percent."""
    base = draw.run()
    opened = draw.run(hukou_openness=raised("hukou_openness", "2014Q4", "2024Q4", _STEP, "hebei"))
    gain = percent(opened.at("tables.wage", _AFTER), base.at("tables.wage", _AFTER))[_HEBEI]
    people = base.at("people", _BEFORE)[_HEBEI]
    local = REGION.province == PROVINCES.index("hebei")
    migrants, natives = people[:, :, ~local].sum(axis=2), people[:, :, local].sum(axis=2)
    came = base.at("people", _AFTER), opened.at("people", _AFTER)
    stock = [p[:N_ZONES][_HEBEI][:, :, ~local].sum() for p in came]
    effect = [_mean(gain, migrants), _mean(gain, natives), 100.0 * (stock[1] / stock[0] - 1.0)]
    return {"migrants": effect[0], "natives": effect[1], "all": np.array(effect[:2]), "stock": effect[2]}


def _mean(gain: Array, weight: Array) -> float:
    return float(np.average(gain, weights=weight))


EXPERIMENT = Experiment("hukou", trial)
_DID = (
    f"Hebei's openness rises by {_STEP} more from the end of 2014 than it did, which is the size of a reform in "
    "cities under five million [A]. Wages of 2020 in the same zones, weighted by who lived there before: people "
    "from other provinces, and locals."
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
        did=_DID,
        mechanism=_MECHANISM,
        miss="With one wage for both, natives share in the pressure of newcomers.",
        experiment=EXPERIMENT,
        value="natives",
        picture=bars(["incumbent migrants", "natives"], "all", "wages in 2020, % above without the reform"),
        digits=2,
    ),
)
