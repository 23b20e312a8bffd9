"""Arrivals from outside: candidate slots of each class, accepted with the chance that the class chooses the region."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.errors import BalanceError
from jjj_sim.laws.choice import G_FIRST
from jjj_sim.processes.migration_draw import FAMILY, U_FOLLOW, U_HAZARD
from jjj_sim.processes.migration_grant import book, entitled
from jjj_sim.processes.migration_table import MigrationTable
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.axes import AGE_BANDS, STREAMS
from jjj_sim.state.residents import MAX_AGE, NO_JOB
from jjj_sim.state.world import World

N_BANDS = len(AGE_BANDS)
# The streams of the law of migration: age band, and row of V.
BAND = np.array([AGE_BANDS.index(s.split()[0]) for s in STREAMS])
ROW = np.array([FAMILY, 0, 1, 2, 3, 3, FAMILY])
_SLOTS_PER_ARRIVAL = 6


def slots(expected: NDArray[np.float64], per_agent: int) -> NDArray[np.float64]:
    """Return the candidate slots of arrivals, agents by class, for the most `expected` of them in a quarter."""
    return np.ceil(_SLOTS_PER_ARRIVAL * expected / per_agent)


def admit(world: World, table: MigrationTable, draws: Draws) -> None:
    """Fill the candidate slots of arrivals from outside."""
    per_agent, n_zones = world.plan.residents_per_agent, world.region.n_zones
    slots = world.opening.slots.astype(np.int64)
    expected = table.arrivals.sum(axis=3)
    share = np.divide(expected, slots * per_agent, out=np.zeros_like(expected), where=slots > 0)
    if share.max() > 1.0:
        raise BalanceError(
            f"arrivals are {_SLOTS_PER_ARRIVAL * share.max():.1f} times those of the opening, more than "
            f"the {_SLOTS_PER_ARRIVAL} slots each; a pull of migration is out of range"
        )
    cells = np.repeat(np.arange(slots.size), slots.ravel())
    ordinal = np.arange(len(cells)) - np.repeat(np.cumsum(slots.ravel()) - slots.ravel(), slots.ravel())
    key = draws.child(cells.astype(np.uint64), ordinal.astype(np.uint64))
    accepted = np.flatnonzero(draws.uniform(key, U_HAZARD) < share.ravel()[cells])
    key, cell = key[accepted], cells[accepted]
    stream, education, origin = np.unravel_index(cell, slots.shape)
    value = table.utility[ROW[stream], education, origin] - table.queue + table.grant[ROW[stream], education]
    v = value[:, :n_zones] / table.dissimilarity
    zone = np.argmax(v + draws.gumbel(key, n_zones, G_FIRST), axis=1)
    band = BAND[stream]
    profile = world.opening.arrival_ages.cumsum(axis=1)
    age = np.empty(len(key), dtype=np.int64)
    for b in range(N_BANDS):
        here = band == b
        age[here] = np.searchsorted(profile[b], draws.uniform(key[here], U_FOLLOW)).clip(0, MAX_AGE)
    weight = np.full(len(key), per_agent, dtype=np.uint16)
    born = 4 * (world.year - FIRST_YEAR - age) + (key % np.uint64(4)).astype(np.int64)
    born = np.minimum(born, world.t)
    none = np.full(len(key), NO_JOB, dtype=np.uint8)
    world.flows.moves[n_zones, :n_zones] += np.bincount(zone, weights=weight, minlength=n_zones)
    np.add.at(world.flows.net_moves, (zone, education), weight)
    paid = entitled(world, education, age)
    book(world, np.bincount(zone[paid], weights=weight[paid], minlength=n_zones).astype(np.float64))
    world.residents.append(
        zone=zone.astype(np.uint8),
        origin=origin.astype(np.uint8),
        education=education.astype(np.uint8),
        work=none,
        sector=none,
        weight=weight,
        born=born.astype(np.int16),
        kin=key.astype(np.uint32),
        id=key,
    )
