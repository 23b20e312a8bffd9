"""Who works where by education: the employed of the nation by industry, census of 2010.

The census counts industries, the model sectors (evidence.registry.INDUSTRIES). Trade lends its mix to
sectors 4 and 6 alike, half to each [A]. Manufacturing is split so that it keeps its own counts: advanced
manufacturing holds ADVANCED_JOBS of its jobs, and a job there is RATIO times as likely to be held by
somebody with senior secondary school, or college, as one in the rest [R, low: the economic census of 2008
had college at a fifth to a quarter of jobs in electronics, vehicles and special machinery, a third in
medicines, a sixteenth in textiles and clothing].
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import EDUCATION, N_EDUCATION, N_SECTORS
from jjj_sim.regions.jingjinji.statistics.registry import INDUSTRIES
from jjj_sim.regions.jingjinji.statistics.tables import value

YEAR = 2010
# Share of manufacturing's jobs in sector 2 as the model draws it [R, low].
ADVANCED_JOBS = 0.35
# Senior secondary, college: chance of a job in sector 2 over one in the rest of manufacturing [R, low].
RATIO = (1.3, 2.0)


@functools.cache
def employed_by_sector() -> NDArray[np.float64]:
    """Return the nation's employed by sector and education, persons of the census's tenth, (n_sectors, 3)."""
    found = np.zeros((N_SECTORS, N_EDUCATION))
    for industry, sectors in INDUSTRIES.items():
        counts = _counts(industry)
        parts = _manufacturing(counts) if sectors == (1, 2) else np.tile(counts / len(sectors), (len(sectors), 1))
        found[list(sectors)] += parts
    return found


def college_by_sector() -> NDArray[np.float64]:
    """Return shares of junior, senior and college among the nation's employed by sector, (n_sectors, 3).

    Rows sum to one. Levels are those of 2010, when a tenth of the nation's employed had college: use the
    contrast between sectors, not the level, for another year or for Beijing.
    """
    employed = employed_by_sector()
    return np.asarray(employed / employed.sum(axis=1, keepdims=True))


def _counts(industry: str) -> NDArray[np.float64]:
    return np.array([value("education_by_sector", f"employed_{e}", industry, YEAR) for e in EDUCATION])


def _manufacturing(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return manufacturing's employed in the rest and in sector 2, (2, 3), which sum to `counts`."""
    weight = ADVANCED_JOBS * np.array(RATIO)
    advanced = counts.sum() * ADVANCED_JOBS
    educated = counts[1:] * weight / (weight + 1.0 - ADVANCED_JOBS)
    second = np.array([advanced - educated.sum(), *educated])
    return np.stack([counts - second, second])
