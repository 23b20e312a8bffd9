"""Indicators of steel: firms of grade A, what that spares the air, crude steel."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, ratio
from jjj_sim.state.world import World


def _firms(world: World) -> F64:
    """Return graded firms by zone; none where the region has no tables of steel."""
    data = world.data.steel
    return np.asarray(data.firms) if data.knows("firms") else np.zeros(world.region.n_zones)


STEEL = (
    Indicator(
        "steel_firms_grade_a",
        "Steel firms of grade A",
        "钢铁企业环保绩效A级占比",
        "percent",
        "stock",
        "100 x firms of grade A over those in production that are graded",
        lambda w: (w.satellites["steel_grade_a"] * _firms(w), _firms(w)),
        ratio,
        100.0,
    ),
    Indicator(
        "steel_grade_a_firms",
        "Steel firms of grade A, number",
        "钢铁企业环保绩效A级数量",
        "firms",
        "stock",
        "firms of grade A, expected number",
        lambda w: (w.satellites["steel_grade_a"] * _firms(w),),
    ),
    Indicator(
        "steel_emissions_spared",
        "Emissions that grade A spares",
        "钢铁创A减排量",
        "region 2013 = 100",
        "flow",
        "emissions that steel would have beyond those it has, were no firm of grade A; part of the core's abatement",
        lambda w: (w.satellites["steel_spared"] / 4.0,),
    ),
    Indicator(
        "steel_grade_a_part",
        "Grade A in the fall of the sector's emissions",
        "创A占行业减排的比例",
        "percent",
        "flow",
        "100 x emissions that grade A spares over the fall since 2013 of those of the sector that makes steel, in "
        "zones of graded firms",
        lambda w: (w.satellites["steel_spared"], w.satellites["steel_fallen"]),
        ratio,
        100.0,
    ),
    Indicator(
        "crude_steel",
        "Crude steel",
        "粗钢产量",
        "t",
        "flow",
        "as it was counted: furnaces outside the count to 2017 are in since 2018",
        lambda w: (w.satellites["crude_steel"],),
    ),
)
