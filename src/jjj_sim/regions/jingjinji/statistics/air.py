"""Published air quality, brought from the 13 cities that are measured to the 19 zones.

A zone has its city's figures; inside Beijing the published ratio of districts to the city enters.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import frame, series, value

CITIES = (
    "prov:beijing",
    "prov:tianjin",
    "cangzhou",
    "chengde",
    "handan",
    "hengshui",
    "pref:baoding",
    "pref:langfang",
    "qinhuangdao",
    "shijiazhuang",
    "tangshan",
    "xingtai",
    "zhangjiakou",
)
_CITY_OF = {"xiongan": "pref:baoding", "baoding": "pref:baoding"}
_CITY_OF |= dict.fromkeys(("langfang_n3", "langfang_rest"), "pref:langfang")


def _city(zone: int) -> int:
    province = ("prov:beijing", "prov:tianjin")
    name = REGION.ids[zone]
    place = REGION.province[zone]
    return CITIES.index(province[place] if place < len(province) else _CITY_OF.get(name, name))


CITY = np.array([_city(z) for z in range(N_ZONES)])


@functools.cache
def city_pm25(year: int) -> NDArray[np.float64]:
    """Return the published annual mean by city, ug/m3, shape (n_cities,)."""
    area = [c.removeprefix("prov:") for c in CITIES]
    return np.array([value("zone_series_2", "pm25_annual_mean", a, year) for a in area])


@functools.cache
def within_city() -> NDArray[np.float64]:
    """Return the annual mean by zone over its city's: the published ratio of Beijing's districts, 1 elsewhere."""
    ratio = np.ones(N_ZONES)
    for z in np.flatnonzero(REGION.inside("beijing")):
        zone = REGION.ids[z]
        ratio[z] = np.mean([value("zone_series_2", "pm25_ratio_to_city", zone, y) for y in (2019, 2023)])
    return ratio


@functools.cache
def season_by_city() -> NDArray[np.float64]:
    """Return the quarter's PM2.5 relative to the year's, shape (4, n_cities)."""
    table = frame("pm25_season").set_index(["zone", "quarter"])["season_factor"].astype(float)
    try:
        return np.array([[table[c, q] for c in CITIES] for q in (1, 2, 3, 4)])
    except KeyError as missing:
        raise DataError(f"pm25_season: no factor for {missing}") from None


@functools.cache
def shares() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return shares of 2015 concentration: receptor city by source city, and from outside by receptor."""
    table = frame("pm25_transport").query("kind == 'derived'").set_index(["receptor", "source_region"])
    share = table["value"].astype(float) / 100.0
    try:
        inside = np.array([[share[r, s] for s in CITIES] for r in CITIES])
        outside = np.array([share[r, "outside JJJ"] for r in CITIES])
    except KeyError as missing:
        raise DataError(f"pm25_transport: no derived share for {missing}") from None
    return inside, outside


@functools.cache
def national_pm25() -> NDArray[np.float64]:
    """Return the nation's annual mean PM2.5 from 2013 on, 2013 = 1: the same air by the same instruments.

    Three published series are chained where they overlap, so that neither the growing network nor the change
    of measuring state in 2018 reads as cleaner air: 74 cities to 2015, 338 cities in the standard state to
    2018, all cities in the actual state since.
    """
    chained = np.ones(1)
    for variable in ("pm25_74_cities", "pm25_338_cities_standard", "pm25_annual_mean"):
        published = np.array(list(series("national_series", variable, "nation").values()))
        chained = np.concatenate([chained, chained[-1] * published[1:] / published[0]])
    return chained
