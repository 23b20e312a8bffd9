"""Indicators of place: housing, services, air and travel."""

from __future__ import annotations

import itertools

import numpy as np

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.indicator import F64, Indicator, ratio, the_whole, theil
from jjj_sim.processes.transport import Transport
from jjj_sim.state.world import World

_NEAR = 90.0  # minutes
# An hour's ride from door to door: minutes on the train, and getting to and from it as the tables of minutes hold it.
_RIDE = 60.0 + 2.0 * Transport.parameters()["access"].default


def _of_several_zones(area: Area) -> bool:
    return int(area.inside.sum()) > 1


def _by_people(values: F64, world: World) -> tuple[F64, ...]:
    people = world.population
    return (values * people, people)


def _by_city(values: F64, world: World) -> tuple[F64, ...]:
    """Weigh cities alike and the zones of a city by their residents, as the authorities do."""
    people = world.population
    _, city = world.region.groups["city"]
    weight = people / np.maximum(np.bincount(city, weights=people), 1.0)[city]
    return (values * weight, weight)


def _by_housing(values: F64, world: World) -> tuple[F64, ...]:
    return (values * world.stocks.housing, world.stocks.housing)


def _theil_parts(world: World) -> tuple[F64, ...]:
    index, people = world.tables.service_index, world.population
    return (people * index * np.log(index), people * index, people)


def _minutes(world: World) -> tuple[F64, ...]:
    people, n_zones = world.population, world.region.n_zones
    to_others = world.tables.minutes[:n_zones, :n_zones] @ people / people.sum()
    return _by_people(to_others, world)


def _near_cities(world: World) -> tuple[F64, ...]:
    """Main cities near a hub, and main cities; none where the region names no hubs."""
    cities, hubs = (np.flatnonzero(world.region.role(role)) for role in ("cities", "hubs"))
    nearest = world.tables.minutes[np.ix_(cities, hubs)].min(axis=1, initial=np.inf)
    nearest[np.isin(cities, hubs)] = 0.0
    return (np.asarray((nearest <= _NEAR).sum(), dtype=float), np.asarray(float(len(cities))))


def _near_a_metropolis(world: World) -> tuple[F64, ...]:
    """Residents within an hour's ride of the hubs of the capital and the pilot province, and residents."""
    region, people = world.region, world.population
    metropolis = np.flatnonzero(region.role("hubs") & (region.role("capital") | region.role("pilot")))
    nearest = world.tables.minutes[: region.n_zones, metropolis].min(axis=1, initial=np.inf)
    nearest[metropolis] = 0.0
    return (people * (nearest <= _RIDE), people)


def _portable(world: World) -> tuple[F64, ...]:
    return (np.asarray(world.policy.portable_services),)


def _triangle(world: World) -> tuple[F64, ...]:
    """Minutes summed over the pairs of the triangle, and pairs."""
    pairs = list(itertools.combinations(np.flatnonzero(world.region.role("triangle")), 2))
    return (np.asarray(sum((world.tables.minutes[pair] for pair in pairs), 0.0)), np.asarray(float(len(pairs))))


