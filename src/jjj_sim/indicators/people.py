"""Indicators of people: how many, of what age and origin, at work, and who came and went."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, deviation, ratio, the_whole
from jjj_sim.state.world import World


def _migrants(world: World) -> tuple[F64, ...]:
    foreign = ~world.region.same_province[: world.region.n_zones]
    return ((world.people.sum(axis=(1, 3)) * foreign).sum(axis=1),)


def _registered(world: World) -> tuple[F64, ...]:
    return (world.people.sum(axis=(0, 1, 3))[: world.region.n_zones],)


def _sixty(world: World) -> tuple[F64, ...]:
    return (world.people[..., 60:].sum(axis=(1, 2, 3)), world.population)


def _net_migration(world: World) -> tuple[F64, ...]:
    moves, n_zones = world.flows.moves, world.region.n_zones
    return (moves[:, :n_zones].sum(axis=0) - moves[:n_zones].sum(axis=1),)


def _unemployment(world: World) -> tuple[F64, ...]:
    active = world.memory.labour_force_before  # that of the quarter, at its close
    return ((active * world.tables.unemployment).sum(axis=1), active.sum(axis=1))


def _wage(world: World) -> tuple[F64, ...]:
    working = world.memory.labour_force_before * (1.0 - world.tables.unemployment)
    return ((working * world.tables.wage).sum(axis=1), working.sum(axis=1))


def _wage_spread(world: World) -> tuple[F64, ...]:
    """Squared distance of log wages from the mean of their education, weighted by the employed, and the employed."""
    working = world.memory.labour_force_before * (1.0 - world.tables.unemployment)
    logs = np.log(world.tables.wage)
    mean = (working * logs).sum(axis=0) / np.maximum(working.sum(axis=0), 1.0)
    return (np.asarray((working * (logs - mean) ** 2).sum()), np.asarray(working.sum()))


PEOPLE = (
    Indicator(
        "population",
        "Resident population",
        "常住人口",
        "persons",
        "stock",
        "residents at the end of the period",
        lambda w: (w.population,),
    ),
    Indicator(
        "registered_population",
        "Registered population living in the region",
        "户籍人口(居住于京津冀)",
        "persons",
        "stock",
        "residents of Jing-Jin-Ji whose hukou is in the area, without those who live elsewhere in China",
        _registered,
    ),
    Indicator(
        "migrants",
        "Residents with hukou in another province",
        "外省户籍常住人口",
        "persons",
        "stock",
        "residents whose home zone lies in another province than the zone they live in",
        _migrants,
    ),
    Indicator(
        "registrations",
        "Residents who became local",
        "外省户籍居民落户人数",
        "persons",
        "flow",
        "residents with hukou in another province who moved it to the zone they live in; those who register and live "
        "elsewhere are not residents and not counted",
        lambda w: (w.flows.conversions,),
    ),
    Indicator(
        "age_share_60plus",
        "Residents of 60 and over",
        "60岁及以上人口占比",
        "percent",
        "stock",
        "100 x residents of 60 and over / residents",
        _sixty,
        ratio,
        100.0,
    ),
    Indicator(
        "births",
        "Births",
        "出生人口",
        "persons",
        "flow",
        "births of the period by the mother's zone",
        lambda w: (w.flows.births,),
    ),
    Indicator("deaths", "Deaths", "死亡人口", "persons", "flow", "deaths of the period", lambda w: (w.flows.deaths,)),
    Indicator(
        "net_migration",
        "Net migration",
        "净迁入人口",
        "persons",
        "flow",
        "arrivals less departures, the rest of China included: population(t) - population(t-1) "
        "= births - deaths + net_migration",
        _net_migration,
    ),
    Indicator(
        "employment",
        "Employment by zone of work",
        "就业人数(按工作地)",
        "persons",
        "stock",
        "jobs of all sectors in the zone",
        lambda w: (w.tables.jobs.sum(axis=1),),
    ),
    Indicator(
        "unemployment_rate",
        "Unemployment rate",
        "失业率",
        "percent",
        "stock",
        "100 x unemployed / labour force, by zone of residence and education; the labour force is that of Labour",
        _unemployment,
        ratio,
        100.0,
    ),
    Indicator(
        "wage",
        "Mean wage",
        "平均工资",
        "yuan/year",
        "stock",
        "wages weighted by the employed of each education",
        _wage,
        ratio,
    ),
    Indicator(
        "wage_dispersion",
        "Spread of wages between zones",
        "分区间工资差异",
        "log",
        "stock",
        "standard deviation over zones of log mean wages of residents of the same education, weighted by the employed",
        _wage_spread,
        deviation,
        areas=the_whole,
    ),
    Indicator(
        "commuters_in",
        "Commuters from outside",
        "跨界通勤流入",
        "persons",
        "flow",
        "people who live outside the area and work in it; a quarter counts a quarter of them, a year their mean",
        lambda w: (w.flows.commuters,),
        crossing="in",
    ),
    Indicator(
        "income_per_head",
        "Disposable income per head",
        "人均可支配收入",
        "yuan/year",
        "rate",
        "wages, property income and social transfers less taxes, over the mean of the quarters' residents; of the "
        "national accounts, some two fifths above the household survey's",
        lambda w: (w.tables.household_income, w.population),
        ratio,
        4e9,
    ),
    Indicator(
        "consumption_per_head",
        "Household consumption per head",
        "人均居民消费",
        "yuan/year",
        "rate",
        "household consumption over the mean of the quarters' residents",
        lambda w: (w.tables.consumption, w.population),
        ratio,
        4e9,
    ),
)
