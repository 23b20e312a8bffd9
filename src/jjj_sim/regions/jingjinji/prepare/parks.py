"""Parks: districts with a science park, from the quarter in which it opened."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import parks

ABOUT: dict[str, dict[str, Any]] = {
    "district": {"source": "[L] opening of the two parks in Tianjin; [L] residents of 2020 by district"},
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    found = parks.district()
    return {"district": Series("", np.array(list(found)), np.array(list(found.values())))}
