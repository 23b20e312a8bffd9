"""The air: whose emissions brought Beijing's fall of 2013-2017, and how fast the region's air improved."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from fact import Experiment, Fact, Results, Trial
from lab import BEIJING, Array, Draw, Series
from picture import BLUE, GREY, bars

_YEARS = np.arange(2013, 2019)


def trial(draw: Draw) -> Trial:
    """Return the shares of Beijing's fall by origin, percent, and the trend of the region's air, ug/m3 a year."""
    base = draw.run()
    people = base.at("population", 0)
    before, after = (_by_origin(base, year, people) for year in (2013, 2017))
    fall = 100.0 * (before - after) / (before - after).sum()
    yearly = np.array([np.average(base.mean("tables.pm25_observed", y), weights=people) for y in _YEARS.tolist()])
    slope = np.polyfit(_YEARS - 2013, yearly, 1)[0]
    return {"fall": fall, "local": fall[0], "yearly": yearly, "trend": slope}


def _by_origin(series: Series, year: int, people: Array) -> Array:
    """Return Beijing's PM2.5 of a year from its own sources, the region's others and outside, ug/m3.

    Concentrations are linear in emissions, so that a source switched off is its share taken away.
    """
    carried, season = series.at("opening.transport", 0), series.at("opening.season", 0)
    parts = np.zeros((3, len(people)))
    for quarter in range(4):
        t = 4 * (year - 2013) + quarter
        emitted = series.at("tables.emissions", t)
        inside = np.stack([carried[:, BEIJING] @ emitted[BEIJING], carried[:, ~BEIJING] @ emitted[~BEIJING]])
        parts[:2] += inside * season[quarter] / 4.0
        parts[2] += (series.at("tables.pm25", t) - inside.sum(axis=0) * season[quarter]) / 4.0
    return np.average(parts[:, BEIJING], axis=1, weights=people[BEIJING])


def _trend(ax: Axes, results: Results) -> None:
    low, median, high = results.band("yearly")
    ax.fill_between(_YEARS, low, high, color=BLUE, alpha=0.2, lw=0)
    ax.plot(_YEARS, median, color=BLUE, label="model")
    ax.plot(_YEARS, median[0] - 9.3 * (_YEARS - 2013), "--", color=GREY, label="published trend")
    ax.set(xlabel="year", ylabel="PM2.5, ug/m3, by residents", ylim=(0, None))


EXPERIMENT = Experiment("air", trial)
FACTS = (
    Fact(
        name="pm25_attribution",
        title="Beijing cleaned its air mostly itself, 2013-17",
        published=(
            "80 % of Beijing's fall of 2013-17 by control of emissions, local 53.7 and regional 24.9: "
            "local is 68 % of what control did"
        ),
        source="[L] Chen Ziyue et al. 2019 ACP; 68 % [D]; † in part, where abatement was set beside published means",
        unit="% of the fall by Beijing's own emissions",
        low=55.0,
        high=80.0,
        reason="the estimate's 68 %, a dozen points either way for the method of source apportionment [A]",
        study="Beijing's air of 2013 and 2017 in a chemical model and its observations: an account, no contrast [L].",
        did=(
            "Beijing's annual means of 2013 and 2017 are taken apart by origin of the emissions; as air is linear "
            "in them, that is the same as switching each origin off. Weather is luck with a mean of one in the "
            "model, so that the fifth that weather gave in those years is left out on both sides."
        ),
        mechanism=(
            "Own and carried shares come from the published matrix of 2015. How fast Beijing's sources fall beyond "
            "its neighbours' is its clean air plan in Emissions; the part from outside follows a path of its own."
        ),
        miss="The part from outside the region counts as neither here; the study's 'regional' may hold some of it.",
        experiment=EXPERIMENT,
        value="local",
        picture=bars(["Beijing's own", "rest of the region", "outside"], "fall", "share of the fall 2013-17, %"),
    ),
    Fact(
        name="pm25_trend",
        title="The region's air improved by nine micrograms a year",
        published="-9.3 +- 1.8 ug/m3 a year in Beijing-Tianjin-Hebei, 2013-18",
        source="[L] Zhai et al. 2019 ACP; † in part, where abatement was set beside published means",
        unit="ug/m3 a year",
        low=-11.1,
        high=-7.5,
        reason="the published interval",
        study="The trend of observed annual means of the region, 2013-18 [L]: an aggregate of these very places.",
        did=(
            "A straight line through the annual means that the network would report, 2013-2018, weighted by "
            "residents. No weather: the published trend is of the same years with theirs."
        ),
        mechanism=(
            "Abatement of intensity against growth of output, carried by the matrix; the level of 2013 is data."
        ),
        miss="Abatement of intensity takes the literature's rates, at the pace that the plans announced.",
        experiment=EXPERIMENT,
        value="trend",
        picture=_trend,
    ),
)
