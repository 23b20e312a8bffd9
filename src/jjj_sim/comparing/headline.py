"""The headline of a comparison: ten figures in one year, and the year in which each differs most.

    saved = (var(base) + var(variant)) / var(variant - base)        variances over members

is how many times as many members a comparison needs for the same interval whose runs share neither luck nor draw.
"""

from __future__ import annotations

import pandas as pd

from jjj_sim.comparing.comparison import Comparison
from jjj_sim.indicators.areas import filling, places, total
from jjj_sim.region import Region
from jjj_sim.running.result import Result

YEAR = 2030
_SAID = ["variant", "variable", "area", "unit", "base_median"]
_SAID += ["median", "low", "high", "same_sign_share", "verdict", "verdict_zh", "matters"]


def figures(region: Region) -> list[tuple[str, str]]:
    """Return the (variable, area) of the headline: people by place, output, structure, air, homes and services."""
    whole, capital = total(region), filling(region, "capital")
    found = [("population", area) for area in places(region)]
    found += [("gdp_nominal", area) for area in ([capital] if capital else [])]
    found += [("gdp_nominal", whole), ("gdp_share_tertiary", whole), ("pm25", whole)]
    found += [("house_price", area) for area in ([capital] if capital else [])]
    return [*found, ("services_theil", whole)]


def year_of(found: Comparison, year: int = YEAR) -> int:
    """Return `year`, or the last year of a comparison that does not reach it."""
    last = int(found.table["period"].max())
    return year if (found.table["period"] == year).any() else last


def headline(found: Comparison, year: int | None = None) -> pd.DataFrame:
    """Return one row per variant and figure of the headline, in the order of both.

    Differences in `year` (2030, or the last before it), with their interval and verdict, and `peak`: the largest median
    difference of any year, with the `peak_year`; empty where nothing ever differs. `saved` is empty with one
    member, and where all members differ by the same.
    """
    year = year_of(found) if year is None else year
    table = found.table[found.table["area_kind"] != "zone"]
    rows = []
    for variant in dict.fromkeys(v.name for v in found.variants):
        mine = table[table["variant"] == variant]
        for variable, area in figures(found.base.region):
            path = mine[(mine["variable"] == variable) & (mine["area"] == area)]
            at = path[path["period"] == year]
            if at.empty:
                continue
            row = {"year": year, **at.iloc[0][_SAID].to_dict()}
            if path["median"].any():
                most = path.iloc[int(path["median"].abs().to_numpy().argmax())]
                row |= {"peak_year": int(most["period"]), "peak": most["median"]}
            row["saved"] = saved(found, variant, variable, area, year)
            rows.append(row)
    table = pd.DataFrame(rows, columns=["year", *_SAID, "peak_year", "peak", "saved"])
    return table.astype({"peak_year": "Int64"})


def saved(found: Comparison, variant: str, variable: str, area: str, year: int) -> float:
    """Return how many times as many members the comparison would need without pairing; NaN where nothing tells."""
    if found.manifest.get("members") == 1:
        return float("nan")
    one, two = (_values(result, variable, area, year) for result in (found.base, found.result(variant)))
    both = pd.concat([one, two], axis=1, join="inner")
    apart = float(both.iloc[:, 1].sub(both.iloc[:, 0]).var())
    return float(both.var().sum()) / apart if apart > 0.0 else float("nan")


def _values(result: Result, variable: str, area: str, year: int) -> pd.Series[float]:
    """Return a figure by member."""
    rows = result.annual
    rows = rows[(rows["variable"] == variable) & (rows["area"] == area) & (rows["period"] == year)]
    return rows[rows["area_kind"] != "zone"].set_index("member")["value"]
