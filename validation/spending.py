"""Public money: what a place's output gains from what is spent there."""

from __future__ import annotations

import numpy as np

from fact import Experiment, Fact, Trial
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from lab import Array, Draw, Series, raised
from picture import lines

_MORE = 20.0
_FIRST, _LAST = "2021Q1", "2022Q4"
_HEBEI = REGION.inside("hebei") | REGION.new_area
_YEARS = np.arange(2013, 2025) + 1.0


def trial(draw: Draw) -> Trial:
    """Spend 20 bn yuan a year more on Xiong'an for two years; return what Hebei's output gains over what was spent."""
    base = draw.run()
    richer = draw.run(xiongan_investment=raised("xiongan_investment", _FIRST, _LAST, _MORE))
    spent = (richer.at("stocks.new_area_invested", _LAST) - base.at("stocks.new_area_invested", _LAST)).item()
    gain = _output(richer, _HEBEI) - _output(base, _HEBEI)
    others = _output(richer, ~_HEBEI) - _output(base, ~_HEBEI)
    # The same growth in Beijing and Tianjin would be no gain relative to them.
    common = _output(base, _HEBEI) * others / _output(base, ~_HEBEI)
    jobs = (richer["tables.jobs"] - base["tables.jobs"])[3::4, _HEBEI].sum(axis=(1, 2)) / spent
    return {"multiplier": (gain - common) / spent, "alone": gain / spent, "jobs": jobs, "jobs at last": jobs[9]}


def _output(series: Series, of: Array) -> float:
    """Return output over the two years, bn yuan of 2013."""
    return float(series.total("tables.value_added", _FIRST, _LAST)[of].sum())


EXPERIMENT = Experiment("spending", trial)
FACTS = (
    Fact(
        name="public_spending",
        title="Public money raises the output of the place it is spent in",
        published="a yuan spent in a region raises its output by about 1.5 relative to others (United States)",
        source="[R] Nakamura, Steinsson 2014 AER (open economy relative multiplier)",
        unit="yuan of Hebei's output a yuan spent, over two years",
        low=0.75,
        high=2.25,
        reason="half to one and a half times the estimate",
        study=(
            "American states and regions when military spending rises and falls, output over two years relative to the "
            "other states, with effects of state and year [R]: a contrast, a short run, places of a province's size."
        ),
        did=(
            f"Investment in Xiong'an is {_MORE:.0f} bn yuan a year higher in 2021 and 2022; what Hebei with Xiong'an "
            "makes more in these two years at the prices of 2013, less the growth that Beijing and Tianjin gain by it, "
            "over what was spent at the prices of building."
        ),
        mechanism=(
            "Seven tenths of the money is building; a share of it is the new area's own firms', the rest is bought "
            "where the province's firms and others build. Builders are paid and spend; output follows orders within "
            "capacity."
        ),
        miss=(
            "Of 20 bn yuan Hebei sells 11, as Xiong'an's builders are few; three eighths of that is value added, a "
            "fifth of what was spent. In the second year prices have risen and customers outside buy 6 bn less: "
            "half of the gain is gone, since hands are few. In China's poor counties a yuan brought .6 (Guo, Liu, Ma "
            "2016 JCE [L: abstract])."
        ),
        experiment=EXPERIMENT,
        value="multiplier",
        beside=(
            ("without what Beijing and Tianjin gain", "alone"),
            ("jobs in Hebei a billion yuan at the end of 2022", "jobs at last"),
        ),
        picture=lines(_YEARS, "jobs in Hebei a billion yuan spent", jobs="jobs"),
        digits=2,
    ),
)
