"""Science parks that Beijing's Zhongguancun runs with Tianjin's districts: district, zone, first quarter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

# Residents of Baodi at the census of 2020, persons: county 120115 of the region's table of counties.
_BAODI = 722_367.0
# Binhai-Zhongguancun science park: its administration opened on 22 November 2016 (Economic Daily, 11 April 2019).
# Jingjin Zhongguancun city in Baodi: works of the first phase to be done by the end of 2019 (China Metallurgical News,
# 19 August 2019). Both by the first whole quarter.
_BINHAI_OPENED, _BAODI_OPENED = "2017Q1", "2020Q1"


def district() -> dict[float, NDArray[np.float64]]:
    """Return the people of districts with an open park over their zone's, by decimal year and zone."""
    binhai, urban = REGION.index("tj_binhai"), REGION.index("tj_urban")
    found = {2013.0: np.zeros(N_ZONES)}
    for opened, zone, share in (
        (_BINHAI_OPENED, binhai, 1.0),
        (_BAODI_OPENED, urban, _BAODI / value("zone_series", "population", "tj_urban", 2020)),
    ):
        before = found[max(found)]
        found[2013.0 + quarters.parse(opened) / 4] = np.where(np.arange(N_ZONES) == zone, share, before)
    return found
