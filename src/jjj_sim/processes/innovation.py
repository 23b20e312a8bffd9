"""Innovation: research by zone, the technology sold between zones, and what is learned of both.

    R'     = (1 - delta/4) R + E / 4,  E_z = rd_p Y_p k_z / k_p         research stock, bn yuan of 2013
    T_ij   = psi p_t x_t R_i^th1 Abs_j^th2 exp(-delta_T tau_ij / 60) (1 + s_j)^eta b_ij   contracts, mean
    Abs_j  = (H_j + w (P_TJ(t-4) - P_TJ(0)) H_j / H_HB [j in Hebei])^.7 college_j^.3
    b_ij   = exp(kappa_B) within a province, 1 + chain across a border
    ln x_t = g min(T, end) + g' (T - end)+ + dip [2021-22]               unexplained
    Hebei's own count of its purchases = s_HB (T_BJ,HB + T_TJ,HB)
    know_z = phi_R (dln(R_z / jobs_z) - dln(R_N / labour_N)) + sum of
             phi_T (ln(1 + B_z) - ln(1 + B_z,2013 n_t)) / 4 + lambda_c abs_z (ln y_F,s - ln y_z,s)+ / 4

A province's research is spread over its zones by k, value added of research and high technology (campuses
moved by name among it) times the share of college [A]. H is value added of high technology, P_TJ what Tianjin
buys from Beijing a year: Beijing invents, Tianjin pilots, Hebei applies. Contracts are drawn as Poisson
numbers of contracts of one size under a gamma mean (keyed, monotone in the mean); the twin takes the mean.
psi brings Beijing's sales to Tianjin and Hebei to their level at the opening. B is purchases over GDP, n the
nation's own growth of it.

Knowledge is relative to the nation, whose productivity already holds its own research and diffusion. Per
job, because density has the gain of size already. y is value added a job of the best province and of the
zone: the inverted levels of productivity carry units of each zone's mix of schooling and do not compare.
Hall, Mairesse, Mohnen 2010; Nelson, Phelps 1966; Griffith, Redding, Van Reenen 2004; Santos Silva, Tenreyro
2006 for the gravity form.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from jjj_sim.draws import Draws, poisson_quantile
from jjj_sim.evidence import national, research
from jjj_sim.evidence.geography import EDUCATION, GEOGRAPHY, N_ZONES, SECTOR_INDEX
from jjj_sim.param import param
from jjj_sim.prior import LogNormal, Normal, Uniform
from jjj_sim.processes.process import Process
from jjj_sim.quarters import FIRST_YEAR, middle, parse
from jjj_sim.state.world import World

F64 = NDArray[np.float64]

_PROVINCE = GEOGRAPHY.province[:N_ZONES]
_SAME = _PROVINCE[:, None] == _PROVINCE[None, :]
_BEIJING, _TIANJIN, _HEBEI = (GEOGRAPHY.in_region(r) for r in ("beijing", "tianjin", "hebei_official"))
_HIGH_TECHNOLOGY, _RESEARCH = SECTOR_INDEX["hightech_manufacturing"], SECTOR_INDEX["research"]
_COLLEGE = EDUCATION.index("college")
_MIDDLE, _TREND_END = FIRST_YEAR + 0.5, 2025.0
_DIP = (parse("2021Q1"), parse("2022Q4"))
_U_MEAN, _U_NUMBER = 0, 1
_PAIRS = np.arange(N_ZONES * N_ZONES, dtype=np.uint64)


class Innovation(Process):
    """Spend on research, sell technology between zones, learn; what is learned acts in Production."""

    name = "innovation"
    zh = "创新"
    writes = (
        "tables.knowledge",
        "stocks.rd_stock",
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
        0.6,
        unit="1/hour",
        lo=0.3,
        hi=1.2,
        doc="Decay of contracts with time, delta_T",
        source="[A] beside Ma, Huang 2024: joint research +33 % where high-speed rail came [L]",
    )
    border = param(0.5, unit="log", lo=0, hi=1, doc="Contracts within a province over those across, kappa_B")
    subsidy_response = param(1.5, unit="1", lo=0, hi=3, doc="Response to one plus the subsidy, eta")
    pilot = param(
        0.3,
        unit="1",
        lo=0,
        hi=1,
        doc="High-technology value added that a yuan piloted in Tianjin is worth to Hebei, w",
    )
    opening_flow = param(
        6.5,
        unit="bn yuan/year",
        lo=4,
        hi=9,
        doc="Beijing's sales to Tianjin and Hebei at the opening's yearly rate; sets psi",
        prior=LogNormal(6.5, 0.3),
        source="[D] 7.12 in 2013 less the growth within the year",
    )
    trend = param(
        0.061,
        unit="1/year",
        lo=0,
        hi=0.2,
        doc="Unexplained trend of contracts to 2024, g",
        prior=Normal(0.06, 0.04),
        source="[D] what gravity leaves of 2013-24: .061 +- .006, .059 to 2020",
    )
    trend_after = param(
        0.025, unit="1/year", lo=0, hi=0.05, doc="The same after 2024, g'", prior=Uniform(0.0, 0.05), source="[A]"
    )
    dip = param(
        -0.38,
        unit="log",
        lo=-0.8,
        hi=0,
        doc="Contracts of 2021-22 below the trend, declared",
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
        doc="Hebei's own count of what it buys from Beijing and Tianjin over the model's, s_HB",
        prior=LogNormal(1.37, 0.15),
        source="[D] 81.0 and 109.2 bn yuan in 2023 and 2024 over the model",
    )
    research_gain = param(
        0.08,
        unit="1",
        lo=0,
        hi=0.15,
        doc="Elasticity of productivity to research a job, phi_R",
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

    def open(self, world: World) -> None:
        """Open research at its own growth, the level of contracts at Beijing's sales, knowledge at zero."""
        s = world.stocks
        growth = np.array([research.past_growth(a) for a in research.AREAS])[_PROVINCE]
        s.rd_stock = 4.0 * self._real_spending(world) / (self.wear + growth)
        world.opening.rd = s.rd_stock / world.tables.jobs.sum(axis=1)
        spent = self._national_spending(world)
        world.memory.national_rd_stock = 4.0 * spent / (self.wear + research.past_growth("nation"))
        world.opening.national_rd = world.memory.national_rd_stock / national.labour(middle(world.t)).sum()
        world.opening.contract_level = 1.0
        world.opening.contract_level = self.opening_flow / (4.0 * _between(self.table(world), _BEIJING, ~_BEIJING))
        first = self.table(world)
        world.memory.piloted = world.opening.piloted = _between(first, _BEIJING, _TIANJIN)
        world.opening.purchases = first.sum(axis=0) / world.tables.va_nominal.sum(axis=1)
        self._tell(world)

    def table(self, world: World) -> F64:
        """Return the mean of the quarter's contracts from, to, bn yuan, shape (n_zones, n_zones)."""
        t, s = world.tables, world.stocks
        price = t.national_deflator[_RESEARCH]
        level = world.opening.contract_level / 4.0 * price * self._unexplained(world.t)
        near = np.exp(-self.decay * t.minutes[:N_ZONES, :N_ZONES] / 60.0)
        across = 1.0 + float(world.policy.border_trade)
        bound = np.where(
            _SAME, np.exp(self.border), across * (1.0 + world.policy.technology_subsidy) ** self.subsidy_response
        )
        masses = np.outer(s.rd_stock**self.origin, self._absorption(world) ** self.absorption)
        return np.asarray(level * masses * near * bound)

    def sweep(self, world: World, table: F64, draws: Draws) -> None:
        """Draw the contracts and settle the quarter."""
        luck = gammaincinv(self.luck, draws.uniform(_PAIRS, _U_MEAN)) / self.luck
        number = poisson_quantile(draws.uniform(_PAIRS, _U_NUMBER), table.ravel() * luck / self.contract)
        self._settle(world, self.contract * number.reshape(table.shape))

    def expect(self, world: World, table: F64) -> None:
        """Settle the quarter with the mean contracts."""
        self._settle(world, table)

    def _settle(self, world: World, contracts: F64) -> None:
        """Record the contracts, pay the subsidy, spend on research and learn."""
        flows, s = world.flows, world.stocks
        flows.technology_contracts += contracts
        bought = contracts[_BEIJING | _TIANJIN].sum(axis=0)
        world.flows.contracts_as_buyers_count += self.reported * bought * _HEBEI
        world.memory.piloted[world.t % 4] = _between(contracts, _BEIJING, _TIANJIN)
        due = (world.policy.technology_subsidy * contracts * ~_SAME).sum(axis=0)
        flows.technology_subsidies_paid += due
        flows.research_spending += self._spread(world, world.tables.va_nominal.sum(axis=1))
        s.rd_stock = (1.0 - self.wear / 4.0) * s.rd_stock + self._real_spending(world)
        world.memory.national_rd_stock = (
            1.0 - self.wear / 4.0
        ) * world.memory.national_rd_stock + self._national_spending(world)
        self._learn(world, contracts)
        self._tell(world)

    def _spread(self, world: World, output: F64) -> F64:
        """Return what is spent on research out of `output` (n_zones,), spread over each province by its key."""
        rate = world.policy.research_intensity / 100.0
        key = self._key(world)
        spent = rate * research.by_province(output, _PROVINCE) / research.by_province(key, _PROVINCE)
        return np.asarray(spent[_PROVINCE] * key)

    def _real_spending(self, world: World) -> F64:
        """Return the quarter's research by zone, bn yuan of 2013."""
        return self._spread(world, world.tables.value_added.sum(axis=1))

    def _national_spending(self, world: World) -> float:
        """Return the nation's research of the quarter, in years of its GDP of 2013."""
        rate = research.national_intensity(world.t, self.national_rise) / 100.0
        return float(rate * world.tables.national_real_gdp / 4.0)

    def _key(self, world: World) -> F64:
        """Return k by zone: value added of research and high technology times the share of college.

        The staff of a university that has moved by name counts as research jobs where it went.
        """
        made = world.tables.value_added
        key = made[:, [_RESEARCH, _HIGH_TECHNOLOGY]].sum(axis=1)
        a_job = made[:, _RESEARCH].sum() / world.tables.jobs[:, _RESEARCH].sum()
        for move in world.policy.moves:
            if move.kind == "university" and move.moved(world.t):
                key[move.destination] += move.jobs * a_job
        return np.asarray(key * _college(world) / world.population)

    def _absorption(self, world: World) -> F64:
        """Return Abs by zone."""
        s = world.stocks
        made = 4.0 * world.tables.value_added[:, _HIGH_TECHNOLOGY]
        pilot = 4.0 * self.pilot * (world.memory.piloted[world.t % 4] - world.opening.piloted)
        made = made + np.where(_HEBEI, pilot * made / made[_HEBEI].sum(), 0.0)
        return np.asarray(made**self.technology_share * _college(world) ** (1.0 - self.technology_share))

    def _unexplained(self, t: int) -> float:
        """Return x, 1 in the middle of 2013."""
        years, end = middle(t) - _MIDDLE, _TREND_END - _MIDDLE
        log = self.trend * min(years, end) + self.trend_after * max(years - end, 0.0)
        return float(np.exp(log + (self.dip if _DIP[0] <= t <= _DIP[1] else 0.0)))

    def _learn(self, world: World, contracts: F64) -> None:
        """Add what the quarter's contracts and the distance to the frontier teach."""
        s, t = world.stocks, world.tables
        bought = contracts.sum(axis=0) / t.va_nominal.sum(axis=1)
        years = research.diffusion()
        usual = world.opening.purchases * np.interp(middle(world.t), np.array(list(years)) + 0.5, list(years.values()))
        world.memory.learned += (self.contract_gain * (np.log1p(bought) - np.log1p(usual)) / 4.0)[:, None]
        there = (t.value_added > 0.0) & (t.jobs >= 1.0)
        per_job = np.where(there, t.value_added, np.inf) / np.maximum(t.jobs, 1.0)
        member = np.stack([_BEIJING, _TIANJIN, _HEBEI]).astype(float)
        best = ((member @ t.value_added) / np.maximum(member @ t.jobs, 1.0)).max(axis=0)
        gap = np.log(np.maximum(best / per_job, 1.0))
        world.memory.learned += self.catch_up * self._capacity(world)[:, None] * gap / 4.0

    def _capacity(self, world: World) -> F64:
        """Return abs: share of college times research over GDP, 1 in Beijing."""
        gdp, college, people = world.tables.value_added.sum(axis=1), _college(world), world.population
        spent = self._real_spending(world)
        beijing = college[_BEIJING].sum() / people[_BEIJING].sum() * spent[_BEIJING].sum() / gdp[_BEIJING].sum()
        return np.asarray(college / people * spent / gdp / beijing)

    def _tell(self, world: World) -> None:
        """Set knowledge from the stocks."""
        s = world.stocks
        own = s.rd_stock / world.tables.jobs.sum(axis=1) / world.opening.rd
        nation = world.memory.national_rd_stock / national.labour(middle(world.t)).sum() / world.opening.national_rd
        world.tables.knowledge = self.research_gain * np.log(own / nation)[:, None] + world.memory.learned


def _between(contracts: F64, sellers: NDArray[np.bool_], buyers: NDArray[np.bool_]) -> float:
    return float(contracts[sellers][:, buyers].sum())


def _college(world: World) -> F64:
    """Return residents with college by zone."""
    return np.asarray(world.people[:, _COLLEGE].sum(axis=(1, 2)))
