"""Steel: crude steel of 2013 by zone, what was not counted of it, and the firms that are graded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

TABLE = "region_series_4"
_PARAMETER = "production.steel"
# Tianjin's crude steel of 2013 [R: National Bureau of Statistics], t; its mills stand in the old districts.
_TIANJIN_2013, _TIANJIN = 22.9e6, "tj_urban"


def share() -> NDArray[np.float64]:
    """Return steel in the sector that makes it by zone, as the cap on it has it in Production."""
    return np.asarray(REGION.by_zone(_PARAMETER, REGION.keyed[_PARAMETER]))


def counted() -> float:
    """Return the part of Hebei's steel that was counted to 2017: the count of 2017 over that of 2018."""
    before, after = (value(TABLE, "crude_steel", "hebei_official", year) for year in (2017, 2018))
    return before / after


def split(value_added: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where Hebei's steel is made, shares by zone: `value_added` (n_zones,) of the sector times `share`."""
    weight = share() * value_added
    return np.asarray(weight / weight.sum())


def made_2013(value_added: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return crude steel of 2013 by zone, t."""
    found = value(TABLE, "crude_steel", "hebei_official", 2013) / counted() * split(value_added)
    found[REGION.index(_TIANJIN)] = _TIANJIN_2013
    return found


def firms(value_added: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Hebei's firms in production by zone, as steel is made: all of them were of grade A in 2025."""
    return value(TABLE, "steel_grade_a_firms", "hebei_official", 2025) * split(value_added)


def counted_by_zone() -> NDArray[np.float64]:
    """Return the part counted to 2017 by zone: Hebei's, and all elsewhere."""
    found = np.ones(N_ZONES)
    found[share() > 0.0] = counted()
    return found
