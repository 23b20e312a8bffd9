"""Grants for smart manufacturing: Tianjin's of 2024 over its budget."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

YEAR = 2024


def grant_share() -> NDArray[np.float64]:
    """Return grants over budget spending by province; 0 where no figure is published."""
    found = np.zeros(REGION.n_provinces)
    grants = value("region_series_4", "manufacturing_upgrade_fund", "tianjin", YEAR)
    found[REGION.provinces.index("tianjin")] = grants / value("region_series", "budget_expenditure", "tianjin", YEAR)
    return found
