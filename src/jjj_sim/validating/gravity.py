"""Gravity and shift-share: people move by a gravity law, output is shift-share's per head times people.

    M_ij = k P_i P_j / d_ij^b  y_j / y_i        from i to j: zones of other provinces, and the rest of the nation
    P_i(t+1) = P_i + sum_j (M_ji - M_ij) + (birth - death) P_i

    GDP(t) = GDP(T)  shift-share(t) / (N(t) / N(T))  P(t) / P(T)               N the nation's people

y is output per head of the province, and of the rest of the nation, which lies at OUTSIDE_KM [A]. Masses alone send as
many either way: what tells the directions is the ratio of incomes (Lowry 1966, recalled). k, at least zero, and b are
fitted by least squares to the provinces' yearly net migration in the account up to the origin, b on a grid. Afterwards
incomes stand as in the last year known, births and deaths as in theirs, and the nation's people go on as over three
years. Zones have the shares of their province that the last census known gave them.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.indicators.areas import provinces
from jjj_sim.judging.targets import targets
from jjj_sim.laws.distance import AT_RANDOM, kilometres
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region import Region
from jjj_sim.validating import shift_share
from jjj_sim.validating.shift_share import MEMORY

F64 = NDArray[np.float64]

NAME = "gravity and shift-share"
# From the region's middle to where the rest of the nation lives [A].
OUTSIDE_KM = 1000.0
_DECAYS = np.arange(0.0, 3.01, 0.05)


class Law(NamedTuple):
    """The fitted law: `k` in 1/year, persons and km; decay `b`."""

    k: float
    b: float


class Place(NamedTuple):
    """What the law reads of a region as known at an origin.

    `km` (n_zones, n_zones); `apart` whether two zones lie in different provinces; `inside` (n_zones, n_provinces);
    `people` by year at the year's start (n_years + 1, n_zones), `net` (n_years, n_provinces) the account's, `income`
    (n_years, n_provinces) output per head over that of the rest of the nation; `rest` its people by year (n_years,);
    `natural` births less deaths a head in the last year (n_provinces,).
    """

    km: F64
    apart: NDArray[np.bool_]
    inside: F64
    people: F64
    net: F64
    income: F64
    rest: F64
    natural: F64


def net_flows(place: Place, people: F64, income: F64, rest: float, b: float) -> F64:
    """Return net migration by zone at k = 1 (n_zones,): of `people` by zone, under `income` by province, beside the
    people of the `rest` of the nation."""
    y = place.inside @ income
    ratio = y[None, :] / y[:, None]
    mass = np.where(place.apart, people[:, None] * people[None, :] / place.km**b, 0.0)
    outer = people * rest / OUTSIDE_KM**b * (y - 1.0 / y)
    return np.asarray((mass * (ratio - ratio.T)).sum(axis=0) + outer)


def fit(place: Place) -> Law:
    """Return the law that comes nearest to the account's net migration by province and year."""
    wanted, best = place.net.ravel(), (np.inf, Law(0.0, 0.0))
    for b in _DECAYS:
        years = zip(place.people[:-1], place.income, place.rest, strict=True)
        x = np.concatenate([net_flows(place, p, y, rest, b) @ place.inside for p, y, rest in years])
        k = max(float(x @ wanted / (x @ x)), 0.0) if x.any() else 0.0
        left = float(((wanted - k * x) ** 2).sum())
        if left < best[0]:
            best = left, Law(k, float(b))
    return best[1]


def forward(place: Place, law: Law, n_years: int) -> F64:
    """Return people by zone at the end of each of `n_years` after the account (n_years, n_zones)."""
    people, found = place.people[-1], []
    for _ in range(n_years):
        net = law.k * net_flows(place, people, place.income[-1], float(place.rest[-1]), law.b)
        people = np.maximum(people + net + place.inside @ place.natural * people, 0.0)
        found.append(people)
    return np.array(found).reshape(n_years, len(place.km))


