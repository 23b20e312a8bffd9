"""Average wages by province and year, over private and other units: what the model's wages stand beside.

    w = s w_other + (1 - s) w_private,     s: other units over all urban units, private and self-employed

Wages of other units (城镇非私营单位) are published by province to 2023; those of private units by province in
few years: between and outside them they move with the nation's, so that the ratio to the nation's is linear
between the years it is known and holds outside [D]. Tianjin's is not known at all: the nation's times the
ratio of its other wages to the power EXPONENT, Beijing's of 2015-2023 [A]. The self-employed count at the
private wage [A]. `s` is published to 2019 and held. Farmers and informal work are not in it: in Hebei the
units behind the figure hold half of the employed. Beijing's official mean over all units of 2018, 94,258,
lies 10 % below this one.
"""

from __future__ import annotations

import numpy as np

from jjj_sim.regions.jingjinji.statistics.tables import series

AREAS = ("beijing", "tianjin", "hebei_official")
FIRST, LAST = 2013, 2024
EXPONENT = 0.7


def other_units(area: str) -> dict[int, float]:
    """Return wages of non-private urban units FIRST..LAST, yuan a year; 2024 by the nation's growth [D]."""
    found = series("region_series", "wage_urban_nonprivate", area)
    nation = series("region_series", "wage_urban_nonprivate", "nation")
    last = max(found)
    found |= {y: found[last] * nation[y] / nation[last] for y in range(last + 1, LAST + 1)}
    return {y: found[y] for y in range(FIRST, LAST + 1)}


def private_units(area: str) -> dict[int, float]:
    """Return wages of private urban units FIRST..LAST, yuan a year."""
    nation = series("wages", "wage_urban_private", "nation")
    years = range(FIRST, LAST + 1)
    if area == "tianjin":
        other, all_other = other_units(area), series("region_series", "wage_urban_nonprivate", "nation")
        return {y: nation[y] * (other[y] / all_other[y]) ** EXPONENT for y in years}
    known = {y: w / nation[y] for y, w in series("wages", "wage_urban_private", area).items()}
    return {y: nation[y] * float(np.interp(y, list(known), list(known.values()))) for y in years}


def share_of_other_units(area: str) -> dict[int, float]:
    """Return non-private units' share of urban units' and self-employed people FIRST..LAST; held after 2019."""
    units = series("region_series", "employed_urban_units", area)
    rest = series("region_series", "employed_private_selfemployed", area)
    return {
        y: units[min(y, max(rest))] / (units[min(y, max(rest))] + rest[min(y, max(rest))])
        for y in range(FIRST, LAST + 1)
    }


def average(area: str) -> dict[int, float]:
    """Return the average wage of a province FIRST..LAST, yuan a year; DataError for an unknown area."""
    share, other, private = share_of_other_units(area), other_units(area), private_units(area)
    return {y: share[y] * other[y] + (1.0 - share[y]) * private[y] for y in share}
