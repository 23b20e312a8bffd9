"""Housing: the stock, prices and rents. Interim: rationing and announcements come with land and queues.

    ln h_z    = ln Pop_z + eps_y ln y_z - eps_r ln r_z + const_z            demand; const: market clear in 2013
    d ln p*_z = adjust (ln h_z - ln H_z) + inertia d ln p*_z,-1              fundamental price
    p_z       = p*_z exp(c(t)),   r_z = p*_z x user cost
    d ln H_z  = census path to 2020, then trend_z e^(-(t - 2020) / fading) / 4
                + min(quota, build max(0, eta_z ln(p*_z / c_t) - ln(H_z / Hbar_z)))   (+ Xiong'an's plan)

y: earnings a resident; H: floor area; c_t: building cost, the nation's deflator of sector 3, 1 at 2020; Hbar_z:
the stock of 2020 on its trend, so that eta is an elasticity of the stock. c(t), the cycle of prices, drives
and is not explained: the mean over prefectures of log asking prices less their straight trend (boom of
2015-17, fall from 2021), zero in 2013, held after the last year. It moves prices and not rents, which follow
use; so rent / price is the user cost in 2013 and varies with the cycle afterwards.

Levels of 2013 (confidence low): the province's new-home price times the zone's asking price over the
province's mean, people as weights. Asking prices: Beijing's and Tianjin's zones by May 2026, prefectures by
2015 (the first year with all), North Three by the recalled ratio of 2013; asking and new-home levels are
never mixed. Xiong'an takes Baoding's; its stock is planned and follows demand (eta 3).
Chow, Niu 2015 (income 1, price -.8 to -1.1, supply .5); Fu, Zheng, Liu (denser cities are less elastic).
"""

from __future__ import annotations

import functools
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import GEOGRAPHY, N_ZONES
from jjj_sim.evidence.housing import housing
from jjj_sim.evidence.prices import asking_cycle, opening_prices
from jjj_sim.param import param
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.state.book import Field
from jjj_sim.state.world import World

PLANNED = "xiongan_housing"
_XIONGAN = GEOGRAPHY.index("xiongan")
_CENSUS = 2020.83


