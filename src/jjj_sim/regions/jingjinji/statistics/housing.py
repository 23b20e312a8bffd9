"""The housing stock by census: floor area by zone, 2010 and 2020."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import value


@functools.cache
def census(year: int) -> NDArray[np.float64]:
    """Return floor area by zone in m2 of the census of 2010 or 2020, in the borders of 2020."""
    people = {2010: "population_2020_borders", 2020: "population"}[year]
    return np.array(
        [
            value("zone_series", people, z, year) * value("zone_series", "housing_area_per_capita", z, year)
            for z in REGION.ids
        ]
    )


def housing(year: float) -> NDArray[np.float64]:
    """Return floor area by zone in m2 at a decimal year: log-linear between the censuses, held outside.

    Residents times area a head of family households; the borders of 2020 in both censuses.
    """
    late = float(np.clip((year - 2010.83) / 10.0, 0.0, 1.0))
    return np.asarray(census(2010) ** (1.0 - late) * census(2020) ** late)
