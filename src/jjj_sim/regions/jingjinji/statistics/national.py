"""The nation as the region's yardstick: growth, prices, GDP, population, labour.

GDP stands on the fifth economic census: published for 2023 and 2024, before that `gdp_nominal_4ec` times
the revision of 2023 (1.0267) [A]. The region's share is then 9.28 % in 2013; the article's 9.33 % is both
sides on the fourth census. Output and prices by sector: `industries`.
Deflators of the broad sectors are missing for 2024: the national one plus the mean distance of 2023 and
2025 [A].
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import SECTORS
from jjj_sim.regions.jingjinji.statistics.tables import series

BROAD = ("primary", "secondary", "tertiary")
FIRST, LAST = 2010, 2025
# Weight of construction in the nation's construction and real estate [A]; the rest is tertiary.
CONSTRUCTION = 0.5

# Labour force per resident: the model's participation by age on the censuses of 2010 and 2020, five-year ages
# [R], cohorts carried on between and after them [D]. The region's labour force is counted the same way.
LABOUR_YEARS = (2010.0, 2013.0, 2020.0, 2024.0, 2030.0)
LABOUR_FORCE = (0.537, 0.537, 0.516, 0.513, 0.500)
# Employed in the primary, secondary and tertiary sectors, shares, where none is looked up: 2020 [R], 2030 [A].
LABOUR_SHARES = {2020: (0.236, 0.287, 0.477), 2030: (0.190, 0.285, 0.525)}


def by_sector(broad: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values of the three broad sectors, last axis 3, for the model's sectors, last axis n_sectors."""
    weight = {
        "primary": (1.0, 0.0, 0.0),
        "secondary": (0.0, 1.0, 0.0),
        "tertiary": (0.0, 0.0, 1.0),
        "mixed": (0.0, CONSTRUCTION, 1.0 - CONSTRUCTION),
    }
    return np.asarray(np.asarray(broad) @ np.array([weight[s.broad] for s in SECTORS]).T)


def _filled(name: str) -> dict[int, float]:
    """Return a deflator's growth by year, a missing 2024 imputed from the national one."""
    found, all_ = (
        series("national_series", name, "nation"),
        series("national_series", "gdp_deflator_growth", "nation"),
    )
    if 2024 not in found:
        found[2024] = all_[2024] + 0.5 * sum(found[y] - all_[y] for y in (2023, 2025))
    return found


def _level(growth: dict[int, float], first: int) -> NDArray[np.float64]:
    """Return the annual level, 2013 = 1, of a series of growth rates in percent; first..LAST."""
    log = np.cumsum([0.0] + [np.log1p(growth[y] / 100.0) for y in range(first + 1, LAST + 1)])
    return np.asarray(np.exp(log - log[2013 - first]))


@functools.cache
def labour_shares() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return years, (n,), and shares of the employed by three sectors, (n, 3).

    Published to 2019 as before the census of 2020, and for 2023 and 2024 after it.
    """
    found: dict[int, Any] = dict(LABOUR_SHARES)
    for ending in ("_unrevised", ""):
        parts = [series("region_series", f"employed_{b}{ending}", "nation") for b in BROAD]
        for year, first in parts[0].items():
            counts = np.array([first, *(part[year] for part in parts[1:])])
            found[year] = counts / counts.sum()
    years = sorted(found)
    return np.array(years, dtype=float), np.array([found[y] for y in years])


@functools.cache
def real_output() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return annual real GDP, shape (n_years,), and value added of three sectors, (n_years, 3); 2013 = 1."""
    total = _level(series("national_series", "gdp_growth_real", "nation"), FIRST)
    broad = [_level(series("national_series", f"va_growth_real_{b}", "nation"), FIRST) for b in BROAD]
    return total, np.stack(broad, axis=1)


@functools.cache
def deflators() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return annual deflators of GDP, (n_years,), and of three sectors, (n_years, 3); 2013 = 1."""
    total = _level(series("national_series", "gdp_deflator_growth", "nation"), FIRST)
    return total, np.stack([_level(_filled(f"va_deflator_growth_{b}"), FIRST) for b in BROAD], axis=1)


@functools.cache
def gdp() -> NDArray[np.float64]:
    """Return annual nominal GDP FIRST..LAST in bn yuan, on the fifth economic census."""
    new, old = (series("national_series", name, "nation") for name in ("gdp_nominal", "gdp_nominal_4ec"))
    revision = new[2023] / old[2023]
    levels = [new.get(y, old.get(y, 0.0) * revision) for y in range(FIRST, 2025)]
    growth = series("national_series", "gdp_growth_real", "nation")[2025]
    price = series("national_series", "gdp_deflator_growth", "nation")[2025]
    return np.array([*levels, levels[-1] * (1.0 + growth / 100.0) * (1.0 + price / 100.0)])


@functools.cache
def _population() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return year ends as decimal years and persons: published to 2024, then the UN medium growth."""
    people = series("national_series", "population_resident", "nation")
    un = series("national_series", "population_un_medium", "nation")
    last = max(people)
    for year in range(last + 1, max(un) + 1):
        people[year] = people[last] * un[year] / un[last]
    years = sorted(people)
    return np.array(years) + 1.0, np.array([people[y] for y in years])


def population(time: float) -> float:
    """Return the nation's residents at a decimal year; held after the last projected year (2035)."""
    return float(np.interp(time, *_population()))


def labour(time: float) -> NDArray[np.float64]:
    """Return the labour force by the three broad sectors at a decimal year, persons, shape (3,)."""
    people = population(time) * float(np.interp(time, LABOUR_YEARS, LABOUR_FORCE))
    years, found = labour_shares()
    shares = np.array([np.interp(time, years, s) for s in found.T])
    return np.asarray(people * shares / shares.sum())


def farm_share(time: float) -> float:
    """Return the primary sector's share of the nation's labour at a decimal year."""
    broad = labour(time)
    return float(broad[0] / broad.sum())
