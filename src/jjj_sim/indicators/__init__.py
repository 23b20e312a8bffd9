"""Indicators: what is measured of the region each quarter, with label, unit, formula and rule of summing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_ZONES
from jjj_sim.indicators.budgets import BUDGETS
from jjj_sim.indicators.economy import ECONOMY
from jjj_sim.indicators.firms import FIRMS
from jjj_sim.indicators.indicator import AREAS, Area, Indicator
from jjj_sim.indicators.innovation import INNOVATION
from jjj_sim.indicators.people import PEOPLE
from jjj_sim.indicators.place import PLACE

if TYPE_CHECKING:
    from jjj_sim.state.world import World

INDICATORS: dict[str, Indicator] = {i.name: i for i in (*PEOPLE, *ECONOMY, *INNOVATION, *FIRMS, *PLACE, *BUDGETS)}

__all__ = ["AREAS", "INDICATORS", "Area", "Indicator", "area_value"]


def area_value(world: World, variable: str, zones: NDArray[Any]) -> float:
    """Return `variable` over the zones with the indices `zones`, of the quarter just lived.

    KeyError when there is no such variable; ValueError for a growth rate, which needs a year of record.
    """
    indicator = INDICATORS[variable]
    if indicator.on_year:
        raise ValueError(f"{variable} compares with the year before; read it from a Result")
    inside = np.zeros(N_ZONES, dtype=bool)
    inside[zones] = True
    return float(indicator.over(indicator.measure(world), inside))
