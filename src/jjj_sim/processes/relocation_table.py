"""What a firm's choice of zone is made by: relocation draws from it, relief and branching read its destinations."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class RelocationTable(NamedTuple):
    """`hazard` (n_sectors,) 1/quarter; `value` V (n_sectors, n_classes, n_places, n_places); `arriving` V of
    arriving from a zone, distance but not kappa_0 paid (n_sectors, n_zones, n_places); `subsidy` the part of it
    that is what zones offer, b_S S (n_places,); `dissimilarity` lambda; `offset` o by cell."""

    hazard: NDArray[np.float64]
    value: NDArray[np.float64]
    arriving: NDArray[np.float64]
    subsidy: NDArray[np.float64]
    dissimilarity: float
    offset: NDArray[np.float64]
