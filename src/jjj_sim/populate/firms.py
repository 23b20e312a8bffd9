"""The opening firms, synthesised from the register.

Legal units by zone and sector = the province's register x the zone's share of the sector's jobs, at the end
of 2013 and taken back one year at the period's growth. Log size relative to the cell is normal with sd 2:
the largest 3,937 units of Beijing then hold a third of its jobs, of which its headquarters' 27.9 % are a part, and the
tail has an exponent of 1.3. Weights are fixed at birth: one fifth of `residents_per_agent` below 20 jobs, a hundredth
from 20 jobs, 1 from 500; Beijing's manufacturing, market sites and named institutions always 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from jjj_sim.draws import Draws
from jjj_sim.region.region import Region
from jjj_sim.region.topics.firms import Firms as Register
from jjj_sim.state.firms import (
    BIN_CENTRES,
    BIN_WIDTH,
    NAMED,
    SITE,
    WEIGHT_BOUNDS,
    Firms,
    birth_weights,
)
from jjj_sim.state.world import World

SIZE_SD = 2.0
# Wholesale markets and logistics centres of Beijing at the opening, sites [A]: the thousand relieved by 2024
# and those that stayed.
SITES = 1800


def opening_units(jobs: NDArray[Any], region: Region, register: Register) -> NDArray[np.float64]:
    """Return legal units by zone and sector at the opening, given jobs by zone and sector."""
    units = np.zeros(jobs.shape)
    for p in range(region.n_provinces):
        inside = region.inner_province == p
        share = jobs[inside] / np.maximum(jobs[inside].sum(axis=0), 1e-9)
        units[inside] = share * register.units_2013[p] * np.exp(-register.growth_2013[p])
    return units


def opening_sites(jobs: NDArray[Any], region: Region) -> NDArray[np.float64]:
    """Return market sites by zone at the opening: the capital's, as its jobs in wholesale and logistics."""
    (sector,) = region.sector_roles["markets"]
    trade = np.where(region.capital, jobs[:, sector], 0.0)
    return np.asarray(SITES * trade / trade.sum())


def offsets(units: NDArray[Any], firm_jobs: NDArray[Any]) -> NDArray[np.float64]:
    """Return o by cell for a normal x of SIZE_SD: ln of jobs a unit less half the variance."""
    mean = np.log(np.maximum(firm_jobs, 1e-6)) - np.log(np.maximum(units, 1e-6))
    return np.asarray(mean - SIZE_SD**2 / 2)


def fill_counts(world: World) -> None:
    """Set the expected firms of the opening."""
    jobs, counts, region = world.tables.jobs, world.firm_counts, world.region
    edges = np.append(BIN_CENTRES - BIN_WIDTH / 2, np.inf)
    edges[0] = -np.inf
    shape = np.diff(ndtr(edges / SIZE_SD))
    counts.units[...] = opening_units(jobs, region, world.data.firms)[:, :, None] * shape
    counts.sites[...] = opening_sites(jobs, region)


def sample_firms(world: World, firm_jobs: NDArray[Any]) -> Firms:
    """Return the opening's agents: each cell and size class stratified, keyed by cell and ordinal."""
    draws, region, jobs = Draws(world.seed, "populate_firms", 0), world.region, world.tables.jobs
    units = opening_units(jobs, region, world.data.firms)
    o = offsets(units, firm_jobs)
    bounds = (np.log(WEIGHT_BOUNDS)[:, None, None] - o) / SIZE_SD
    below = np.concatenate([np.zeros((1, *o.shape)), ndtr(bounds), np.ones((1, *o.shape))])
    weights = birth_weights(world.plan.residents_per_agent, region)
    expected = units * np.diff(below, axis=0) / weights
    keys = np.arange(expected.size, dtype=np.uint64).reshape(expected.shape)
    number = np.floor(expected + draws.uniform(keys)).astype(np.int64)
    cell = np.repeat(np.arange(expected.size), number.ravel())
    ordinal = np.arange(len(cell)) - np.repeat(np.cumsum(number.ravel()) - number.ravel(), number.ravel())
    size_class, zone, sector = np.unravel_index(cell, expected.shape)
    ids = draws.child(cell.astype(np.uint64), ordinal.astype(np.uint64))
    spread = (ordinal + draws.uniform(ids, 1)) / number.ravel()[cell]
    first, last = below[size_class, zone, sector], below[size_class + 1, zone, sector]
    x = SIZE_SD * ndtri(np.clip(first + spread * (last - first), 1e-12, 1 - 1e-12))
    firms: Firms = Firms.of(
        zone=zone.astype(np.uint8),
        birth_zone=zone.astype(np.uint8),
        sector=sector.astype(np.uint8),
        flags=np.zeros(len(cell), dtype=np.uint8),
        weight=weights.ravel()[cell].astype(np.uint16),
        born=np.full(len(cell), -1, dtype=np.int16),
        x=x,
        id=ids,
    )
    _add_sites(firms, opening_sites(jobs, region), draws, *region.sector_roles["markets"])
    named, (named_sector,) = world.policy.moves, region.sector_roles["named"]
    _special(
        firms,
        np.array([n.origin for n in named], dtype=np.int64),
        named_sector,
        NAMED,
        np.array([n.id for n in named], dtype=np.uint64),
    )
    return firms


def _add_sites(firms: Firms, expected: NDArray[np.float64], draws: Draws, sector: int) -> None:
    """Add the capital's market sites, whole numbers by largest remainder."""
    number = np.floor(expected).astype(np.int64)
    number[np.argsort(number - expected, kind="stable")[: SITES - number.sum()]] += 1
    ids = draws.child(np.full(SITES, 2**40, dtype=np.uint64), np.arange(SITES, dtype=np.uint64))
    _special(firms, np.repeat(np.arange(len(number)), number), sector, SITE, ids)


def _special(firms: Firms, zone: NDArray[np.int64], sector: int, flag: int, ids: NDArray[np.uint64]) -> None:
    """Append units of weight 1 that are no legal units."""
    n = len(zone)
    firms.append(
        zone=zone.astype(np.uint8),
        birth_zone=zone.astype(np.uint8),
        sector=np.full(n, sector, dtype=np.uint8),
        flags=np.full(n, flag, dtype=np.uint8),
        weight=np.ones(n, dtype=np.uint16),
        born=np.full(n, -1, dtype=np.int16),
        x=np.zeros(n),
        id=ids,
    )
