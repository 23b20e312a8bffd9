"""Indicators of trips between cities, and of rides between main stations."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.indicators.indicator import F64, Indicator, ratio, the_whole
from jjj_sim.processes.transport import Transport
from jjj_sim.state.world import World

# Getting to a train and from it, as minutes from door to door hold it.
_ACCESS = 2.0 * Transport.parameters()["access"].default
_HOUR = 60.0


def _internal(world: World) -> tuple[F64, ...]:
    """Trips of visits and business to other cities, and these with those beyond the region."""
    inside = world.satellites["trips_inside"][:2].sum(axis=0)
    return (inside, inside + world.satellites["trips_outside"])


def _departures(world: World) -> tuple[F64, ...]:
    return (world.satellites["rail_inside"].sum(axis=1) + world.satellites["rail_outside"],)


def _between(world: World, one: NDArray[np.bool_], other: NDArray[np.bool_]) -> tuple[F64, ...]:
    """Passengers by rail between two sets of zones, both ways; a scalar that belongs to no zone."""
    pair = np.outer(one, other)
    return (np.asarray(world.satellites["rail_inside"][pair | pair.T].sum()),)


def _ride(world: World) -> F64:
    """Minutes on the direct train between zones, (n_zones, n_zones)."""
    return world.satellites["train_minutes"] - _ACCESS


def _near_cities(world: World) -> tuple[F64, ...]:
    """Main cities within an hour's ride of a hub, and main cities."""
    cities, hubs = (np.flatnonzero(world.region.role(role)) for role in ("cities", "hubs"))
    nearest = _ride(world)[np.ix_(cities, hubs)].min(axis=1, initial=np.inf)
    nearest[np.isin(cities, hubs)] = 0.0
    return (np.asarray((nearest <= _HOUR).sum(), dtype=float), np.asarray(float(len(cities))))


def _triangle(world: World) -> tuple[F64, ...]:
    """Minutes of the ride summed over the pairs of the triangle, and pairs."""
    pairs = list(itertools.combinations(np.flatnonzero(world.region.role("triangle")), 2))
    return (np.asarray(sum((_ride(world)[pair] for pair in pairs), 0.0)), np.asarray(float(len(pairs))))


# Key, label in Chinese, formula, in the order of ``satellites.trips_inside``.
_PURPOSES = (
    ("visits", "探亲旅游", "trips of people to other cities of the region and back, all modes, by where they begin"),
    ("business", "商务", "the same of business, all modes"),
    (
        "commuting",
        "通勤",
        "the core's commuters between cities: two trips on 250 days by those within two hours, on 50 by those beyond",
    ),
)


def _purpose(k: int, key: str, zh: str, formula: str) -> Indicator:
    """Return the indicator of one purpose."""
    return Indicator(
        f"intercity_trips_{key}",
        f"Trips to other cities: {key}",
        f"区域内城际出行：{zh}",
        "trips",
        "flow",
        formula,
        lambda w: (w.satellites["trips_inside"][k],),
    )


TRIPS = (
    Indicator(
        "intercity_trips",
        "Trips to other cities of the region",
        "区域内城际出行",
        "trips",
        "flow",
        "trips of visits and business from the area to other cities of the region, all modes, commuting apart",
        lambda w: (w.satellites["trips_inside"][:2].sum(axis=0),),
    ),
    *(_purpose(k, *told) for k, told in enumerate(_PURPOSES)),
    Indicator(
        "passenger_flow_internal_share",
        "Trips inside the region",
        "客流内循环占比",
        "percent",
        "rate",
        "100 x trips to other cities of the region over all trips that leave a city, commuting left out; the share of "
        "rail in trips beyond the region is assumed",
        _internal,
        ratio,
        100.0,
        areas=the_whole,
    ),
    Indicator(
        "rail_passengers",
        "Rail departures",
        "铁路旅客发送量",
        "passengers",
        "flow",
        "departures by rail to other cities and beyond the region",
        _departures,
        areas=the_whole,
    ),
    Indicator(
        "rail_capital_pilot",
        "Rail between Beijing and Tianjin",
        "京津铁路客流",
        "passengers",
        "flow",
        "passengers by rail between Beijing and Tianjin, both ways",
        lambda w: _between(w, w.region.capital, w.region.role("pilot")),
        areas=the_whole,
    ),
    Indicator(
        "rail_capital_new_area",
        "Rail between Beijing and Xiong'an",
        "京雄铁路客流",
        "passengers",
        "flow",
        "passengers by rail between Beijing and Xiong'an, both ways",
        lambda w: _between(w, w.region.capital, w.region.new_area),
        areas=the_whole,
    ),
    Indicator(
        "cities_within_hour_ride",
        "Main cities within an hour's ride of a hub",
        "乘车1小时可达枢纽的主要城市",
        "percent",
        "stock",
        "share of the thirteen cities whose direct train takes an hour at most, 84 minutes to and from it left out, to "
        "the nearest of Beijing, Tianjin, Xiong'an and Shijiazhuang",
        _near_cities,
        ratio,
        100.0,
        areas=the_whole,
    ),
    Indicator(
        "beijing_tianjin_xiongan_ride",
        "Beijing, Tianjin, Xiong'an by train",
        "京津雄乘车时间",
        "minutes",
        "stock",
        "mean minutes of the three pairs on the direct train, 84 minutes to and from it left out",
        _triangle,
        ratio,
        areas=the_whole,
    ),
)
