"""Value added of 2013 by zone and sector, and each province's prices.

Provinces by three sectors: the 2013 shares exist on the fourth economic census only. Its tertiary value
added, the first estimate's primary share and the rest as secondary are fitted to the article's
6.2:35.7:58.1, and the result applies to `gdp_nominal` (fifth census). Inside: services and construction as the
fourth census prints industries of 2013 (`provincial`), research by expenditure on it, high technology in industry as
`sector_base` imputes it. Zones: `gdp_5ec_consistent` by province, fitted with the jobs of each zone [D], imputed.

Prices: a province's deflator is growth of `gdp_nominal` over real growth. Real growth on the revised base
is published from 2016; 2014-15 are what the published mean growth of 2013-21 on that base leaves, in the
profile of the first estimates (Tianjin's first estimates, 10.0 and 9.3 %, belong to a GDP 43 % higher).
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.laws.fitting import fit_table
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.regions.jingjinji.statistics import provincial
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.job_path import jobs_path
from jjj_sim.regions.jingjinji.statistics.tables import series, value

AREAS = ("beijing", "tianjin", "hebei_official")
LAST_PRICE_YEAR = 2024
# Mean real growth 2013-21, percent a year, statistical monitoring of the three provinces, published 2022 [L].
MEAN_GROWTH_2013_2021 = {"beijing": 6.3, "tianjin": 5.0, "hebei_official": 6.3}
_MIXED, _RESEARCH = 3, 7


@functools.cache
def broad_value_added_2013() -> NDArray[np.float64]:
    """Return primary, secondary and tertiary value added of the provinces in 2013, (3, 3), bn yuan."""
    seed = np.zeros((3, 3))
    for p, area in enumerate(AREAS):
        total = value("region_series", "gdp_nominal_4ec", area, 2013)
        primary = value("region_series", "va_primary_first", area, 2013)
        primary *= total / value("region_series", "gdp_nominal_first", area, 2013)
        tertiary = value("region_series", "va_tertiary_4ec", area, 2013)
        seed[p] = primary, total - primary - tertiary, tertiary
    rows = np.array([value("region_series", "gdp_nominal", a, 2013) for a in AREAS])
    shares = [value("region_series", f"share_{b}_4ec", "jjj", 2013) for b in ("primary", "secondary", "tertiary")]
    return fit_table(seed, rows, np.array(shares))


@functools.cache
def construction_shares(area: str) -> dict[int, float]:
    """Return construction's share of sector 3 in a province by year since 2013, as published."""
    building, estate = (provincial.industry(area, name) for name in ("construction", "real_estate"))
    return {y: b / (b + estate[y]) for y, b in building.items()}


def construction_share(year: float) -> NDArray[np.float64]:
    """Return construction's share of sector 3 by zone, that of its province; published 2013-24, held after."""
    paths = [construction_shares(area) for area in AREAS]
    by_province = np.array([np.interp(year, list(path), list(path.values())) for path in paths])
    return np.asarray(by_province[REGION.province[:N_ZONES]])


def research_2013(area: str) -> float:
    """Return value added of research in 2013, bn yuan: that of 2019 as expenditure on research grew in between.

    Beijing 153 bn, where the first estimate of the year, on today's GDP, gives 154; its share of 2019 would give 124.
    """
    spent = series("region_series", "rd_expenditure", area)
    return value("sector_base", "va", area, 2019, sector_id=str(_RESEARCH)) * spent[2013] / spent[2019]


@functools.cache
def province_value_added_2013() -> NDArray[np.float64]:
    """Return value added of the provinces by sector in 2013, shape (3, n_sectors), bn yuan."""
    broad, found = broad_value_added_2013(), np.zeros((3, N_SECTORS))
    for p, area in enumerate(AREAS):
        building = construction_shares(area)[FIRST_YEAR]
        services = provincial.value_added_2013(area)[_MIXED:]
        services[0] *= 1.0 - building
        research = _RESEARCH - _MIXED
        services[research] = research_2013(area)
        others = np.arange(len(services)) != research
        services[others] *= (broad[p, 2] - services[research]) / services[others].sum()
        mixed = services[0] / (1.0 - building)
        industry = np.array([value("sector_base", "va", area, FIRST_YEAR, sector_id=str(s)) for s in (1, 2)])
        industry *= (broad[p, 1] - building * mixed) / industry.sum()
        found[p] = np.concatenate([[broad[p, 0]], industry, [mixed], services[1:]])
    return found


def mix() -> NDArray[np.float64]:
    """Return what the provinces' mix inside sectors is worth by year, 2013 on, (n_years, 3, n_sectors)."""
    return np.stack([provincial.mix(area) for area in AREAS], axis=1)


@functools.cache
def value_added_2013() -> NDArray[np.float64]:
    """Return value added by zone and sector in 2013, shape (n_zones, n_sectors), bn yuan of the year."""
    found = np.zeros((N_ZONES, N_SECTORS))
    totals = np.array([value("zone_series_2", "gdp_5ec_consistent", z, 2013) for z in REGION.ids])
    people = np.array([value("zone_series", "population_2020_borders", z, 2010) for z in REGION.ids])
    jobs = jobs_path(2013.5) * people[:, None]
    for p, sectors in enumerate(province_value_added_2013()):
        inside = REGION.province[:N_ZONES] == p
        found[inside] = fit_table(jobs[inside], totals[inside], sectors)
    return found


def real_growth(area: str) -> dict[int, float]:
    """Return a province's real growth 2014-24 on the revised base, percent a year."""
    revised = series("region_series", "gdp_growth_real_5ec", area)
    first = series("region_series", "gdp_growth_real_first", area)
    left = 8.0 * np.log1p(MEAN_GROWTH_2013_2021[area] / 100.0)
    left -= sum(np.log1p(revised[y] / 100.0) for y in range(2016, 2022))
    profile = {y: np.log1p(first[y] / 100.0) for y in (2014, 2015)}
    early = {y: 100.0 * float(np.expm1(left * g / sum(profile.values()))) for y, g in profile.items()}
    return early | {y: revised[y] for y in range(2016, LAST_PRICE_YEAR + 1)}


@functools.cache
def province_levels() -> NDArray[np.float64]:
    """Return the provinces' GDP deflators by year, shape (n_years, 3) from 2013 to 2024, 2013 = 1."""
    paths = []
    for area in AREAS:
        nominal, growth = series("region_series", "gdp_nominal", area), real_growth(area)
        log = [0.0]
        for year in range(FIRST_YEAR + 1, LAST_PRICE_YEAR + 1):
            log.append(log[-1] + np.log(nominal[year] / nominal[year - 1]) - np.log1p(growth[year] / 100.0))
        paths.append(np.exp(log))
    return np.stack(paths, axis=1)
