"""Kilometres between places on the map, short enough that a sphere is a plane stretched by its latitude.

    km_ij = R hypot((lon_i - lon_j) cos((lat_i + lat_j) / 2), lat_i - lat_j),      R: 111.2 km a degree
    km_ii = inside sqrt(A_i / pi)                      a share of the radius of a disc of the place's area

The mean distance of a disc's points from its centre is 2/3 of its radius; that between two of its points at random
is 128 / (45 pi), about nine tenths.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FROM_CENTRE = 2 / 3
AT_RANDOM = 128 / (45 * np.pi)
_KM_PER_DEGREE = 111.2


def kilometres(
    lon: NDArray[np.float64], lat: NDArray[np.float64], area_km2: NDArray[np.float64], inside: float
) -> NDArray[np.float64]:
    """Return km between centres `lon`, `lat` in degrees, shape (n, n); on the diagonal `inside` of the radius."""
    lon, lat = np.radians(lon), np.radians(lat)
    east = (lon[:, None] - lon) * np.cos((lat[:, None] + lat) / 2)
    km = np.degrees(np.hypot(east, lat[:, None] - lat)) * _KM_PER_DEGREE
    np.fill_diagonal(km, inside * np.sqrt(area_km2 / np.pi))
    return np.asarray(km)
