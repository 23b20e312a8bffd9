"""Who works, and in which sector: participation by age band and the draw of a sector."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_SECTORS

# By age band of residents.AGE_BANDS; fixed, not estimated [R].
PARTICIPATION = np.array([0.0, 0.40, 0.90, 0.75, 0.25, 0.0])


def draw_sector(jobs: NDArray[Any], zone: NDArray[Any], u: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return a sector for people in `zone`, in proportion to `jobs` (n_zones, n_sectors), by uniforms `u`."""
    cumulative = np.cumsum(jobs / np.maximum(jobs.sum(axis=1, keepdims=True), 1e-9), axis=1)
    picked = (u[:, None] > cumulative[zone]).sum(axis=1)
    return np.asarray(np.minimum(picked, N_SECTORS - 1), dtype=np.uint8)
