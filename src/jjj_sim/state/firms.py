"""Firms: weighted establishments as columns, and their expected counts in the twin.

A firm's size is kept relative to its cell (zone, sector): jobs L = exp(o + x), where the offset
o = ln(E - own account) - ln(sum w e^x) makes the firms' jobs agree with the labour outcome E exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.kernels import njit, prange
from jjj_sim.region.region import Region
from jjj_sim.state.columns import Column, Columns

N_BINS = 24
BIN_WIDTH = 0.8
BIN_CENTRES = (np.arange(N_BINS) - (N_BINS - 1) / 2) * BIN_WIDTH

SITE, BRANCH, NAMED, OFFER = 1, 2, 4, 8
"""A market site; a branch; a named institution; a unit offered in the new area. None is a legal unit."""

SIZE_BOUNDS = np.array([20.0, 100.0, 500.0])
"""Bounds of the four size classes of the location choice, jobs."""

WEIGHT_BOUNDS = np.array([20.0, 500.0])
"""Jobs at birth from which an establishment stands for fewer others."""

_CHUNKS = 4
_FIXED_POINT = 2.0**28


def birth_weights(residents_per_agent: int, region: Region) -> NDArray[np.float64]:
    """Return the weight at birth by size class (WEIGHT_BOUNDS), zone and sector, (3, n_zones, n_sectors).

    A fifth of `residents_per_agent` below 20 jobs, a hundredth from 20 jobs, 1 from 500; always 1 in the
    capital's listed sectors, whose firms relief takes one by one.
    """
    by_class = [max(1, round(residents_per_agent / 5)), max(1, round(residents_per_agent / 100)), 1]
    weights: NDArray[np.float64] = np.ones((3, region.n_zones, region.n_sectors)) * np.array(by_class)[:, None, None]
    for s in region.sector_roles["listed"]:
        weights[:, region.capital, s] = 1.0
    return weights


class Firms(Columns):
    """One row per weighted establishment."""

    layout: ClassVar[dict[str, Column]] = {
        "zone": Column("u1", "index", "zone of the establishment"),
        "birth_zone": Column("u1", "index", "zone where it was founded, of a branch its parent's zone"),
        "sector": Column("u1", "index", "sector"),
        "flags": Column("u1", "bits", "SITE, BRANCH, NAMED, OFFER; 0 for a legal unit"),
        "weight": Column("u2", "units", "establishments represented; fixed at birth"),
        "born": Column("i2", "quarter", "quarter of birth, 0 is 2013Q1"),
        "x": Column("f8", "log", "log size relative to its cell"),
        "id": Column("u8", "key", "key of every draw"),
    }

    zone: NDArray[np.uint8]
    birth_zone: NDArray[np.uint8]
    sector: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    weight: NDArray[np.uint16]
    born: NDArray[np.int16]
    x: NDArray[np.float64]
    id: NDArray[np.uint64]

    def rows(self, cells: NDArray[np.bool_], flags: int = 0) -> NDArray[np.int64]:
        """Return the rows in `cells` (n_zones, n_sectors) whose flags are exactly `flags`, ascending."""
        return np.asarray(_rows(self.zone, self.sector, self.flags, cells, flags))

    def count(self, power: float, shape: tuple[int, int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return legal units and their sum of w exp(power x), both by zone and sector, in `shape`.

        In whole numbers, what is behind the point in fixed point (2^-28) by itself: neither threads nor the order
        of rows change a bit, and a sum may pass 2^60.
        """
        parts = _count(self.zone, self.sector, self.flags, self.weight, self.x, power, shape).sum(axis=0)
        units, whole, behind = parts.reshape(3, *shape)
        return units.astype(np.float64), whole + behind / _FIXED_POINT

    def units(self, shape: tuple[int, int]) -> NDArray[np.float64]:
        """Return legal units by zone and sector, in `shape`; whole numbers."""
        return np.asarray(_units(self.zone, self.sector, self.flags, self.weight, shape), dtype=np.float64)


@njit(cache=True)
def _rows(zone: Any, sector: Any, flags: Any, cells: Any, wanted: int) -> Any:
    out = np.empty(len(zone), dtype=np.int64)
    n = 0
    for a in range(len(zone)):
        if flags[a] == wanted and cells[zone[a], sector[a]]:
            out[n] = a
            n += 1
    return out[:n].copy()


