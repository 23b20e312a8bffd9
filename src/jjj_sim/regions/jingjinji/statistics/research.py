"""Research and technology contracts as published: what was spent on research, and who bought from whom.

Intensity is expenditure on R&D over GDP, both as published, GDP on the fifth economic census: intensities as
printed stand on the GDP of their day (Beijing 2013: 6.08 printed, 5.45 here; 2024: 6.58 and 6.60).
"""

from __future__ import annotations

import functools

import numpy as np

from jjj_sim.regions.jingjinji.statistics import national
from jjj_sim.regions.jingjinji.statistics.tables import series

AREAS = ("beijing", "tianjin", "hebei_official")
FIRST_RESEARCH, LAST_RESEARCH = 2011, 2024
_OPENING = 2013
_SPAN = _OPENING - FIRST_RESEARCH


@functools.cache
def intensity(area: str) -> dict[int, float]:
    """Return R&D expenditure over GDP by year 2011-24, percent; `area` a province or ``nation``."""
    spent = series("region_series", "rd_expenditure", area)
    if area == "nation":
        gdp = dict(zip(range(national.FIRST, national.LAST + 1), national.gdp().tolist(), strict=True))
    else:
        gdp = series("region_series", "gdp_nominal", area)
    return {y: 100.0 * spent[y] / gdp[y] for y in range(FIRST_RESEARCH, LAST_RESEARCH + 1)}


@functools.cache
def past_growth(area: str) -> float:
    """Return the real growth of R&D expenditure behind 2013, log a year: 2011-13, nation's deflator [D]."""
    spent = series("region_series", "rd_expenditure", area)
    price = national.deflators()[0]
    rise = np.log(spent[_OPENING] / spent[FIRST_RESEARCH])
    inflation = np.log(price[_OPENING - national.FIRST] / price[FIRST_RESEARCH - national.FIRST])
    return float((rise - inflation) / _SPAN)


@functools.cache
def diffusion() -> dict[int, float]:
    """Return the nation's contracts over its GDP by year, 2013 = 1; published to 2023."""
    bought = series("region_series", "tech_contracts_absorbed_value", "nation")
    gdp = dict(zip(range(national.FIRST, national.LAST + 1), national.gdp().tolist(), strict=True))
    ratio = {y: v / gdp[y] for y, v in bought.items() if y >= _OPENING}
    return {y: v / ratio[_OPENING] for y, v in ratio.items()}