class Housing(StockProcess):
    """Build and price homes; who lives where is decided in Migration."""

    name = "housing"
    zh = "住房"
    changes = ("money",)
    tables: ClassVar[dict[str, Field]] = {
        "house_price": Field(("zone",), "yuan/m2", "price of new homes"),
        "rent": Field(("zone",), "yuan/m2/year", "rent"),
        "dwelling_works": Field(("zone",), "bn yuan", "building of dwellings in the quarter, current prices"),
    }
    flows: ClassVar[dict[str, Field]] = {
        "dwelling_sales": Field(("zone",), "bn yuan", "new homes sold in the quarter, current prices"),
    }
    stocks: ClassVar[dict[str, Field]] = {
        "housing": Field(("zone",), "m2", "floor area of family households"),
        "housing_trend": Field(("zone",), "m2", "the stock on its trend after 2020, before prices"),
        "fundamental_price": Field(("zone",), "yuan/m2", "p*, price without the cycle"),
        "price_growth": Field(("zone",), "1/quarter", "d ln p* of the last quarter"),
        "demand_level": Field(("zone",), "1", "const, so that demand meets the stock in 2013"),
        "price_reference": Field(("zone",), "yuan/m2", "p* over building cost in 2020, where supply stands still"),
    }

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
    user_cost = param(0.018, unit="1/year", lo=0.01, hi=0.04, doc="Rent over price", source="[A]")
    building = param(
        0.05, unit="1/quarter", lo=0, hi=0.15, doc="Gap to the desired stock built a quarter", source="[A]"
    )
    quota = param(0.01, unit="1/quarter", lo=0, hi=0.03, doc="Most that land allows beyond the trend", source="[A]")
    building_cost = param(
        2_800,
        unit="yuan of 2013 per m2",
        lo=1_500,
        hi=5_000,
        doc="Cost of building a dwelling",
        source="[R] cost of completed floor space, NBS: about 2,700 to 3,000",
    )
    fading = param(8, unit="year", lo=2, hi=20, doc="Time in which the trend of 2010-20 fades", source="[A]")
    supply_core = param(0.05, unit="1", lo=0, hi=1, doc="Stock elasticity eta, Beijing's core", source="[A]")
    supply_inner = param(0.15, unit="1", lo=0, hi=1, doc="eta, inner Beijing", source="[A]")
    supply_outer = param(0.4, unit="1", lo=0, hi=2, doc="eta, sub-centre and outer Beijing", source="[A]")
    supply_tianjin = param(0.7, unit="1", lo=0, hi=2, doc="eta, Tianjin", source="[A]")
    supply_hebei = param(1.0, unit="1", lo=0, hi=2, doc="eta, Hebei", source="[L] Chow, Niu 2015: .5 for the nation")
    supply_xiongan = param(3.0, unit="1", lo=0, hi=5, doc="eta, Xiong'an, planned", source="[A]")

    def elasticities(self) -> NDArray[np.float64]:
        """Return eta by zone, shape (n_zones,)."""
        eta = np.full(N_ZONES, self.supply_hebei)
        eta[GEOGRAPHY.in_region("tianjin")] = self.supply_tianjin
        eta[GEOGRAPHY.in_region("beijing")] = self.supply_outer
        for zone, level in (
            ("bj_core", self.supply_core),
            ("bj_inner", self.supply_inner),
            ("xiongan", self.supply_xiongan),
        ):
            eta[GEOGRAPHY.index(zone)] = level
        return eta

    def open(self, world: World) -> None:
        """Set prices of 2013 and clear the market at them."""
        stocks = world.stocks
        stocks.housing = stocks.housing_trend = housing(FIRST_YEAR)
        stocks.fundamental_price = stocks.price_reference = opening_prices()
        stocks.price_growth = 0.0
        stocks.demand_level = 0.0
        stocks.demand_level = np.log(stocks.housing) - self._demand(world)
        self._publish(world)
        built = housing(FIRST_YEAR + 0.25) - stocks.housing
        world.tables.dwelling_works = built * self.building_cost / 1e9

    def settle(self, world: World) -> None:
        """Build, then let the price move with excess demand."""
        stocks, tables = world.stocks, world.tables
        before = stocks.housing.copy()
        time = FIRST_YEAR + (world.t + 1) / 4.0
        cost = float(tables.construction_deflator)
        if time <= _CENSUS:
            stocks.housing = stocks.housing_trend = housing(time)
            stocks.price_reference = stocks.fundamental_price / cost
        else:
            stocks.housing_trend = stocks.housing_trend * np.exp(self._trend(time))
            desired = self.elasticities() * np.log(stocks.fundamental_price / cost / stocks.price_reference)
            gap = desired - np.log(stocks.housing / stocks.housing_trend)
            built = np.clip(self.building * gap, 0.0, self.quota)
            stocks.housing = stocks.housing * np.exp(self._trend(time) + built)
            if PLANNED in tables.arrays():
                stocks.housing[_XIONGAN] += float(tables.arrays()[PLANNED])
        growth = self.adjustment * (self._demand(world) - np.log(stocks.housing))
        growth += self.inertia * stocks.price_growth
        stocks.price_growth = growth
        stocks.fundamental_price = stocks.fundamental_price * np.exp(growth)
        self._publish(world)
        built = np.maximum(stocks.housing - before, 0.0)
        tables.dwelling_works = built * self.building_cost * cost / 1e9
        world.flows.dwelling_sales = built * tables.house_price / 1e9
        world.ledger.pay("new homes", payer="households", payee="firms", amount=world.flows.dwelling_sales)

    def _trend(self, time: float) -> NDArray[np.float64]:
        """Return the quarter's growth of the stock on its fading trend, shape (n_zones,)."""
        return np.asarray(census_growth() / 4.0 * np.exp(-(time - _CENSUS) / self.fading))

    def _demand(self, world: World) -> NDArray[np.float64]:
        """Return log demand for space at the present rent, shape (n_zones,)."""
        tables, stocks = world.tables, world.stocks
        people = np.maximum(world.population, 1.0)
        working = tables.labour_force * (1.0 - tables.unemployment[:, 0]) / people
        income = tables.wage[:, 0] * working
        rent = stocks.fundamental_price * self.user_cost
        demand = np.log(people) + self.income_elasticity * np.log(income) - self.rent_elasticity * np.log(rent)
        return np.asarray(demand + stocks.demand_level)

    def _publish(self, world: World) -> None:
        """Set price and rent."""
        fundamental = world.stocks.fundamental_price
        world.tables.house_price = fundamental * np.exp(asking_cycle(FIRST_YEAR + (world.t + 0.5) / 4.0))
        world.tables.rent = fundamental * self.user_cost


@functools.cache
def census_growth() -> NDArray[np.float64]:
    """Return the log growth a year of floor area between the censuses, shape (n_zones,), not below zero."""
    return np.asarray(np.maximum(np.log(housing(_CENSUS) / housing(_CENSUS - 10.0)) / 10.0, 0.0))