@njit(cache=True, parallel=True)
def _count(zone: Any, sector: Any, flags: Any, weight: Any, x: Any, power: float, shape: Any) -> Any:
    n = len(zone)
    n_zones, n_sectors = shape
    parts = np.zeros((_CHUNKS, 3, n_zones * n_sectors), dtype=np.int64)
    for c in prange(_CHUNKS):
        units, whole, behind = parts[c]
        for a in range(c * n // _CHUNKS, (c + 1) * n // _CHUNKS):
            if flags[a] == 0:
                cell = np.int64(zone[a]) * n_sectors + sector[a]
                units[cell] += weight[a]
                size = weight[a] * np.exp(power * x[a])
                whole[cell] += np.int64(size)
                behind[cell] += np.int64((size - np.floor(size)) * _FIXED_POINT)
    return parts


@njit(cache=True)
def _units(zone: Any, sector: Any, flags: Any, weight: Any, shape: Any) -> Any:
    units = np.zeros(shape, dtype=np.int64)
    for a in range(len(zone)):
        if flags[a] == 0:
            units[zone[a], sector[a]] += weight[a]
    return units


class FirmCounts:
    """Expected establishments of the twin: legal `units` by zone, sector and bin of x; `sites` by zone;
    `branches` by zone and sector.
    """

    def __init__(self, sizes: Mapping[str, int]) -> None:
        n_zones, n_sectors = sizes["zone"], sizes["sector"]
        self.units: NDArray[np.float64] = np.zeros((n_zones, n_sectors, N_BINS))
        self.sites: NDArray[np.float64] = np.zeros(n_zones)
        self.branches: NDArray[np.float64] = np.zeros((n_zones, n_sectors))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name (not copies)."""
        return {"units": self.units, "sites": self.sites, "branches": self.branches}


def to_bins(counts: NDArray[Any], shift: NDArray[Any] | float) -> NDArray[np.float64]:
    """Return `counts` (..., N_BINS) moved up by `shift` (broadcast) in x, split between two bins.

    The mean of exp(x), jobs, is kept exactly, except where the lattice ends.
    """
    position = np.arange(N_BINS) + np.asarray(shift, dtype=float) / BIN_WIDTH
    position = np.clip(np.broadcast_to(position, counts.shape), 0, N_BINS - 1)
    low = np.minimum(position.astype(np.int64), N_BINS - 2)
    high_share = np.expm1((position - low) * BIN_WIDTH) / np.expm1(BIN_WIDTH)
    moved = np.zeros(counts.shape)
    flat = moved.reshape(-1, N_BINS)
    row = np.arange(len(flat))[:, None]
    lows, shares = low.reshape(-1, N_BINS), high_share.reshape(-1, N_BINS)
    values = np.ascontiguousarray(counts).reshape(-1, N_BINS)
    np.add.at(flat, (row, lows), values * (1.0 - shares))
    np.add.at(flat, (row, lows + 1), values * shares)
    return moved


@njit(cache=True)
def add_shifted(joined: Any, counts: Any, shift: float) -> None:
    """Add `counts` (N_BINS,) moved up by `shift` in x to `joined` (N_BINS,), as `to_bins` splits them."""
    last = len(counts) - 1
    steps = shift / BIN_WIDTH
    whole = int(np.floor(steps))
    up = np.expm1((steps - whole) * BIN_WIDTH) / np.expm1(BIN_WIDTH)
    for b in range(last + 1):
        low = b + whole
        if low < 0:
            joined[0] += counts[b]
        elif low >= last:
            joined[last] += counts[b]
        else:
            joined[low] += counts[b] * (1.0 - up)
            joined[low + 1] += counts[b] * up


@njit(cache=True)
def join_bins(flow: Any, shift: Any) -> Any:
    """Return who joins (to, N_BINS), of `flow` (from, to, N_BINS) moved up by `shift` (from, to) in x."""
    joined = np.zeros((flow.shape[1], flow.shape[2]))
    for i in range(flow.shape[0]):
        for j in range(flow.shape[1]):
            add_shifted(joined[j], flow[i, j], shift[i, j])
    return joined
