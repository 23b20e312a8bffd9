"""The goals year by year: what the thresholds of 2030 would say in each year of a run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goals import TARGET, measured, met
from jjj_sim.judging.probability import probability
from jjj_sim.judging.readings import Readings
from jjj_sim.region.goals import Goals


def goals_path(readings: Readings, found: Goals | None = None) -> pd.DataFrame:
    """Return goals_path.csv: one row per indicator and year, and one per goal and year, up to 2030.

    `median`, `low`, `high` are the median and the 90 % band over members, empty for a goal.
    """
    found = in_force(readings) if found is None else found
    years = [int(y) for y in np.unique(readings.result.annual["period"]) if y <= TARGET]
    return pd.DataFrame([row for year in years for row in _rows(readings, found, year)])


def _rows(readings: Readings, found: Goals, year: int) -> Iterator[dict[str, object]]:
    values, verdicts = measured(readings, year, found), met(readings, year, found)
    for key, goal in found.goals.items():
        for i in found.of(key):
            if i.id in values:
                low, median, high = np.quantile(values[i.id], [0.05, 0.5, 0.95])
                yield {
                    "goal": key,
                    "id": i.id,
                    "indicator": i.en,
                    "indicator_zh": i.zh,
                    "area": i.area,
                    "unit": i.unit,
                    "mandatory": i.mandatory,
                    "year": year,
                    "median": float(median),
                    "low": float(low),
                    "high": float(high),
                } | probability(verdicts[i.id].to_numpy()).cells()
        if key in verdicts:
            about = {"goal": key, "id": key, "indicator": goal.en, "indicator_zh": goal.zh, "mandatory": True}
            yield {**about, "year": year} | probability(verdicts[key].to_numpy()).cells()
