"""Emissions and PM2.5: what zones emit, where the wind takes it, and what the season and weather add.

    E_kz = e_k a_kz exp(-A_k - P_z)                         sources k: sectors, households, vehicles
    a_kz = Y_kz exp(-D [k material]); people burning coal; cars
    A_k' = A_k + rho_k ab(t) m / 4,   D' = D + d(t) / 4     abatement, m the lever; materials per value added
    P_z' = P_z + p_z m / 4                                  what a zone did beyond it, to 2017
    B_z' = B_z + (p_z m + ab(t) (m - 1)) / 4                industry's beyond the nation's, which costs it (Production)
    C_z  = (b_z o_t + sum_jk M_zj E_kj) s_zq exp(w_t + w_zt)   ug/m3

Y is value added (bn yuan of 2013), D what material sectors save, ab the cleaning of a tonne, and rho the pace of a
source relative to industry; coal is residents x coal weight x heating x (1 - clean share), cars are households with a
car x people x income. p is a zone's own plan, and what its target of 2013 asked beyond the least strict one. M and b,
the part from outside in 2013, are set once, so that every zone has its published mean of 2013; b follows its path o.
s is the published season net of that of heating. w is weather, a common AR(1) and noise by zone, of mean 1 and the
same under every policy; the twin has none.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.laws.distance import FROM_CENTRE, kilometres
from jjj_sim.param import param
from jjj_sim.policy.published import published
from jjj_sim.prior import Normal
from jjj_sim.processes.city_air import zone_means
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR, parse
from jjj_sim.region.region import Region
from jjj_sim.region.topics.air import Air
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
# Sources after the sectors, counted from the end.
HOUSEHOLDS, VEHICLES = -2, -1
# The network's new measuring state.
NEW_STATE = parse("2018Q4")
# The year of the source-receptor matrix; the ends of the plan of 2013, of the early pace, and of the late one.
_MATRIX, _PLAN_ENDS, _EARLY_ENDS, _LATE_ENDS, _FINAL = 2015, 2017, 2020, 2024, 2030
# The opening's published mean is that of the year, whose middle is 1.5 quarters after 2013Q1.
_MID_OPENING = 1.5 / 4.0


class Emissions(StockProcess):
    """PM2.5 by zone from what is produced, burnt and driven; who dislikes it lives in migration."""

    name = "emissions"
    zh = "排放与空气质量"
    writes = (
        "tables.pm25",
        "tables.pm25_year",
        "tables.pm25_observed",
        "tables.emissions",
        "tables.emissions_by_source",
        "memory.abatement",
        "memory.material_saving",
        "memory.zone_abatement",
        "memory.stricter",
        "opening.emission_factor",
        "opening.income",
        "opening.outside_pm25",
        "opening.transport",
        "opening.season",
        "memory.recent_pm25",
        "memory.weather",
    )

    abatement_early = param(
        0.12,
        unit="1/year",
        lo=0.08,
        hi=0.16,
        doc="Abatement of industry's emissions a tonne to 2020",
        prior=Normal(0.12, 0.02),
        source="[A] model P13; also the mode given the prior and the means of the three provinces, 2014-20",
    )
    abatement_late = param(
        0.09,
        unit="1/year",
        lo=0.05,
        hi=0.13,
        doc="The same, 2021-2024",
        prior=Normal(0.09, 0.02),
        source="[A] 0.05-0.13",
    )
    abatement_final = param(0.05, unit="1/year", lo=0, hi=0.13, doc="The same from 2030, linear since 2024")
    material_early = param(
        0.045,
        unit="1/year",
        lo=0.03,
        hi=0.06,
        doc="Materials and energy a value added saved in industry and building to 2020, d",
        source="[L] industry's energy a value added -15.6 % in 2016-19; GDP's -4.8 % in 2014, -5.6 % in 2015",
    )
    material_late = param(
        0.03,
        unit="1/year",
        lo=0.015,
        hi=0.05,
        doc="The same since 2021",
        source="[R] plan for industry to 2025: -13.5 % on 2020",
    )
    plan = param(
        unit="1/year",
        lo=0,
        hi=0.15,
        doc="Abatement to 2017 beyond that of all, p: a clean air plan of one's own",
        prior=Normal(0.08, 0.03),
        by="zone",
        merge="mean by output.value_added_2013",
    )
    city_targets = param(
        1.0,
        unit="1",
        lo=0,
        hi=1.5,
        doc="Abatement that a stricter target brought, relative to what it asked",
        source="[A]; targets [R] Hebei's action plan of 2013",
    )
    vehicle_pace = param(
        1.0,
        unit="1",
        lo=0,
        hi=1.5,
        doc="Abatement of cars and lorries relative to industry",
        source="[R] standards China 4 to 6",
    )
    household_pace = param(0.25, unit="1", lo=0, hi=1.5, doc="The same of household stoves, beside clean heating")
    other_pace = param(0.5, unit="1", lo=0, hi=1.5, doc="The same of farming and of building dust")
    household_share = param(
        0.18,
        unit="share",
        lo=0.1,
        hi=0.35,
        doc="Households in the region's PM2.5 of 2013",
        source="[R] inventories of 2013",
    )
    vehicle_share = param(
        0.08,
        unit="share",
        lo=0.04,
        hi=0.2,
        doc="Cars in the region's PM2.5 of 2013",
        source="[R] inventories of 2013",
    )
    urban_coal = param(0.2, unit="1", lo=0, hi=1, doc="Coal burnt by an urban resident relative to a rural one")
    car_income = param(0.8, unit="1", lo=0, hi=2, doc="Elasticity of car use in income")
    reach = param(
        120,
        unit="km",
        lo=60,
        hi=250,
        doc="Distance over which a share falls to 1/e inside a city",
        source="[A]",
    )
    southerly = param(1.3, unit="1", lo=1, hi=2, doc="Weight of sources to the south", source="[A] model P13")
    weather_memory = param(0.3, unit="1", lo=0, hi=0.9, doc="Memory of the common weather by quarter")
    weather_sd = param(
        0.12,
        unit="log",
        lo=0,
        hi=0.3,
        doc="Common weather, sd",
        source="[L] Wang Suxian 2022, Chen 2019 ACP; size [A]",
    )
    weather_zone_sd = param(0.05, unit="log", lo=0, hi=0.2, doc="Weather of a zone, sd")
    weather = param(1, unit="1", lo=0, hi=2, doc="Scale of the weather; 0 switches it off")
    observation_step = param(
        0.935,
        unit="1",
        lo=0.9,
        hi=1,
        doc="Reading of the same air since 2018Q4",
        source="[L] change of measuring state, 5-8 % lower from 2019",
    )

    def open(self, world: World) -> None:
        """Set M, b and the season so that each zone has its published mean of 2013.

        Output of the opening is brought to the mean of 2013 as the nation's grows within that year. Homes heat as
        they did under the published policy: a scenario must not change what history has revealed.
        """
        region, air, people = self.region, world.data.air, world.population
        opening, memory = world.opening, world.memory
        output = world.tables.value_added / world.tables.national_output
        clean = float(published(world.plan, 0, 0).clean_heating)
        opening.income = output.sum(axis=1) / people
        memory.material_saving = 0.0
        activity = self._activity(world, output, 1.0, clean)
        opening.emission_factor = 100.0 * self._shares(air) / activity.sum(axis=1)
        emitted = opening.emission_factor @ activity
        measured, season = zone_means(region, air, FIRST_YEAR, people), season_factors(region, air)
        opening.outside_pm25 = self._outside(world)
        shares = transport_shares(region, air, emitted, self.reach, self.southerly)
        opening.transport = shares * (measured - opening.outside_pm25)[:, None] / emitted
        for q, heating in enumerate(air.heating):
            mean = opening.outside_pm25 + opening.transport @ (
                opening.emission_factor @ self._activity(world, output, heating, clean)
            )
            opening.season[q] = season[q] * measured / mean
        memory.recent_pm25 = season * measured
        memory.abatement = -_MID_OPENING * self._pace() * self._rate(world)
        memory.material_saving = -_MID_OPENING * self.material_early
        memory.zone_abatement = -_MID_OPENING * self._beyond(world)
        memory.weather = self.weather_sd * Draws(world.seed, self.name, -1).normal(self._keys)[0]
        tables = world.tables
        tables.emissions_by_source = opening.emission_factor[:, None] * activity
        tables.emissions, tables.pm25, tables.pm25_year = emitted, memory.recent_pm25[0], measured
        tables.pm25_observed = memory.recent_pm25[0]

    def act(self, world: World, table: Any = None) -> None:
        """Emit, carry, and add the season and weather of the quarter."""
        tables, memory, opening = world.tables, world.memory, world.opening
        quarter = world.t % 4
        intensity = opening.emission_factor * np.exp(-memory.abatement)
        clean = float(world.policy.clean_heating)
        activity = self._activity(world, tables.value_added, world.data.air.heating[quarter], clean)
        tables.emissions_by_source = intensity[:, None] * activity * np.exp(-memory.zone_abatement)
        tables.emissions = tables.emissions_by_source.sum(axis=0)
        standards = float(world.policy.abatement_pace)
        memory.abatement += self._pace() * self._rate(world) * standards / 4.0
        memory.zone_abatement += self._beyond(world) * standards / 4.0
        memory.stricter += (self._beyond(world) * standards + self._rate(world) * (standards - 1.0)) / 4.0
        memory.material_saving += (self.material_early if world.year <= _EARLY_ENDS else self.material_late) / 4.0
        mean = opening.outside_pm25 * tables.outside_pm25_factor + opening.transport @ tables.emissions
        tables.pm25 = mean * opening.season[quarter] * self._weather(world)
        memory.recent_pm25[quarter] = tables.pm25
        tables.pm25_year = memory.recent_pm25.mean(axis=0)
        tables.pm25_observed = tables.pm25 * (self.observation_step if world.t >= NEW_STATE else 1.0)

    @functools.cached_property
    def _keys(self) -> NDArray[np.uint64]:
        """The keys of the weather's draws: the region's, then one per zone."""
        return np.arange(self.region.n_zones + 1, dtype=np.uint64)

    def _shares(self, air: Air) -> F64:
        """Return the shares of the region's PM2.5 of 2013 by source; they sum to 1."""
        rest = 1.0 - self.household_share - self.vehicle_share
        sectors = air.sector_share / air.sector_share.sum() * rest
        return np.concatenate([sectors, [self.household_share, self.vehicle_share]])

    def _activity(self, world: World, output: F64, heating: float, clean: float) -> F64:
        """Return what each source does, shape (n_sources, n_zones).

        `output` (n_zones, n_sectors) value added of a quarter; `heating` that of the quarter, 1 on average;
        `clean` the share of homes without coal.
        """
        people, air = world.population, world.data.air
        coal = people * (1.0 - (1.0 - self.urban_coal) * air.urban) * heating * (1.0 - clean)
        income = output.sum(axis=1) / people / world.opening.income
        tonnes = output.T.copy()
        tonnes[self.region.in_role("material")] *= np.exp(-world.memory.material_saving)
        return np.concatenate([tonnes, [coal, air.cars * people * income**self.car_income]])

    def _outside(self, world: World) -> F64:
        """Return the part from outside in 2013: the share in the year of the matrix, brought back."""
        region, air, people = self.region, world.data.air, world.population
        share = air.outside[region.groups["city"][1]]
        nation = float(world.data.nation.pm25.held(_MATRIX))
        return np.asarray(share * zone_means(region, air, _MATRIX, people) / nation)

    def _pace(self) -> F64:
        """Return the abatement of each source relative to industry."""
        pace = np.ones(self.region.sizes["source"])
        pace[self.region.in_role("dusty")] = self.other_pace
        pace[[*self.region.in_role("lorries"), VEHICLES]] = self.vehicle_pace
        pace[HOUSEHOLDS] = self.household_pace
        return pace

    def _rate(self, world: World) -> float:
        """Return the announced abatement of industry's intensity in the current year, 1/year."""
        if world.year <= _EARLY_ENDS:
            return float(self.abatement_early)
        return float(np.interp(world.year, [_LATE_ENDS, _FINAL], [self.abatement_late, self.abatement_final]))

    def _beyond(self, world: World) -> F64:
        """Return the abatement of zones beyond that of their sources, 1/year."""
        if world.year > _PLAN_ENDS:
            return np.zeros(self.region.n_zones)
        targets = world.data.air.target
        stricter = np.log((1.0 - targets.min()) / (1.0 - targets)) / (_PLAN_ENDS - FIRST_YEAR)
        return np.asarray(self.city_targets * stricter + self.plan)

    def _weather(self, world: World) -> F64:
        """Advance the weather and return its factor by zone, of mean 1; 1 in the twin."""
        if world.twin:
            return np.ones(self.region.n_zones)
        luck = Draws(world.seed, self.name, world.t).normal(self._keys)
        rho, sd, noise = self.weather_memory, self.weather_sd, self.weather_zone_sd
        common = rho * float(world.memory.weather) + np.sqrt(1.0 - rho**2) * sd * luck[0]
        world.memory.weather = common
        scale = self.weather
        return np.asarray(np.exp(scale * (common + noise * luck[1:]) - scale**2 * (sd**2 + noise**2) / 2.0))


def season_factors(region: Region, air: Air) -> F64:
    """Return the quarter's PM2.5 relative to the year's, shape (4, n_zones); the mean over quarters is 1."""
    factors = air.season[:, region.groups["city"][1]]
    return np.asarray(factors / factors.mean(axis=0))


def transport_shares(region: Region, air: Air, emissions: F64, reach: float, southerly: float) -> F64:
    """Return who causes the regional part of PM2.5: receptor by source zone, rows summing to 1.

    A city's share divides over its zones as emissions x exp(-km / reach), times `southerly` for a source to
    the south of the receptor (the rule that the published ranges were expanded by).
    """
    names, city = region.groups["city"]
    south = region.lat[None, :] < region.lat[:, None]
    km = kilometres(region.lon, region.lat, region.area_km2, FROM_CENTRE)
    weight = emissions * np.exp(-km / reach) * np.where(south, southerly, 1.0)
    same_source = city[:, None] == np.arange(len(names))
    of_city = (weight @ same_source)[:, city]
    rows = air.origin[city][:, city] * weight / of_city
    return np.asarray(rows / rows.sum(axis=1, keepdims=True))
