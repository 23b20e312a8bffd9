"""What firms are founded and closed by: firm dynamics lives it, relocation and branching read it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class FirmTable(NamedTuple):
    """`entry` (n_zones, n_sectors) expected foundings; `refused` the same refused; `offset` o by cell; `closing`
    the chance that a branch closes; `subsidy` (n_zones,) utility that the subsidy adds to a zone, `market` that of
    log market access."""

    entry: NDArray[np.float64]
    refused: NDArray[np.float64]
    offset: NDArray[np.float64]
    closing: float
    subsidy: NDArray[np.float64]
    market: float
