"""Scores of forecasts: who is nearer, by how much, and whether intervals hold what came.

skill      1 - mean |error| of the model over that of the rival, in a series; the median over series
MASE       median of |error| over the mean yearly change of the series up to the origin
CRPS       median, in sds of the figure
coverage   share of figures inside intervals of 50 and 90 %; below and above, the share beyond either end of 90 %
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jjj_sim.validating.holdout import ANCHORED, MODEL, NAIVE, UNFITTED
from jjj_sim.validating.naive import WALK
from jjj_sim.validating.shift_share import KNOWING

CHOSEN, BEST = "the naive chosen in advance", "the best of naive, afterwards"
RIVALS = (*NAIVE, CHOSEN, BEST, KNOWING, UNFITTED)
BY = ("all", "origin", "horizon", "area", "variable")
_SERIES = ["origin", "variable", "area"]
_TINY = 1e-9


def by_series(rows: pd.DataFrame, names: pd.Series[str] | None = None) -> pd.DataFrame:
    """Return mean absolute errors (logs, or points) by origin, variable and area, a column per forecaster.

    `names` tells which naive forecast was chosen in advance for each series, after `choices` of the rows by default.
    """
    found = rows.assign(absolute=rows["error"].abs()).pivot_table("absolute", _SERIES, "forecaster", aggfunc="mean")
    naive_ones = [name for name in NAIVE if name in found]
    picked = choices(rows) if names is None else names
    columns = {name: n for n, name in enumerate(found.columns)}
    values, at = found.to_numpy(), [columns[str(picked.get(key, WALK))] for key in found.index]
    found[BEST] = found[naive_ones].min(axis=1)
    found[CHOSEN] = values[np.arange(len(found)), at]
    return found


def choices(rows: pd.DataFrame) -> pd.Series[str]:
    """Return, by origin and series, the naive forecast that was best of its variable on earlier data.

    Chosen at an origin from the forecasts of earlier origins, as far as they could be judged then; at the first the
    random walk. Where the chosen one was not made, the random walk stands.
    """
    found: dict[Any, str] = {}
    kept = rows[rows["forecaster"].isin(NAIVE)].assign(absolute=rows["error"].abs())
    for variable, mine in kept.groupby("variable"):
        for origin, part in mine.groupby("origin"):
            seen = mine[(mine["origin"] < origin) & (mine["year"] <= origin)]
            best = WALK if seen.empty else str(seen.groupby("forecaster")["absolute"].mean().idxmin())
            for area, names in part.groupby("area")["forecaster"]:
                found[origin, variable, area] = best if best in set(names) else WALK
    return pd.Series(found, dtype=object)


def wins(rows: pd.DataFrame, by: str = "origin", forecasters: tuple[str, ...] = (MODEL,)) -> pd.DataFrame:
    """Return for each value of `by`, forecaster and rival: series both forecast, in how many the first is nearer, and
    the median skill.

    By horizon a series has the figures of that horizon alone; the naive one is chosen as for all.
    """
    names, found = choices(rows), []
    if by == "horizon":
        parts = [(str(value), by_series(part, names)) for value, part in rows.groupby(by)]
    else:
        whole = by_series(rows, names)
        parts = [("all", whole)] if by == "all" else [(str(value), part) for value, part in whole.groupby(by)]
    for value, table in parts:
        for who in forecasters:
            for rival in RIVALS:
                if who not in table or rival not in table:
                    continue
                mine, other = table[who].to_numpy(), table[rival].to_numpy()
                both = np.isfinite(mine) & np.isfinite(other)
                if both.any():
                    skill = 1.0 - mine[both] / np.maximum(other[both], _TINY)
                    row = {"forecaster": who, "by": by, "value": value, "rival": rival, "series": int(both.sum())}
                    found.append({**row, "won": int((skill > 0).sum()), "skill": float(np.median(skill))})
    return pd.DataFrame(found)


def scores(rows: pd.DataFrame, by: str, also: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return for each value of `by` and forecaster, and columns `also`, what the heading says, a row each."""
    own = rows.assign(
        crps=rows["crps"] / rows["sd"],
        width=(rows["high"] - rows["low"]) / rows["sd"],
        below=rows["pit"] < 0.05,
        above=rows["pit"] > 0.95,
        value="all" if by == "all" else rows[by].astype(str),
    )
    grouped = own.groupby(["value", "forecaster", *also], sort=False)
    found = grouped.agg(
        figures=("error", "size"),
        mase=("scaled", "median"),
        crps=("crps", "median"),
        inside_50=("inside_50", "mean"),
        inside_90=("inside_90", "mean"),
        below=("below", "mean"),
        above=("above", "mean"),
        width_90=("width", "median"),
    )
    return found.reset_index().assign(by=by)[["by", *grouped.keys, *found.columns]]


def all_wins(rows: pd.DataFrame) -> pd.DataFrame:
    """Return wins of the model as it is and anchored, over everything and by each of BY."""
    return pd.concat([wins(rows, by, (MODEL, ANCHORED)) for by in BY], ignore_index=True)


def all_scores(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of every forecaster, over everything and by each of BY."""
    return pd.concat([scores(rows, by) for by in BY], ignore_index=True)


def coverage(kinds: pd.DataFrame) -> pd.DataFrame:
    """Return how often the model's intervals hold, by what they are made of, over everything and by each of BY."""
    tables = [scores(kinds, by, ("intervals",)) for by in BY]
    kept = ["by", "value", "forecaster", "intervals", "figures", "inside_50", "inside_90", "below", "above", "width_90"]
    return pd.concat(tables, ignore_index=True)[[*kept, "crps"]]
