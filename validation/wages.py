"""Migrants and natives' wages across places."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from fact import Experiment, Fact, Results, Trial
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from lab import MANUFACTURING, Array, Draw
from picture import BLUE

_SEEN = "2015Q4"


def trial(draw: Draw) -> Trial:
    """Return how much higher natives' wages are at the third quartile of migrants' share than at the first.

    Log wages by zone and education, weighted by natives, on migrants' share, education, and the zone's log density of
    jobs, log area and share of manufacturing in jobs.
    """
    base = draw.run()
    people = base.at("people", _SEEN)
    local = REGION.province[None, :] == REGION.province[:N_ZONES, None]
    natives = (people * local[:, None, :]).sum(axis=2)
    share: Array = 1.0 - natives.sum(axis=1) / people.sum(axis=(1, 2))
    jobs = base.at("tables.jobs", _SEEN)
    density = np.log(base.at("tables.density", _SEEN))
    area = np.log(jobs.sum(axis=1)) - density
    made = jobs[:, MANUFACTURING].sum(axis=1) / jobs.sum(axis=1)
    wage = base.at("tables.wage", _SEEN)
    full, density_alone = (_slope(wage, natives, [share, *of]) for of in ([density, area, made], [density]))
    first, third = np.quantile(share, [0.25, 0.75])
    gain, plain = (100.0 * np.expm1(b * (third - first)) for b in (full, density_alone))
    return {"share": 100.0 * share, "wage": wage[:, 1] / 1e3, "gain": gain, "density alone": plain}


def _slope(wage: Array, weight: Array, zones: list[Array]) -> float:
    """Return the coefficient of the first of `zones` in log wages by zone and education, with effects of education."""
    n, levels = wage.shape
    columns = [np.repeat(x, levels) for x in zones] + [np.tile(row, n) for row in np.eye(levels)]
    root = np.sqrt(weight.ravel() / weight.sum())
    table = np.stack(columns, axis=1) * root[:, None]
    return float(np.linalg.lstsq(table, np.log(wage).ravel() * root, rcond=None)[0][0])


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
        unit="% of natives' wages",
        low=5.0,
        high=15.0,
        reason="half to one and a half times the estimate",
        study=(
            "Wages of natives in cities of the whole nation, a person a row, on the share of migrants in the city, "
            "with schooling and age of the person and density, area and industries of the city, and instruments for "
            "the share [L: effect; R: the regression]. A long run, between cities."
        ),
        asked_before=(
            "the same range, for wages with senior secondary education given density alone. The study gives schooling, "
            "area and industries too."
        ),
        did=(
            "Log wages of the nineteen zones by education in 2015, weighted by natives, on the share of residents "
            "from other provinces, with effects of education and given the zone's log density of jobs, log area and "
            "share of manufacturing in jobs; the slope times the distance of the quartiles of migrants' share."
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
        beside=(("given density and education alone", "density alone"),),
        picture=_scatter,
    ),
)
