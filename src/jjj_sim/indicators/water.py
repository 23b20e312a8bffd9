"""Indicators of water: who uses it, where it comes from, and what rivers and the ground are like."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.indicator import F64, Indicator, ratio, the
from jjj_sim.satellites.water import SUPPLIES, USES
from jjj_sim.state.world import World

_USES_TOLD = (
    ("water_use_households", "Water used by households and services", "生活用水量"),
    ("water_use_industry", "Water used by industry", "工业用水量"),
    ("water_use_farms", "Water used by farms", "农业用水量"),
    ("water_use_ecology", "Water given to rivers, lakes and green", "生态环境补水量"),
)
_SUPPLIES_TOLD = (
    ("water_transferred", "Water of the middle route used", "南水北调中线供水量"),
    ("water_other", "Water of own rivers and reclaimed", "当地地表水与再生水供水量"),
    ("groundwater_pumped", "Groundwater pumped", "地下水开采量"),
)


def whole_provinces(area: Area) -> bool:
    """Return whether an area holds every zone of each province that it holds a zone of."""
    province = area.region.inner_province
    return all(len(set(area.inside[province == p].tolist())) == 1 for p in set(province.tolist()))


def spread(values: F64, world: World) -> F64:
    """Return numbers by province divided over their zones by land."""
    region = world.region
    land = np.bincount(region.inner_province, weights=region.area_km2, minlength=region.n_provinces)
    return np.asarray((values / land)[region.inner_province] * region.area_km2)


def _sections(name: str, world: World) -> tuple[F64, ...]:
    """Return sections that are as `name` tells, and sections, by zone; none where the region has no tables of water."""
    n = np.zeros(world.region.n_provinces)
    if world.data.water.knows("sections"):
        n = world.data.water.sections.held(world.year)
    return spread(n * world.satellites[name], world), spread(n, world)


def _depth(world: World) -> tuple[F64, ...]:
    depth = world.satellites["groundwater_depth"]
    return spread(depth, world), spread((depth > 0.0).astype(float), world)


def _used(k: int, name: str, en: str, zh: str) -> Indicator:
    formula = f"{USES[k]} in the use of water"
    return Indicator(name, en, zh, "m3", "flow", formula, lambda w: (w.satellites["water_use"][k],))


def _supplied(k: int, name: str, en: str, zh: str) -> Indicator:
    def measure(world: World) -> tuple[F64, ...]:
        return (spread(world.satellites["water_supply"][k], world),)

    return Indicator(
        name, en, zh, "m3", "flow", f"{SUPPLIES[k]} in the supply of water", measure, areas=whole_provinces
    )


def _share(name: str, en: str, zh: str, formula: str, kept: str) -> Indicator:
    return Indicator(
        name, en, zh, "percent", "rate", formula, lambda w: _sections(kept, w), ratio, 100.0, areas=whole_provinces
    )


WATER = (
    Indicator(
        "water_use",
        "Water used",
        "用水总量",
        "m3",
        "flow",
        "by households, industry, farms and ecology",
        lambda w: (w.satellites["water_use"].sum(axis=0),),
    ),
    *(_used(k, *told) for k, told in enumerate(_USES_TOLD)),
    *(_supplied(k, *told) for k, told in enumerate(_SUPPLIES_TOLD)),
    Indicator(
        "groundwater_depth",
        "Depth of groundwater in the plain",
        "平原区地下水埋深",
        "m",
        "stock",
        "depth at the end of the period, in a year of normal rain every year",
        _depth,
        ratio,
        areas=the("capital"),
    ),
    _share(
        "water_good_share",
        "Good river sections, as reported",
        "地表水优良断面比例(公布口径)",
        "100 x national sections of class III or better over all, of the set of sections in force: another one since "
        "2021",
        "water_good_reported",
    ),
    _share(
        "water_good_share_one_set",
        "Good river sections, one set",
        "地表水优良断面比例(同一断面口径)",
        "the same without the step that the set of 2021 brought",
        "water_good",
    ),
    _share(
        "water_inferior_share",
        "River sections below class V",
        "劣Ⅴ类断面比例",
        "100 x national sections below class V over all",
        "water_inferior",
    ),
    Indicator(
        "inferior_class_v_sections",
        "River sections below class V, number",
        "劣Ⅴ类断面数",
        "sections",
        "stock",
        "national sections below class V, expected number",
        lambda w: (_sections("water_inferior", w)[0],),
        areas=whole_provinces,
    ),
)
