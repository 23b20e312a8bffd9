"""Vital rates and net migration as published: by province and year, and by zone and age between the censuses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.axes import GROUP_STARTS
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import frame, series, value

AREAS = ("beijing", "tianjin", "hebei_official")
# Cohorts of net_migration_2010_2020_by_age.csv by their age in 2020, in fives from 10-14. They moved on
# average five years earlier: half of each cohort is counted five years younger.
_COHORT_STARTS = np.arange(10, 90, 5)


def years() -> NDArray[np.int64]:
    """Return the years from the opening to the last that all provinces published."""
    variables = ("population_resident", "birth_rate", "death_rate")
    return np.arange(FIRST_YEAR, min(max(series("region_series", v, a)) for v in variables for a in AREAS) + 1)


def net_by_year() -> NDArray[np.float64]:
    """Return net migration by year and province, persons, shape (n_years, n_provinces).

    Published change of the resident population less natural increase (crude rates on the year's mean
    population; a year without a published rate is linear between its neighbours).
    """
    net = np.zeros((len(years()), len(AREAS)))
    for p, area in enumerate(AREAS):
        population = series("region_series", "population_resident", area)
        births, deaths = (rates(v, area) for v in ("birth_rate", "death_rate"))
        for k, year in enumerate(years().tolist()):
            mean = (population[year - 1] + population[year]) / 2
            natural = (births[k] - deaths[k]) / 1000.0 * mean
            net[k, p] = population[year] - population[year - 1] - natural
    return net


def known(*variables: str) -> dict[str, int]:
    """Return by year without a published rate, in any province, the next published one: it fills the gap."""
    later: dict[str, int] = {}
    for area in AREAS:
        for variable in variables:
            published = series("region_series", variable, area)
            for year in years().tolist():
                if year not in published:
                    later[str(year)] = max(later.get(str(year), 0), min(y for y in published if y > year))
    return dict(sorted(later.items()))


def rates(variable: str, area: str) -> NDArray[np.float64]:
    """Return a published crude rate by year, gaps between years filled linearly (imputed), shape (n_years,)."""
    found = series("region_series", variable, area)
    return np.asarray(np.interp(years(), sorted(found), [found[y] for y in sorted(found)]))


def decade_net_by_group() -> NDArray[np.float64]:
    """Return net migration of adults by zone and age group at the move, persons a year, 2010-2020.

    Groups 15-24, 25-44, 45-59, 60+, shape (n_zones, 4); census survival table. Tianjin's two zones share
    the city's total by population, since Binhai's border moved between the censuses.
    """
    rows = frame("net_migration_2010_2020_by_age").set_index("z").loc[list(REGION.ids)].to_numpy(float)
    groups = np.zeros((N_ZONES, 4))
    for column, start in enumerate(_COHORT_STARTS):
        for age in (start - 5, start):
            group = int(np.searchsorted(GROUP_STARTS, age, side="right")) - 1
            if group >= 0:
                groups[:, group] += rows[:, column] / 2 / 10.0
    tianjin = REGION.inside("tianjin")
    people = np.array([value("zone_series", "population", z, 2020) for z in np.array(REGION.ids)[tianjin]])
    groups[tianjin] = groups[tianjin].sum(axis=0) * (people / people.sum())[:, None]
    return groups


def migrant_growth() -> NDArray[np.float64]:
    """Return the yearly log growth of residents with hukou in another province, by province.

    Between the censuses; Beijing from the published 8.027 m of 2013 to the census of 2020.
    """
    stock = series("migration", "stock_nonlocal_hukou_residents", "beijing")
    late = series("migration", "stock_hukou_in_other_province", "beijing")[2020]
    growth = [np.log(late / stock[2013]) / 7.0]
    for area in ("tianjin", "hebei_official"):
        census = series("migration", "stock_hukou_in_other_province", area)
        growth.append(np.log(census[2020] / census[2010]) / 10.0)
    return np.asarray(growth)
