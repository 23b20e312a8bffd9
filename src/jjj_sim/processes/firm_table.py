"""What firms are founded and closed by: firm dynamics lives it, branching reads how branches close."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class FirmTable(NamedTuple):
    """`entry` (n_zones, n_sectors) expected foundings; `refused` the same refused; `offset` o by cell; `closing`
    the chance that a branch closes."""

    entry: NDArray[np.float64]
    refused: NDArray[np.float64]
    offset: NDArray[np.float64]
    closing: float
