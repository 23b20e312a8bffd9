"""Published air by zone: its city's annual mean, times how the zones of a city differ.

    C_z(year) = C_city(year) w_z / mean of w over the city's residents

w is a table, 1 where a zone has its city's figure, so that the mean over a city's residents is what was published.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.region.region import Region
from jjj_sim.region.topics.air import Air


def zone_means(region: Region, air: Air, year: int, people: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the annual mean by zone, ug/m3, of `year` or the nearest year that was published; `people` by zone."""
    names, city = region.groups["city"]
    means = air.pm25.held(year)[city]
    for c in range(len(names)):
        zones = np.flatnonzero(city == c)
        if zones.size:
            ratio = air.within_city[zones]
            means[zones] *= ratio / np.average(ratio, weights=people[zones])
    return np.asarray(means)