def known(region: Region, origin: int) -> tuple[Place, int] | None:
    """Return what is known at an origin and the last year of the account; None where output is not published."""
    tables = region.tables(origin)
    account, nation = tables.people, tables.nation
    years = [y for y in account.net_migration.years if FIRST_YEAR <= y <= origin]
    inside = (region.inner_province[:, None] == np.arange(region.n_provinces)).astype(float)
    count = account.next_census if account.knows("next_census") else np.zeros(region.n_zones)
    base = count if (count > 0.0).all() else account.residents
    share = base / (inside @ (base @ inside))
    total, people = account.residents @ inside, []
    for year in years:
        people.append(total)
        natural = (account.birth_rate.held(year) - account.death_rate.held(year)) / 1000.0
        total = total * (1.0 + natural) + account.net_migration.of(year)
    people.append(total)
    output = [_gdp(region, y) for y in years]
    if not years or any(o is None for o in output):
        return None
    made, heads = np.array(output, dtype=float), np.array(people[1:])
    gdp = np.array([float(nation.gdp.held(y)) for y in years]) - made.sum(axis=1)
    rest = np.array([float(nation.population.held(y)) for y in years]) - heads.sum(axis=1)
    income = made / heads / (gdp / rest)[:, None]
    km = kilometres(region.lon, region.lat, region.area_km2, AT_RANDOM)
    apart = inside @ inside.T == 0.0
    net = np.array([account.net_migration.of(y) for y in years])
    by_zone = np.array(people) @ inside.T * share
    return Place(km, apart, inside, by_zone, net, income, rest, natural), years[-1]


@functools.cache
def fitted(region: Region, origin: int) -> tuple[Place, int, Law] | None:
    """Return what is known at an origin, the last year of the account, and the law fitted to it; None where not."""
    found = known(region, origin)
    return None if found is None else (*found, fit(found[0]))


def _gdp(region: Region, year: int) -> list[float] | None:
    """Return the published output of the provinces in a year, bn yuan; None where one is missing."""
    found = {
        t.area: t.value
        for t in targets(region)
        if t.variable == "gdp_nominal" and t.year == year and not t.article and t.value is not None
    }
    names = provinces(region)
    missing = len(names) < region.n_provinces or any(name not in found for name in names)
    return None if missing else [float(found[name] or 0.0) for name in names]


def gravity(region: Region, variable: str, area: str, origin: int, years: Sequence[int]) -> F64 | None:
    """Return people, GDP or GDP per head relative to the origin's, or real growth, in `years`; None where not asked."""
    if variable not in ("population", "gdp_nominal", "gdp_per_head", "gdp_real_growth"):
        return None
    found = fitted(region, origin)
    if found is None:
        return None
    place, last, law = found
    to_origin = origin - last
    ahead = forward(place, law, to_origin + max(years) - origin)
    people = np.vstack([place.people[-1], ahead])[to_origin:]
    at = [y - origin for y in years]
    inside = region.inside(area)
    here = people[:, inside].sum(axis=1)
    if variable == "population":
        return np.asarray(here[at] / here[0])
    parts = _output(region, area, origin, place, people)
    if parts is None:
        return None
    level, growth = parts
    if variable == "gdp_real_growth":
        return np.asarray(growth[at])
    return np.asarray(level[at] / (here[at] / here[0]) if variable == "gdp_per_head" else level[at])


def _output(region: Region, area: str, origin: int, place: Place, people: F64) -> tuple[F64, F64] | None:
    """Return GDP over the origin's and real growth in percent, by year from it, of an area of whole provinces."""
    names, n = provinces(region), len(people)
    mine = [p for p in range(region.n_provinces) if (region.inside(area) & (region.inner_province == p)).any()]
    whole = np.isin(region.inner_province, mine)
    gdp = _gdp(region, origin)
    if gdp is None or not np.array_equal(whole, region.inside(area)):
        return None
    nation = region.tables(origin).nation.population
    back = min(MEMORY, len(nation.times) - 1)
    more = float((nation.values[-1] / nation.values[-1 - back]) ** (1.0 / back)) if back else 1.0
    levels, growths = [], []
    for p in mine:
        found = shift_share.path(region, names[p], origin, range(origin + 1, origin + n))
        if found is None:
            return None
        heads = people @ place.inside[:, p]
        head = heads[1:] / heads[:-1] / more
        levels.append(gdp[p] * np.append(1.0, found.level * np.cumprod(head)))
        growths.append(np.append(np.nan, 100.0 * ((1.0 + found.growth / 100.0) * head - 1.0)))
    level = np.array(levels)
    before = level[:, :-1] / level[:, :-1].sum(axis=0)
    growth = np.append(np.nan, (before * np.array(growths)[:, 1:]).sum(axis=0))
    return level.sum(axis=0) / level[:, 0].sum(), growth
