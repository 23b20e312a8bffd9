"""Indicators: what is measured of a region each quarter, with label, unit, formula and rule of summing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.indicators.ages import AGES
from jjj_sim.indicators.areas import Area, areas
from jjj_sim.indicators.budgets import BUDGETS
from jjj_sim.indicators.campuses import CAMPUSES
from jjj_sim.indicators.chains import chains
from jjj_sim.indicators.congestion import CONGESTION
from jjj_sim.indicators.core_functions import CORE_FUNCTIONS
from jjj_sim.indicators.economy import economy
from jjj_sim.indicators.elder_homes import ELDER_HOMES
from jjj_sim.indicators.firms import FIRMS
from jjj_sim.indicators.groups import groups
from jjj_sim.indicators.hospitals import HOSPITALS
from jjj_sim.indicators.indicator import Indicator
from jjj_sim.indicators.innovation import INNOVATION
from jjj_sim.indicators.one_card import ONE_CARD
from jjj_sim.indicators.parks import PARKS
from jjj_sim.indicators.people import PEOPLE
from jjj_sim.indicators.place import PLACE
from jjj_sim.indicators.points import POINTS
from jjj_sim.indicators.ports import PORTS
from jjj_sim.indicators.pupils import PUPILS
from jjj_sim.indicators.smart_factories import SMART_FACTORIES
from jjj_sim.indicators.steel import STEEL
from jjj_sim.indicators.technology_firms import TECHNOLOGY_FIRMS
from jjj_sim.indicators.trips import TRIPS
from jjj_sim.indicators.water import WATER
from jjj_sim.region import Region

if TYPE_CHECKING:
    from jjj_sim.state.world import World

__all__ = ["Area", "Indicator", "area_value", "areas", "indicators"]


@functools.cache
def indicators(region: Region) -> Mapping[str, Indicator]:
    """Return the indicators of a region by name, in the order of the result tables."""
    core = (*PEOPLE, *groups(region), *economy(region), *INNOVATION, *FIRMS, *PLACE, *BUDGETS)
    views = (*chains(region), *CORE_FUNCTIONS)
    moving = (*PORTS, *TRIPS, *CONGESTION)
    people = (*PUPILS, *CAMPUSES, *HOSPITALS, *ELDER_HOMES, *ONE_CARD, *POINTS)
    firms = (*TECHNOLOGY_FIRMS, *PARKS, *SMART_FACTORIES)
    return {i.name: i for i in (*core, *views, *moving, *people, *firms, *WATER, *STEEL, *AGES)}


def area_value(world: World, variable: str, zones: NDArray[Any]) -> float:
    """Return `variable` over the zones with the indices `zones`, of the quarter just lived.

    KeyError when there is no such variable; ValueError for a growth rate, which needs a year of record.
    """
    indicator = indicators(world.region)[variable]
    if indicator.on_year:
        raise ValueError(f"{variable} compares with the year before; read it from a Result")
    inside = np.zeros(world.region.n_zones, dtype=bool)
    inside[zones] = True
    return float(indicator.over(indicator.measure(world), inside))
