"""The homes that are known: by census, or where one census alone was known yet, as all had grown since it.

Before a second census nobody knows by zone how much is built. Each zone then has its homes of the opening, and they
grow to the end of the year of knowledge as the whole region's had grown from the census to the opening.
"""

from __future__ import annotations

import numpy as np

from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.data import Data
from jjj_sim.region.table import Series


def home_path(known: Data) -> Series:
    """Return floor area by zone, m2, at the times between which it grows evenly."""
    census, opening = known.homes.floor_area, known.homes.opening_area
    if len(census.times) > 1 or known.as_of is None:
        return census
    years = FIRST_YEAR - float(census.times[0])
    growth = float(np.log(opening.sum() / census.values[0].sum())) / years
    end = float(known.as_of + 1)
    later = opening * np.exp(growth * (end - FIRST_YEAR))
    return Series(census.name, np.array([float(FIRST_YEAR), end]), np.stack([opening, later]))
