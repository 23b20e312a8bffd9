"""Sector shares of jobs by zone over time, with an imputed path of farm work.

The censuses of 2010 and 2020 count farm work differently (Hebei .60 and .24 of the employed): the fall is
not labour moving. So each zone's farm share of 2020 is carried back and forward with the nation's [A],
imputed; the mix of the other sectors follows the censuses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics import national
from jjj_sim.regions.jingjinji.statistics.jobs import job_shares

_CENSUS = 2020.84


def jobs_path(time: float) -> NDArray[np.float64]:
    """Return sector shares of jobs, shape (n_zones, n_sectors), rows sum to one, at a decimal year."""
    census = job_shares(time)
    pace = national.farm_share(time) / national.farm_share(_CENSUS)
    farm = np.minimum(job_shares(_CENSUS)[:, 0] * pace, 0.95)
    shares = census * ((1.0 - farm) / (1.0 - census[:, 0]))[:, None]
    shares[:, 0] = farm
    return np.asarray(shares)
