"""What a quarter's migration is made by: agents and expected counts move through it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class MigrationTable(NamedTuple):
    """What residents choose by.

    `hazard` (n_groups, n_education) 1/quarter; `follow` the chance that a dependant comes along; `with_family` the
    share of those over 75 who are dependants;
    `utility` (n_groups, n_education, n_origins, n_places) without the moving cost; `moving` m;
    `dissimilarity` lambda; `queue` -ln q (n_places,); `grant` s to who comes from another province (n_groups,
    n_education, n_places); `choice` P(to | from) of those who reconsider (n_groups,
    n_education, n_origins, n_places, n_places); `arrivals` (n_streams, n_education, n_origins, n_zones)
    expected persons;
    `conversion` (n_zones,) chance a quarter that a non-local becomes local.
    """

    hazard: NDArray[np.float64]
    follow: float
    with_family: float
    utility: NDArray[np.float64]
    moving: float
    dissimilarity: float
    queue: NDArray[np.float64]
    grant: NDArray[np.float64]
    choice: NDArray[np.float64]
    arrivals: NDArray[np.float64]
    conversion: NDArray[np.float64]
