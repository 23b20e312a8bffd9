"""Homes: floor area by census, prices of 2013, and the asking prices whose cycle the market follows."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics.air import CITIES
from jjj_sim.regions.jingjinji.statistics.housing import census
from jjj_sim.regions.jingjinji.statistics.prices import opening_prices
from jjj_sim.regions.jingjinji.statistics.tables import series

ABOUT: dict[str, dict[str, Any]] = {
    "floor_area": {
        "source": "[L] censuses of 2010 and 2020: residents in the borders of 2020 times area a head; log-linear "
        "between, and the trend carried on after"
    },
    "opening_area": {
        "source": "[D] the path between the censuses of 2010 and 2020",
        "uncut": "the state of the opening, between the censuses of 2010 and 2020",
    },
    "opening_price": {
        "source": "[L] new homes sold in the provinces, 2013; [D] divided as asking prices are, confidence low: "
        "Beijing's and Tianjin's zones of May 2026, prefectures of 2015, North Three at the recalled ratio of 2013",
        "uncut": "the state of the opening",
    },
    "asking_price": {"source": "[L] listings of existing homes by city"},
    "cycle_weight": {
        "source": "[A] cities count alike, as long as their prices swing alike",
        "uncut": "assumed",
    },
}
_FIRST = 2013


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    listed = [series("zone_series_2", "house_price_listing", city.removeprefix("prov:")) for city in CITIES]
    years = sorted({year for city in listed for year in city if year >= _FIRST})
    asking = np.array([[city.get(year, np.nan) for city in listed] for year in years])
    area = Series("", np.array([2010.83, 2020.83]), np.stack([census(2010), census(2020)]))
    return {
        "floor_area": area,
        "opening_area": area.along(_FIRST),
        "opening_price": opening_prices(),
        "asking_price": Series("", np.array(years, dtype=float), asking),
        "cycle_weight": np.ones(len(CITIES)),
    }
