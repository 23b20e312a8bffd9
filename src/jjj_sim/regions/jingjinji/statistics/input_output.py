"""The nation's input-output table of 2018 in the model's sectors, variant `advanced` (shared technology).

Direct requirements are value shares of gross output, competitive imports included. No provincial table is
stored anywhere: the three provinces share the nation's technology [A]. 2018 is the last table before the
epidemic with wholesale and retail apart.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS
from jjj_sim.regions.jingjinji.statistics.tables import frame

_BASE = 2018
_VARIANT = "advanced"


def _measure(year: int, measure: str) -> NDArray[np.float64]:
    """Return a measure of the table: (n_sectors,), or (from, to) for requirements."""
    table = frame("io_coefficients")
    rows = table[(table.table_year == year) & (table.variant == _VARIANT) & (table.measure == measure)]
    if measure == "direct_requirement":
        found = np.zeros((N_SECTORS, N_SECTORS))
        found[rows.from_sector.astype(int), rows.to_sector.astype(int)] = rows.value.astype(float)
        return found
    of = rows.from_sector if rows.from_sector.notna().all() else rows.to_sector
    vector = np.zeros(N_SECTORS)
    vector[of.astype(int)] = rows.value.astype(float)
    return vector


@functools.cache
def requirements() -> NDArray[np.float64]:
    """Return a_ss', what a yuan of gross output of s' (columns) buys of s (rows), shape (n_sectors, n_sectors)."""
    return _measure(_BASE, "direct_requirement")


@functools.cache
def value_added_ratio() -> NDArray[np.float64]:
    """Return value added over gross output, shape (n_sectors,): one less the column sums of `requirements`."""
    return np.asarray(1.0 - requirements().sum(axis=0))


@functools.cache
def production_taxes() -> NDArray[np.float64]:
    """Return net taxes on production over value added by sector, shape (n_sectors,); farming is subsidised."""
    return _measure(_BASE, "va_net_taxes") / _measure(_BASE, "value_added_ratio")


@functools.cache
def final_use(kind: str) -> NDArray[np.float64]:
    """Return the shares of sectors in `kind`: household_consumption, government_consumption, capital_formation."""
    shares = _measure(_BASE, f"{kind}_share")
    return np.asarray(shares / shares.sum())
