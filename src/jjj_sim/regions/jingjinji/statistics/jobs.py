"""Where people work by census: sector shares of employed residents by zone, 2010 and 2020."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

CENSUSES = (2010.83, 2020.83)


@functools.cache
def census(year: int) -> NDArray[np.float64]:
    """Return sector shares of employed residents by census, shape (n_zones, n_sectors)."""
    shares = np.array(
        [[value("zone_series_2", f"emp_share_sector_{s}", z, year) for s in range(N_SECTORS)] for z in REGION.ids]
    )
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def job_shares(year: float) -> NDArray[np.float64]:
    """Return sector shares of employed residents, shape (n_zones, n_sectors), at a decimal year.

    Linear between the census of November 2010 and that of 2020, held outside. The path between is imputed
    [A]: farming in Hebei falls from 60 to 24 % of its employed, partly by definition. Jobs are by residence;
    universities stay in sector 8 and headquarters in sector 5, as published: the one published anchor, 3.098
    m jobs at headquarters firms and their branches in Beijing, exceeds all producer services there and says
    nothing of the headquarters alone. Splits of sectors 1 and 2, 4 and 6 are low in confidence.
    """
    first, last = CENSUSES
    late = float(np.clip((year - first) / (last - first), 0.0, 1.0))
    shares = (1.0 - late) * census(2010) + late * census(2020)
    assert shares.shape == (N_ZONES, N_SECTORS)
    return np.asarray(shares)
