"""Trips: passengers by rail at the opening, and what the epidemic left of travel by year."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import trips

_OPENING = "state of the opening, which every run has in common"
ABOUT: dict[str, dict[str, Any]] = {
    "rail_capital_pilot": {"source": "[L] Beijing-Tianjin intercity line, 2012", "uncut": _OPENING},
    "rail_departures": {"source": "[D] 252 m of 2014 a year back at the growth to 325 m in 2023", "uncut": _OPENING},
    "travelled": {
        "source": "[D] passengers of the Beijing-Tianjin line 2018-23 from its totals, even over 2020-22; 1 otherwise",
        "known": {"2020": 2023, "2021": 2023, "2022": 2023},
    },
}
_YEARS = range(2013, 2024)


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    years = np.array(_YEARS, dtype=float)
    return {
        "rail_capital_pilot": np.asarray(trips.rail_capital_pilot()),
        "rail_departures": np.asarray(trips.rail_departures()),
        "travelled": Series("", years, np.array([trips.travelled(year) for year in _YEARS])),
    }
