"""Indicators of parks: who registers, who stays, who has premises."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.indicator import F64, Indicator, Kind, Rule
from jjj_sim.state.world import World

_PARK, _CITY = "science_park", "science_city"


def _with(*roles: str) -> Rule:
    """Return the rule that reports areas with a park in one of the roles."""

    def rule(area: Area) -> bool:
        return any(bool((area.inside & area.region.role(role)).any()) for role in roles)

    return rule


def _of(role: str, name: str, en: str, zh: str, kind: Kind, formula: str, kept: str) -> Indicator:
    def measure(world: World) -> tuple[F64, ...]:
        return (np.where(world.region.role(role), world.satellites[kept], 0.0),)

    return Indicator(name, en, zh, "firms", kind, formula, measure, areas=_with(role))


_NEW = "firms that registered in the park in the period"
_ALL = "firms that registered in the park since it opened"

PARKS = (
    _of(
        _PARK,
        "zgc_park_new_firms",
        "New firms, Zhongguancun park",
        "滨海中关村科技园新增企业",
        "flow",
        _NEW,
        "park_firms_new",
    ),
    _of(
        _PARK,
        "zgc_park_firms_cum",
        "Firms registered, Zhongguancun park",
        "滨海中关村科技园累计注册企业",
        "stock",
        _ALL,
        "park_firms_cumulative",
    ),
    _of(
        _CITY,
        "zgc_city_new_firms",
        "New firms, Zhongguancun city",
        "京津中关村科技城新增企业",
        "flow",
        _NEW,
        "park_firms_new",
    ),
    _of(
        _CITY,
        "zgc_city_firms_cum",
        "Firms registered, Zhongguancun city",
        "京津中关村科技城累计注册企业",
        "stock",
        _ALL,
        "park_firms_cumulative",
    ),
    Indicator(
        "park_firms",
        "Firms in shared parks",
        "共建园区企业",
        "firms",
        "stock",
        "firms registered in parks that the capital runs with another place, those that closed left out",
        lambda w: (w.satellites["park_firms"],),
        areas=_with(_PARK, _CITY),
    ),
    Indicator(
        "park_firms_with_premises",
        "Firms with premises in shared parks",
        "共建园区有经营场所企业",
        "firms",
        "stock",
        "of them, those with premises in the park: a fixed part of who registers",
        lambda w: (w.satellites["park_firms_with_premises"],),
        areas=_with(_PARK, _CITY),
    ),
)
