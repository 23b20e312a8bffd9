"""Checks of a fit by its own figures: do the posterior's bands hold them, and what hangs on one block of them?

    PIT of a fitted figure: chance of less, under the draws alone, and under the draws with their misses

Figures that were fitted judge a model less sharply than later ones: bands that hold too few of them are too narrow
beyond doubt, bands that hold enough may still be. Only published series with a sd are asked, no intervals.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jjj_sim.calibrating import Calibration
from jjj_sim.calibrating.figures import spread_of
from jjj_sim.calibrating.miss import miss
from jjj_sim.validating.forecast import Forecast
from jjj_sim.validating.holdout import scaled

_TINY = 1e-6


def predictive(found: Calibration) -> pd.DataFrame:
    """Return by block of the loss, and over all, the share of figures inside bands of 50 and 90 %.

    `draws_50`, `draws_90`: of the draws alone; `inside_50`, `inside_90`: with what a model may miss at that lead.
    """
    misses, known = miss(found), {t.id: t for t in found.known}
    read = {str(key): part["value"].to_numpy() for key, part in found.readings.groupby("id", observed=True)}
    rows: list[dict[str, Any]] = []
    for row in found.figures.to_dict("records"):
        target = known[row["id"]]
        alone = target.article or target.year is None or target.discrepancy is None
        if alone or not target.value or target.comparator not in ("approx", "eq"):
            continue
        assert target.discrepancy is not None
        relative = target.discrepancy.relative
        points = scaled(read[target.id][:, None], relative)
        truth = scaled(np.array([target.value]), relative)
        sd = np.array([spread_of(target) / (abs(target.value) if relative else 1.0)])
        factor, df = misses.factor(target.variable, [int(target.year or 0)])
        pits = (
            float(Forecast(points, sd * _TINY).pit(truth)[0]),
            float(Forecast(points, sd * np.maximum(factor, _TINY), df).pit(truth)[0]),
        )
        told = {
            f"{name}_{p}": abs(x - 0.5) <= p / 200
            for name, x in zip(("draws", "inside"), pits, strict=True)
            for p in (50, 90)
        }
        rows.append({"block": row["block"], "z": abs(float(row["z_mode"])), **told})
    if not rows:
        return pd.DataFrame()
    table = pd.DataFrame(rows)
    parts = [*table.groupby("block", sort=False), ("all", table)]
    found_rows = [
        {"block": str(name), "figures": len(part), "median_z": part["z"].median()}
        | {c: part[c].mean() for c in ("draws_50", "draws_90", "inside_50", "inside_90")}
        for name, part in parts
    ]
    return pd.DataFrame(found_rows)
