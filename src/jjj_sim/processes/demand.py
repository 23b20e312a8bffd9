"""Demand: what is bought, from whom, and at what prices; the accounts of the quarter close here.

    E_js  = omega_js C_j + g_s G_j + i_s I_j + sum_s' a_ss' p_js' X_js'                    spending, bn yuan
    C_j   = (1 - saving) (wages + property + social transfers - taxes)_j
    omega ~ Omega_s lambda_s P_js^(1 - sigma) (c_j / cbar)^(eps_s - 1)   c: real consumption per head, cbar: 2013
    g, i, a move with lambda too: tastes and techniques that the whole nation shares (see taste)
    T_ijs = f_is E_js share_ijs                                    trade (see trade); rationed sales: f
    D_is  = sum_j E_js share_ijs / p_is,   f = min(1, (X + saleable N) / D),   N' = N + X - f D
    d ln q = (kappa_q / sigma_T) ln(D / X_cap) + (nudge / sigma_T) (stock - N' / D),  within +-ceiling a quarter
    Xe'   = max(D exp(g_s) + restored (stock D - N'), least X)     sales expected next quarter; g_s: the nation's
    p_is  = nation's deflator_s x shift_r x q_is
    kappa_is += smooth (ln(X_cap / X_cap,2013 / nation's output_s) - kappa)      market share follows supply

X is gross output, value added over v. Buyers in the region who are rationed import the rest. The shift makes a
province's value-added-weighted p its published deflator; afterwards that mean follows the nation's. Investment of
firms, dwellings and public works are bought in the mix of capital formation; what the new area's own builders make is
bought from them, outside capacity. GDP by production, by income and by expenditure agree exactly.
Comin, Lashkari, Mestieri 2021 (non-homothetic CES); Armington 1969.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.laws.smoothing import smooth_quarters
from jjj_sim.param import param
from jjj_sim.processes import taste, trade
from jjj_sim.processes.process import StockProcess
from jjj_sim.region.region import Region
from jjj_sim.state.world import World

F64 = NDArray[np.float64]

_TINY = 1e-12
# Sales expected at least, of present output.
_LEAST = 0.05


class Demand(StockProcess):
    """Let households, firms and governments buy; capacity is set in Production, budgets in Budgets."""

    name = "demand"
    zh = "需求与贸易"
    changes = ("money",)
    writes = (
        "tables.va_nominal",
        "tables.labour_bill",
        "tables.expected_bill",
        "tables.expected_output",
        "prices.relative_price",
        "tables.consumer_price",
        "tables.household_income",
        "tables.consumption",
        "tables.operating_surplus",
        "tables.exports",
        "tables.imports",
        "tables.rationed",
        "flows.income_gdp",
        "flows.expenditure_gdp",
        "flows.sales",
        "flows.stored",
        "memory.customers",
        "opening.outside_demand",
        "stocks.inventories",
        "memory.market_standing",
        "memory.reference_capacity",
        "opening.national_nominal",
        "opening.consumption",
        "prices.deflator_shift",
        "prices.province_price",
        "memory.taste",
        "memory.deflator_before",
    )

    saving = param(
        0.38,
        unit="share",
        lo=0.25,
        hi=0.45,
        doc="Saving of households out of disposable income",
        source="[R] flow of funds",
    )
    property_income = param(
        0.10, unit="share", lo=0.05, hi=0.15, doc="Value added paid to households as property income", source="[A]"
    )
    substitution = param(
        0.5, unit="1", lo=0.25, hi=0.75, doc="Substitution between sectors in consumption, sigma", source="[R] CLM 2021"
    )
    income_agriculture = param(
        0.2, unit="1", lo=0.1, hi=0.6, doc="Income elasticity eps, agriculture", source="[R] CLM 2021"
    )
    income_services = param(1.3, unit="1", lo=1, hi=1.5, doc="eps, services and real estate", source="[R] CLM 2021")
    trade_elasticity = param(
        5.0, unit="1", lo=4, hi=7, doc="Substitution between suppliers, sigma_T", source="[R] Tombe, Zhu 2019: theta 4"
    )
    trade_time = param(0.05, unit="1", lo=0, hi=0.15, doc="Elasticity of trade cost to minutes, k_tau", source="[A]")
    standing = param(0.5, unit="1", lo=0, hi=0.75, doc="Market share and supply, zeta", source="[A]")
    price_speed = param(
        0.2,
        unit="1/quarter",
        lo=0.1,
        hi=0.6,
        doc="Response of prices to sales over capacity, kappa_q",
        source="[R] Hazell et al. 2022: a point of unemployment, two of output, moves regional prices by .34 % a year; "
        "over sigma_T that is .04 a quarter",
    )
    stock = param(0.25, unit="quarters of sales", lo=0.1, hi=0.5, doc="Inventories wanted", source="[A]")
    saleable = param(0.8, unit="share", lo=0.2, hi=1, doc="Part of inventories that can be sold", source="[A]")
    restored = param(0.25, unit="1/quarter", lo=0.05, hi=0.5, doc="Gap of inventories made up", source="[A]")
    nudge = param(0.15, unit="1/quarter", lo=0, hi=0.5, doc="Response of prices to inventories", source="[A]")
    ceiling = param(0.05, unit="log", lo=0.01, hi=0.1, doc="Most that a price changes in a quarter", source="[A]")
    smooth = param(0.1, unit="1/quarter", lo=0.02, hi=0.5, doc="Smoothing of market shares", source="[A]")
    outside_minutes = param(
        400.0, unit="minutes", lo=200, hi=800, doc="Distance of the rest of China in the trade of 2013", source="[A]"
    )

    home = param(
        2.5,
        unit="log",
        lo=0,
        hi=3.5,
        doc="Trade inside a province over that across its border at like distance",
        source="[R] Poncet 2003: 12 times in 1987, 27 in 1997; a province then buys .7 of what it uses at home",
    )

    def __init__(self, region: Region, **values: Any) -> None:
        super().__init__(region, **values)
        self._mixed = region.sector("construction_real_estate")
        self._member = (region.inner_province[None, :] == np.arange(region.n_provinces)[:, None]).astype(np.float64)
        self._prices_by_quarter: F64 | None = None

    def _deflators(self, world: World) -> F64:
        """Return the provinces' published deflators by quarter from 2013Q1, (n_quarters, n_provinces)."""
        if self._prices_by_quarter is None:
            yearly = world.data.output.deflator.values
            self._prices_by_quarter = np.stack([smooth_quarters(path, of="mean") for path in yearly.T], axis=1)
        return self._prices_by_quarter

    def elasticities(self) -> F64:
        """Return eps by sector, shape (n_sectors,)."""
        eps, sector = np.ones(self.region.n_sectors), self.region.sector
        eps[sector("agriculture")] = self.income_agriculture
        eps[[s.broad in ("tertiary", "mixed") for s in self.region.sectors]] = self.income_services
        return eps

    def open(self, world: World) -> None:
        """Fit who buys from whom in 2013, and start from a quarter in which everything is sold."""
        stocks, tables, opening = world.stocks, world.tables, world.opening
        made, data = taste.technique(world.data), world.data.output
        output = tables.value_added / made.added
        world.prices.relative_price = world.prices.deflator_shift = 1.0
        world.memory.taste = 1.0
        tables.va_nominal = tables.value_added
        world.prices.province_price = 1.0
        world.memory.deflator_before = tables.national_deflator
        world.memory.reference_capacity = tables.capacity
        world.opening.national_nominal = tables.national_output * tables.national_deflator
        income = self._income(world)
        consumed = (1.0 - self.saving) * income
        world.opening.consumption = consumed.sum() * 1e9 / world.population.sum()
        spent = sum(self._final(world, consumed, np.ones(output.shape))) + self._inputs(world, output, 0.0)
        nation = made.base / made.added / 4.0 * tables.national_output
        flow = trade.opening_trade(
            output,
            spent,
            opening.minutes,
            nation,
            own=data.own_trade,
            decay=data.trade_decay,
            outside_minutes=self.outside_minutes,
            bias=np.exp(self.home * world.region.same_province[:-1, :-1]),
        )
        world.memory.customers = flow / flow.sum(axis=0)
        world.opening.outside_demand = flow[:, -1].sum(axis=0)
        stocks.inventories = self.stock * output
        tables.labour_bill = tables.expected_bill = self._cost_share(world) * tables.value_added
        tables.expected_output = tables.value_added
        tables.consumer_price = 1.0
        tables.household_income, tables.consumption = income, consumed

    def act(self, world: World, table: Any = None) -> None:
        """Price the output, spend, trade, and set prices and sales expected next."""
        stocks, tables = world.stocks, world.tables
        market = tables.value_added.copy()
        n, made = world.region.n_zones, taste.technique(world.data)
        market[world.region.new_area, self._mixed] -= tables.new_area_construction
        output, price = market / made.added, self._prices(world, market)
        self._renew_taste(world)
        self._follow(world)
        pull = np.ones((n + 1, output.shape[1]))
        pull[:n] = world.prices.deflator_shift[:, None] * world.prices.relative_price ** (1.0 - self.trade_elasticity)
        pull[:n] *= np.exp(self.standing * world.memory.market_standing)
        share = trade.shares(world.memory.customers, pull, self._nearer(world))
        everywhere = np.vstack([price, tables.national_deflator])
        paid = np.einsum("ijs,is->js", share[:, :n], everywhere)
        income = self._income(world)
        consumed = (1.0 - self.saving) * income
        final = self._final(world, consumed, paid)
        inputs = self._inputs(world, price * output, float(world.tables.new_area_works) - self._builders_add(world))
        spent = sum(final) + inputs
        index = tables.national_output * tables.national_deflator / world.opening.national_nominal
        bought = np.vstack([spent, world.opening.outside_demand * index])
        wanted = share * bought
        demand = wanted[:n].sum(axis=1) / price
        met = np.minimum((output + self.saleable * stocks.inventories) / np.maximum(demand, _TINY), 1.0)
        sold = wanted
        short = sold[:n, :n] * (1.0 - met)[:, None, :]
        sold[:n] *= met[:, None, :]
        sold[n, :n] += short.sum(axis=0)
        stored = output - met * demand
        tables.household_income, tables.consumption, tables.rationed = income, consumed, 1.0 - met
        self._pay(world, sold, final, inputs, spent)
        self._accounts(world, sold, final, inputs, price * stored)
        stocks.inventories = stocks.inventories + stored
        world.flows.stored = stored
        self._expect(world, output, demand, price)

    def _income(self, world: World) -> F64:
        """Return disposable income of the quarter by zone, bn yuan."""
        tables = world.tables
        income = tables.labour_income + self.property_income * tables.va_nominal.sum(axis=1)
        income = income + tables.social_transfers - tables.household_taxes
        income[world.region.new_area] += float(world.tables.new_area_resident) * self._builders_pay(world)
        return np.asarray(income)

    def _cost_share(self, world: World) -> F64:
        """Return labour's share of value added by sector, taxes on production taken off first, (n_sectors,)."""
        return np.asarray(world.tables.labour_share * (1.0 - world.data.output.production_taxes))

    def _builders_pay(self, world: World) -> float:
        """Return the wages of the new area's builders, bn yuan: labour's share of what they add."""
        return float(self._cost_share(world)[self._mixed]) * self._builders_add(world)

    def _final(self, world: World, consumed: F64, paid: F64) -> tuple[F64, F64, F64]:
        """Return consumption, purchases of governments and investment of firms by buyer and sector, bn yuan.

        `paid` (n_zones, n_sectors) are the prices that buyers of a zone meet. What the new area's own
        builders make is not among them.
        """
        tables = world.tables
        made = taste.technique(world.data)
        consumption = made.households * world.memory.taste
        consumption = consumption / consumption.sum()
        level = (paid ** (1.0 - self.substitution) @ consumption) ** (1.0 / (1.0 - self.substitution))
        tables.consumer_price = level
        real = consumed * 1e9 / world.population / level / world.opening.consumption
        bought = taste.goods(made, world.memory.taste, paid, real, self.substitution, self.elasticities())
        goods, use = bought * consumed[:, None], taste.shares(made, world.memory.taste)
        works = np.zeros(world.region.n_zones)
        works[world.region.new_area] = (
            world.tables.new_area_investment - world.tables.new_area_works + tables.services_works
        )
        works = works + tables.traffic_works
        public = tables.public_purchases[:, None] * use.government + works[:, None] * use.investment
        price = float(tables.national_deflator @ use.investment)
        built = (world.flows.investment * price + tables.dwelling_works)[:, None] * use.investment
        built[:, world.region.sector("research")] += tables.research_paid * price
        return goods, public, built

    def _inputs(self, world: World, output: F64, works: float) -> F64:
        """Return intermediate purchases by zone and sector bought, bn yuan.

        `output` at current prices; `works` what the new area's builders buy, in the mix of construction.
        """
        inputs = taste.shares(taste.technique(world.data), world.memory.taste).inputs
        bought = output @ inputs.T
        need = inputs[:, self._mixed]
        bought[world.region.new_area] += need / need.sum() * works
        return np.asarray(bought)

    def _prices(self, world: World, market: F64) -> F64:
        """Set the province's shift and nominal value added; return prices, (n_zones, n_sectors)."""
        tables = world.tables
        where, new_area = world.region.inner_province, world.region.new_area
        member = self._member
        real = member @ tables.value_added
        drift = (real @ tables.national_deflator) / (real @ world.memory.deflator_before)
        published = self._deflators(world)
        level = published[world.t] if world.t < len(published) else (member @ world.prices.province_price) * drift
        if world.t >= len(published):
            level = level / member.sum(axis=1)
        world.prices.province_price = level[where]
        world.memory.deflator_before = tables.national_deflator
        imposed = np.zeros(len(where))
        imposed[new_area] = self._builders_add(world)
        before = (market * world.prices.relative_price) @ tables.national_deflator
        total = level * real.sum(axis=1) - member @ imposed
        world.prices.deflator_shift = (total / (member @ before))[where]
        price = tables.national_deflator * world.prices.deflator_shift[:, None] * world.prices.relative_price
        tables.va_nominal = market * price
        tables.labour_bill = self._cost_share(world) * tables.va_nominal
        tables.va_nominal[new_area, self._mixed] += imposed[new_area]
        return np.asarray(price)

    def _builders_add(self, world: World) -> float:
        """Return value added by the new area's own builders in the quarter, bn yuan."""
        tables = world.tables
        return float(world.tables.new_area_construction * tables.national_deflator[self._mixed])

    def _follow(self, world: World) -> None:
        """Let customers follow establishments that moved, and leave those that closed; renew market shares.

        What a cell's supply is measured against moves along, so that a move counts once.
        """
        tables = world.tables
        if np.any(tables.left_share):
            world.memory.customers = trade.moved(world.memory.customers, tables.left_share, tables.arrival_split)
            left = tables.left_share * world.memory.reference_capacity
            came = np.einsum("ijs,is->js", tables.arrival_split, left)
            world.memory.reference_capacity = world.memory.reference_capacity - left + came
        world.memory.customers[:-1] *= (1.0 - tables.closed_share)[:, None, :]
        world.memory.reference_capacity = world.memory.reference_capacity * (1.0 - tables.closed_share)
        nation = tables.national_output / world.opening.national_output
        target = np.log(np.maximum(tables.capacity / world.memory.reference_capacity / nation, _TINY))
        world.memory.market_standing += self.smooth * (target - world.memory.market_standing)

    def _renew_taste(self, world: World) -> None:
        """Let the structure of the nation's demand follow what the nation makes."""
        tables, made = world.tables, taste.technique(world.data)
        added = taste.national_value_added(made, tables.national_output, tables.national_deflator)
        opening = taste.national_value_added(made, world.opening.national_output, np.ones_like(world.memory.taste))
        level = float(added.sum() / (added / tables.national_deflator).sum())
        real = float(tables.national_income) / level
        world.memory.taste = taste.renewed(
            made,
            world.memory.taste,
            added,
            opening,
            tables.national_deflator,
            real,
            self.substitution,
            self.elasticities(),
        )

    def _nearer(self, world: World) -> F64:
        """Return what changed minutes and coordinated chains do to purchases, (n_places, n_places)."""
        n, where = world.region.n_zones, world.region.inner_province
        nearer = np.ones((n + 1, n + 1))
        ratio = world.tables.minutes[:n, :n] / world.opening.minutes
        response = -self.trade_time * (self.trade_elasticity - 1.0)
        nearer[:n, :n] = ratio**response
        nearer[:n, n] = nearer[n, :n] = (world.tables.minutes_outside / world.opening.minutes_outside) ** response
        across = where[:, None] != where
        nearer[:n, :n] *= 1.0 + across * float(world.policy.border_trade)
        return nearer

    def _pay(self, world: World, sold: F64, final: tuple[F64, F64, F64], inputs: F64, spent: F64) -> None:
        """Pay for everything bought, to whom it was bought from; property income and builders' wages."""
        pay, tables, new_area = world.ledger.pay, world.tables, world.region.new_area
        n = len(new_area)
        goods, public, built = final
        for what, payer, bought in (
            ("consumption", "households", goods),
            ("public purchases", "local_gov", public),
            ("inputs and investment", "firms", inputs + built),
        ):
            paid = np.einsum("ijs,js->ji", sold[:, :n], bought / spent)
            pay(what, payer=payer, payee="firms", amount=paid[:, :n])
            pay(f"{what} from outside", payer=payer, payee="rest_of_china", amount=paid[:, n])
        pay("exports", payer="rest_of_china", payee="firms", amount=sold[:n, n].sum(axis=1))
        property_income = self.property_income * tables.va_nominal.sum(axis=1)
        pay("property income", payer="firms", payee="households", amount=property_income)
        works, wages, here = np.zeros(n), np.zeros(n), float(world.tables.new_area_resident)
        works[new_area], wages[new_area] = tables.new_area_works, self._builders_pay(world)
        pay("new area works", payer="local_gov", payee="firms", amount=works)
        pay("builders' wages", payer="firms", payee="households", amount=here * wages)
        pay("builders' wages sent home", payer="firms", payee="rest_of_china", amount=(1.0 - here) * wages)

    def _accounts(self, world: World, sold: F64, final: tuple[F64, F64, F64], inputs: F64, stored: F64) -> None:
        """Set GDP by income and by expenditure, and trade; `stored` is the change of stocks, bn yuan."""
        tables, flows, new_area = world.tables, world.flows, world.region.new_area
        n = len(new_area)
        flows.sales = sold.sum(axis=2)
        own = np.diagonal(flows.sales)[:n]
        tables.exports = flows.sales[:n].sum(axis=1) - own
        tables.imports = flows.sales[:, :n].sum(axis=0) - own
        works = np.zeros(n)
        works[new_area] = tables.new_area_works
        change = stored.sum(axis=1)
        wages = tables.wages_paid.copy()
        wages[new_area] += self._builders_pay(world)
        receipts = flows.sales[:n].sum(axis=1) + works
        tables.operating_surplus = receipts + change - inputs.sum(axis=1) - wages
        flows.income_gdp = wages + tables.operating_surplus
        used = sum(kind.sum(axis=1) for kind in final)
        flows.expenditure_gdp = used + works + change + tables.exports - tables.imports

    def _expect(self, world: World, output: F64, demand: F64, price: F64) -> None:
        """Set the sales expected next quarter, the bill that they would pay, and prices."""
        stocks, tables, added = world.stocks, world.tables, taste.technique(world.data).added
        restocking = self.restored * (self.stock * demand - stocks.inventories)
        expected = np.maximum(demand * np.exp(tables.national_sector_growth) + restocking, _LEAST * output)
        tables.expected_output = expected * added
        tables.expected_bill = self._cost_share(world) * price * tables.expected_output
        gap = np.log(np.maximum(demand * added / np.maximum(tables.capacity, _TINY), _TINY))
        stock_gap = self.stock - stocks.inventories / np.maximum(demand, _TINY)
        change = (self.price_speed * gap + self.nudge * stock_gap) / self.trade_elasticity
        world.prices.relative_price = world.prices.relative_price * np.exp(np.clip(change, -self.ceiling, self.ceiling))
