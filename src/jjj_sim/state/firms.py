"""Firms: weighted establishments as columns, and their expected counts in the twin.

A firm's size is kept relative to its cell (zone, sector): jobs L = exp(o + x), where the offset
o = ln(E - own account) - ln(sum w e^x) makes the firms' jobs agree with the labour outcome E exactly.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_SECTORS, N_ZONES
from jjj_sim.state.columns import Column, Columns

N_BINS = 24
BIN_WIDTH = 0.8
BIN_CENTRES = (np.arange(N_BINS) - (N_BINS - 1) / 2) * BIN_WIDTH

SITE, BRANCH, NAMED, OFFER = 1, 2, 4, 8
"""A market site; a branch; a named institution; a unit offered in Xiong'an. None is a legal unit."""

SIZE_BOUNDS = np.array([20.0, 100.0, 500.0])
"""Bounds of the four size classes of the location choice, jobs."""

BRANCHING_SECTORS = (2, 5, 7, 8)
"""Sectors whose Beijing firms open branches elsewhere."""


class Firms(Columns):
    """One row a weighted establishment."""

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

    def cell(self) -> NDArray[np.int64]:
        """Return zone x sector as one index."""
        return self.zone.astype(np.int64) * N_SECTORS + self.sector

    def by_cell(self, weights: NDArray[Any]) -> NDArray[np.float64]:
        """Return `weights` summed by zone and sector, in row order."""
        total = np.bincount(self.cell(), weights=weights, minlength=N_ZONES * N_SECTORS)
        return np.asarray(total.reshape(N_ZONES, N_SECTORS))


class FirmCounts:
    """Expected establishments of the twin: legal `units` by zone, sector and bin of x; `sites` by zone;
    `branches` by zone and sector.
    """

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {
            "units": np.zeros((N_ZONES, N_SECTORS, N_BINS)),
            "sites": np.zeros(N_ZONES),
            "branches": np.zeros((N_ZONES, N_SECTORS)),
        }

    def __getattr__(self, name: str) -> NDArray[Any]:
        try:
            array: NDArray[Any] = self.__dict__["_arrays"][name]
        except KeyError:
            raise AttributeError(name) from None
        return array

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name (not copies)."""
        return self._arrays


def to_bins(counts: NDArray[Any], shift: NDArray[Any] | float) -> NDArray[np.float64]:
    """Return `counts` (..., N_BINS) moved up by `shift` (broadcast) in x, split between two bins.

    The mean of x is kept exactly, except where the lattice ends.
    """
    position = np.arange(N_BINS) + np.asarray(shift, dtype=float) / BIN_WIDTH
    position = np.clip(np.broadcast_to(position, counts.shape), 0, N_BINS - 1)
    low = np.minimum(position.astype(np.int64), N_BINS - 2)
    high_share = position - low
    moved = np.zeros(counts.shape)
    flat = moved.reshape(-1, N_BINS)
    row = np.arange(len(flat))[:, None]
    lows, shares = low.reshape(-1, N_BINS), high_share.reshape(-1, N_BINS)
    values = np.ascontiguousarray(counts).reshape(-1, N_BINS)
    np.add.at(flat, (row, lows), values * (1.0 - shares))
    np.add.at(flat, (row, lows + 1), values * shares)
    return moved
