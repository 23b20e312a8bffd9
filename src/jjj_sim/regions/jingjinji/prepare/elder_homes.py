"""Homes for the old: beds."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import elder_homes

ABOUT: dict[str, dict[str, Any]] = {
    "capital_beds": {
        "source": "[L] Beijing: May 2014, ends of 2015, 2016 and 2024; on lines in between",
        "opening": "no earlier count is known: that of 2014 opens the run",
    },
    "beds_per_1000": {
        "source": "[L] 7 cities of 2025, [D] what the region's mean leaves to the others, [D] .66 of it in homes, "
        "as in Beijing",
        "uncut": "the only ratios published, of 2025, open the run and stand for all years",
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    beds = elder_homes.capital_beds()
    return {
        "capital_beds": Series("", np.array(list(beds)), np.array(list(beds.values()))),
        "beds_per_1000": np.array(elder_homes.beds_per_1000()),
    }
