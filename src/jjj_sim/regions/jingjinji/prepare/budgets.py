"""Budgets: spending and revenue by who publishes, services, and who lives upstream of whose water."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import budgets, revenue
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

ABOUT: dict[str, dict[str, Any]] = {
    "spending": {
        "source": "[L] communiques of the provinces 2010-24; Hebei divided as its prefectures spend 2010-22 (city "
        "panels), [A] the last shares held after, the province's own spending in proportion; [D] Baoding's share of "
        "2018-21, which contains the building of Xiong'an, lies on the line from 2017 to 2022",
        "known": {str(year): 2022 for year in range(2018, 2022)},
    },
    "service_share": {
        "source": "[L] statistical monitoring office: service spending per resident, Beijing : Tianjin : Hebei, "
        "2.84 : 2.40 : 1 in 2014 and 2.49 : 1.60 : 1 in 2020; [D] over published budgets per resident",
        "opening": "no earlier ratio is published: that of 2014 stands for 2013 and opens the run",
    },
    "service_prices": {"source": "[L] NBS: deflator of the nation's tertiary value added"},
    "hospitals": {"source": "[L] communiques of the provinces, 2013", "uncut": "the year of the opening"},
    "revenue_rate": {
        "source": "[L] communiques of the provinces 2016-24, city panels 2010-22, over GDP of the fifth economic "
        "census; [D] Hebei's total before 2016 by its prefectures at the ratio of 2016; Hengshui 2014 and Xingtai "
        "2015, each at twice its neighbouring years, as their mean; [A] shares of prefectures held after 2022",
        "known": dict.fromkeys(("2013", "2014", "2015"), 2016),
        "opening": "the rate of 2013 is the state of the opening",
    },
    "need_per_head": {"source": "[L] local budgets of all 31 provinces over the nation's residents"},
    "upstream": {
        "source": "[L] Chaobai agreement: two counties in Zhangjiakou, three in Chengde; [A] the Luanhe's money in "
        "halves to Chengde and Tangshan",
        "uncut": "the counties that the agreements name",
    },
}
# Who pays whom: the counties that an agreement names, by zone, or equal parts.
_CHAOBAI = {"zhangjiakou": 2.0, "chengde": 3.0}
_LUANHE = {"chengde": 1.0, "tangshan": 1.0}
_UPSTREAM = (_CHAOBAI, _LUANHE, _CHAOBAI)


def _over(years: range, of: Any) -> Series:
    """Return the series of a function of the year."""
    return Series("", np.array(years, dtype=float), np.array([of(year) for year in years]))


def _upstream() -> np.ndarray[Any, Any]:
    """Return the shares by paying province and receiving zone."""
    shares = np.zeros((len(_UPSTREAM), REGION.n_zones))
    for p, parts in enumerate(_UPSTREAM):
        for zone, part in parts.items():
            shares[p, REGION.index(zone)] = part / sum(parts.values())
    return shares


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    areas = ("beijing", "tianjin", "hebei_official")
    return {
        "spending": _over(range(budgets.FIRST_BUDGET, budgets.LAST_BUDGET + 1), budgets.spending_by_unit),
        "service_share": Series("", np.array(list(budgets.SERVICE_RATIO), float), budgets.relative_service_shares()),
        "service_prices": _over(range(budgets.FIRST_BUDGET, 2014), budgets.service_prices),
        "hospitals": np.array([value("region_series", "grade3_hospitals_per_million", a, 2013) for a in areas]),
        "revenue_rate": _over(range(revenue.FIRST_RATE, revenue.LAST_RATE + 1), revenue.revenue_rates),
        "need_per_head": _over(range(revenue.FIRST_NEED, revenue.LAST_NEED + 1), revenue.need_per_head),
        "upstream": _upstream(),
    }
