"""Budgets: what local governments take in, what the centre adds, what they spend, and who pays whom.

    R  = rho VA                                  budget revenue; households pay e_l e w of it, firms the rest
    L  = l sales                                 land income, spent on works
    F  = c w                                     contributions: h F to hospitals, F_p = (1 - h) F to pensions
    P  = pi earnings_r older                     pensions; earnings per worker of the province
    C  = m VA                                    central taxes; households pay (1 - e_l) e w besides
    U  = r VA + d n Pop                          returned taxes, and grants for common duties
    E  = theta max(0, n Pop - R* - U)            equalisation: need at the nation's mean spending per head
    B  = S + (a + b + g) (B - S)                 services; to households; to firms; purchases, a + b + g = 1
    D  = min(max(0, P - F_p), a (B - S))         what a province's funds lack, filled out of a (B - S)
    N  = R + F + U + E + X - B - P - h F + D - T - H  net lending, minus is borrowing; X shared, compensated, settled
    K_oj = e s_j Q_oj / 4                        by the capital's zone o to j outside it, for its old Q who live there
    B+ = 4 fly [(theta - theta_0) max(0, n Pop - R* - U) + X - X_0]     spending added a year, on last quarter's lack
    Z  = settled s guests / 4                    to the host's budget from the user's, of another province

rho are data by zone and year, held after the last; w labour income by zone of residence; n the nation's local
spending per resident, data, then growing with the nation's GDP per head. B and S are those of Services. A province
whose zones keep no budgets of their own has one for all: R* is revenue alike per resident there, and so is what is
left in the end; the hinterland's zones keep their own, and its pension funds are the province's. B is published
spending, which transfers at theta_0 and compensation as agreed, X_0, already paid for: they change nothing. Guests are
users of services beyond the record (see Services), s spending on services per resident at the host's; where portability
falls behind the record, hosts return what they got. T are the roads and rail of the capital beyond history's, borrowed
for. A zone that gains more spends it as its budget does, one that pays more spends less; deficits are shown, not met.
Grants that other processes paid, to firms and to graduates, are part of b (B - S) and of what a (B - S) has left; what
they are beyond it is spent besides. K is part of X.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.param import param
from jjj_sim.processes.process import StockProcess
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
# Age from which residents count as pensioners [A].
_OLDER = 60


class Accounts(NamedTuple):
    """The quarter's accounts by zone, bn yuan, each (n_zones,); `granted` is the part of `subsidies` that other
    processes paid, `settling` that of `assistance`, `remitted` what firms keep of the revenue, `shortfall` what
    equalisation covers a part of."""

    revenue: F64
    income_tax: F64
    land: F64
    contributions: F64
    pensions: F64
    claims: F64
    grants: F64
    shortfall: F64
    equalisation: F64
    services: F64
    assistance: F64
    subsidies: F64
    granted: F64
    settling: F64
    remitted: F64
    purchases: F64

    def receipts(self) -> F64:
        """Return what local governments receive from households, firms and the centre."""
        return np.asarray(self.revenue + self.land + self.contributions + self.grants + self.equalisation)

    def outlays(self) -> F64:
        """Return what they pay to households and firms, what they remit of the taxes included."""
        return np.asarray(
            self.services + self.bought() + self.subsidies + self.remitted + self.pensions + self.assistance
        )

    def bought(self) -> F64:
        """Return what they buy beside services: for the budget, of hospitals, and works paid by land."""
        return np.asarray(self.purchases + self.claims + self.land)

    def funds(self) -> F64:
        """Return what the funds of social insurance have left, before provinces even them out."""
        return np.asarray(self.contributions - self.claims - self.pensions)


class Budgets(StockProcess):
    """Collect, transfer and spend; what services are built of it is decided in Services."""

    name = "budgets"
    zh = "财政收支"
    changes = ("money",)
    writes = (
        "tables.budget_revenue",
        "tables.central_transfers",
        "tables.household_taxes",
        "tables.social_transfers",
        "tables.public_purchases",
        "memory.need_per_head",
        "memory.shortfall",
        "memory.last_income",
        "flows.land_income",
        "flows.ecological_compensation",
        "flows.elder_care",
        "flows.equalisation",
        "flows.services_settled",
        "flows.net_lending",
    )

    land = param(
        0.20, unit="share", lo=0.1, hi=0.4, doc="Land income in sales of new homes, l", source="[R] land in their price"
    )
    income_tax = param(
        0.025,
        unit="share",
        lo=0.01,
        hi=0.05,
        doc="Income tax in labour income, e",
        source="[R] about 1.48 tn yuan over half of GDP, 2023",
    )
    local_income_tax = param(
        0.4, unit="share", lo=0, hi=1, doc="Local part of income tax, e_l", source="[R] 40 : 60 since 2003"
    )
    contributions = param(
        0.125,
        unit="share",
        lo=0.08,
        hi=0.18,
        doc="Social contributions in labour income, c",
        source="[R] about 8.2 tn yuan over half of GDP, 2023",
    )
    health = param(
        0.27,
        unit="share",
        lo=0.1,
        hi=0.4,
        doc="Contributions that pay hospitals, h",
        source="[R] medical insurance of employees, about 2.2 of 8.2 tn yuan",
    )
    pension = param(
        0.25,
        unit="share of earnings",
        lo=0.1,
        hi=0.4,
        doc="Pensions over residents from 60, relative to earnings a worker, pi",
        source="[D] pensioners and their pensions of 2023 [R]: Hebei .26, Tianjin .26, Beijing .19",
    )
    central = param(
        0.10, unit="share", lo=0.05, hi=0.2, doc="Central taxes of firms in value added, m", source="[A] accounts"
    )
    returned = param(
        0.011,
        unit="share",
        lo=0,
        hi=0.03,
        doc="Taxes returned by the centre in value added, r",
        source="[R] 1.13 tn yuan of returns and fixed grants over 101 tn, 2020",
    )
    duties = param(
        0.16,
        unit="share",
        lo=0,
        hi=0.3,
        doc="Grants for common duties in the nation's spending a resident, d",
        source="[R] 3.7 of 22.5 tn yuan, 2022",
    )
    assistance = param(
        0.30,
        unit="share",
        lo=0,
        hi=0.5,
        doc="To households, over spending outside services, a; first what funds lack",
        source="[R] cash of social security, farming and housing about a fifth of budgets, of which .6 is outside S",
    )
    subsidies = param(0.10, unit="share", lo=0, hi=0.3, doc="To firms in spending outside services, b", source="[A]")
    flypaper = param(
        1.0, unit="1", lo=0, hi=1.5, doc="Spending out of a yuan of transfers, fly", source="[R] at or above 1 in China"
    )

    settled = param(
        0.23,
        unit="share",
        lo=0,
        hi=1,
        doc="Cost of services to users of other provinces that their own pays",
        source="[R] health in spending on education, social security and health, 2.25 of 9.86 tn yuan, 2022: only "
        "medical bills are settled across provinces",
    )

    def open(self, world: World) -> None:
        """Set need and the tables of the opening."""
        world.memory.need_per_head = world.data.budgets.need_per_head.of(world.year)
        world.memory.last_income = world.tables.national_income
        self._tell(world, self._accounts(world, world.tables.value_added.sum(axis=1)))

    def table(self, world: World) -> F64:
        """Return what transfers beyond the published ones add to spending, B+, bn yuan a year.

        The shortfall is last quarter's, and so is the revenue by which payers share.
        """
        policy = world.policy
        more = float(policy.equalisation) - float(policy.equalisation_as_published)
        due = policy.compensation - policy.compensation_as_published
        between = self._compensation(world, due, world.tables.budget_revenue) + self._settlement(world)
        between += self._care(world, float(policy.elder_care) - float(policy.elder_care_as_published))
        gained = more * world.memory.shortfall + between.sum(axis=0) - between.sum(axis=1)
        return np.asarray(4.0 * self.flypaper * gained)

    def act(self, world: World, table: Any = None) -> None:
        """Draw up the quarter's accounts, pay, and tell."""
        self._need(world)
        accounts = self._accounts(world, world.tables.va_nominal.sum(axis=1))
        self._pay(world, accounts)
        compensated = self._compensation(world, world.policy.compensation, accounts.revenue)
        self._tell(world, accounts)
        lent = accounts.receipts() - accounts.outlays() - world.tables.traffic_works
        settled, care = self._settlement(world), self._care(world, float(world.policy.elder_care))
        between = world.flows.tax_shared + compensated + settled + care
        lent += between.sum(axis=0) - between.sum(axis=1)
        lent += self._even(world, np.where(self._own, accounts.funds(), lent))
        world.flows.land_income += accounts.land
        world.flows.equalisation += accounts.equalisation
        world.flows.ecological_compensation += compensated
        world.flows.services_settled += settled
        world.flows.elder_care += care
        world.flows.net_lending += lent

    @functools.cached_property
    def _own(self) -> NDArray[np.bool_]:
        """Zones that keep a budget of their own; the zones of any other province have one together."""
        return self.region.role("hinterland")

    @functools.cached_property
    def _same(self) -> F64:
        """1 where two zones lie in one province, shape (n_zones, n_zones)."""
        n_zones = self.region.n_zones
        return self.region.same_province[:n_zones, :n_zones].astype(np.float64)

    def _need(self, world: World) -> None:
        """Set the nation's spending per resident: published, then growing with GDP per head from the last middle."""
        memory, income = world.memory, float(world.tables.national_income)
        published = world.data.budgets.need_per_head
        if world.year <= published.last:
            memory.need_per_head = published.of(world.year)
        else:
            memory.need_per_head = memory.need_per_head * income / float(memory.last_income)
        if world.year > published.last or world.t % 4 <= 2:
            memory.last_income = income

    def _rates(self, world: World) -> F64:
        """Return revenue over GDP by zone, as of the last published year at most."""
        return np.asarray(world.data.budgets.revenue_rate.held(world.year)[self.region.groups["budget_unit"][1]])

    def _accounts(self, world: World, output: F64) -> Accounts:
        """Return the quarter's accounts; `output` is nominal value added by zone."""
        t, flows, people = world.tables, world.flows, world.population
        revenue = self._rates(world) * output
        need = float(world.memory.need_per_head) * people / 4e9
        grants = self.returned * output + self.duties * need
        shortfall = lacking(np.where(self._own, revenue, self._alike(revenue, people)) + grants, need)
        contributions, pensions = self.contributions * t.labour_income, self._pensions(world)
        claims = self.health * contributions
        filled = np.maximum(self._alike(pensions + claims - contributions, people), 0.0)
        services = t.spending_per_head * people / 4e9
        beyond = t.budget_spending - services
        granted = flows.subsidies_paid + flows.relief_subsidies_paid + flows.founding_subsidies_paid
        granted = granted + flows.technology_subsidies_paid + flows.start_up_subsidies_paid
        return Accounts(
            revenue=revenue,
            income_tax=self.income_tax * t.labour_income,
            land=self.land * flows.dwelling_sales,
            contributions=contributions,
            pensions=pensions,
            claims=claims,
            grants=grants,
            shortfall=shortfall,
            equalisation=float(world.policy.equalisation) * shortfall,
            services=services,
            assistance=np.maximum(self.assistance * beyond - filled, flows.talent_subsidies_paid),
            subsidies=np.maximum(self.subsidies * beyond, granted),
            granted=granted,
            settling=flows.talent_subsidies_paid,
            remitted=flows.tax_remitted,
            purchases=(1.0 - self.assistance - self.subsidies) * beyond,
        )

    def _pensions(self, world: World) -> F64:
        """Return pensions of the quarter: older residents times a share of the province's earnings per worker."""
        t = world.tables
        workers = t.employed.sum(axis=(1, 2))
        earnings = self._same @ t.labour_income / np.maximum(self._same @ workers, 1.0)
        older = world.people[..., _OLDER:].sum(axis=(1, 2, 3))
        return np.asarray(self.pension * earnings * older)

    def _pay(self, world: World, a: Accounts) -> None:
        """Enter the quarter's payments; purchases are paid in Demand, what levers announced when they settle."""
        pay, by_households = world.ledger.pay, self.local_income_tax * a.income_tax
        pay("income tax", payer="households", payee="local_gov", amount=by_households)
        pay("income tax", payer="households", payee="centre", amount=a.income_tax - by_households)
        pay("social contributions", payer="households", payee="local_gov", amount=a.contributions)
        pay("local taxes", payer="firms", payee="local_gov", amount=a.revenue - by_households)
        pay("land", payer="firms", payee="local_gov", amount=a.land)
        output = world.tables.va_nominal.sum(axis=1)
        pay("central taxes", payer="firms", payee="centre", amount=self.central * output)
        pay("taxes returned and grants", payer="centre", payee="local_gov", amount=a.grants)
        pay("pensions", payer="local_gov", payee="households", amount=a.pensions)
        pay("assistance", payer="local_gov", payee="households", amount=a.assistance - a.settling)
        pay("subsidies", payer="local_gov", payee="firms", amount=a.subsidies - a.granted)

    def _even(self, world: World, balance: F64) -> F64:
        """Divide the `balance` of each province alike among its residents; return what each zone receives net."""
        net = self._alike(balance, world.population) - balance
        world.ledger.pay("pooling", payer="local_gov", payee="local_gov", amount=self._between(net))
        return np.asarray(net)

    def _compensation(self, world: World, due: F64, revenue: F64) -> F64:
        """Return what zones pay the zones upstream, from, to, of what their provinces owe, `due`; by revenue."""
        region, upstream = self.region, world.data.budgets.upstream
        paid = np.zeros((region.n_zones, region.n_zones))
        for p, amount in enumerate(due):
            part = revenue * (region.inner_province == p)
            paid += float(amount) * np.outer(part / part.sum(), upstream[p])
        return paid

    def _settlement(self, world: World) -> F64:
        """Return what zones pay hosts of another province for services that portability beyond the record opens."""
        t = world.tables
        due = self.settled * t.guests * t.spending_per_head / 4e9 * (1.0 - self._same)
        return np.asarray(np.maximum(due, 0.0) + np.maximum(-due, 0.0).T)

    def _care(self, world: World, share: float) -> F64:
        """Return what the capital's zones pay, from, to, for the services that their old use in other provinces."""
        n, home = world.region.n_zones, self.region.capital
        old = world.people[:, :, :n, _OLDER:].sum(axis=(1, 3)).T * home[:, None] * (1.0 - self._same)
        return np.asarray(share * old * world.tables.spending_per_head / 4e9)

    def _tell(self, world: World, a: Accounts) -> None:
        """Set the tables, and the shortfall that is kept, from the accounts."""
        t = world.tables
        t.budget_revenue = a.revenue
        t.central_transfers = a.grants + a.equalisation
        t.household_taxes = a.income_tax + a.contributions
        t.social_transfers = a.pensions + a.assistance
        t.public_purchases = a.services + a.bought()
        world.memory.shortfall = a.shortfall

    def _alike(self, values: F64, people: F64) -> F64:
        """Return the sum of each province divided alike among its residents."""
        return np.asarray(self._same @ values / (self._same @ people) * people)

    def _between(self, net: F64) -> F64:
        """Return payments from, to, inside each province, that give every zone its `net` receipt."""
        gives, takes = np.maximum(-net, 0.0), np.maximum(net, 0.0)
        total = self._same @ takes
        share = np.divide(takes, total, out=np.zeros_like(takes), where=total > 0)
        return np.asarray(gives[:, None] * share * self._same)


def lacking(resources: F64, need: F64) -> F64:
    """Return what `resources` lack to `need`, never below zero; the centre covers a part of it."""
    return np.asarray(np.maximum(need - resources, 0.0))
