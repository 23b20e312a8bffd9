"""What history lived once has revealed, for every run with the same parameters."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Past(NamedTuple):
    """`pulls` xi by year and zone, utility; `output` what a zone made in a year of the account, bn yuan, 0 in other
    years: each (n_years, n_zones)."""

    pulls: NDArray[np.float64]
    output: NDArray[np.float64]
