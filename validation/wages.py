"""Migrants and natives' wages across places."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from fact import Experiment, Fact, Results, Trial
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, PROVINCES, REGION
from lab import Array, Draw
from picture import BLUE

_SEEN = "2015Q4"


def trial(draw: Draw) -> Trial:
    """Return how much higher natives' wages are at the third quartile of migrants' share than at the first."""
    base = draw.run()
    people = base.at("people", _SEEN)
    local = REGION.province[None, :] == REGION.province[:N_ZONES, None]
    local[:, REGION.province == PROVINCES.index("rest_of_china")] = False
    share: Array = 1.0 - (people.sum(axis=1) * local).sum(axis=1) / people.sum(axis=(1, 2))
    wage = np.log(base.at("tables.wage", _SEEN)[:, 1])
    density = np.log(base.at("tables.density", _SEEN))
    slope = np.linalg.lstsq(np.stack([share, density, np.ones(N_ZONES)], axis=1), wage, rcond=None)[0][0]
    first, third = np.quantile(share, [0.25, 0.75])
    return {"share": 100.0 * share, "wage": np.exp(wage) / 1e3, "gain": 100.0 * np.expm1(slope * (third - first))}


def _scatter(ax: Axes, results: Results) -> None:
    share, wage = results.band("share")[1], results.band("wage")[1]
    ax.plot(share, wage, "o", color=BLUE, ms=4)
    ax.set(xlabel="migrants, % of residents", ylabel="wage, senior secondary, thousand yuan")


EXPERIMENT = Experiment("wages", trial)
FACTS = (
    Fact(
        name="migrants_and_wages",
        title="Natives earn more where more migrants live",
        published="natives' wages 10 % higher at the third than at the first quartile of migrants' share",
        source="[L] Combes, Demurger, Li 2015 EER",
        unit="% of the wage with senior secondary education",
        low=5.0,
        high=15.0,
        reason="half to one and a half times the estimate",
        did=(
            "Log wages with senior secondary education of the nineteen zones in 2015 on the share of residents from "
            "other provinces, given the log density of jobs; the slope times the distance of the quartiles of that "
            "share. The study controls for more of the city."
        ),
        mechanism=(
            "Wages of 2013 are data by way of value added; migrants live where it is high. The level is data, not "
            "response."
        ),
        miss=(
            "Nineteen zones of one region, with Beijing and Tianjin at the end of both scales, are not a nation of "
            "cities: published average wages of Beijing are twice those of Hebei [R], so that data of these zones "
            "would miss too."
        ),
        experiment=EXPERIMENT,
        value="gain",
        picture=_scatter,
    ),
)
