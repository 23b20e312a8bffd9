"""Indicators of industrial chains: what places specialise in, and what provinces buy of one another."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, ratio
from jjj_sim.region import Region
from jjj_sim.state.world import World

# Location quotient and share of the nation's output of a sector from which a zone counts as specialised in it.
QUOTIENT, SHARE = 1.25, 0.005


def _nation(world: World) -> F64:
    """Return the nation's value added of the quarter by sector, bn yuan at current prices, shape (n_sectors,)."""
    tables = world.tables
    opening = world.data.nation.value_added_2013
    return np.asarray(opening * tables.national_output * tables.national_deflator / 4.0)


def _in_chains(region: Region) -> list[int]:
    """Return the sectors of industrial chains: industry, and what takes graduates."""
    return sorted({*region.in_role("industry"), *region.in_role("absorbing")})


def _quotient(index: int, key: str, en: str, zh: str) -> Indicator:
    def measure(world: World) -> tuple[F64, ...]:
        nation = _nation(world)
        expected = nation[index] / nation.sum()
        return (world.tables.va_nominal[:, index], world.tables.va_nominal.sum(axis=1) * expected)

    return Indicator(
        f"location_quotient_{key}",
        f"Location quotient: {en}",
        f"区位商:{zh}",
        "ratio",
        "rate",
        "share of the sector in the area's value added / its share in the nation's, at current prices",
        measure,
        ratio,
    )


def _specialised(world: World) -> tuple[F64, ...]:
    """Return in how many sectors of industrial chains each zone is specialised."""
    nation, made = _nation(world), world.tables.va_nominal
    whole = made.sum(axis=1, keepdims=True) * nation / nation.sum()
    chains = np.zeros(len(nation), dtype=bool)
    chains[_in_chains(world.region)] = True
    return (((made >= QUOTIENT * whole) & (made >= SHARE * nation) & (made > 0.0) & chains).sum(axis=1).astype(float),)


def _across(world: World) -> tuple[F64, ...]:
    """Return what zones buy of other provinces of the region and of the whole region, bn yuan."""
    region, sold = world.region, world.flows.sales
    province, n = region.inner_province, region.n_zones
    inside = sold[:n, :n]
    return ((inside * (province[:, None] != province)).sum(axis=0), inside.sum(axis=0))


def chains(region: Region) -> tuple[Indicator, ...]:
    """Return the indicators of industrial chains of a region."""
    sectors = [(i, region.sectors[i]) for i in _in_chains(region)]
    return (
        *(_quotient(i, sector.key, sector.en, sector.zh) for i, sector in sectors),
        Indicator(
            "specialised_places",
            "Sectors in which zones are specialised",
            "专业化行业数(分区)",
            "sectors",
            "stock",
            "zones and sectors of industry, services to producers and research with a location quotient of "
            f"{QUOTIENT:g} and {100 * SHARE:g} % of the nation's value added of the sector; no award of clusters",
            _specialised,
        ),
        Indicator(
            "cross_province_purchases",
            "Purchases across provinces",
            "跨省采购占比",
            "percent",
            "rate",
            "100 x goods and services bought from the region's other provinces / bought from the region",
            _across,
            ratio,
            100.0,
        ),
    )
