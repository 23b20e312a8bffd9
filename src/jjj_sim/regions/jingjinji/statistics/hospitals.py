"""Hospital beds at the end of 2013 by zone of Beijing and Tianjin; Hebei publishes none that was found."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

TABLE, ZONES = "region_series", "zone_series"


def beds() -> NDArray[np.float64]:
    """Return beds by zone: Beijing's split by the rates of its districts in 2010, Tianjin's by residents [A].

    Tianjin's are those of 2010 three years on at Beijing's growth of 2013-17 [D].
    """
    found = np.zeros(N_ZONES)
    residents = np.array([value(ZONES, "population_2020_borders", zone, 2010) for zone in REGION.ids])
    capital, pilot = REGION.capital, REGION.role("pilot")
    rates = [value(ZONES, "hospital_beds_per_1000", zone, 2010) for zone in np.array(REGION.ids)[capital]]
    weight = residents[capital] * np.array(rates)
    first, last = (value(ZONES, "hospital_beds", "beijing", year) for year in (2013, 2017))
    found[capital] = first * weight / weight.sum()
    tianjin = value(TABLE, "beds_per_1000", "tianjin", 2010) / 1e3 * residents[pilot].sum()
    found[pilot] = tianjin * (last / first) ** (3.0 / 4.0) * residents[pilot] / residents[pilot].sum()
    return found
