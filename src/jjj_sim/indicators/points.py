"""Indicators of the points system of registration in the capital."""

from __future__ import annotations

from jjj_sim.indicators.indicator import F64, Indicator, ratio, the
from jjj_sim.indicators.water import spread
from jjj_sim.state.world import World


def _of(name: str, world: World) -> F64:
    return spread(world.satellites[name], world)


POINTS = (
    Indicator(
        "points_applicants",
        "Applicants to the points system",
        "积分落户申报人数",
        "persons",
        "flow",
        "non-locals who apply to be registered by points",
        lambda w: (_of("points_applicants", w),),
        areas=the("capital"),
    ),
    Indicator(
        "points_odds",
        "Odds of the points system",
        "积分落户成功率",
        "percent",
        "rate",
        "100 x places over applicants",
        lambda w: (_of("points_quota", w), _of("points_applicants", w)),
        ratio,
        100.0,
        areas=the("capital"),
    ),
    Indicator(
        "points_threshold",
        "Points it takes to be registered",
        "积分落户分数线",
        "points",
        "stock",
        "points of the last one admitted, at the end of the period",
        lambda w: (_of("points_threshold", w),),
        areas=the("capital"),
    ),
)
