"""Scores of forecasts: who is nearer, by how much, and whether intervals hold what came.

skill      1 - mean |error| of the model over that of the rival, in a series; the median over series
MASE       median of |error| over the mean yearly change of the series up to the origin
CRPS       median, in sds of the figure
coverage   share of figures inside intervals of 50 and 90 %; below and above, the share beyond either end of 90 %
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from jjj_sim.validating.holdout import ANCHORED, MODEL, NAIVE, UNFITTED
from jjj_sim.validating.naive import WALK
from jjj_sim.validating.shift_share import KNOWING

CHOSEN, BEST = "the naive chosen in advance", "the best of naive, afterwards"
RIVALS = (*NAIVE, CHOSEN, BEST, KNOWING, UNFITTED)
BY = ("all", "origin", "horizon", "area", "variable")
_SERIES = ["origin", "variable", "area"]


def by_series(rows: pd.DataFrame) -> pd.DataFrame:
    """Return mean absolute errors (logs, or points) by origin, variable and area, a column per forecaster."""
    kept = rows.assign(absolute=rows["error"].abs())
    found = kept.pivot_table("absolute", _SERIES, "forecaster", aggfunc="mean")
    naive_ones = [name for name in NAIVE if name in found]
    return found.assign(**{CHOSEN: chosen(rows), BEST: found[naive_ones].min(axis=1)})


def choices(rows: pd.DataFrame) -> pd.Series[str]:
    """Return, by origin and series, the naive forecast that was best of its variable on earlier data.

    Chosen at an origin from the forecasts of earlier origins, as far as they could be judged then; at the first the
    random walk. Where the chosen one was not made, the random walk stands.
    """
    found: dict[Any, str] = {}
    kept = rows[rows["forecaster"].isin(NAIVE)].assign(absolute=rows["error"].abs())
    for (origin, variable, area), part in kept.groupby(_SERIES):
        seen = kept[(kept["origin"] < origin) & (kept["year"] <= origin) & (kept["variable"] == variable)]
        best = WALK if seen.empty else str(seen.groupby("forecaster")["absolute"].mean().idxmin())
        found[origin, variable, area] = best if best in set(part["forecaster"]) else WALK
    return pd.Series(found, dtype=object)


def chosen(rows: pd.DataFrame) -> pd.Series[float]:
    """Return the error, by origin and series, of the naive forecast chosen in advance."""
    return _errors(rows, choices(rows))


def _errors(rows: pd.DataFrame, names: pd.Series[str]) -> pd.Series[float]:
    """Return the mean absolute error of the forecaster named for each series."""
    means = rows["error"].abs().groupby([*(rows[c] for c in _SERIES), rows["forecaster"]]).mean()
    found: dict[Any, float] = {}
    for key, name in names.items():
        one: Any = (*key, name)  # type: ignore[misc]
        if one in means.index:
            found[key] = float(means[one])
    return pd.Series(found, dtype=float)


def wins(rows: pd.DataFrame, who: str = MODEL, by: str = "origin") -> pd.DataFrame:
    """Return for each value of `by` and rival: series both forecast, in how many `who` is nearer, median skill.

    By horizon a series has the figures of that horizon alone; the naive one is chosen as for all.
    """
    names, found = choices(rows), []
    for value, part in _parts(rows, by):
        table = by_series(part).assign(**{CHOSEN: _errors(part, names)})
        for rival in RIVALS:
            if who not in table or rival not in table:
                continue
            both = table[[who, rival]].dropna()
            if len(both):
                skill = 1.0 - both[who] / both[rival].clip(lower=1e-9)
                row = {"forecaster": who, "by": by, "value": value, "rival": rival, "series": len(both)}
                found.append({**row, "won": int((skill > 0).sum()), "skill": float(skill.median())})
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
    return pd.concat([wins(rows, who, by) for who in (MODEL, ANCHORED) for by in BY], ignore_index=True)


def all_scores(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of every forecaster, over everything and by each of BY."""
    return pd.concat([scores(rows, by) for by in BY], ignore_index=True)


def coverage(kinds: pd.DataFrame) -> pd.DataFrame:
    """Return how often the model's intervals hold, by what they are made of, over everything and by each of BY."""
    tables = [scores(kinds, by, ("intervals",)) for by in BY]
    kept = ["by", "value", "forecaster", "intervals", "figures", "inside_50", "inside_90", "below", "above", "width_90"]
    return pd.concat(tables, ignore_index=True)[[*kept, "crps"]]


def _parts(rows: pd.DataFrame, by: str) -> list[tuple[str, pd.DataFrame]]:
    if by == "all":
        return [("all", rows)]
    return [(str(value), part) for value, part in rows.groupby(by)]
