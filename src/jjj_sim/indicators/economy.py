"""Indicators of output: GDP, its sectors, growth, capital and productivity."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, ratio, the, the_whole
from jjj_sim.region import Region, Sector
from jjj_sim.state.world import World


def _nominal(world: World) -> F64:
    return np.asarray(world.tables.va_nominal.sum(axis=1))


def _real(world: World) -> F64:
    return np.asarray(world.tables.value_added.sum(axis=1))


def broad_value_added(world: World, broad: str) -> F64:
    """Return nominal value added of the primary, secondary or tertiary sector by zone, bn yuan.

    The construction part of mixed sectors is secondary, the rest (real estate) tertiary.
    """
    va = world.tables.va_nominal
    kinds = [s.broad for s in world.region.sectors]
    own, mixed = (va[:, [i for i, kind in enumerate(kinds) if kind == which]].sum(axis=1) for which in (broad, "mixed"))
    construction = world.tables.construction_share
    part = {"primary": 0.0, "secondary": construction, "tertiary": 1.0 - construction}[broad]
    return np.asarray(own + part * mixed)


def _sum(values: F64, world: World, role: str) -> F64:
    """Return `values` (n_zones, n_sectors) summed over the sectors of a role, all of them without one."""
    chosen = list(world.region.sector_roles.get(role, ())) if role else slice(None)
    return np.asarray(values[:, chosen].sum(axis=1))


def _share(name: str, broad: str, en: str, zh: str) -> Indicator:
    return Indicator(
        name,
        en,
        zh,
        "percent",
        "rate",
        f"100 x {broad} value added / GDP, both at current prices; construction is secondary, real estate tertiary",
        lambda w: (broad_value_added(w, broad), _nominal(w)),
        ratio,
        100.0,
    )


def _sector(index: int, sector: Sector) -> Indicator:
    return Indicator(
        f"va_{sector.key}",
        f"Value added: {sector.en}",
        f"增加值:{sector.zh}",
        "bn yuan",
        "flow",
        "value added of the sector at current prices",
        lambda w: (w.tables.va_nominal[:, index],),
    )


def _growth(name: str, en: str, zh: str, role: str, what: str) -> Indicator:
    return Indicator(
        name,
        en,
        zh,
        "percent",
        "rate",
        f"percent change of {what} at 2013 prices on the same period a year before; none in 2013",
        lambda w: (_sum(w.tables.value_added, w, role),),
        on_year=True,
    )


def _part(name: str, en: str, zh: str, above: str, below: str, formula: str) -> Indicator:
    return Indicator(
        name,
        en,
        zh,
        "percent",
        "rate",
        formula,
        lambda w: (_sum(w.tables.va_nominal, w, above), _sum(w.tables.va_nominal, w, below)),
        ratio,
        100.0,
    )


_ALL = ""

_OUTPUT = (
    Indicator(
        "gdp_nominal",
        "GDP at current prices",
        "地区生产总值(现价)",
        "bn yuan",
        "flow",
        "value added of all sectors at current prices, on the base of the fifth economic census",
        lambda w: (_nominal(w),),
    ),
    Indicator(
        "gdp_real",
        "GDP at 2013 prices",
        "地区生产总值(2013年价)",
        "bn yuan of 2013",
        "flow",
        "value added of all sectors at 2013 prices",
        lambda w: (_real(w),),
    ),
    _growth("gdp_real_growth", "Real GDP growth", "地区生产总值实际增速", _ALL, "GDP"),
    _share("gdp_share_primary", "primary", "Primary sector in GDP", "第一产业占比"),
    _share("gdp_share_secondary", "secondary", "Secondary sector in GDP", "第二产业占比"),
    _share("gdp_share_tertiary", "tertiary", "Tertiary sector in GDP", "第三产业占比"),
    Indicator(
        "gdp_share_of_nation",
        "Share of national GDP",
        "占全国GDP比重",
        "percent",
        "rate",
        "100 x GDP at current prices / national GDP of the same quarters, both on the base of the fifth census; "
        "the published 9.33 of 2013 stands on the fourth",
        lambda w: (_nominal(w), np.asarray(w.tables.national_gdp)),
        ratio,
        100.0,
    ),
    Indicator(
        "national_gdp_real",
        "The nation's GDP at 2013 prices",
        "全国GDP(2013年价)",
        "2013 = 100",
        "rate",
        "the nation's GDP at 2013 prices, mean of the period's quarters; outside the region",
        lambda w: (np.asarray(w.tables.national_real_gdp), np.asarray(1.0)),
        ratio,
        100.0,
        areas=the_whole,
    ),
    Indicator(
        "gdp_per_head",
        "GDP per head",
        "人均地区生产总值",
        "yuan/year",
        "rate",
        "GDP at current prices over the mean of the quarters' resident population, at a yearly rate",
        lambda w: (_nominal(w), w.population),
        ratio,
        4e9,
    ),
    Indicator(
        "labour_productivity",
        "Real output per job",
        "劳动生产率",
        "yuan of 2013/year",
        "rate",
        "GDP at 2013 prices over the mean of the quarters' jobs, at a yearly rate",
        lambda w: (_real(w), w.tables.jobs.sum(axis=1)),
        ratio,
        4e9,
    ),
)
_STRUCTURE = (
    _growth(
        "industry_va_growth",
        "Real growth of industry",
        "工业增加值增速",
        "industry",
        "value added of industry (sectors 1 and 2, all sizes)",
    ),
    _growth(
        "hightech_manufacturing_va_growth",
        "Real growth of high-technology manufacturing",
        "高技术制造业增加值增速",
        "hightech",
        "value added of high-technology and advanced manufacturing (all sizes)",
    ),
    _part(
        "hightech_share_of_industry",
        "High technology in industry",
        "高技术制造业占工业比重",
        "hightech",
        "industry",
        "100 x high-technology and advanced manufacturing / industry, at current prices",
    ),
    _part(
        "non_capital_share",
        "Non-capital functions in GDP",
        "非首都功能占比",
        "non_capital",
        _ALL,
        "100 x general manufacturing, wholesale markets and logistics / GDP, at current prices",
    ),
    _part(
        "four_centre_share",
        "Functions of the four centres in GDP",
        "四个中心功能占比",
        "four_centres",
        _ALL,
        "100 x producer services, research, public functions and headquarters / GDP, at current prices",
    ),
    Indicator(
        "capital",
        "Capital stock",
        "资本存量",
        "bn yuan of 2013",
        "stock",
        "capital of all sectors at the end of the period",
        lambda w: (w.stocks.capital.sum(axis=1),),
    ),
    Indicator(
        "capital_share",
        "Capital's share in the cost of factors",
        "资本报酬占比",
        "percent",
        "rate",
        "100 x sum over sectors of value added times capital's share of the sector / value added, at current prices",
        lambda w: ((w.tables.va_nominal * (1.0 - w.tables.labour_share)).sum(axis=1), _nominal(w)),
        ratio,
        100.0,
    ),
    Indicator(
        "xiongan_investment",
        "Investment in Xiong'an, cumulative",
        "雄安新区累计投资",
        "bn yuan",
        "stock",
        "investment of the Xiong'an programme since its beginning, at current prices",
        lambda w: (np.asarray(w.stocks.new_area_invested),),
        areas=the("new_area"),
    ),
)


def economy(region: Region) -> tuple[Indicator, ...]:
    """Return the indicators of output, those of the region's sectors among them."""
    return (*_OUTPUT, *(_sector(i, sector) for i, sector in enumerate(region.sectors)), *_STRUCTURE)
