"""The scorecard: every figure of the article, then the published series, beside the model's.

    inside    the median over members lies between accept_low and accept_high
    as input  it does, but the figure enters as data or policy (role drive): accounting, not skill
    outside   it does not;  context: shown, not judged
    not modelled  the run has no such variable or period; `note` says why where the model has no mechanism

The article's own bounds stand where it has them. Elsewhere they are the published figure plus and minus
1.645 discrepancies (90 %), where DISCREPANCY has one; a count that is exact or a floor bounds itself; without
any of them a figure is context.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from jjj_sim.judging.published import Published, published
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.targets import Target, targets

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
    "rd_intensity": Discrepancy(0.02),
    "tech_contract_flow_to_tianjin_hebei": Discrepancy(0.15),
    "tech_contracts_from_beijing_tianjin": Discrepancy(0.15),
    "tech_contracts_mutual_value": Discrepancy(0.15),
    "relocated_general_manufacturing_firms": Discrepancy(0.15),
    "relocated_or_upgraded_markets": Discrepancy(0.15),
    "xiongan_investment": Discrepancy(0.15),
    "firms_of_beijing_origin": Discrepancy(0.15),
    "central_soe_branches": Discrepancy(0.15),
    "zhongguancun_branches": Discrepancy(0.15),
    "municipal_offices_moved": Discrepancy(5.0, relative=False),
}
_XIONGAN = Discrepancy(0.05)
# Figures of the article for which no process stands, and why.
WHY_NOT = {
    "passenger_flow_internal_share": "nobody travels between cities: Transport has minutes and no trips",
    "pupils_of_relocated_staff_growth": "staff that follow an institution are not told from other residents; "
    "children with Beijing's hukou in Xiong'an are a few hundred and grow 14 % in 2024 in the twin",
    "strategic_emerging_industry_va_growth": "strategic emerging industries cut across sectors; the growth of "
    "high-technology manufacturing stands beside it",
    "ai_firms": "sectors are not so fine; a fixed part of producer services and research would be this number again",
    "zgc_park_new_firms": "a park inside a zone; Zhongguancun's branches are counted by zone",
    "zgc_city_new_firms": "a park inside a zone; Zhongguancun's branches are counted by zone",
    "new_national_hightech_firms": "a certificate given to firms that exist, no founding",
    "steel_firms_grade_a": "steel is not apart from sector 1; its standards enter by the lever emission_standards",
}


def scorecard(readings: Readings) -> pd.DataFrame:
    """Return evidence.csv: one row a published figure, columns COLUMNS, units those of the model."""
    rows = [_of_article(t, readings) for t in targets()]
    rows += [_of_series(p, readings) for p in published()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_article(target: Target, readings: Readings) -> dict[str, object]:
    bounds = (target.accept_low, target.accept_high)
    if bounds == (None, None) and target.comparator in ("approx", "eq"):
        bounds = _bounds(target.variable, target.region, target.value)
    if bounds == (None, None) and target.comparator in ("eq", "gt", "ge"):
        bounds = (target.value, target.value if target.comparator == "eq" else None)
    judged = _judged(readings.at(target.variable, target.region, target.period), bounds, target.role)
    why = WHY_NOT.get(target.variable, "") if judged["status"] == "not modelled" else ""
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
        "note": "; ".join(filter(None, (target.note, why))),
    } | judged


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
        status = ("as input" if role == "drive" else "inside") if fits else "outside"
    return cells | {
        "model_median": median,
        "model_low": float(edges[0]),
        "model_high": float(edges[1]),
        "status": status,
    }
