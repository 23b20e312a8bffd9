"""Congestion: vehicles and metro of Beijing by year, and the index of 2013."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics.tables import series, value

_TABLE, _CITY = "region_series_4", "beijing"
# The third phase of city rail, approved in July 2022 for 2022-27 [R], km; open by this year on what ran in 2023 [A].
_PLANNED, _PLANNED_YEAR, _RAN = 231.3, 2028, 2023
ABOUT: dict[str, dict[str, Any]] = {
    "vehicles": {"source": "[R] communiques of Beijing; on a line between the years"},
    "metro": {
        "source": "[R] communiques of Beijing, [L] 2024; [R] 231.3 km of the third phase beside those of 2023, [A] "
        "open by 2028; on a line between the years",
    },
    "index_2013": {"source": "[R] Beijing's transport report", "uncut": "the state of the opening"},
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    metro = series(_TABLE, "subway_length", _CITY)
    metro[_PLANNED_YEAR] = metro[_RAN] + _PLANNED
    return {
        "vehicles": _of(series(_TABLE, "motor_vehicles", _CITY)),
        "metro": _of(metro),
        "index_2013": np.asarray(value(_TABLE, "congestion_index_peak", _CITY, 2013)),
    }


def _of(by_year: dict[int, float]) -> Series:
    """Return numbers by year as a series."""
    return Series("", np.array(list(by_year), dtype=float), np.array(list(by_year.values())))
