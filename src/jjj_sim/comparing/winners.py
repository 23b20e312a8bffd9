"""Winners and losers: what a variant does to places, budgets, sectors, people by schooling and hukou, and homes.

    relative = 100 (variant - base) / |base|        member by member; of what is in percent the points; net lending
                                                    over the base's revenue, what the centre pays net over all it pays

A row has a side that gains when it is higher, or when it is lower; a row with none is shown and ranked nowhere. Who
owns a home is not in the model: owners are those whose home is worth so much, tenants those who pay the rent, buyers
those who pay the price.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.headline import year_of
from jjj_sim.comparing.verdict import SAME, SMALL, UNCLEAR
from jjj_sim.indicators import indicators
from jjj_sim.indicators.areas import total
from jjj_sim.region import Region
from jjj_sim.region.names import names

FILE = "winners.csv"
GAIN, LOSS = "gain", "loss"
GROUPS: dict[str, tuple[str, str]] = {
    "places": ("Places", "地区"),
    "budgets": ("Budgets", "财政"),
    "sectors": ("Sectors", "行业"),
    "people": ("Schooling and hukou", "学历与户籍"),
    "homes": ("Owners, tenants, buyers", "业主、租户与购房者"),
}
_FOUND = ["base_median", "median", "low", "high", "matters", "verdict", "verdict_zh"]
COLUMNS = (
    "variant",
    "group",
    "who",
    "who_zh",
    "measure",
    "measure_zh",
    "variable",
    "area",
    "year",
    "unit",
    "better",
    "outcome",
    "relative",
    "relative_low",
    "relative_high",
    *_FOUND,
    "peak_year",
    "peak",
)
Text = tuple[str, str]
_UP, _DOWN, _NEITHER = 1, -1, 0
# Variable, what it is called in a row that says who, and which way is good for them.
_PLACES: tuple[tuple[str, Text, int], ...] = (
    ("population", ("people", "人口"), _UP),
    ("employment", ("jobs", "就业"), _UP),
    ("gdp_nominal", ("GDP", "地区生产总值"), _UP),
    ("income_per_head", ("income a head", "人均收入"), _UP),
    ("house_price", ("house price", "房价"), _NEITHER),
    ("service_index", ("services", "公共服务"), _UP),
    ("pm25", ("PM2.5", "PM2.5浓度"), _DOWN),
)
_BUDGETS: tuple[tuple[str, Text, int], ...] = (
    ("budget_revenue", ("revenue", "财政收入"), _UP),
    ("budget_spending", ("spending", "财政支出"), _NEITHER),
    ("centre_payments", ("paid by the centre", "中央支付"), _UP),
    ("net_lending", ("net lending", "净借出"), _UP),
)
_PEOPLE: tuple[tuple[str, Text, int], ...] = (
    ("wage", ("wage", "工资"), _UP),
    ("unemployment", ("unemployment", "失业率"), _DOWN),
)
_WHO: dict[str, Text] = {
    "junior": ("Junior schooling", "初中及以下"),
    "senior": ("Senior schooling", "高中"),
    "college": ("College", "大专及以上"),
    "locals": ("Locals", "本省户籍"),
    "non_locals": ("Non-locals", "外省户籍"),
}
_HOMES: tuple[tuple[str, Text, Text, int], ...] = (
    ("housing_value", ("Owners", "业主"), ("value of homes", "住房价值"), _UP),
    ("rent", ("Tenants", "租户"), ("rent", "租金"), _DOWN),
    ("house_price", ("Buyers", "购房者"), ("price", "房价"), _DOWN),
    ("rents", ("All homes", "全部住房"), ("rents, paid or saved", "租金(实付或节省)"), _NEITHER),
    ("dwelling_sales", ("Buyers together", "全体购房者"), ("spent on new homes", "新房支出"), _NEITHER),
)
# What the difference of a variable that may be near zero is measured by.
_OVER = {"net_lending": "budget_revenue", "centre_net_payments": "centre_payments"}


class Measure(NamedTuple):
    """A row: the group, who, what of them, and `better` 1 where higher is their gain, -1 where lower, 0 neither."""

    group: str
    who: Text
    what: Text
    variable: str
    area: str
    better: int


def measures(region: Region) -> Iterator[Measure]:
    """Yield the rows of winners.csv, group by group."""
    whole, called = total(region), names(region)
    areas = (*region.areas, whole)
    for area in areas:
        for variable, what, better in _PLACES:
            yield Measure("places", called[area].short, what, variable, area, better)
    for area in areas:
        for variable, what, better in _BUDGETS:
            yield Measure("budgets", called[area].short, what, variable, area, better)
    yield Measure("budgets", ("The centre", "中央"), ("net payments", "净支付"), "centre_net_payments", whole, _DOWN)
    for sector in region.sectors:
        yield Measure("sectors", (sector.en, sector.zh), ("value added", "增加值"), f"va_{sector.key}", whole, _UP)
    for who in (*region.education, "locals", "non_locals"):
        for variable, what, better in _PEOPLE:
            yield Measure("people", _WHO.get(who, (who, who)), what, f"{variable}_{who}", whole, better)
    yield Measure("people", _WHO["non_locals"], ("share of residents", "人口占比"), "non_local_share", whole, _NEITHER)
    for area in areas:
        for variable, (en, zh), what, better in _HOMES:
            place = called[area].short
            yield Measure("homes", (f"{en}, {place[0]}", f"{place[1]}{zh}"), what, variable, area, better)


def winners(found: Comparison, year: int | None = None) -> pd.DataFrame:
    """Return winners.csv: one row per variant, group and measure that the results have, the best first in each group.

    The difference in `year` (2030, or the last before it) with the 90 % of members and its verdict, `relative` in
    percent with the same interval, and the largest median difference of any year. `outcome` is "gain" or "loss"
    where the difference matters, is clear, and one side is better.
    """
    year = year_of(found) if year is None else year
    rows = list(measures(found.base.region))
    wanted = {row.variable for row in rows}
    known = indicators(found.base.region)
    verdicts = found.table[(found.table["area_kind"] != "zone") & found.table["variable"].isin(wanted)]
    paths: dict[Any, pd.DataFrame] = dict(iter(verdicts.groupby(["variant", "variable", "area"], observed=True)))
    relative = _relative(found, wanted, year)
    listed = []
    for variant in dict.fromkeys(v.name for v in found.variants):
        for row in rows:
            path = paths.get((variant, row.variable, row.area))
            at = None if path is None else path[path["period"] == year]
            if path is None or at is None or at.empty:
                continue
            told = at.iloc[0]
            size = relative.get((variant, row.variable, row.area), (np.nan,) * 3)
            most = path.iloc[int(path["median"].abs().to_numpy().argmax())]
            cells: dict[str, Any] = {
                "variant": variant,
                "group": row.group,
                "who": row.who[0],
                "who_zh": row.who[1],
                "measure": row.what[0],
                "measure_zh": row.what[1],
                "variable": row.variable,
                "area": row.area,
                "year": year,
                "unit": known[row.variable].unit,
                "better": {_UP: "higher", _DOWN: "lower", _NEITHER: ""}[row.better],
                "outcome": _outcome(row.better * float(told["median"]), str(told["verdict"])),
                "relative": size[1],
                "relative_low": size[0],
                "relative_high": size[2],
            }
            cells |= {name: told[name] for name in _FOUND}
            if path["median"].any():
                cells |= {"peak_year": int(most["period"]), "peak": most["median"]}
            listed.append(cells)
    table = pd.DataFrame(listed, columns=list(COLUMNS)).astype({"peak_year": "Int64"})
    return _sorted(table)


def leading(table: pd.DataFrame, outcome: str, most: int = 5, each: int = 2) -> pd.DataFrame:
    """Return the largest gains, or losses, of one variant, at most `each` of one group and who."""
    rows = table[(table["outcome"] == outcome) & table["relative"].notna()]
    rows = rows.reindex(rows["relative"].abs().sort_values(ascending=False, kind="stable").index)
    return rows[rows.groupby(["group", "who"], sort=False).cumcount() < each].head(most)


def _outcome(benefit: float, verdict: str) -> str:
    if verdict in (SAME[0], SMALL[0], UNCLEAR[0]) or benefit == 0.0:
        return ""
    return GAIN if benefit > 0.0 else LOSS


def _relative(found: Comparison, wanted: set[str], year: int) -> dict[tuple[str, str, str], tuple[float, float, float]]:
    """Return 5, 50 and 95 % of the relative difference over members, percent, by variant, variable and area."""
    rows = found.differences
    rows = rows[(rows["period"] == year) & (rows["area_kind"] != "zone") & rows["variable"].isin(wanted)]
    base = found.base.annual
    base = base[(base["period"] == year) & (base["area_kind"] != "zone") & base["variable"].isin(set(_OVER.values()))]
    level = base.set_index(["member", "area", "variable"])["value"]
    told = {}
    for key, mine in rows.groupby(["variant", "variable", "area"], observed=True, sort=False):
        variant, variable, area = map(str, key)
        values = mine["relative"].to_numpy(dtype=np.float64)
        if mine["unit"].iloc[0] == "percent":
            values = mine["difference"].to_numpy(dtype=np.float64) / 100.0
        elif variable in _OVER:
            over = [level.get((m, area, _OVER[variable]), np.nan) for m in mine["member"]]
            values = mine["difference"].to_numpy(dtype=np.float64) / np.abs(over)
        values = values[np.isfinite(values)]
        if len(values):
            low, middle, high = (100.0 * np.quantile(values, [0.05, 0.5, 0.95])).tolist()
            told[variant, variable, area] = (low, middle, high)
    return told


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by variant and group as they come, within a group by benefit, those with no side last."""
    side = table["better"].map({"higher": 1.0, "lower": -1.0})
    order = pd.DataFrame(
        {
            "variant": pd.factorize(table["variant"])[0],
            "group": pd.factorize(table["group"])[0],
            "benefit": -(side * table["relative"]),
        }
    )
    return table.loc[order.sort_values(["variant", "group", "benefit"], kind="stable").index].reset_index(drop=True)
