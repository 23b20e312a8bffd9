"""Air: what 13 cities measured, whose emissions it was, and what zones and sources differ in."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import air
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

_MATRIX = "one matrix, of 2015"
ABOUT: dict[str, dict[str, Any]] = {
    "pm25": {"source": "[L] bulletins of the ministry and the provinces, years in which every city has a figure"},
    "within_city": {
        "source": "[L] districts of Beijing over the city, mean of 2019 and 2023",
        "uncut": "how the zones of one city differ, the state of the opening",
    },
    "season": {"source": "[D] months of 2015 and 2017-19", "uncut": "the mean season of several years"},
    "heating": {
        "source": "[A] from 15 November to 15 March, and a tenth all year round (cooking, water)",
        "uncut": "assumed",
    },
    "origin": {
        "source": "[D] ranges published for 2015 (Wang Yanli 2017, CAMx-PSAT), the matrix derived, confidence low",
        "uncut": _MATRIX,
    },
    "outside": {"source": "[D] as `origin`", "uncut": _MATRIX},
    "sector_share": {
        "source": "[A] after inventories recalled, PM2.5 direct and formed: ammonia of farming, industry and power, "
        "dust of building, lorries, catering",
        "uncut": "assumed",
    },
    "urban": {"source": "[L] census of 2010", "uncut": "the census of 2010"},
    "cars": {
        "source": "[L] census of 2020, households with a car; the level only ranks the zones",
        "uncut": "no earlier figure by zone",
    },
    "target": {
        "source": "[R] Hebei's action plan of September 2013: 33 % and 30 % of its dirtier cities, 20 % of the others; "
        "Beijing and Tianjin as the others, since what Beijing did beyond is a parameter",
        "uncut": "plans of 2013",
    },
}
# Weights of sectors, in the order of the sectors.
_SECTORS = np.array([0.08, 0.46, 0.02, 0.07, 0.06, 0.01, 0.03, 0.0, 0.01])
_HEATING = 0.1 + 0.9 * 4.0 * np.array([2.5, 0.0, 0.0, 1.5]) / 4.0
_TARGETS = {
    **dict.fromkeys(("shijiazhuang", "tangshan", "baoding", "xiongan", "langfang_n3", "langfang_rest"), 0.33),
    **dict.fromkeys(("xingtai", "handan"), 0.30),
}
_YEARS = range(2013, 2024)


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    zones = REGION.ids
    urban = np.array([value("zone_series", "population_urban", z, 2010) for z in zones])
    people = np.array([value("zone_series", "population", z, 2010) for z in zones])
    origin, outside = air.shares()
    return {
        "pm25": Series("", np.array(_YEARS, dtype=float), np.stack([air.city_pm25(year) for year in _YEARS])),
        "within_city": air.within_city(),
        "season": air.season_by_city(),
        "heating": _HEATING,
        "origin": origin,
        "outside": outside,
        "sector_share": _SECTORS,
        "urban": urban / people,
        "cars": np.array([value("zone_series", "car_share", z, 2020) for z in zones]),
        "target": np.array([_TARGETS.get(z, 0.2) for z in zones]),
    }
