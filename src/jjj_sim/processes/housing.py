"""Housing: what is built, what it costs, and who finds a home.

    ln h_z    = ln Pop_z + eps_y ln y_z - eps_r ln(u p*_z) + const_z       demand, m2; const: market clear in 2013
    d ln p*_z = adjust (ln h_z - ln H_z) + inertia d ln p*_z,-1            fundamental price, per quarter
    d X_z     = expect (x_z - X_z) + inertia d X_z,-1                      announced gain x, in the price X
    v_z       = p*_z exp(X_z + c(t))                                       what buyers would pay, yuan/m2
    p_z       = min(v_z, ceiling_z),   r_z = u p*_z p_z / v_z,   q_z = (p_z / v_z)^eps_r
    H_z       = H_z,-1 + B_z - R_z,    R_z = demolition H_z,-1 / 4         m2
    B_z       = max(0, R_z + H_z,-1 (e^(land_z trend_z f(t) / 4 + b_z) - 1))      (+ the new area's plan)
    b_z       = min(land_z quota, build max(0, eta_z ln(p_z / c_t / pbar_z) - ln(H_z,-1 / Hbar_z)))

y is labour income per resident by zone of residence, u the user cost and c_t the price of building; Hbar_z is the
stock of the last census on its trend and pbar_z the price over cost at that census, so that eta is an elasticity of
the stock. Until that census the net path is the census's and b is zero; then its trend fades,
f = e^(-(t - census) / fading), and land, a lever, multiplies what the trend and the market may build. The cycle of
prices c(t) is given: the mean over cities of log asking prices less its straight trend, zero in 2013, held after the
last year. Under a ceiling newcomers queue, and the share q finds a home at p: those whom the price v would have left.
An announcement raises what buyers would pay, not what space is worth now, so it leaves h and rents alone.
"""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.param import param
from jjj_sim.processes.home_path import home_path
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR, middle
from jjj_sim.region.table import Series
from jjj_sim.region.topics.homes import Homes
from jjj_sim.state.world import World


