"""What firms are founded and closed by: firm dynamics lives it, relocation and branching read it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class FirmTable(NamedTuple):
    """`entry` (n_zones, n_sectors) expected foundings; `refused` the same refused; `offset` o by cell; `closing`
    the chance that a branch closes; `subsidy` (n_zones,) utility that subsidy and tax holiday add to a zone for
    movers, `market` that of log market access; `drawn` (n_zones, n_zones, n_sectors) jobs founded there and not
    elsewhere in the province, from, to; `start_up` (n_zones,) founding subsidy due in all, yuan per yuan of a year's
    value added of what is founded; `young` the chance that an entrant closes, `small` what it pays of the tax on
    profit that others pay."""

    entry: NDArray[np.float64]
    refused: NDArray[np.float64]
    offset: NDArray[np.float64]
    closing: float
    subsidy: NDArray[np.float64]
    market: float
    drawn: NDArray[np.float64]
    start_up: NDArray[np.float64]
    young: float
    small: float
