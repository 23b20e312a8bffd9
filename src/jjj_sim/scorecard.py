"""The scorecard: every figure of the article, then the published series, beside the model's.

    inside   the median over members lies between accept_low and accept_high
    outside  it does not;  not modelled: the run has no such variable or period;  context: shown, not judged

The article's own bounds stand where it has them. Elsewhere they are the published figure plus and minus
1.645 discrepancies (90 %), where DISCREPANCY has one; without either a figure is context.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from jjj_sim.evidence.targets import Target, targets
from jjj_sim.published import Published, published
from jjj_sim.readings import Readings

ARTICLE = "founding article: round table on the coordinated development of Jing-Jin-Ji, 2025"
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
)
_Z90 = 1.645


class Discrepancy(NamedTuple):
    """How far a right model may stand from a published figure, one standard deviation."""

    size: float
    relative: bool = True


# Model discrepancies of calibration; a variable without one is shown and not judged.
DISCREPANCY = {
    "population": Discrepancy(0.007),
    "migrants": Discrepancy(0.05),
    "age_share_60plus": Discrepancy(0.7, relative=False),
    "gdp_nominal": Discrepancy(0.01),
    "gdp_real_growth": Discrepancy(0.5, relative=False),
    "gdp_share_primary": Discrepancy(0.7, relative=False),
    "gdp_share_secondary": Discrepancy(0.7, relative=False),
    "gdp_share_tertiary": Discrepancy(0.7, relative=False),
    "gdp_share_of_nation": Discrepancy(0.12, relative=False),
    "gdp_per_head": Discrepancy(0.012),
    "budget_spending": Discrepancy(0.05),
    "budget_revenue": Discrepancy(0.05),
    "employment": Discrepancy(0.02),
    "firms": Discrepancy(0.15),
    "pm25": Discrepancy(0.06),
    "relocated_general_manufacturing_firms": Discrepancy(0.15),
    "relocated_or_upgraded_markets": Discrepancy(0.15),
    "xiongan_investment": Discrepancy(0.15),
    "firms_of_beijing_origin": Discrepancy(0.15),
    "central_soe_branches": Discrepancy(0.15),
}
_XIONGAN = Discrepancy(0.05)


def scorecard(readings: Readings) -> pd.DataFrame:
    """Return evidence.csv: one row a published figure, columns COLUMNS, units those of the model."""
    rows = [_of_article(t, readings) for t in targets()]
    rows += [_of_series(p, readings) for p in published()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_article(target: Target, readings: Readings) -> dict[str, object]:
    bounds = (target.accept_low, target.accept_high)
    if bounds == (None, None) and target.comparator in ("approx", "eq"):
        bounds = _bounds(target.variable, target.region, target.value)
    return {
        "id": target.id,
        "region": target.region,
        "period": target.period,
        "variable": target.variable,
        "comparator": target.comparator,
        "published": target.value,
        "unit": target.base_unit,
        "role": target.role,
        "source": ARTICLE,
        "confidence": "high",
        "quote_zh": target.quote_zh,
        "note": target.note,
    } | _judged(readings.at(target.variable, target.region, target.period), bounds, target.role)


def _of_series(row: Published, readings: Readings) -> dict[str, object]:
    return {
        "id": f"{row.indicator}_{row.area}_{row.year}",
        "region": row.area,
        "period": row.period,
        "variable": row.indicator,
        "comparator": "approx",
        "published": row.value,
        "unit": row.unit,
        "role": row.role,
        "source": row.source,
        "confidence": row.confidence,
        "quote_zh": "",
        "note": row.note,
    } | _judged(
        readings.at(row.indicator, row.area, row.period),
        _bounds(row.indicator, row.area, row.value),
        row.role,
    )


def _bounds(variable: str, area: str, value: float | None) -> tuple[float | None, float | None]:
    """Return the published figure plus and minus 1.645 discrepancies."""
    found = DISCREPANCY.get(variable)
    if found is None or value is None:
        return None, None
    if area == "xiongan" and found.relative:
        found = max(found, _XIONGAN)
    reach = _Z90 * found.size * (abs(value) if found.relative else 1.0)
    return value - reach, value + reach


def _judged(
    model: np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None,
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
        status = "inside" if fits else "outside"
    return cells | {
        "model_median": median,
        "model_low": float(edges[0]),
        "model_high": float(edges[1]),
        "status": status,
    }
