"""The one-off inversion of migration: amenities and origin pulls from published net flows.

Find zeta (zone by age group) and kappa (home province by province of residence, non-local groups only) so
that, with the opening population and the driven terms at their mean over the window,

    in_ja - out_ja = net_ja         for every zone and age group
    in_gp - out_gp = net_gp         for every home province g and other province p

by block steps  delta = (out + net - in) / (in + out) from a level start, then by Powell's hybrid method on
the same relative gaps. Where that does not settle, by `laws.descent`: in - out is the slope of expected utility.

The net flows are the residual account of the provinces (published population change less natural increase), split
by zone and age with the census survival table, children and co-resident elders with their families, and each province's
total closed by a shift. The stocks of non-locals grow as published. What a single year had beyond the window is xi, a
pull by zone, found while history is lived (`migration_account`). As of a year before the second census
neither split nor growth was known: see `net_by_group` and `net_by_origin` for what stands in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root

from jjj_sim.errors import BalanceError
from jjj_sim.laws.choice import choice_probabilities
from jjj_sim.laws.descent import descend
from jjj_sim.processes.city_air import zone_means
from jjj_sim.processes.migration_draw import FAMILY
from jjj_sim.processes.migration_limits import newcomers, require_movers
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.table import Series
from jjj_sim.region.topics.people import People
from jjj_sim.state.world import World

_SWEEPS, _OPEN_PERSONS = 40, 1.0
# Of those who reconsider in a year, who leave on balance at most.
_MOST_LOST = 0.8


class Flows:
    """Expected yearly flows at fixed utilities.

    `people` (n_bands, n_zones, n_education, n_origins), `pool` (n_bands, n_education, n_origins) and
    `leave` (n_bands, n_groups, n_education), the chance a quarter to reconsider by row of V; `province` (n_places,).
    """

    def __init__(
        self, people: NDArray[Any], pool: NDArray[Any], leave: NDArray[Any], province: NDArray[np.int64]
    ) -> None:
        # What moves by row g of V: persons who reconsider a year, by place now.
        wakes = np.zeros((leave.shape[1], leave.shape[2], people.shape[3], len(province)))
        wakes[..., :-1] = 4.0 * np.einsum("bgk,bzko->gkoz", leave, people)
        wakes[..., -1] = 4.0 * np.einsum("bgk,bko->gko", leave, pool)
        self.wakes, self.province = wakes, province

    def moving(self, utility: NDArray[Any], cost: float, dissimilarity: float) -> NDArray[np.float64]:
        """Return yearly movers (n_groups, n_origins, from, to), staying excluded."""
        p = choice_probabilities(utility, cost, dissimilarity, self.province)
        i = np.arange(len(self.province))
        p[..., i, i] = 0.0
        return np.asarray(np.einsum("gkoi,gkoij->goij", self.wakes, p, optimize=True))

    def expected(self, utility: NDArray[Any], cost: float, dissimilarity: float) -> float:
        """Return the expected best utility of those who reconsider, summed: that of staying less ln P(stay)."""
        p = choice_probabilities(utility, cost, dissimilarity, self.province)
        stays = np.maximum(np.diagonal(p, axis1=-2, axis2=-1), 1e-300)
        return float((self.wakes * (utility - np.log(stays))).sum())

    def by_group(self) -> NDArray[np.float64]:
        """Return who reconsiders in a year inside the region, (n_zones, n_groups)."""
        return np.asarray(self.wakes[..., :-1].sum(axis=(1, 2)).T)

    def everybody(self, homes: NDArray[Any]) -> NDArray[np.float64]:
        """Return who reconsiders in a year by home province and province, `homes` (n_places, n_homes) one of each."""
        return np.asarray(np.einsum("gkoi,oh,ip->hp", self.wakes, homes, homes, optimize=True))


def invert(
    flows: Flows,
    base: NDArray[Any],
    *,
    moving: float,
    dissimilarity: float,
    net: NDArray[Any],
    net_by_origin: NDArray[Any],
    names: Sequence[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return zeta (n_groups, n_places) and kappa (n_homes, n_places).

    `base` is V without them; `net` (n_zones, n_groups) persons a year by row of V,
    dependants included; `net_by_origin` (n_homes, n_provinces) persons a year, used off the diagonal; `names` of the
    zones. Raises BalanceError when nobody could move so: too few reconsider, or two targets contradict each other.
    """
    province = flows.province
    require_movers(net, flows.wakes, names)
    net_by_origin = newcomers(net_by_origin, net, flows.wakes, province)
    (n_zones, n_groups), (n_homes, n_provinces) = net.shape, net_by_origin.shape
    free = ~np.eye(n_homes, n_provinces, dtype=bool)
    home = np.eye(n_homes)[province]
    inside = home[:, :n_provinces]
    own = np.arange(n_provinces)

    def unpack(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        zeta = np.zeros((n_groups, len(province)))
        zeta[:, :n_zones] = x[: n_groups * n_zones].reshape(n_groups, n_zones)
        pulls = np.zeros((n_homes, n_provinces))
        pulls[free] = x[n_groups * n_zones :]
        return zeta, pulls @ inside.T

    def utility(x: NDArray[np.float64]) -> NDArray[np.float64]:
        zeta, kappa = unpack(x)
        return np.asarray(base + zeta[:, None, None, :] + (home @ kappa)[None, None])

    def gaps(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return open persons a year, and the same relative to gross flows."""
        moves = flows.moving(utility(x), moving, dissimilarity)
        into, out = moves.sum(axis=(1, 2))[:, :n_zones], moves.sum(axis=(1, 3))[:, :n_zones]
        by_home = np.einsum("goij,oh,ip,jq->hpq", moves, home, home, home, optimize=True)
        cross_in = by_home.sum(axis=1)[:, :n_provinces] - by_home[:, own, own]
        cross_out = by_home.sum(axis=2)[:, :n_provinces] - by_home[:, own, own]
        missing = np.append((net.T - into + out).ravel(), (net_by_origin - cross_in + cross_out)[free])
        gross = np.append((into + out).ravel(), (cross_in + cross_out)[free])
        return missing, missing / gross

    start = np.zeros(n_groups * n_zones + int(free.sum()))
    start[: n_groups * n_zones] = -_level(base, flows.wakes)
    x = start.copy()
    for _ in range(_SWEEPS):
        x += np.clip(gaps(x)[1], -0.5, 0.5)
    x = np.asarray(root(lambda at: gaps(at)[1], x, method="hybr", options={"xtol": 1e-10}).x)
    if not np.abs(gaps(x)[0]).max() <= _OPEN_PERSONS:
        there = np.append(
            net.T + flows.wakes.sum(axis=(1, 2))[:, :n_zones],
            (net_by_origin + flows.everybody(home)[:, :n_provinces])[free],
        )
        x = descend(
            lambda at: flows.expected(utility(at), moving, dissimilarity) - float(there @ at),
            lambda at: -gaps(at)[0],
            start,
            _OPEN_PERSONS / 100.0,
        )
    worst = float(np.abs(gaps(x)[0]).max())
    if not worst <= _OPEN_PERSONS:
        raise BalanceError(f"the inversion of migration did not settle: {worst:.0f} persons a year are open")
    return unpack(x)


def invert_year(
    flows: Flows,
    base: NDArray[Any],
    net: NDArray[np.float64],
    member: NDArray[np.float64],
    *,
    moving: float,
    dissimilarity: float,
) -> NDArray[np.float64]:
    """Return xi (n_groups,), added to the utility of each group of zones so that its net flow is `net`.

    `base` is V with zeta and kappa and the drivers of the year; `net` (n_groups,) persons a year; `member` (n_zones,
    n_groups) is 1 where a zone belongs to a group. BalanceError when it does not settle.
    """

    def gaps(xi: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return open persons a year, and the same relative to gross flows."""
        utility = base.copy()
        utility[..., :-1] += member @ xi
        moves = flows.moving(utility, moving, dissimilarity).sum(axis=(0, 1))
        into, out = (moves.sum(axis=axis)[:-1] @ member for axis in (0, 1))
        return into - out - net, (into - out - net) / (into + out)

    xi = np.asarray(root(lambda at: gaps(at)[1], np.zeros(len(net)), method="hybr", options={"xtol": 1e-10}).x)
    worst = float(np.abs(gaps(xi)[0]).max())
    if worst > _OPEN_PERSONS:
        raise BalanceError(f"the account of a year did not settle: {worst:.0f} persons a year are open")
    return xi


def _level(base: NDArray[Any], wakes: NDArray[Any]) -> float:
    """Return how much better the zones are than the world outside on average, for the start of the search."""
    ahead = base[..., :-1].max(axis=-1) - base[..., -1]
    pool = wakes[..., -1]
    return float((ahead * pool).sum() / pool.sum()) + 6.0


def net_by_group(
    published: People,
    wakes: NDArray[Any],
    province: NDArray[np.int64],
    years: tuple[int, int],
    *,
    children: float,
) -> NDArray[np.float64]:
    """Return target net migration (n_zones, n_groups), persons a year, dependants with the family group.

    Adults by zone and age from the census decade, nothing where it was not counted yet; `children` follow each adult
    of the family group; then each province is shifted, in proportion to who reconsiders (`wakes`, n_zones, n_groups),
    so that its total is the residual account of the first to the last of `years`. Where more would be lost on balance
    than `_MOST_LOST` of who reconsiders, others of the province are lost instead. `province` (n_zones,).
    """
    net = published.decade_net.copy() if published.knows("decade_net") else np.zeros(wakes.shape)
    net[:, FAMILY] *= 1.0 + children
    for p, total in enumerate(mean_net(published, years)):
        inside = province == p
        net[inside] += (total - net[inside].sum()) * wakes[inside] / wakes[inside].sum()
        most = -_MOST_LOST * wakes[inside]
        kept = np.maximum(net[inside], most)
        room = kept - most
        net[inside] = kept + (total - kept.sum()) * room / room.sum()
    return net


def mean_net(published: People, years: tuple[int, int]) -> NDArray[np.float64]:
    """Return published net migration by province, persons a year on average from the first to the last of `years`."""
    first, last = years
    by_year = [published.net_migration.of(year) for year in range(first, last + 1)]
    return np.asarray(sum(by_year) / (last - first + 1))


def net_by_origin(
    published: People,
    people: NDArray[Any],
    province: NDArray[np.int64],
    years: tuple[int, int],
    conversions: NDArray[Any],
    increase: float,
) -> NDArray[np.float64]:
    """Return target net inflow by home province and province of residence, (n_homes, n_provinces), persons a year.

    Each non-local stock grows at the published rate of all non-locals there; what `conversions` of hukou (by
    province, persons a year) take and what natural `increase` (1/year) gives is made up by migration. Where the
    second census has not counted them yet, who comes on balance of `years` is not local, and stocks do not fall: what
    a province loses are its own people. `people` is the census, `province` (n_places,).
    """
    n_homes, n_provinces, by_origin = int(province.max()) + 1, len(conversions), people.sum(axis=(1, 3))
    stock = np.zeros((n_homes, n_provinces))
    for p in range(n_provinces):
        inside = province[:-1] == p
        stock[:, p] = np.bincount(province, weights=by_origin[inside].sum(axis=0), minlength=n_homes)
    others = ~np.eye(n_homes, n_provinces, dtype=bool)
    total = (stock * others).sum(axis=0)
    share = stock / np.maximum(total, 1.0)
    if not published.knows("migrant_growth"):
        return np.asarray(others * share * np.maximum(mean_net(published, years), conversions - increase * total))
    converted = conversions * stock / np.maximum(total, 1.0)
    return np.asarray(others * (stock * (published.migrant_growth - increase) + converted))


def dirtier(world: World, span: tuple[int, int] | None = None) -> NDArray[np.float64]:
    """Return PM2.5 by zone less the region's of the opening as the nation's cities have cleaned it, ug/m3.

    Of the quarter; with `span`, published means over the years of these quarters, first and last.
    """
    if span is None:
        return np.asarray(world.tables.pm25_year - world.opening.air * world.tables.outside_pm25_factor)
    air, nation, people = world.data.air, world.data.nation.pm25, world.population
    years = range(*(FIRST_YEAR + t // 4 for t in (span[0], span[1] + 4)))
    here = np.mean([zone_means(world.region, air, year, people) for year in years], axis=0)
    return np.asarray(here - world.opening.air * np.mean([float(nation.held(year)) for year in years]))


def mean_log_growth(floor_area: Series, first: int, last: int) -> NDArray[np.float64]:
    """Return the mean over quarters `first`..`last` of ln(H / H_2013) on the census path, by zone."""
    years = FIRST_YEAR + np.arange(first, last + 1) / 4.0
    opening = floor_area.along(float(FIRST_YEAR))
    return np.asarray(np.mean([np.log(floor_area.along(year) / opening) for year in years], axis=0))
