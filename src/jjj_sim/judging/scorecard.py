"""The scorecard: every figure of the article, then the published series, beside the model's.

    inside    the median over members lies between accept_low and accept_high
    as input  it does, but the figure enters as data or policy (role drive): accounting, not skill
    outside   it does not;  context: shown, not judged
    not modelled  the run has no such variable or period; `note` says why where the model has no mechanism

The source's own bounds stand where it has them. Elsewhere they are the published figure plus and minus
1.645 discrepancies (90 %), where it has one; a count that is exact or a floor bounds itself; without any of
them a figure is context.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.judging.readings import Readings
from jjj_sim.judging.targets import Target, targets

F64 = NDArray[np.float64]
COLUMNS = (
    "id",
    "region",
    "period",
    "variable",
    "comparator",
    "published",
    "unit",
    "accept_low",
    "accept_high",
    "role",
    "model_median",
    "model_low",
    "model_high",
    "status",
    "source",
    "confidence",
    "quote_zh",
    "note",
    "citation",
    "citation_zh",
)


def scorecard(readings: Readings) -> pd.DataFrame:
    """Return evidence.csv: one row per published figure, columns COLUMNS, units those of the model."""
    return pd.DataFrame([_row(t, readings) for t in targets(readings.region)], columns=list(COLUMNS))


def _row(target: Target, readings: Readings) -> dict[str, object]:
    judged = _judged(readings.at(target.variable, target.area, target.period), target.bounds, target.role)
    why = target.why_not if judged["status"] == "not modelled" else ""
    return {
        "id": target.id,
        "region": target.area,
        "period": target.period,
        "variable": target.variable,
        "comparator": target.comparator,
        "published": target.value,
        "unit": target.unit,
        "role": target.role,
        "source": target.source,
        "confidence": target.confidence,
        "quote_zh": target.quote_zh,
        "note": "; ".join(filter(None, (target.note, why))),
        "citation": target.citation_en,
        "citation_zh": target.citation_zh,
    } | judged


def _judged(
    model: F64 | None,
    bounds: tuple[float | None, float | None],
    role: str,
) -> dict[str, object]:
    """Return the cells of the model and the status."""
    low, high = bounds
    cells: dict[str, object] = {"accept_low": low, "accept_high": high}
    if model is None or not np.isfinite(model).all():
        return cells | {"status": "context" if role == "context" else "not modelled"}
    median = float(np.median(model))
    edges = np.quantile(model, [0.05, 0.95])
    if role == "context" or (low is None and high is None):
        status = "context"
    else:
        near = 1e-9 * abs(median)
        fits = (low is None or median >= low - near) and (high is None or median <= high + near)
        status = ("as input" if role == "drive" else "inside") if fits else "outside"
    return cells | {
        "model_median": median,
        "model_low": float(edges[0]),
        "model_high": float(edges[1]),
        "status": status,
    }
