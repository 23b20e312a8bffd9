"""The migration draw agent by agent, by the law of laws.choice: one kernel, and the same decision in plain NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws
from jjj_sim.kernels import njit, prange
from jjj_sim.laws.choice import A_FIRST, G_FIRST, choose
from jjj_sim.region.axes import BAND_STARTS, GROUP_STARTS, GROUPS
from jjj_sim.state.census import age_in
from jjj_sim.state.residents import N_AGES, Residents

if TYPE_CHECKING:
    from jjj_sim.processes.migration_table import MigrationTable

STAYS = 255
# Numbers of the draws a resident makes in a quarter's migration; those of the choice of place are in laws.choice.
U_HAZARD, U_FOLLOW, U_CONVERT = 0, 1, 3
_UNIT = 2.0**-53
# Row of V by which families choose, and by which somebody of an age does who decides alone, shape (n_ages,).
FAMILY = GROUPS.index("25-44")
ROW_OF_AGE = np.maximum(np.searchsorted(np.array(GROUP_STARTS), np.arange(N_AGES), side="right") - 1, 0)
# Who is younger goes with the family, and so do some from the second age on.
_CHILD, _OLD = GROUP_STARTS[0], BAND_STARTS[-1]


@njit(cache=True, inline="always")
def _share_of(ident: Any) -> Any:
    """Return a number in [0, 1) that a resident keeps for life, from its id with the lowest bit in front."""
    turned = (ident >> np.uint64(1)) | (ident << np.uint64(63))
    return np.float64(turned >> np.uint64(11)) * _UNIT


@njit(cache=True, parallel=True)
def destinations(
    kin: Any,
    ids: Any,
    zone: Any,
    education: Any,
    origin: Any,
    born: Any,
    year: int,
    hazard: Any,
    follow: float,
    with_family: float,
    utility: Any,
    moving: float,
    dissimilarity: float,
    queue: Any,
    grant: Any,
    province: Any,
    key: Any,
) -> Any:
    """Return each resident's new place, or STAYS. A mover's nested choice is one argmax, as in `laws.choice.choose`."""
    n = len(ids)
    target = np.full(n, STAYS, dtype=np.uint8)
    n_places = utility.shape[3]
    for a in prange(n):
        age = age_in(born[a], year)
        family = age < _CHILD or (age >= _OLD and _share_of(ids[a]) < with_family)
        row = FAMILY if family else ROW_OF_AGE[age]
        who = np.uint64(kin[a])
        k = education[a]
        if keyed.uniform(key, who, U_HAZARD) >= hazard[row, k]:
            continue
        if family and keyed.uniform(key, ids[a], U_FOLLOW) >= follow:
            continue
        i = zone[a]
        own = keyed.log_stable(key, who, A_FIRST, dissimilarity)
        other = keyed.log_stable(key, who, A_FIRST + 2, dissimilarity)
        best = -1e300
        place = i
        for j in range(n_places):
            v = utility[row, k, origin[a], j]
            g = keyed.gumbel(key, who, G_FIRST + j)
            if j == i:
                u = v + g
            elif j == n_places - 1:
                u = v - moving + g
            elif province[j] == province[i]:
                u = v - queue[j] - moving + dissimilarity * (own + g)
            else:
                u = v - queue[j] - moving + grant[row, k, j] + dissimilarity * (other + g)
            if u > best:
                best = u
                place = j
        if place != i:
            target[a] = place
    return target


@njit(cache=True, parallel=True)
def converts(ids: Any, zone: Any, origin: Any, chance: Any, province: Any, key: Any) -> Any:
    """Return who becomes local (hukou) this quarter: non-locals whose uniform falls below their zone's chance."""
    out = np.zeros(len(ids), dtype=np.bool_)
    for a in prange(len(ids)):
        if province[origin[a]] != province[zone[a]]:
            out[a] = keyed.uniform(key, ids[a], U_CONVERT) < chance[zone[a]]
    return out


def destinations_reference(
    residents: Residents, year: int, table: MigrationTable, province: NDArray[np.int64], draws: Draws
) -> NDArray[np.uint8]:
    """Return what `destinations` returns, in plain NumPy."""
    age = residents.age(year)
    turned = (residents.id >> np.uint64(1)) | (residents.id << np.uint64(63))
    family = (age < _CHILD) | ((age >= _OLD) & ((turned >> np.uint64(11)) * _UNIT < table.with_family))
    row = np.where(family, FAMILY, ROW_OF_AGE[age])
    who = residents.kin.astype(np.uint64)
    wakes = draws.uniform(who, U_HAZARD) < table.hazard[row, residents.education]
    wakes &= ~family | (draws.uniform(residents.id, U_FOLLOW) < table.follow)
    agents = np.flatnonzero(wakes)
    who, zone = who[agents], residents.zone[agents].astype(np.int64)
    v = table.utility[row[agents], residents.education[agents], residents.origin[agents]]
    value = v - table.queue - table.moving
    afar = province[zone][:, None] != province[None, :]
    value += afar * table.grant[row[agents], residents.education[agents]]
    here = np.arange(len(agents))
    value[here, zone] = v[here, zone]
    best = choose(value, zone, who, draws, table.dissimilarity, province)
    target = np.full(len(residents), STAYS, dtype=np.uint8)
    target[agents] = np.where(best == zone, STAYS, best)
    return target
