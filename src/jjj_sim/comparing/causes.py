"""Causes: what a difference of population, and of output, is made of.

    d Pop_a  = sum over years of  d births - d deaths + sum over o of d (moves o to a - moves a to o)     to the person
    d GDP_a  = L ln(P' / P) + L ln(q' / q) + L ln(N' / N),    L = (GDP' - GDP) / ln(GDP' / GDP)
    q' / q   = (k' / k)^s x the rest                          s: capital's share, mean of both

P is the deflator, q real output a job, N jobs, k capital a job (the mean of the year's opening and closing stock); a
prime marks the variant. The weights L, logarithmic means, leave no residual (LMDI: Ang 2005; Montgomery 1937). What
capital a job does not explain of output a job, by the model's own shares, is technique, schooling, the mix of sectors
and how fully capacity is used: growth accounting knows it as a residual (Solow 1957), and it is shown as one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.comparing.comparison import Comparison
from jjj_sim.indicators.areas import total
from jjj_sim.judging.readings import Members, Readings
from jjj_sim.region import Region
from jjj_sim.running.result import Result

F64 = NDArray[np.float64]
FILE = "causes.csv"
ALL, MOVES, PER_JOB = "all", "moves", "output_per_job"
COLUMNS = ("variant", "variable", "area", "year", "cause", "partner", "part_of", "mean", "low", "high", "unit")
_OUTPUT = ("gdp_nominal", "gdp_real", "labour_productivity", "capital", "capital_share")


class Cause(NamedTuple):
    """A part of a difference by member and year, `values` (n_members, n_years).

    `partner` is the other end of moves; `part_of` names the cause of which it is a part, "" where it is one of those
    that sum to the whole.
    """

    cause: str
    values: F64
    partner: str = ""
    part_of: str = ""


def causes(found: Comparison) -> pd.DataFrame:
    """Return causes.csv: one row per variant, variable, area, year and cause, means over members with their 90 %.

    Means of causes sum to the mean of `all`. An area or a variable that the results do not hold is left out.
    """
    rows: list[dict[str, Any]] = []
    region, base = found.base.region, Readings.of(found.base)
    for variant in found.variants:
        other = Readings.of(variant)
        moves = [_moves(result, region) for result in (found.base, variant)]
        for area in (*region.areas, total(region)):
            for variable, unit, parts in (
                ("population", "persons", population(base, other, moves, area)),
                ("gdp_nominal", "bn yuan", output(base, other, area)),
            ):
                years = _years(base, other, variable, area)
                for part in parts:
                    low, high = np.quantile(part.values, [0.05, 0.95], axis=0)
                    for i, year in enumerate(years):
                        told = (part.cause, part.partner, part.part_of, part.values[:, i].mean(), low[i], high[i])
                        rows.append(dict(zip(COLUMNS, (variant.name, variable, area, year, *told, unit), strict=True)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def population(base: Readings, other: Readings, moves: list[pd.DataFrame], area: str) -> list[Cause]:
    """Return what the difference of the population of an area is made of, flows added up since the first year.

    `moves` are those of the base and of the variant, as `_moves` gives them. Empty where a result has no record of
    births, deaths or moves.
    """
    pairs = {name: _pair(base, other, name, area) for name in ("population", "births", "deaths")}
    if any(pair is None for pair in pairs.values()) or any(table.empty for table in moves):
        return []
    known = {name: pair for name, pair in pairs.items() if pair is not None}
    members, years = known["population"].members, known["population"].years
    change = {name: pair.variant - pair.base for name, pair in known.items()}
    found = [Cause("births", change["births"].cumsum(axis=1)), Cause("deaths", 0.0 - change["deaths"].cumsum(axis=1))]
    partners = {str(p) for table in moves for p in table.index.get_level_values("partner")[_own(table, area)]}
    for partner in sorted(partners, key=_order(base.region)):
        net = [_net(table, area, partner, members, years) for table in moves]
        found.append(Cause(MOVES, (net[1] - net[0]).cumsum(axis=1), partner))
    return [*found, Cause(ALL, change["population"])]


def output(base: Readings, other: Readings, area: str) -> list[Cause]:
    """Return what the difference of GDP at current prices of an area is made of; empty where it is not recorded."""
    pairs = {name: _pair(base, other, name, area) for name in _OUTPUT}
    if any(pair is None for pair in pairs.values()):
        return []
    known = {name: pair for name, pair in pairs.items() if pair is not None}
    nominal, real, per_job, capital, share = (known[name] for name in _OUTPUT)
    weight = logarithmic_mean(nominal.variant, nominal.base)
    jobs = np.log(real.variant / per_job.variant) - np.log(real.base / per_job.base)
    a_job = np.log(per_job.variant / per_job.base)
    price = np.log(nominal.variant / real.variant) - np.log(nominal.base / real.base)
    deeper = np.log(_mean_of_year(capital.variant) / _mean_of_year(capital.base)) - jobs
    deeper *= (share.variant + share.base) / 200.0
    return [
        Cause("price", weight * price),
        Cause(PER_JOB, weight * a_job),
        Cause("capital_per_job", weight * deeper, part_of=PER_JOB),
        Cause("rest", weight * (a_job - deeper), part_of=PER_JOB),
        Cause("jobs", weight * jobs),
        Cause(ALL, nominal.variant - nominal.base),
    ]


def logarithmic_mean(a: F64, b: F64) -> F64:
    """Return (a - b) / ln(a / b) of positive numbers, a where they are equal."""
    ratio = np.log(a / b)
    return np.asarray(np.divide(a - b, ratio, out=np.array(a, dtype=np.float64), where=ratio != 0.0))


class _Pair(NamedTuple):
    """A variable of an area in both scenarios: the `members` and `years` that both have, and their values."""

    members: NDArray[np.int64]
    years: NDArray[np.int64]
    base: F64
    variant: F64


def _pair(base: Readings, other: Readings, variable: str, area: str) -> _Pair | None:
    tables = [readings.table(variable, area) for readings in (base, other)]
    if tables[0] is None or tables[1] is None:
        return None
    ids = [np.unique(readings.result.annual["member"]) for readings in (base, other)]
    members = np.intersect1d(ids[0], ids[1])
    years = np.intersect1d(tables[0].years, tables[1].years)
    values = [_of(table, own, members, years) for table, own in zip((tables[0], tables[1]), ids, strict=True)]
    return _Pair(members, years, *values)


def _of(table: Members, ids: NDArray[Any], members: NDArray[Any], years: NDArray[Any]) -> F64:
    return np.asarray(table.values[np.ix_(np.searchsorted(ids, members), np.searchsorted(table.years, years))])


def _years(base: Readings, other: Readings, variable: str, area: str) -> list[int]:
    pair = _pair(base, other, variable, area)
    return [] if pair is None else [int(year) for year in pair.years]


def _mean_of_year(stock: F64) -> F64:
    """Return the mean of a year's opening and closing stock by year; the first year's is its closing one."""
    return np.asarray((stock + np.concatenate([stock[:, :1], stock[:, :-1]], axis=1)) / 2.0)


def _moves(result: Result, region: Region) -> pd.DataFrame:
    """Return net moves of residents into each reporting area, and into the whole, by partner, member and year."""
    flows = result.flows
    if flows.empty:
        return flows
    rows = flows[(flows["kind"] == "residents") & (flows["area_kind"] == "region")]
    ends = rows[["origin", "destination"]].astype(str)
    parts = []
    for area, partner, sign in (("destination", "origin", 1.0), ("origin", "destination", -1.0)):
        part = pd.DataFrame({"area": ends[area], "partner": ends[partner], "value": sign * rows["value"]})
        parts.append(part.assign(member=rows["member"], period=rows["period"]))
    table = pd.concat(parts, ignore_index=True)
    beyond = table[table["partner"] == region.outside].assign(area=total(region))
    table = pd.concat([table[table["area"] != region.outside], beyond], ignore_index=True)
    return table.groupby(["area", "partner", "member", "period"], sort=False)[["value"]].sum()


def _own(moves: pd.DataFrame, area: str) -> NDArray[np.bool_]:
    """Return which rows of net moves are of an area, shape (n_rows,)."""
    return np.asarray(moves.index.get_level_values("area") == area)


def _net(moves: pd.DataFrame, area: str, partner: str, members: NDArray[Any], years: NDArray[Any]) -> F64:
    """Return net moves into an area from a partner, shape (n_members, n_years); zero where nobody moved."""
    there = _own(moves, area) & (moves.index.get_level_values("partner") == partner)
    rows = moves[there].reset_index()
    table = rows.pivot_table(index="member", columns="period", values="value", aggfunc="sum")
    return np.asarray(table.reindex(index=members, columns=years).fillna(0.0), dtype=np.float64)


def _order(region: Region) -> Any:
    places = [*region.areas, region.outside]
    return lambda name: places.index(name) if name in places else len(places)


def bridge(table: pd.DataFrame, variable: str, area: str, year: int) -> list[dict[str, Any]]:
    """Return the rows of one variant that sum to the whole difference, the finest there are, and the whole last."""
    rows = table[(table["variable"] == variable) & (table["area"] == area) & (table["year"] == year)]
    kept = rows[~rows["cause"].isin(set(rows["part_of"]))]
    return [{str(key): value for key, value in row.items()} for row in kept.to_dict("records")]
