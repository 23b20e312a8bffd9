"""Published budget revenue as effective rates of output by zone, and what the nation spends on a resident.

Rates. Revenue of the general public budget over GDP: Beijing and Tianjin as one budget each, Hebei as its
prefectures collect, scaled so that they add up to the province (the province's own revenue in proportion).
Published to 2024 by province, from 2010 to 2022 by prefecture: the last shares of prefectures are held, and so
is the last rate. Hebei's total before 2016 is what its prefectures collected times the ratio of 2016. Two
prefectures stand at twice their neighbouring years once (Hengshui 2014, Xingtai 2015): the mean of the
neighbours is taken.

Need. Local budgets of all 31 provinces over the nation's residents: the mean that equalisation looks to.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.budgets import PREFECTURES, UNIT
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import series, value

FIRST_RATE, LAST_RATE = 2013, 2024
FIRST_NEED, LAST_NEED = 2013, 2024
_FIRST_PROVINCE, _LAST_PREFECTURES = 2016, 2022
_TWICE = {("hengshui", 2014), ("xingtai", 2015)}
_CITIES = ("beijing", "tianjin")


@functools.cache
def revenue_rates(year: int) -> NDArray[np.float64]:
    """Return budget revenue over GDP of a `year` from 2013 to 2024 by who publishes, in the order of UNIT."""
    gdp = np.array([value("zone_series_2", "gdp_5ec_consistent", z, year) for z in REGION.ids])
    return np.asarray(_revenue(year) / np.bincount(UNIT, weights=gdp))


def _revenue(year: int) -> NDArray[np.float64]:
    """Return the revenue of Beijing, Tianjin and Hebei's prefectures, bn yuan."""
    table = "region_series" if year >= _FIRST_PROVINCE else "zone_series_2"
    cities = [value(table, "budget_revenue", c, year) for c in _CITIES]
    collected = _collected(min(year, _LAST_PREFECTURES))
    if year >= _FIRST_PROVINCE:
        hebei = value("region_series", "budget_revenue", "hebei_official", year)
    else:
        first = value("region_series", "budget_revenue", "hebei_official", _FIRST_PROVINCE)
        hebei = collected.sum() * first / _collected(_FIRST_PROVINCE).sum()
    return np.concatenate([cities, hebei * collected / collected.sum()])


@functools.cache
def _collected(year: int) -> NDArray[np.float64]:
    """Return what Hebei's prefectures collected, bn yuan."""
    return np.array([_of_prefecture(p, year) for p in PREFECTURES])


def _of_prefecture(prefecture: str, year: int) -> float:
    if (prefecture, year) in _TWICE:
        return 0.5 * sum(_of_prefecture(prefecture, y) for y in (year - 1, year + 1))
    return value("zone_series_2", "budget_revenue", prefecture, year)


@functools.cache
def need_per_head(year: int) -> float:
    """Return what the nation's local budgets spent on a resident, yuan a year; DataError outside 2013-2024."""
    spent = value("national_series", "budget_expenditure_local", "nation", year)
    people = series("national_series", "population_resident", "nation")
    return 1e9 * spent / people[year]
