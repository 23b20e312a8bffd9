"""Innovation: research by zone, the technology sold between zones, and what is learned of both.

    R'     = (1 - delta/4) R + E / 4,  E_z = rd_p Y_p k_z / k_p         research stock, bn yuan of 2013
    E_z / E_2013 + v (E_z+ / Y_2013)    what research is to make: E published, E+ beyond it, v value added in its output
    T_ij   = psi p_t x_t R_i^th1 Abs_j^th2 exp(-delta_T tau_ij / 60) (1 + s_j)^eta b_ij   contracts, mean
    Abs_j  = (H_j + w (P(t-4) - P(0)) H_j / H_hinterland [j in it])^.7 college_j^.3
    b_ij   = exp(kappa_B) within a province, 1 + chain across a border
    ln x_t = g min(T, end) + g' (T - end)+ + dip [2021-22]       unexplained
    the hinterland's own count of its purchases = s_HB (T from the capital and from the pilot province)
    know_z = phi_R (dln(R_z / jobs_z) - dln(R_N / labour_N)) + sum of
             phi_T (ln(1 + B_z) - ln(1 + B_z,2013 n_t)) / 4 + lambda_c abs_z (ln y_F,s - ln y_z,s)+ / 4

A province's research is spread over its zones by k, value added of research and high technology (campuses
moved by name among it) times the share of college. H is value added of high technology, P what the pilot
province buys from the capital a year: the capital invents, the pilot province tries, the hinterland applies.
Contracts are Poisson numbers of contracts of one size under a gamma mean; the twin takes the mean. psi brings the
capital's sales to their level at the opening; B is purchases over GDP, n the nation's own growth of it, and
knowledge is relative to the nation, whose productivity already holds its own research and diffusion.
Hall, Mairesse, Mohnen 2010; Nelson, Phelps 1966; Griffith, Redding, Van Reenen 2004.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from jjj_sim.draws import Draws, poisson_quantile
from jjj_sim.param import param
from jjj_sim.prior import LogNormal, Normal, Uniform
from jjj_sim.processes.national_labour import national_labour
from jjj_sim.processes.process import Process
from jjj_sim.quarters import FIRST_YEAR, middle, parse
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

_MIDDLE = FIRST_YEAR + 0.5
# End of the trend that was fitted on 2013-24; begin and end of the dip, chosen after looking.
_TREND_END, _DIP = 2025.0, (2021.0, 2023.0)
_U_MEAN, _U_NUMBER = 0, 1
# What research is to make at least, of what it made at the opening.
_LEAST_MADE = 0.05


class Innovation(Process):
    """Spend on research, sell technology between zones, learn; what is learned acts in Production."""

    name = "innovation"
    zh = "创新"
    writes = (
        "tables.knowledge",
        "tables.research_funding",
        "opening.research",
        "stocks.rd_stock",
        "flows.research_built",
        "flows.research_worn",
        "memory.national_rd_stock",
        "opening.rd",
        "opening.national_rd",
        "memory.learned",
        "opening.contract_level",
        "memory.piloted",
        "opening.piloted",
        "opening.purchases",
        "flows.technology_subsidies_paid",
        "flows.technology_contracts",
        "flows.contracts_as_buyers_count",
        "flows.research_spending",
    )

    wear = param(0.15, unit="1/year", lo=0.1, hi=0.25, doc="Wear of research, delta", source="[R] Griliches: 15 %")
    national_rise = param(
        0.06,
        unit="points/year",
        lo=0,
        hi=0.15,
        doc="Rise of the nation's research intensity after the data",
        source="[D] its mean rise 2013-24",
    )
    origin = param(1.0, unit="1", lo=0.7, hi=1.2, doc="Elasticity of contracts to the seller's research, theta_1")
    absorption = param(
        0.7,
        unit="1",
        lo=0.4,
        hi=1.0,
        doc="Elasticity to the buyer's absorption, theta_2",
        source="[A]; Weng et al. 2024 speak for the low end [L]",
    )
    technology_share = param(0.7, unit="share", lo=0.3, hi=1, doc="High technology in absorption; the rest is college")
    decay = param(
        0.33,
        unit="1/hour",
        lo=0.1,
        hi=1.2,
        doc="Decay of contracts with time, delta_T",
        source="[D] ln 1.3265 over .86 hours: joint research +32.65 % where high-speed rail came (Ma, Huang 2024 [L]), "
        "hours that lines saved here to 2024 on pairs made 15 % nearer over other pairs",
    )
    border = param(0.5, unit="log", lo=0, hi=1, doc="Contracts within a province over those across, kappa_B")
    subsidy_response = param(1.5, unit="1", lo=0, hi=3, doc="Response to one plus the subsidy, eta")
    pilot = param(
        0.3,
        unit="1",
        lo=0,
        hi=1,
        doc="High-technology value added that a piloted yuan is worth to the hinterland, w",
    )
    opening_flow = param(
        6.5,
        unit="bn yuan/year",
        lo=4,
        hi=9,
        doc="The capital's sales to the other zones at the opening's yearly rate; sets psi",
        prior=LogNormal(6.5, 0.3),
        source="[D] Beijing to Tianjin and Hebei: 7.12 in 2013 less the growth within the year",
    )
    trend = param(
        0.061,
        unit="1/year",
        lo=0,
        hi=0.2,
        doc="Unexplained trend of contracts to its end, g",
        prior=Normal(0.06, 0.04),
        source="[D] what gravity leaves of 2013-24: .061 +- .006, .059 to 2020",
    )
    trend_after = param(
        0.025, unit="1/year", lo=0, hi=0.05, doc="The same afterwards, g'", prior=Uniform(0.0, 0.05), source="[A]"
    )
    dip = param(
        -0.38,
        unit="log",
        lo=-0.8,
        hi=0,
        doc="Contracts below the trend in 2021-22, declared",
        prior=Normal(-0.38, 0.06),
        source="[D] chosen after looking",
    )
    contract = param(
        0.006,
        unit="bn yuan",
        lo=0.001,
        hi=0.02,
        doc="A contract's size, sets luck only",
        source="[D] 2.2 m yuan in 2013, 6.4 in 2021, 11.1 in 2023",
    )
    luck = param(
        2.5,
        unit="1",
        lo=0.5,
        hi=100,
        doc="Shape of the gamma luck of a pair in a quarter",
        source="[D] a year of Beijing's sales varies by .07, the residual of trend and dip",
    )
    reported = param(
        1.37,
        unit="1",
        lo=0.5,
        hi=3,
        doc="The hinterland's own count of what it buys from the other provinces over the model's, s_HB",
        prior=LogNormal(1.37, 0.15),
        source="[D] 81.0 and 109.2 bn yuan in 2023 and 2024 over the model",
    )
    research_gain = param(
        0.08,
        unit="1",
        lo=0,
        hi=0.15,
        doc="Elasticity of productivity to research per job, phi_R",
        prior=Uniform(0.03, 0.15),
        source="[R] Hall, Mairesse, Mohnen 2010",
    )
    contract_gain = param(
        0.0,
        unit="1/year",
        lo=0,
        hi=0.5,
        doc="Productivity a year by contracts over GDP, phi_T; point .15, not identified, off",
        prior=Uniform(0.0, 0.5),
        decides_alone=True,
    )
    catch_up = param(
        0.0,
        unit="1/year",
        lo=0,
        hi=0.05,
        doc="Catching up with the best province, lambda_c; point .02, not identified, off",
        prior=Uniform(0.0, 0.05),
        decides_alone=True,
        source="[R] Barro, Sala-i-Martin: .02",
    )

    @functools.cached_property
    def _research(self) -> int:
        """The sector of research."""
        return self.region.sector("research")

    @functools.cached_property
    def _high_technology(self) -> int:
        """The sector of high technology."""
        return self.region.sector("hightech_manufacturing")

    @functools.cached_property
    def _same(self) -> Mask:
        """Whether two zones lie in one province, shape (n_zones, n_zones)."""
        n_zones = self.region.n_zones
        return self.region.same_province[:n_zones, :n_zones]

    @functools.cached_property
    def _pairs(self) -> NDArray[np.uint64]:
        """Numbers of the pairs of zones, the keys of their luck."""
        return np.arange(self.region.n_zones**2, dtype=np.uint64)

    def open(self, world: World) -> None:
        """Open research at its own growth, the level of contracts at the capital's sales, knowledge at zero."""
        stocks, memory, opening, data = world.stocks, world.memory, world.opening, world.data.research
        capital = self.region.capital
        growth = data.past_growth[self.region.inner_province]
        opening.research = self._real_spending(world)
        stocks.rd_stock = 4.0 * opening.research / (self.wear + growth)
        opening.rd = stocks.rd_stock / world.tables.jobs.sum(axis=1)
        spent = self._national_spending(world)
        memory.national_rd_stock = 4.0 * spent / (self.wear + float(data.national_past_growth))
        opening.national_rd = memory.national_rd_stock / _national_labour(world)
        opening.contract_level = 1.0
        sold = _between(self.table(world), capital, ~capital)
        opening.contract_level = self.opening_flow / (4.0 * sold) if sold > 0.0 else 0.0
        first = self.table(world)
        memory.piloted = opening.piloted = _between(first, capital, self.region.role("pilot"))
        opening.purchases = first.sum(axis=0) / world.tables.va_nominal.sum(axis=1)
        self._tell(world)

    def table(self, world: World) -> F64:
        """Return the mean of the quarter's contracts from, to, bn yuan, shape (n_zones, n_zones)."""
        t, policy, n_zones = world.tables, world.policy, self.region.n_zones
        price = t.national_deflator[self._research]
        level = world.opening.contract_level / 4.0 * price * self._unexplained(world.t, world.plan.as_of)
        near = np.exp(-self.decay * t.minutes[:n_zones, :n_zones] / 60.0)
        across = 1.0 + float(policy.border_trade)
        bound = np.where(
            self._same, np.exp(self.border), across * (1.0 + policy.technology_subsidy) ** self.subsidy_response
        )
        masses = np.outer(world.stocks.rd_stock**self.origin, self._absorption(world) ** self.absorption)
        return np.asarray(level * masses * near * bound)

    def sweep(self, world: World, table: F64, draws: Draws) -> None:
        """Draw the contracts and close the quarter."""
        luck = gammaincinv(self.luck, draws.uniform(self._pairs, _U_MEAN)) / self.luck
        number = poisson_quantile(draws.uniform(self._pairs, _U_NUMBER), table.ravel() * luck / self.contract)
        self._close(world, self.contract * number.reshape(table.shape))

    def expect(self, world: World, table: F64) -> None:
        """Close the quarter with the mean contracts."""
        self._close(world, table)

    def _close(self, world: World, contracts: F64) -> None:
        """Record the contracts and the subsidy due on them, spend on research and learn."""
        flows, region = world.flows, self.region
        capital, pilot, hinterland = region.capital, region.role("pilot"), region.role("hinterland")
        flows.technology_contracts += contracts
        bought = contracts[capital | pilot].sum(axis=0)
        flows.contracts_as_buyers_count += self.reported * bought * hinterland
        world.memory.piloted[world.t % 4] = _between(contracts, capital, pilot)
        flows.technology_subsidies_paid += (world.policy.technology_subsidy * contracts * ~self._same).sum(axis=0)
        flows.research_spending += self._spread(
            world, world.tables.va_nominal.sum(axis=1), world.policy.research_intensity
        )
        self._build(world)
        self._learn(world, contracts)
        self._tell(world)

    def _build(self, world: World) -> None:
        """Wear the stocks of research, the region's and the nation's, and add the quarter's."""
        flows, stocks, memory = world.flows, world.stocks, world.memory
        left, built = 1.0 - self.wear / 4.0, self._real_spending(world)
        flows.research_worn += self.wear / 4.0 * stocks.rd_stock
        flows.research_built += built
        stocks.rd_stock = left * stocks.rd_stock + built
        memory.national_rd_stock = left * memory.national_rd_stock + self._national_spending(world)

    def _spread(self, world: World, output: F64, rate: F64) -> F64:
        """Return what is spent on research out of `output` (n_zones,), spread over each province by its key.

        `rate` (n_provinces,) is in percent.
        """
        key = self._key(world)
        spent = rate / 100.0 * self._by_province(output) / self._by_province(key)
        return np.asarray(spent[self.region.inner_province] * key)

    def _by_province(self, found: F64) -> F64:
        """Return the sums of `found` (n_zones,) over the provinces, shape (n_provinces,)."""
        region = self.region
        return np.bincount(region.inner_province, weights=found, minlength=region.n_provinces).astype(np.float64)

    def _real_spending(self, world: World) -> F64:
        """Return the quarter's research by zone, bn yuan of 2013."""
        return self._spread(world, world.tables.value_added.sum(axis=1), world.policy.research_intensity)

    def _funding(self, world: World) -> F64:
        """Return what research is to make, over what it made at the opening, (n_zones,).

        That follows the published spending in proportion; a yuan above or below it buys a yuan of research.
        """
        opening, policy = world.opening, world.policy
        published = self._spread(world, world.tables.value_added.sum(axis=1), policy.research_as_published)
        added = 1.0 - world.data.output.requirements[:, self._research].sum()
        made = np.maximum(opening.research_made, 1e-12)
        more = added * (self._real_spending(world) - published) / made
        return np.asarray(np.maximum(published / opening.research + more, _LEAST_MADE))

    def _national_spending(self, world: World) -> float:
        """Return the nation's research of the quarter, in years of its GDP of 2013: as published, then rising."""
        published = world.data.research.national_intensity
        beyond = max(world.t - parse(f"{published.last}Q4"), 0)
        rate = (float(published.held(world.year)) + self.national_rise * beyond / 4.0) / 100.0
        return float(rate * world.tables.national_real_gdp / 4.0)

    def _key(self, world: World) -> F64:
        """Return k by zone: value added of research and high technology times the share of college.

        The staff of a university that has moved by name counts as research jobs where it went.
        """
        made = world.tables.value_added
        key = made[:, [self._research, self._high_technology]].sum(axis=1)
        per_job = made[:, self._research].sum() / world.tables.jobs[:, self._research].sum()
        for move in world.policy.moves:
            if move.kind == "university" and move.moved(world.t):
                key[move.destination] += move.jobs * per_job
        return np.asarray(key * self._college(world) / world.population)

    def _absorption(self, world: World) -> F64:
        """Return Abs by zone."""
        hinterland = self.region.role("hinterland")
        made = 4.0 * world.tables.value_added[:, self._high_technology]
        if hinterland.any():
            pilot = 4.0 * self.pilot * (world.memory.piloted[world.t % 4] - world.opening.piloted)
            made = made + np.where(hinterland, pilot * made / made[hinterland].sum(), 0.0)
        return np.asarray(made**self.technology_share * self._college(world) ** (1.0 - self.technology_share))

    def _unexplained(self, t: int, as_of: int | None = None) -> float:
        """Return x, 1 in the middle of 2013; the dip where it was known."""
        now = middle(t)
        years, end = now - _MIDDLE, _TREND_END - _MIDDLE
        log = self.trend * min(years, end) + self.trend_after * max(years - end, 0.0)
        known = as_of is None or as_of >= _DIP[1] - 1
        return float(np.exp(log + (self.dip if known and _DIP[0] <= now < _DIP[1] else 0.0)))

    def _learn(self, world: World, contracts: F64) -> None:
        """Add what the quarter's contracts and the distance to the frontier teach."""
        t, learned = world.tables, world.memory.learned
        bought = contracts.sum(axis=0) / t.va_nominal.sum(axis=1)
        usual = world.opening.purchases * world.data.research.diffusion.at(middle(world.t) - 0.5)
        learned += (self.contract_gain * (np.log1p(bought) - np.log1p(usual)) / 4.0)[:, None]
        there = (t.value_added > 0.0) & (t.jobs >= 1.0)
        per_job = np.where(there, t.value_added, np.inf) / np.maximum(t.jobs, 1.0)
        member = (self.region.inner_province == np.arange(self.region.n_provinces)[:, None]).astype(float)
        best = ((member @ t.value_added) / np.maximum(member @ t.jobs, 1.0)).max(axis=0)
        gap = np.log(np.maximum(best / per_job, 1.0))
        learned += self.catch_up * self._capacity(world)[:, None] * gap / 4.0

    def _capacity(self, world: World) -> F64:
        """Return abs: share of college times research over GDP, 1 in the capital; zero where there is none."""
        capital, people = self.region.capital, world.population
        if not capital.any():
            return np.zeros(len(people))
        gdp, college, spent = world.tables.value_added.sum(axis=1), self._college(world), self._real_spending(world)
        most = college[capital].sum() / people[capital].sum() * spent[capital].sum() / gdp[capital].sum()
        return np.asarray(college / people * spent / gdp / most)

    def _college(self, world: World) -> F64:
        """Return residents with college by zone."""
        return np.asarray(world.people[:, self.region.education.index("college")].sum(axis=(1, 2)))

    def _tell(self, world: World) -> None:
        """Set knowledge from the stocks."""
        opening, memory = world.opening, world.memory
        own = world.stocks.rd_stock / world.tables.jobs.sum(axis=1) / opening.rd
        nation = memory.national_rd_stock / _national_labour(world) / opening.national_rd
        world.tables.research_funding = self._funding(world)
        world.tables.knowledge = self.research_gain * np.log(own / nation)[:, None] + memory.learned


def _between(contracts: F64, sellers: Mask, buyers: Mask) -> float:
    """Return what `sellers` sell to `buyers`."""
    return float(contracts[sellers][:, buyers].sum())


def _national_labour(world: World) -> float:
    """Return the nation's labour force, persons."""
    return float(national_labour(world.region, world.plan.as_of).broad(middle(world.t)).sum())
