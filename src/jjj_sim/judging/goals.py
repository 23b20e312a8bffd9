"""The six goals of 2030: indicators, thresholds with their basis, and the chance of meeting them.

    probability  share of members whose 2030 value lies within the bounds (`judging.probability`)
    score        (x - x0) / (x* - x0), x0 the model's 2013, x* the threshold, held within 0 and 1.2
    status       met at probability 0.8, likely at 0.5, at risk below; a goal is judged by all of its
                 mandatory indicators together, and only where all of them are modelled
    binding      the mandatory indicator that is met least often

For one member or many, `measured` reads the indicators of a year, `met` says who meets what, `distances` and `margins`
by how much. The goals are worded qualitatively; published thresholds are used where they exist. Never read "met"
without the threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.judging.goal_indicators import in_force, measure, recorded
from jjj_sim.judging.probability import probability
from jjj_sim.judging.readings import Readings
from jjj_sim.region.goals import GoalIndicator, Goals

F64 = NDArray[np.float64]
FIRST, TARGET = 2013, 2030


def measured(readings: Readings, year: int = TARGET, found: Goals | None = None) -> dict[str, F64]:
    """Return the values (n_members,) of a year by the id of the indicator, of those that the run has.

    `found` are the goals to judge by; where none are given, those of the region with the scenario's own thresholds.
    """
    values = {i.id: measure(i, readings, year) for i in _goals(readings, found).indicators}
    return {key: x for key, x in values.items() if x is not None}


def distances(readings: Readings, year: int = TARGET, found: Goals | None = None) -> pd.DataFrame:
    """Return how far inside its nearer bound each member is, in the indicator's unit: negative is not met.

    One row a member, one column an indicator that the run has in `year`.
    """
    found = _goals(readings, found)
    by_id = found.by_id()
    values = {key: by_id[key].distance(x) for key, x in measured(readings, year, found).items()}
    return pd.DataFrame(values, index=_members(readings))


def margins(
    readings: Readings,
    year: int = TARGET,
    found: Goals | None = None,
    spread: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return distances over the spread of the indicator, and of each goal the least of its mandatory indicators.

    `spread` by id replaces half of the 90 % band over members; with one member, whose spread nobody knows, the
    threshold stands for it. An indicator that does not differ between members is infinitely far from its bound. A goal
    has a column where the run has all of its mandatory indicators.
    """
    found = _goals(readings, found)
    table = distances(readings, year, found)
    by_id, values = found.by_id(), measured(readings, year, found)
    for key in table:
        scale = (spread or {}).get(str(key), _spread(values[str(key)], by_id[str(key)]))
        away = table[key].to_numpy(dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            table[key] = np.where(away == 0.0, 0.0, away / scale)
    return _with_goals(table, found, lambda mine: mine.min(axis=1))


def met(readings: Readings, year: int = TARGET, found: Goals | None = None) -> pd.DataFrame:
    """Return whether each member meets each indicator and, by its mandatory ones together, each goal.

    One row a member, columns by id of the indicator or key of the goal; only those that can be judged in `year`.
    """
    found = _goals(readings, found)
    return _with_goals(distances(readings, year, found) >= 0.0, found, lambda mine: mine.all(axis=1))


def goals(readings: Readings, found: Goals | None = None) -> pd.DataFrame:
    """Return goals.csv: one row per indicator, and one per goal over its mandatory indicators together."""
    found = _goals(readings, found)
    values, verdicts, away = measured(readings, found=found), met(readings, found=found), margins(readings, found=found)
    rows: list[dict[str, object]] = []
    for key, goal in found.goals.items():
        rows += [_row(i, values.get(i.id), readings) for i in found.of(key)]
        needed = [i for i in found.of(key) if i.mandatory]
        n_modelled = sum(i.id in values for i in needed)
        row: dict[str, object] = {
            "goal": key,
            "indicator": goal.en,
            "basis": f"all mandatory indicators together; {n_modelled} of {len(needed)} modelled",
            "status": "not modelled" if any(i.formula is None for i in needed) or not needed else "beyond the horizon",
            "mandatory": True,
            "indicator_zh": goal.zh,
            "id": key,
            "basis_zh": f"必须达到的指标一起判断；{len(needed)} 项中 {n_modelled} 项已建模",
        }
        if key in verdicts:
            row |= probability(verdicts[key].to_numpy()).cells()
            row |= _binding(needed, verdicts, away)
        rows.append(row)
    table = pd.DataFrame(rows)
    counts = {column: "Int64" for column in ("members", "met") if column in table}
    return table.astype(counts)


def _row(i: GoalIndicator, values: F64 | None, readings: Readings) -> dict[str, object]:
    low, high = i.bounds
    both = np.isfinite([low, high]).all()
    missing = "beyond the horizon" if recorded(i, readings) else "not in this result"
    row: dict[str, object] = {
        "goal": i.goal,
        "indicator": i.en,
        "area": i.area,
        "threshold": f"{low:.10g} to {high:.10g}" if both else f"{i.sense} {i.threshold:.10g}",
        "unit": i.unit,
        "basis": i.basis,
        "latest": i.latest,
        "latest_year": i.latest_year,
        "median_2030": np.nan,
        "low_2030": np.nan,
        "high_2030": np.nan,
        "probability": np.nan,
        "status": "not modelled" if i.formula is None else missing,
        "mandatory": i.mandatory,
        "score": np.nan,
        "indicator_zh": i.zh,
        "id": i.id,
        "sense": i.sense,
        "bound_low": low if np.isfinite(low) else np.nan,
        "bound_high": high if np.isfinite(high) else np.nan,
        "kind": i.kind,
        "basis_zh": i.basis_zh or i.basis,
        "guard": i.guard,
        "guard_zh": i.guard_zh,
        "why_not": i.why_not,
        "why_not_zh": i.why_not_zh,
    }
    if values is None:
        return row
    bottom, median, top = np.quantile(values, [0.05, 0.5, 0.95])
    start = measure(i, readings, FIRST)
    if start is not None and np.all(i.threshold != start):
        score = np.clip((values - start) / (i.threshold - start), 0.0, 1.2)
        row["score"] = float(np.median(score))
    row |= {"median_2030": float(median), "low_2030": float(bottom), "high_2030": float(top)}
    return row | probability(i.meets(values)).cells()


def _binding(needed: list[GoalIndicator], verdicts: pd.DataFrame, away: pd.DataFrame) -> dict[str, object]:
    """Return which mandatory indicator is met least often, and of the members that fail the goal the shares in which
    it fails and in which it alone fails; of two that are met as often the one further from its bound.
    """
    fails = ~verdicts[[i.id for i in needed]]
    failing = fails.any(axis=1)
    if not failing.any():
        return {}
    order = sorted(needed, key=lambda i: (-fails[i.id].sum(), away[i.id].median()))
    first = order[0]
    alone = fails[first.id] & (fails.sum(axis=1) == 1)
    return {
        "binding": first.id,
        "binding_en": first.en,
        "binding_zh": first.zh,
        "binding_share": float(fails[first.id].sum() / failing.sum()),
        "binding_alone": float(alone.sum() / failing.sum()),
    }


def _goals(readings: Readings, found: Goals | None) -> Goals:
    return in_force(readings) if found is None else found


def _members(readings: Readings) -> list[int]:
    return [int(m) for m in np.unique(readings.result.annual["member"])]


def _spread(values: F64, i: GoalIndicator) -> float:
    """Return half of the 90 % band of values over members; of one member the size of the threshold, else one unit."""
    if len(values) == 1:
        return abs(i.threshold) or 1.0
    low, high = np.quantile(values, [0.05, 0.95])
    return float(high - low) / 2.0


def _with_goals(table: pd.DataFrame, found: Goals, together: Callable[[pd.DataFrame], pd.Series[Any]]) -> pd.DataFrame:
    """Return a table by indicator with a column for each goal of which it has all mandatory indicators."""
    columns = {}
    for key in found.goals:
        needed = [i.id for i in found.of(key) if i.mandatory]
        if needed and set(needed) <= set(table.columns):
            columns[key] = together(table[needed])
    return table.assign(**columns)
