"""High-technology enterprises of the three provinces to 2016."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.tables import series, value

TABLE, LAST = "region_series_4", 2016
AREAS = ("beijing", "tianjin", "hebei_official")


def certified() -> dict[int, NDArray[np.float64]]:
    """Return who was certified by year and province: of 2016 as published, before it in step with the nation [D].

    The nation's of 2012 is that of 2013 less a year of its growth of 2013-15.
    """
    nation = {year: number for year, number in series(TABLE, "hnte", "nation").items() if year <= LAST}
    first, second = sorted(nation)[:2]
    nation[first - 1] = nation[first] * (nation[first] / nation[second]) ** (1.0 / (second - first))
    published = np.array([value(TABLE, "hnte", area, LAST) for area in AREAS])
    return {year: published * nation[year] / nation[LAST] for year in sorted(nation)}
