"""Jobs by sector: the employed residents of the censuses."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.evidence.geography import GEOGRAPHY
from jjj_sim.evidence.jobs import census
from jjj_sim.evidence.tables import value
from jjj_sim.region.table import Series

ABOUT = {
    "jobs": {
        "source": "[L] censuses of 2010 and 2020 by industry; splits of sectors 1 and 2, 4 and 6 low in confidence",
        "uncut": "the path between the two censuses is linear",
    },
    "residents_2020": {"source": "[L] census of 2020", "uncut": "weights of zones in the mix of the hinterland's jobs"},
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    people = np.array([value("zone_series", "population", z, 2020) for z in GEOGRAPHY.ids])
    jobs = np.stack([census(2010), census(2020)])
    return {"jobs": Series("", np.array([2010.83, 2020.83]), jobs), "residents_2020": people}
