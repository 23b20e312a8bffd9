"""Unemployment as published: the urban surveyed rate, and rates by education in the census of 2010.

The survey is of towns; it began to be published in 2018. The census covers town and country, where farmers
are at work by definition: use its contrast between levels of education, not its level.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import EDUCATION
from jjj_sim.regions.jingjinji.statistics.tables import series, value

CENSUS = 2010


def urban_rate(area: str = "nation") -> dict[int, float]:
    """Return the mean urban surveyed rate by year, percent; DataError for an area without one."""
    return series("unemployment", "urban_surveyed_rate", area, education="all")


def by_education() -> NDArray[np.float64]:
    """Return the nation's unemployed over the economically active of 2010 by education, shares, (3,)."""
    counts = [
        [value("unemployment", name, "nation", CENSUS, education=e) for e in EDUCATION]
        for name in ("unemployed", "economically_active")
    ]
    return np.asarray(np.array(counts[0]) / np.array(counts[1]))
