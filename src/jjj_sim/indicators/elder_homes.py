"""Indicators of homes for the old."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, ratio
from jjj_sim.state.world import World


def _in_homes(world: World) -> F64:
    return np.asarray(world.satellites["home_residents"].sum(axis=0))


def _elsewhere(world: World) -> tuple[F64, ...]:
    """Old people of the capital in homes of other provinces, by the zone of the home."""
    home = world.region.capital
    return (np.where(home, 0.0, world.satellites["home_residents"][home].sum(axis=0)),)


ELDER_HOMES = (
    Indicator(
        "elder_beds",
        "Beds in homes for the old",
        "养老机构床位",
        "beds",
        "stock",
        "beds in homes; input: Beijing's as published, elsewhere the published ratio to residents of 60 and over",
        lambda w: (w.satellites["home_beds"],),
    ),
    Indicator(
        "elder_residents_in_homes",
        "Old people in homes",
        "养老机构入住老人",
        "persons",
        "stock",
        "people in homes of the area, wherever they come from",
        lambda w: (_in_homes(w),),
    ),
    Indicator(
        "elder_home_occupancy",
        "Beds in homes that are taken",
        "养老机构入住率",
        "percent",
        "stock",
        "100 x people in homes over beds in homes",
        lambda w: (_in_homes(w), w.satellites["home_beds"]),
        ratio,
        100.0,
    ),
    Indicator(
        "beijing_elders_in_homes_elsewhere",
        "Old people of Beijing in homes elsewhere",
        "北京老人异地入住养老机构",
        "persons",
        "stock",
        "residents of Beijing in homes of the area outside Beijing",
        _elsewhere,
    ),
    Indicator(
        "elder_home_entrants",
        "Entrants into homes for the old",
        "养老机构新入住老人",
        "persons",
        "flow",
        "people who came into homes of the area",
        lambda w: (w.satellites["home_entrants"].sum(axis=0),),
    ),
)