class Housing(StockProcess):
    """Build and price homes; who lives where is decided in Migration."""

    name = "housing"
    zh = "住房"
    changes = ("money",)
    writes = (
        "tables.house_price",
        "tables.rent",
        "tables.dwelling_works",
        "tables.rationing",
        "flows.homes_built",
        "flows.homes_removed",
        "flows.dwelling_sales",
        "stocks.housing",
        "memory.housing_trend",
        "prices.fundamental_price",
        "memory.price_growth",
        "prices.announced",
        "memory.announced_growth",
        "opening.demand_level",
        "memory.price_reference",
    )

    income_elasticity = param(
        1.0, unit="1", lo=0.8, hi=1.1, doc="Demand for space and income", source="[L] Chow, Niu 2015"
    )
    rent_elasticity = param(
        0.8,
        unit="1",
        lo=0.8,
        hi=1.1,
        doc="Demand for space and rent, minus",
        source="[L] Chow, Niu 2015: .8-1.1",
    )
    adjustment = param(0.15, unit="1/quarter", lo=0.02, hi=0.3, doc="Price response to excess demand", source="[A]")
    inertia = param(0.35, unit="1", lo=0, hi=0.6, doc="Price growth carried over", source="[A]")
    foresight = param(
        0.3,
        unit="1/quarter",
        lo=0.1,
        hi=0.6,
        doc="Part of an announced gain not yet paid that buyers add in a quarter, expect",
        source="[A] model P7; checked on the sub-centre, Li, Xia 2023 JRS",
    )
    user_cost = param(0.018, unit="1/year", lo=0.01, hi=0.04, doc="Rent over price", source="[A]")
    building = param(
        0.05, unit="1/quarter", lo=0.01, hi=0.15, doc="Gap to the desired stock built a quarter", source="[A]"
    )
    quota = param(
        0.01,
        unit="1/quarter",
        lo=0.002,
        hi=0.03,
        doc="Most that land as in history allows beyond the trend",
        source="[A]",
    )
    demolition = param(0.01, unit="1/year", lo=0, hi=0.03, doc="Stock pulled down", source="[A]")
    building_cost = param(
        2_800,
        unit="yuan of 2013 per m2",
        lo=1_500,
        hi=5_000,
        doc="Cost of building a dwelling",
        source="[R] cost of completed floor space, NBS: about 2,700 to 3,000",
    )
    fading = param(
        4,
        unit="year",
        lo=2,
        hi=20,
        doc="Time in which the trend of 2010-20 fades",
        source="[D] new homes sold 2021-24 over 2013-20, m2: Beijing .89, Tianjin .71, Shijiazhuang .82; the trend 1.2",
    )
    sold = param(
        unit="share",
        lo=0.1,
        hi=1,
        doc="Floor area built that is sold as new homes; the rest is built for use and resettlement",
        by="province",
    )
    supply = param(
        unit="1", lo=0, hi=4, doc="Elasticity of the stock, eta", by="zone", merge="mean by homes.opening_area"
    )

    def open(self, world: World) -> None:
        """Set prices of 2013 and clear the market at them; ceilings act from the first quarter on."""
        homes, stocks, memory, prices = world.data.homes, world.stocks, world.memory, world.prices
        path = home_path(world.data)
        stocks.housing = memory.housing_trend = path.along(FIRST_YEAR)
        prices.fundamental_price = memory.price_reference = homes.opening_price
        memory.price_growth = prices.announced = memory.announced_growth = 0.0
        world.opening.demand_level = 0.0
        world.opening.demand_level = np.log(stocks.housing) - self._demand(world)
        self._publish(world, np.zeros(self.region.n_zones))
        built = path.along(FIRST_YEAR + 0.25) - stocks.housing + self.demolition / 4.0 * stocks.housing
        world.tables.dwelling_works = built * self.building_cost / 1e9

    def act(self, world: World, table: Any = None) -> None:
        """Build, let the price move with excess demand, and sell what was built."""
        self._build(world)
        policy, prices, memory = world.policy, world.prices, world.memory
        growth = self.adjustment * (self._demand(world) - np.log(world.stocks.housing))
        growth += self.inertia * memory.price_growth
        memory.price_growth = growth
        prices.fundamental_price = prices.fundamental_price * np.exp(growth)
        gain = self.foresight * (policy.announced_gain - prices.announced) + self.inertia * memory.announced_growth
        memory.announced_growth = gain
        prices.announced = prices.announced + gain
        self._publish(world, policy.price_ceiling)
        self._sell(world)

    def _build(self, world: World) -> None:
        """Complete and pull down homes: stock = stock before + built - removed."""
        stocks, tables, flows, memory = world.stocks, world.tables, world.flows, world.memory
        census = home_path(world.data)
        before, last = stocks.housing, float(census.times[-1])
        time = FIRST_YEAR + (world.t + 1) / 4.0
        price = tables.house_price / float(tables.construction_deflator)
        flows.homes_removed = self.demolition / 4.0 * before
        if time <= last:
            net = census.along(time) - before
            memory.housing_trend = census.along(time)
            memory.price_reference = price
        else:
            land = world.policy.land
            trend = census_growth(census) / 4.0 * np.exp(-(time - last) / self.fading)
            memory.housing_trend = memory.housing_trend * np.exp(trend)
            wanted = self.supply * np.log(price / memory.price_reference)
            gap = wanted - np.log(before * np.exp(trend) / memory.housing_trend)
            net = before * np.expm1(land * trend + np.clip(self.building * gap, 0.0, land * self.quota))
            net[self.region.new_area] += float(tables.new_area_housing)
        flows.homes_built = np.maximum(net + flows.homes_removed, 0.0)
        flows.homes_removed = np.maximum(flows.homes_removed, -net)
        stocks.housing = before + flows.homes_built - flows.homes_removed

    def _demand(self, world: World) -> NDArray[np.float64]:
        """Return log demand for space at the fundamental price, shape (n_zones,)."""
        people = np.maximum(world.population, 1.0)
        income = 4e9 * np.maximum(world.tables.labour_income, 1e-9) / people
        rent = world.prices.fundamental_price * self.user_cost
        demand = np.log(people) + self.income_elasticity * np.log(income) - self.rent_elasticity * np.log(rent)
        return np.asarray(demand + world.opening.demand_level)

    def _publish(self, world: World, ceiling: NDArray[np.float64]) -> None:
        """Set price, rent and rationing under `ceiling` (n_zones,), yuan/m2; 0 is none."""
        tables = world.tables
        cycle = float(np.interp(middle(world.t), *asking_cycle(world.data.homes)))
        wanted = world.prices.fundamental_price * np.exp(world.prices.announced + cycle)
        tables.house_price = np.where(ceiling > 0.0, np.minimum(wanted, ceiling), wanted)
        held = tables.house_price / wanted
        tables.rent = self.user_cost * world.prices.fundamental_price * held
        tables.rationing = held**self.rent_elasticity

    def _sell(self, world: World) -> None:
        """Tell the works at their cost, and let households pay for the part of what was built that is sold."""
        tables, flows = world.tables, world.flows
        cost = self.building_cost * float(tables.construction_deflator)
        tables.dwelling_works = flows.homes_built * cost / 1e9
        sold = self.sold[self.region.inner_province]
        flows.dwelling_sales = sold * flows.homes_built * tables.house_price / 1e9
        world.ledger.pay("new homes", payer="households", payee="firms", amount=flows.dwelling_sales)


def census_growth(census: Series) -> NDArray[np.float64]:
    """Return the log growth a year of floor area between the last two times known, shape (n_zones,), not below zero."""
    if len(census.times) == 1:
        return np.zeros(census.values.shape[1:])
    years = census.times[-1] - census.times[-2]
    return np.asarray(np.maximum(np.log(census.values[-1] / census.values[-2]) / years, 0.0))


@functools.cache
def asking_cycle(homes: Homes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mid-year decimal years and the log cycle of asking prices, zero in the first year; see `cycle_of`."""
    return cycle_of(homes.asking_price, homes.cycle_weight)


def cycle_of(asked: Series, weight: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the years and the cycle of the prices `asked` by city, nan where none is known, (n_times, n_cities).

    The cycle is the mean over cities, by `weight`, of yearly log changes, chained, less its straight line; a change
    over several years is spread over them.
    """
    changes: dict[int, list[tuple[float, float]]] = {}
    for city, counts in zip(asked.values.T, weight.tolist(), strict=True):
        listed = {year: price for year, price in zip(asked.years, city, strict=True) if np.isfinite(price)}
        for a, b in pairwise(listed):
            for year in range(a + 1, b + 1):
                changes.setdefault(year, []).append((float(np.log(listed[b] / listed[a])) / (b - a), counts))
    years = np.arange(asked.first, max(changes, default=asked.first) + 1, dtype=np.float64)
    steps = [np.array(changes.get(int(year), [(0.0, 1.0)])).T for year in years[1:]]
    level = np.cumsum([0.0, *(float(np.average(step, weights=counts)) for step, counts in steps)])
    if len(years) < 3:
        return years + 0.5, np.zeros(len(years))
    cycle = level - np.polyval(np.polyfit(years, level, 1), years)
    return years + 0.5, np.asarray(cycle - cycle[0])
