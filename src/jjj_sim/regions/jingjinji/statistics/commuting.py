"""Who commutes into Beijing from outside, as published: what a commuting matrix can be held against.

330,000 a day in 2022, of whom the North Three Counties 43.3 %; 2022 was a covid year. In 2019 3.6 % of those
with stable work in Beijing lived outside: over its jobs some 420,000 [D]. Neither covers Tianjin apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import figure, value


class Commuters(NamedTuple):
    """People who live in the zones `origin` (n_zones,) and work in Beijing in `year`, persons."""

    name: str
    year: int
    origin: NDArray[np.bool_]
    persons: float
    source: str
    confidence: str


def _origin(name: str) -> NDArray[np.bool_]:
    """Return the zones of a published origin: a zone, or all of the region outside Beijing."""
    if name == "outside":
        return np.asarray(~REGION.inside("beijing"))
    return np.asarray(np.arange(REGION.n_zones) == REGION.index(name))


def into_beijing() -> tuple[Commuters, ...]:
    """Return the published counts of commuters into Beijing, and that of 2019 from its share of the jobs.

    The share of 2019 is of stable workers, and taken of all employed in Beijing at the end of 2020 [D].
    """
    found = []
    for name in ("outside", "langfang_n3"):
        row = figure("commuting", "daily_commuters", name, 2022, destination="beijing")
        found.append(Commuters(name, 2022, _origin(name), row.value, row.source, row.confidence))
    share = figure("commuting", "share_of_stable_workers", "outside", 2019, destination="beijing")
    jobs = value("region_series", "employed_total", "beijing", 2020)
    persons = share.value / 100.0 * jobs
    return (*found, Commuters("outside", 2019, _origin("outside"), persons, f"derived; {share.source}", "medium"))
