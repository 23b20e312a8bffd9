"""House prices of 2013 by zone."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

_NEW_HOMES = ("beijing", "tianjin", "hebei_official")
# Zones whose asking price is published for another area.
_LISTED_AS = {"baoding": "pref:baoding", "xiongan": "pref:baoding", "langfang_rest": "pref:langfang"}


def _asking(zone: str) -> float:
    """Return the zone's asking price, yuan/m2, comparable within its province only."""
    if zone.startswith("bj_") or zone == "tj_binhai":
        return value("zone_series_2", "house_price_listing", zone, 2026)
    if zone == "tj_urban":
        people = {z: value("zone_series", "population", z, 2020) for z in ("tj_urban", "tj_binhai")}
        whole = value("zone_series_2", "house_price_listing", "tianjin", 2026) * sum(people.values())
        return (whole - _asking("tj_binhai") * people["tj_binhai"]) / people["tj_urban"]
    if zone == "langfang_n3":
        recalled = value("zone_series", "house_price_existing_approx", zone, 2013)
        return (
            _asking("langfang_rest") * recalled / value("zone_series_2", "house_price_listing", "pref:langfang", 2013)
        )
    return value("zone_series_2", "house_price_listing", _LISTED_AS.get(zone, zone), 2015)


@functools.cache
def opening_prices() -> NDArray[np.float64]:
    """Return prices of new homes in 2013 by zone, yuan/m2: province level times relative asking price.

    Imputed, confidence low: it says where homes are dear, not how dear.
    """
    asking = np.array([_asking(z) for z in REGION.ids])
    people = np.array([value("zone_series", "population_2020_borders", z, 2010) for z in REGION.ids])
    found = np.zeros(N_ZONES)
    for p, area in enumerate(_NEW_HOMES):
        inside = REGION.province[:N_ZONES] == p
        mean = (asking[inside] * people[inside]).sum() / people[inside].sum()
        found[inside] = value("zone_series", "house_price_new_avg", area, 2013) * asking[inside] / mean
    return found
