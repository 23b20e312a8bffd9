"""The rest of China as a pool of people: who might arrive, by age band, education and home zone.

The pool is the nation's 2012 population less the region's. Its split by age band and education is recalled
from the censuses of 2010 and 2020 ([R], confidence low); people from the region's zones who live outside it are assumed
([A]: no interprovincial matrix by origin is in the tables). Both enter arrivals only through the inversion
of net flows, which absorbs their level.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, PROVINCES, REGION, ROC
from jjj_sim.regions.jingjinji.statistics.tables import value

# Shares of the nation by band of region.axes.AGE_BANDS, 2010 census [R].
AGE_SHARES = (0.166, 0.170, 0.328, 0.203, 0.099, 0.034)
# Junior, senior, college by band: censuses of 2010 and 2020 [R];
# children carry their mothers' education.
EDUCATION_SHARES = {
    2010.83: ((0.68, 0.17, 0.15), (0.58, 0.24, 0.18), (0.68, 0.17, 0.15), (0.80, 0.14, 0.06), (0.88, 0.08, 0.04),
              (0.93, 0.04, 0.03)),
    2020.83: ((0.52, 0.19, 0.29), (0.40, 0.27, 0.33), (0.52, 0.19, 0.29), (0.73, 0.16, 0.11), (0.85, 0.10, 0.05),
              (0.92, 0.05, 0.03)),
}  # fmt: skip
# People at home (hukou) in a province who live in the rest of China, persons [A].
LIVING_OUTSIDE = {"beijing": 270_000.0, "tianjin": 250_000.0, "hebei": 1_200_000.0}


def living_outside() -> NDArray[np.float64]:
    """Return who lives in the rest of China by home zone, its own people last, persons, shape (n_places,)."""
    nation = value("region_series", "population_resident", "nation", 2012)
    region = value("region_series", "population_resident", "jjj", 2012)
    by_origin = np.zeros(N_ZONES + 1)
    census = np.array([value("zone_series", "population_2020_borders", z, 2010) for z in REGION.ids])
    for p, name in enumerate(PROVINCES[:3]):
        inside = REGION.province[:N_ZONES] == p
        by_origin[:N_ZONES][inside] = LIVING_OUTSIDE[name] * census[inside] / census[inside].sum()
    by_origin[ROC] = nation - region - by_origin.sum()
    return by_origin
