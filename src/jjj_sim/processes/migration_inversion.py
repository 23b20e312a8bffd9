"""The one-off inversion of migration: amenities and origin pulls from published net flows.

Find zeta (zone by age group) and kappa (home province by province of residence, non-local groups only) so
that, with the opening population and the driven terms at their mean over the window,

    in_ja - out_ja = net_ja         for every zone and age group
    in_gp - out_gp = net_gp         for every home province g and other province p

by block steps  delta = (out + net - in) / (in + out), which converge in some fifty sweeps; log-ratio
contraction cycles once the moving cost passes 2. The net flows are the residual account (published
population change less natural increase), split by zone and age with the census survival table; children
and co-resident elders move with their families, and the adults' targets are shifted so that each
province's total closes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import BalanceError
from jjj_sim.evidence.geography import GEOGRAPHY, ROC
from jjj_sim.evidence.migration import decade_net_by_group, migrant_growth, residual_net_migration
from jjj_sim.processes.nested_logit import choice_probabilities

# PROVINCE_LOCAL[o, j]: home zone o is local (hukou) in place j.
PROVINCE_LOCAL = GEOGRAPHY.province[:, None] == GEOGRAPHY.province[None, :]
_SWEEPS, _OPEN_PERSONS = 400, 1.0
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
        p = choice_probabilities(utility, cost, dissimilarity)
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
    zeta = np.zeros((base.shape[0], ROC + 1))
    kappa = np.zeros((4, ROC + 1))
    home = np.eye(4)[GEOGRAPHY.province]
    gap = np.inf
    for _ in range(_SWEEPS):
        utility = base + zeta[:, None, None, :] + (home @ kappa)[None, None]
        moves = flows.moving(utility, moving, dissimilarity)
        into, out = moves.sum(axis=(1, 2))[:, :ROC].T, moves.sum(axis=(1, 3))[:, :ROC].T
        step = (out + net - into) / (into + out)
        zeta[:, :ROC] += np.clip(step, -0.5, 0.5).T
        by_home = np.einsum("goij,oh->hij", moves, home)
        for p in range(3):
            inside = GEOGRAPHY.province == p
            cross_in = by_home[:, ~inside][:, :, inside].sum(axis=(1, 2))
            cross_out = by_home[:, inside][:, :, ~inside].sum(axis=(1, 2))
            move = (cross_out + net_by_origin[:, p] - cross_in) / (cross_in + cross_out)
            move[p] = 0.0
            kappa[:, inside] += np.clip(move, -0.5, 0.5)[:, None]
            others = np.arange(4) != p
            gap_origin = np.abs(cross_in - cross_out - net_by_origin[:, p])[others].max()
            gap = gap_origin if p == 0 else max(gap, gap_origin)
        gap = max(gap, float(np.abs(into - out - net).max()))
        if gap < _OPEN_PERSONS:
            break
    else:
        raise BalanceError(f"the inversion of migration did not settle: {gap:.0f} persons a year are open")
    return zeta, kappa


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
