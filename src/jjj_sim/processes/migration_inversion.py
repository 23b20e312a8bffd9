"""The one-off inversion of migration: amenities and origin pulls from published net flows.

Find zeta (zone by age group) and kappa (home province by province of residence, non-local groups only) so
that, with the opening population and the driven terms at their mean over the window,

    in_ja - out_ja = net_ja         for every zone and age group
    in_gp - out_gp = net_gp         for every home province g and other province p

by block steps  delta = (out + net - in) / (in + out) from a level start, then by Powell's hybrid method on
the same relative gaps (log-ratio contraction cycles once the moving cost passes 2, and the block steps alone
crawl where many origins share a zone). The net flows are the residual account (published
population change less natural increase), split by zone and age with the census survival table; children
and co-resident elders move with their families, and the adults' targets are shifted so that each
province's total closes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import root

from jjj_sim.errors import BalanceError
from jjj_sim.evidence.air import zone_pm25
from jjj_sim.evidence.geography import GEOGRAPHY, ROC
from jjj_sim.evidence.housing import housing
from jjj_sim.evidence.migration import decade_net_by_group, migrant_growth, residual_net_migration
from jjj_sim.laws.choice import choice_probabilities

# PROVINCE_LOCAL[o, j]: home zone o is local (hukou) in place j.
PROVINCE_LOCAL = GEOGRAPHY.province[:, None] == GEOGRAPHY.province[None, :]
_SWEEPS, _OPEN_PERSONS = 40, 1.0
# Children who move with each net adult of 25-44 [A]; natural increase of non-locals a year [A]; the ages
# over which a province's shift is spread [A].
_CHILDREN = 0.35
_NATURAL = 0.008
_SHIFT = np.array([0.2, 0.5, 0.2, 0.1])


class Flows:
    """Expected yearly flows at fixed utilities.

    `people` (n_bands, n_zones, n_education, n_origins), `pool` (n_bands, n_education, n_origins) and
    `leave` (n_bands, n_groups, n_education), the chance a quarter to reconsider by row of V.
    """

    def __init__(self, people: NDArray[Any], pool: NDArray[Any], leave: NDArray[Any]) -> None:
        # What moves by row g of V: persons who reconsider a year, by place now.
        wakes = np.zeros((leave.shape[1], leave.shape[2], people.shape[3], ROC + 1))
        wakes[..., :ROC] = 4.0 * np.einsum("bgk,bzko->gkoz", leave, people)
        wakes[..., ROC] = 4.0 * np.einsum("bgk,bko->gko", leave, pool)
        self.wakes = wakes

    def moving(self, utility: NDArray[Any], cost: float, dissimilarity: float) -> NDArray[np.float64]:
        """Return yearly movers (n_groups, n_origins, from, to), staying excluded."""
        p = choice_probabilities(utility, cost, dissimilarity, GEOGRAPHY.province)
        i = np.arange(ROC + 1)
        p[..., i, i] = 0.0
        return np.asarray(np.einsum("gkoi,gkoij->goij", self.wakes, p, optimize=True))


def invert(
    people: NDArray[Any],
    pool: NDArray[Any],
    base: NDArray[Any],
    *,
    leave: NDArray[Any],
    moving: float,
    dissimilarity: float,
    net: NDArray[Any],
    net_by_origin: NDArray[Any],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return zeta (n_groups, n_places) and kappa (4 home provinces, n_places).

    `base` is V without them; `net` (n_zones, n_groups) persons a year by row of V, dependants included;
    `net_by_origin` (4, 3) persons a year, used off the diagonal. Raises BalanceError when the steps do not
    settle, which no bounds of the parameters allow.
    """
    flows = Flows(people, pool, leave)
    n_groups = base.shape[0]
    free = ~np.eye(4, 3, dtype=bool)
    home = np.eye(4)[GEOGRAPHY.province]
    inside = np.eye(4)[GEOGRAPHY.province][:, :3]

    def unpack(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        zeta = np.zeros((n_groups, ROC + 1))
        zeta[:, :ROC] = x[: n_groups * ROC].reshape(n_groups, ROC)
        pulls = np.zeros((4, 3))
        pulls[free] = x[n_groups * ROC :]
        return zeta, pulls @ inside.T

    def gaps(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return open persons a year, and the same relative to gross flows."""
        zeta, kappa = unpack(x)
        utility = base + zeta[:, None, None, :] + (home @ kappa)[None, None]
        moves = flows.moving(utility, moving, dissimilarity)
        into, out = moves.sum(axis=(1, 2))[:, :ROC], moves.sum(axis=(1, 3))[:, :ROC]
        by_home = np.einsum("goij,oh,ip,jq->hpq", moves, home, home, home, optimize=True)
        cross_in = by_home.sum(axis=1)[:, :3] - by_home[:, range(3), range(3)]
        cross_out = by_home.sum(axis=2)[:, :3] - by_home[:, range(3), range(3)]
        missing = np.append((net.T - into + out).ravel(), (net_by_origin - cross_in + cross_out)[free])
        gross = np.append((into + out).ravel(), (cross_in + cross_out)[free])
        return missing, missing / gross

    x = np.zeros(n_groups * ROC + int(free.sum()))
    x[: n_groups * ROC] = -_level(base, flows.wakes)
    for _ in range(_SWEEPS):
        x += np.clip(gaps(x)[1], -0.5, 0.5)
    x = np.asarray(root(lambda at: gaps(at)[1], x, method="hybr", options={"xtol": 1e-10}).x)
    worst = float(np.abs(gaps(x)[0]).max())
    if worst > _OPEN_PERSONS:
        raise BalanceError(f"the inversion of migration did not settle: {worst:.0f} persons a year are open")
    return unpack(x)


def _level(base: NDArray[Any], wakes: NDArray[Any]) -> float:
    """Return how much better the zones are than the rest of China on average, for the start of the search."""
    ahead = base[..., :ROC].max(axis=-1) - base[..., ROC]
    pool = wakes[..., ROC]
    return float((ahead * pool).sum() / pool.sum()) + 6.0


def net_by_group(population: NDArray[Any], first: int, last: int) -> NDArray[np.float64]:
    """Return target net migration (n_zones, n_groups), persons a year, dependants with the family group.

    Adults by zone and age from the census decade; children follow the adults of 25-44 (`_CHILDREN` a head);
    then each province is shifted, in proportion to people, so that its total is the residual account.
    """
    net = decade_net_by_group().copy()
    net[:, 1] *= 1.0 + _CHILDREN
    for p, total in enumerate(residual_net_migration(first, last)):
        inside = GEOGRAPHY.province[:ROC] == p
        share = population[inside] / population[inside].sum()
        net[inside] += (total - net[inside].sum()) * share[:, None] * _SHIFT
    return net


def net_by_origin(people: NDArray[Any], conversions: tuple[float, float, float]) -> NDArray[np.float64]:
    """Return target net inflow by home province and province of residence, shape (4, 3), persons a year.

    Each non-local stock grows at the published rate of all non-locals there; what hukou conversion takes
    and what natural increase (`_NATURAL`) gives is made up by migration.
    """
    stock = np.zeros((4, 3))
    by_origin = people.sum(axis=(1, 3))
    for p in range(3):
        inside = GEOGRAPHY.province[:ROC] == p
        stock[:, p] = np.bincount(GEOGRAPHY.province, weights=by_origin[inside].sum(axis=0), minlength=4)
    others = ~np.eye(4, 3, dtype=bool)
    total = (stock * others).sum(axis=0)
    converted = np.asarray(conversions) * stock / np.maximum(total, 1.0)
    return np.asarray(others * (stock * (migrant_growth() - _NATURAL) + converted))


def mean_pm25(population: NDArray[np.float64], first: int, last: int) -> NDArray[np.float64]:
    """Return the published PM2.5 by zone, mean over the years of quarters `first`..`last`, ug/m3."""
    return np.asarray(np.mean([zone_pm25(y, population) for y in range(2013 + first // 4, 2014 + last // 4)], axis=0))


def mean_log_growth(first: int, last: int) -> NDArray[np.float64]:
    """Return the mean over quarters `first`..`last` of ln(H / H_2013) on the census path, by zone."""
    years = 2013 + np.arange(first, last + 1) / 4.0
    return np.asarray(np.mean([np.log(housing(y) / housing(2013.0)) for y in years], axis=0))
