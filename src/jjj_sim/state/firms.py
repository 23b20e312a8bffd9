"""Firms: weighted establishments, their counts in the twin, and the size lattice both share."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_SECTORS, N_ZONES
from jjj_sim.state.columns import Column, Columns

N_BINS = 24
BIN_WIDTH = 0.8
BIN_CENTRES = (np.arange(N_BINS) - (N_BINS - 1) / 2) * BIN_WIDTH


class Firms(Columns):
    """One row a weighted establishment; see the columns for units and meaning."""

    layout: ClassVar[dict[str, Column]] = {
        "zone": Column("u1", "index", "zone of the establishment"),
        "birth_zone": Column("u1", "index", "zone where it was founded"),
        "came_from": Column("u1", "index", "zone at the opening of the quarter"),
        "sector": Column("u1", "index", "sector"),
        "flags": Column("u1", "bits", "site, branch, named, Xiong'an offer: see FLAG_*"),
        "weight": Column("u2", "units", "establishments represented; fixed at birth"),
        "born": Column("i2", "quarter", "quarter of birth, 0 is 2013Q1"),
        "x": Column("f4", "log", "log size relative to its cell: jobs = exp(o + x)"),
        "id": Column("u8", "key", "key of every draw"),
    }


class FirmCounts:
    """Expected establishments of the twin by zone, sector and bin of x."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {
            "units": np.zeros((N_ZONES, N_SECTORS, N_BINS)),
        }

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name (not copies)."""
        return self._arrays
