"""Published budget spending, brought to the zones and to public services by named rules.

Zones. Beijing and Tianjin publish one figure each: spent alike per resident. Hebei's figure is divided as
its prefectures spend (2010-2022, the last shares held after; the province's own spending in proportion),
inside a prefecture alike per resident. Baoding's share of 2018-2021 contains the building of Xiong'an and
is interpolated between 2017 and 2022.

Services (education, social security and employment, health). No published series: Hebei's share of
spending is recalled, those of Beijing and Tianjin follow from the published ratio of service spending per
resident, 2.84 : 2.40 : 1 in 2014 and 2.49 : 1.60 : 1 in 2020; linear between, held outside. The ratio of
those two years is therefore an input, that of every other year follows from the budgets.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import series, value

FIRST_BUDGET, LAST_BUDGET = 2010, 2024
_LAST_PREFECTURES = 2022
_MIXED = range(2018, 2022)
# Beijing : Tianjin : Hebei, service spending per resident [L: statistical monitoring office].
SERVICE_RATIO = {2014: (2.84, 2.40, 1.0), 2020: (2.49, 1.60, 1.0)}
_AREAS = ("beijing", "tianjin", "hebei_official")
PREFECTURES = (
    "shijiazhuang",
    "tangshan",
    "qinhuangdao",
    "handan",
    "xingtai",
    "pref:baoding",
    "zhangjiakou",
    "chengde",
    "cangzhou",
    "pref:langfang",
    "hengshui",
)
_BAODING = PREFECTURES.index("pref:baoding")
_JOINT = {"xiongan": "pref:baoding", "baoding": "pref:baoding"}
_JOINT |= dict.fromkeys(("langfang_n3", "langfang_rest"), "pref:langfang")
_PROVINCE = REGION.province[:N_ZONES]
# Who publishes the budget of a zone: 0 Beijing, 1 Tianjin, then the prefectures.
UNIT = np.array(
    [p if p < 2 else 2 + PREFECTURES.index(_JOINT.get(z, z)) for z, p in zip(REGION.ids, _PROVINCE, strict=True)]
)


@functools.cache
def _prefecture_shares(year: int) -> NDArray[np.float64]:
    """Return each prefecture's share of what Hebei's prefectures spend."""
    year = min(year, _LAST_PREFECTURES)
    spent = np.array([value("zone_series_2", "budget_expenditure", p, year) for p in PREFECTURES])
    share = spent / spent.sum()
    if year in _MIXED:
        before, after = (_prefecture_shares(y)[_BAODING] for y in (_MIXED.start - 1, _MIXED.stop))
        late = (year - _MIXED.start + 1) / (len(_MIXED) + 1)
        share[_BAODING] = 0.0
        share *= (1.0 - (before + late * (after - before))) / share.sum()
        share[_BAODING] = before + late * (after - before)
    return np.asarray(share)


@functools.cache
def spending_by_unit(year: int) -> NDArray[np.float64]:
    """Return budget spending of `year` by who publishes, bn yuan: Beijing, Tianjin, then the prefectures."""
    beijing, tianjin, hebei = (value("region_series", "budget_expenditure", a, year) for a in _AREAS)
    return np.concatenate([[beijing, tianjin], hebei * _prefecture_shares(year)])


@functools.cache
def relative_service_shares() -> NDArray[np.float64]:
    """Return service shares of spending relative to Hebei's, shape (years of SERVICE_RATIO, 3)."""
    rows = []
    for year, ratio in SERVICE_RATIO.items():
        per_head = np.array(
            [
                value("region_series", "budget_expenditure", a, year)
                / value("region_series", "population_resident", a, year)
                for a in _AREAS
            ]
        )
        rows.append(np.array(ratio) / (per_head / per_head[2]))
    return np.array(rows)


@functools.cache
def service_prices(year: int) -> float:
    """Return the national price level of services, 2013 = 1, of a year from 2010 to 2013."""
    growth = series("national_series", "va_deflator_growth_tertiary", "nation")
    return float(np.prod([1.0 / (1.0 + growth[y] / 100.0) for y in range(year + 1, 2014)]))
