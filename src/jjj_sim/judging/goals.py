"""The six goals of 2030: indicators, thresholds with their basis, and the chance of meeting them.

    probability  share of members whose 2030 value is on the right side of the threshold
    score        (x - x0) / (x* - x0), x0 the model's 2013, x* the threshold, held within 0 and 1.2
    status       met at probability 0.8, likely at 0.5, at risk below; a goal is judged by all of its
                 mandatory indicators together, and only where all of them are modelled

The goals are worded qualitatively; published thresholds are used where they exist, otherwise the basis says
"assumption". Never read "met" without the threshold.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.judging.goal_indicators import Goal, GoalIndicator, goals_of
from jjj_sim.judging.readings import Readings

F64 = NDArray[np.float64]
FIRST, TARGET = 2013, 2030


def goals(readings: Readings) -> pd.DataFrame:
    """Return goals.csv: one row per indicator, and one per goal over its mandatory indicators together."""
    rows: list[dict[str, object]] = []
    found = goals_of(readings.region)
    for key, goal in found.goals.items():
        indicators = [i for i in found.indicators if i.goal == key]
        values = [i.measure(readings, TARGET) for i in indicators]
        rows += [_row(i, x, readings) for i, x in zip(indicators, values, strict=True)]
        rows.append(_together(key, goal, indicators, values))
    return pd.DataFrame(rows)


def _row(i: GoalIndicator, values: F64 | None, readings: Readings) -> dict[str, object]:
    row: dict[str, object] = {
        "goal": i.goal,
        "indicator": i.en,
        "area": i.area,
        "threshold": f"{i.threshold:g} to {i.upper:g}" if i.upper else f"{i.sense} {i.threshold:.10g}",
        "unit": i.unit,
        "basis": i.basis,
        "latest": i.latest,
        "latest_year": i.latest_year,
        "median_2030": np.nan,
        "low_2030": np.nan,
        "high_2030": np.nan,
        "probability": np.nan,
        "status": "not modelled" if i.formula is None else "beyond the horizon",
        "mandatory": i.mandatory,
        "score": np.nan,
        "indicator_zh": i.zh,
    }
    if values is None:
        return row
    low, median, high = np.quantile(values, [0.05, 0.5, 0.95])
    probability = float(i.meets(values).mean())
    start = i.measure(readings, FIRST)
    if start is not None and np.all(i.threshold != start):
        score = np.clip((values - start) / (i.threshold - start), 0.0, 1.2)
        row["score"] = float(np.median(score))
    return row | {
        "median_2030": float(median),
        "low_2030": float(low),
        "high_2030": float(high),
        "probability": probability,
        "status": _status(probability),
    }


def _together(key: str, goal: Goal, indicators: list[GoalIndicator], values: list[F64 | None]) -> dict[str, object]:
    """Return the row of a goal: the chance that all of its mandatory indicators are met at once."""
    mandatory = [(i, x) for i, x in zip(indicators, values, strict=True) if i.mandatory]
    met = [i.meets(x) for i, x in mandatory if x is not None]
    row: dict[str, object] = {
        "goal": key,
        "indicator": goal.en,
        "basis": f"all mandatory indicators together; {len(met)} of {len(mandatory)} modelled",
        "status": "not modelled",
        "mandatory": True,
        "indicator_zh": goal.zh,
    }
    if len(met) < len(mandatory):
        return row
    probability = float(np.logical_and.reduce(met).mean())
    return row | {"probability": probability, "status": _status(probability)}


def _status(probability: float) -> str:
    if probability >= 0.8:
        return "met"
    return "likely" if probability >= 0.5 else "at risk"
