"""Count the agents: residents by zone, education, origin and age, the same bits at any thread count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.kernels import njit, prange
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.state.residents import MAX_AGE, Residents, census_shape

_CHUNKS = 4


@njit(cache=True, inline="always")
def age_in(born: Any, year: Any) -> Any:
    """Return the age reached in calendar year `year` by somebody born in quarter `born`, capped."""
    return min(year - FIRST_YEAR - (np.int64(born) >> 2), MAX_AGE)


@njit(cache=True, parallel=True)
def _count(zone: Any, education: Any, origin: Any, weight: Any, born: Any, year: int, shape: Any) -> Any:
    n_zones, n_education, n_origins, n_ages = shape
    n = len(zone)
    parts = np.zeros((_CHUNKS, n_zones * n_education * n_origins * n_ages), dtype=np.int64)
    for c in prange(_CHUNKS):
        part = parts[c]
        for a in range(c * n // _CHUNKS, (c + 1) * n // _CHUNKS):
            cell = (np.int64(zone[a]) * n_education + education[a]) * n_origins + origin[a]
            part[cell * n_ages + age_in(born[a], year)] += weight[a]
    return parts


def count_people(residents: Residents, year: int, sizes: Mapping[str, int]) -> NDArray[np.float64]:
    """Return persons by zone, education, origin and age in `year`; whole numbers, `census_shape`."""
    shape = census_shape(sizes)
    parts = _count(residents.zone, residents.education, residents.origin, residents.weight, residents.born, year, shape)
    return np.asarray(parts.sum(axis=0).reshape(shape), dtype=np.float64)
