"""Water: use and supply, the middle route by year, and the sections of rivers before the run."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.tables import value

TABLE = "region_series_4"
PROVINCES = ("beijing", "tianjin", "hebei_official")
USES = ("farms", "industry", "households", "ecology")
_M3 = 1e8
# Uses of 2013, 100 m m3 [R: yearbook of 2014]. Beside them those of 2012 [L: stats.gov.cn], without farms: Beijing 4.9,
# 16.0, 5.7; Tianjin 5.1, 5.0, 1.4; Hebei 25.2, 23.3, 3.8. Uses of 2020 are in the notes to `water_use`.
_USES = {
    2013: {
        "beijing": (9.1, 5.1, 16.3, 5.9),
        "tianjin": (12.4, 5.4, 5.1, 0.9),
        "hebei_official": (137.6, 25.2, 23.8, 4.7),
    },
    2020: {
        "beijing": (3.2, 3.0, 17.0, 17.4),
        "tianjin": (10.3, 4.5, 6.6, 6.4),
        "hebei_official": (107.7, 18.2, 27.0, 29.9),
    },
}
# Hebei 2021: in all and for ecology [L: Hebei Daily 2022-08-03], 100 m m3; households and industry as in 2020 [D].
_HEBEI_2021 = (181.87, 39.26)
# Pumped out of the ground [R: yearbooks of 2014 and 2021], 100 m m3.
_PUMPED = {
    2013: {"beijing": 20.0, "tianjin": 5.7, "hebei_official": 144.6},
    2020: {"beijing": 13.5, "tianjin": 3.0, "hebei_official": 88.4},
}
# Sent to Beijing by Hebei's reservoirs until the middle route opened [R: bulletin of 2013], 100 m m3.
_SENT_BEFORE = 3.5
# The middle route opened in December 2014. Cumulative figures by their month; a floor counts as it stands.
OPENED = 2014 + 11.5 / 12.0
_MONTHS = {"southnorth_water_cum": 12, "_september": 9, "_october": 10, "_november": 11}
_CUMULATIVE = {
    "beijing": ((2016, "_september"), (2017, "_october"), (2018, "_september"), (2019, "_november"), (2024, "")),
    "tianjin": ((2017, "_october"), (2018, "_september"), (2023, "_september")),
    "hebei_official": ((2017, "_october"), (2018, "_september")),
}
# Of 4.5 bn m3 that came to Beijing to April 2019, 1.1 went into reservoirs and the ground [L: Beijing's water
# authority, shuibiao.com.cn]; elsewhere all of it counts as used.
_STORED = {"beijing": 11.0 / 45.0}


def used(use: str, year: int) -> NDArray[np.float64]:
    """Return one of USES of 2013 or 2020 by province, m3."""
    k = USES.index(use)
    return np.array([_M3 * _USES[year][p][k] for p in PROVINCES])


def allotted(use: str, year: int) -> NDArray[np.float64]:
    """Return what farms may use, or ecology is given, of 2013, 2020 or 2021; of 2021 Hebei alone published."""
    if year <= 2020:
        return used(use, year)
    farms, industry, households, ecology = range(4)
    latest = np.array([_USES[2020][p] for p in PROVINCES])
    total, latest[-1, ecology] = _HEBEI_2021
    latest[-1, farms] = total - latest[-1, [industry, households, ecology]].sum()
    return np.asarray(_M3 * latest[:, USES.index(use)])


def a_resident(year: int) -> NDArray[np.float64]:
    """Return what households and services used a resident, m3."""
    people = np.array([value("region_series", "population_resident", p, year) for p in PROVINCES])
    return np.asarray(used("households", year) / people)


def delivered(year: int) -> NDArray[np.float64]:
    """Return what the middle route brought in a year by province, m3: the cumulative figures, even in between."""
    return np.array([_delivered(p, year) for p in PROVINCES])


def _delivered(province: str, year: int) -> float:
    times, volumes = [OPENED], [0.0]
    for when, month in _CUMULATIVE[province]:
        times.append(when + (_MONTHS[month or "southnorth_water_cum"] - 0.5) / 12.0)
        volumes.append(value(TABLE, f"southnorth_water_cum{month}", province, when))
    pace = (volumes[-1] - volumes[-2]) / (times[-1] - times[-2])
    if year >= times[-1]:
        return pace
    ends = [
        volumes[-1] + pace * (end - times[-1]) if end > times[-1] else float(np.interp(end, times, volumes))
        for end in (year, year + 1.0)
    ]
    return ends[1] - ends[0]


def transferred(year: int) -> NDArray[np.float64]:
    """Return the part of `delivered` that was used."""
    return np.asarray(delivered(year) - stored(year))


def stored(year: int) -> NDArray[np.float64]:
    """Return the part of `delivered` that was kept in reservoirs and the ground."""
    return np.asarray(delivered(year) * np.array([_STORED.get(p, 0.0) for p in PROVINCES]))


def other(year: int) -> NDArray[np.float64]:
    """Return what was neither pumped nor brought by the middle route: own rivers, and reclaimed; m3 a year.

    2013 and 2020 are use less the two; 2014 is as 2013. What the route replaced ends with 2014: what Hebei's
    reservoirs sent to Beijing, and of the Luanhe as much as came to Tianjin instead [A]. What is left of 2013 goes to
    that of 2020 on a line.
    """
    before, then = (_other(y) for y in (2013, 2020))
    if year <= 2014:
        return before
    replaced = np.array([_M3 * _SENT_BEFORE, transferred(2015)[1], 0.0])
    return np.asarray(before - replaced + (then - before + replaced) * (year - 2013) / 7.0)


def _other(year: int) -> NDArray[np.float64]:
    use = np.sum([used(name, year) for name in USES], axis=0)
    return np.asarray(use - _M3 * np.array([_PUMPED[year][p] for p in PROVINCES]) - transferred(year))


def metre() -> float:
    """Return the water in a metre of the ground of Beijing's plain, m3: 4.97 bn from 2015 to 2022 (in the note)."""
    fall = value(TABLE, "groundwater_depth", "beijing", 2015) - value(
        TABLE, "groundwater_depth_november", "beijing", 2022
    )
    return 49.7e8 / fall


def good_2013() -> NDArray[np.float64]:
    """Return sections of class III or better, percent: the first figure, brought back to 2013 as it rose to 2020.

    Beijing's first is a share of its rivers' length, of 2013.
    """
    first = (("tianjin", 2014), ("hebei_official", 2015))
    return np.array([value(TABLE, "river_length_good_share", "beijing", 2013), *(_back(p, y) for p, y in first)])


def _back(province: str, year: int) -> float:
    then, later = (odds(value(TABLE, "water_good_share", province, y)) for y in (year, 2020))
    return share(then - (later - then) / (2020 - year) * (year - 2013))


def inferior_2013(first: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sections below class V, percent: the `first` figures, and what good ones lost when brought back to 2013.

    The classes between are as in the year of the first figure.
    """
    then = [
        value(TABLE, "river_length_good_share", "beijing", 2013),
        value(TABLE, "water_good_share", "tianjin", 2014),
        value(TABLE, "water_good_share", "hebei_official", 2015),
    ]
    return np.asarray(first + np.array(then) - good_2013())


def odds(percent: float) -> float:
    """Return the log odds of a percentage."""
    return math.log(percent / (100.0 - percent))


def share(log_odds: float) -> float:
    """Return the percentage of log odds."""
    return 100.0 / (1.0 + math.exp(-log_odds))