PLACE = (
    Indicator(
        "house_price",
        "House price",
        "住房价格",
        "yuan/m2",
        "stock",
        "price weighted by the housing stock",
        lambda w: _by_housing(w.tables.house_price, w),
        ratio,
    ),
    Indicator(
        "rent",
        "Rent",
        "租金",
        "yuan/m2/year",
        "stock",
        "rent weighted by the housing stock",
        lambda w: _by_housing(w.tables.rent, w),
        ratio,
    ),
    Indicator(
        "housing",
        "Housing stock",
        "住房存量",
        "m2",
        "stock",
        "floor area of dwellings at the end of the period",
        lambda w: (w.stocks.housing,),
    ),
    Indicator(
        "housing_value",
        "Value of homes",
        "住房总价值",
        "bn yuan",
        "stock",
        "housing stock times house price; who owns a home is not in the model",
        lambda w: (w.stocks.housing * w.tables.house_price / 1e9,),
    ),
    Indicator(
        "rents",
        "Rents of all homes",
        "住房租金总额",
        "bn yuan",
        "flow",
        "housing stock times rent: what tenants pay, and what those who live in a home of their own save; who rents is "
        "not in the model",
        lambda w: (w.stocks.housing * w.tables.rent / 4e9,),
    ),
    Indicator(
        "dwelling_sales",
        "Sales of new homes",
        "新建住房销售额",
        "bn yuan",
        "flow",
        "what households pay for new homes",
        lambda w: (w.flows.dwelling_sales,),
    ),
    Indicator(
        "homes_built",
        "Homes built",
        "住房竣工面积",
        "m2",
        "flow",
        "floor area completed",
        lambda w: (w.flows.homes_built,),
    ),
    Indicator(
        "homes_removed",
        "Homes pulled down",
        "住房拆除面积",
        "m2",
        "flow",
        "floor area pulled down",
        lambda w: (w.flows.homes_removed,),
    ),
    Indicator(
        "homes_found",
        "Newcomers who find a home",
        "新来者购房中签率",
        "percent",
        "stock",
        "100 x chance that a newcomer finds a home at the price in force, weighted by residents; 100 without a ceiling",
        lambda w: _by_people(w.tables.rationing, w),
        ratio,
        100.0,
    ),
    Indicator(
        "service_index",
        "Public services",
        "公共服务指数",
        "1",
        "stock",
        "index of public services weighted by residents",
        lambda w: _by_people(w.tables.service_index, w),
        ratio,
    ),
    Indicator(
        "service_spending_per_head",
        "Public service spending per head",
        "人均公共服务支出",
        "yuan/year",
        "stock",
        "spending per head weighted by residents",
        lambda w: _by_people(w.tables.spending_per_head, w),
        ratio,
    ),
    Indicator(
        "budget_spending",
        "Budget spending",
        "一般公共预算支出",
        "bn yuan",
        "flow",
        "all spending of local budgets at current prices",
        lambda w: (w.tables.budget_spending,),
    ),
    Indicator(
        "services_theil",
        "Inequality of public services (Theil)",
        "公共服务泰尔指数",
        "1",
        "stock",
        "sum over zones of p (G / mean G) ln(G / mean G), G the service index, p the share of residents",
        _theil_parts,
        theil,
        areas=_of_several_zones,
    ),
    Indicator(
        "cross_province_services",
        "Services open across the provinces",
        "跨省通办事项",
        "items",
        "stock",
        "public services that residents can use in another of the three provinces; input",
        _portable,
        areas=the_whole,
    ),
    Indicator(
        "pm25",
        "PM2.5",
        "细颗粒物(PM2.5)浓度",
        "ug/m3",
        "rate",
        "concentration as the network reports it (in the actual state of the air since September 2018), mean over "
        "the 13 cities alike and inside a city by residents, as published; mean of the period's quarters",
        lambda w: _by_city(w.tables.pm25_observed, w),
        ratio,
    ),
    Indicator(
        "pm25_breathed",
        "PM2.5 breathed by a resident",
        "居民人均暴露PM2.5浓度",
        "ug/m3",
        "rate",
        "concentration as the network reports it, weighted by residents, mean of the period's quarters",
        lambda w: _by_people(w.tables.pm25_observed, w),
        ratio,
    ),
    Indicator(
        "emissions",
        "Emissions of PM2.5 and what forms it",
        "PM2.5等效排放",
        "region 2013 = 100",
        "flow",
        "emissions of all sources in PM2.5 equivalents, of which the region emitted 100 in 2013",
        lambda w: (w.tables.emissions / 4.0,),
    ),
    Indicator(
        "mean_travel_minutes",
        "Mean travel time to a resident of the region",
        "到区域居民的平均出行时间",
        "minutes",
        "stock",
        "door-to-door minutes from a resident of the area to a resident of Jing-Jin-Ji, one's own zone "
        "included, weighted by residents at both ends",
        _minutes,
        ratio,
    ),
    Indicator(
        "high_speed_rail_length",
        "High-speed rail",
        "高速铁路里程",
        "km",
        "stock",
        "length of the open lines inside the region with the named residual",
        lambda w: (np.asarray(w.tables.high_speed_km),),
        areas=the_whole,
    ),
    Indicator(
        "cities_within_90_minutes",
        "Main cities within 90 minutes of a hub",
        "90分钟内可达枢纽的主要城市",
        "percent",
        "stock",
        "share of the thirteen cities at most 90 minutes door to door from the nearest of Beijing, Tianjin, "
        "Xiong'an and Shijiazhuang",
        _near_cities,
        ratio,
        100.0,
        areas=the_whole,
    ),
    Indicator(
        "residents_within_an_hours_ride",
        "Residents within an hour's ride of Beijing or Tianjin",
        "乘车1小时可达京津的人口占比",
        "percent",
        "stock",
        "share of residents whose zone is at most 144 minutes door to door, an hour's ride and 42 minutes at either "
        "end, from Beijing's or Tianjin's central districts; a zone counts whole",
        _near_a_metropolis,
        ratio,
        100.0,
    ),
    Indicator(
        "beijing_tianjin_xiongan_minutes",
        "Beijing, Tianjin, Xiong'an door to door",
        "京津雄门到门时间",
        "minutes",
        "stock",
        "mean door-to-door minutes of the three pairs, access to stations included (published: the ride)",
        _triangle,
        ratio,
        areas=the_whole,
    ),
)
