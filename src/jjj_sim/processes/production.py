"""Production: output by zone and sector, its capital, and its prices.

    Y_zs  = A_zs K_zs^a_s (q_z jobs_zs)^(1 - a_s)
    A_zs  = Abar_zs (A_s / A_s,2013) exp((1 - a_s) (g_r + g_2 [s secondary]) T) D_z^gammaL_s M_z^gammaM exp(know_zs)
    q_z   = (sum_k b_zk share_zk^rho)^(1/rho),  rho = 1 - 1 / elasticity;  b_z: equal premia in 2013
    M_z   = sum_j (GDP_j / GDP_nation) exp(-decay tau_zj / 60), relative to 2013;  D: jobs relative to 2013
    K'    = (1 - delta/4) K + iota Y exp(chi ln(pi / pi_2013)),  pi = a Y / K
    p_zs  = nation's deflator_s x shift_r,  so that a province's weighted p is its published deflator

Abar is inverted so that value added of 2013 by zone and sector is the data (evidence.output). A_s, the
nation's productivity, is inverted every quarter from the nation as one zone under the same rule of capital:
without that, capital deepening would be read as a regional offset. Offsets g_r run until 2020 and then fade
with 8 years; T is years since 2013 with that fading [A]. Agglomeration is an effect on the level: it cannot
make regions diverge for ever, and at the point values the equilibrium is unique. Capital that has no
regional data opens at K / Y = iota / (growth + delta). A moved establishment carries its capital in the
proportion of its jobs. Where no deflator is published any more, the shift holds: national drift.
Xiong'an's construction is output imposed by its own process; it uses no production capital.

Real figures at 2013 prices. No seasonality: published first halves hold .446 of a year (H1_SHARE).
Katz, Murphy 1992 (elasticity); Combes, Demurger, Li 2013 (density); Zhang Jun 2004 (depreciation).
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence import national
from jjj_sim.evidence.geography import GEOGRAPHY, N_SECTORS, N_ZONES, PROVINCES, SECTORS
from jjj_sim.evidence.output import construction_share, province_deflators, value_added_2013
from jjj_sim.param import param
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.state.book import Field
from jjj_sim.state.employment import PARTICIPATION
from jjj_sim.state.residents import BAND_OF_AGE
from jjj_sim.state.world import World

# First half of 2024 over the year, both of the first vintage (region_series: gdp_h1, gdp_nominal_first) [D].
H1_SHARE = 0.446
CARRIED = "jobs_carried"
CONSTRUCTION = "xiongan_construction"
_SECTOR = {s.key: i for i, s in enumerate(SECTORS)}
_MIXED = _SECTOR["construction_real_estate"]
_SECONDARY = np.array([s.broad == "secondary" for s in SECTORS])
_SERVICES = np.array([s.broad == "tertiary" for s in SECTORS])
_XIONGAN = GEOGRAPHY.index("xiongan")
_PROVINCE = GEOGRAPHY.province[:N_ZONES]
_MEMBER = (_PROVINCE[None, :] == np.arange(len(PROVINCES) - 1)[:, None]).astype(np.float64)
_BY_AGE = PARTICIPATION[BAND_OF_AGE]
_OFFSET_END = 2020 - FIRST_YEAR
_TINY = 1e-12


class Production(StockProcess):
    """Produce the quarter's value added; who works where is set in Labour, in Relocation who moves."""

    name = "production"
    zh = "生产"
    tables: ClassVar[dict[str, Field]] = {
        "value_added": Field(("zone", "sector"), "bn yuan", "value added of the quarter at 2013 prices"),
        "va_nominal": Field(("zone", "sector"), "bn yuan", "value added of the quarter at current prices"),
        "profit": Field(("zone", "sector"), "2013 mean = 1", "unit profit a Y / K"),
        "market_access": Field(("zone",), "share", "GDP within reach over the nation's, weighted by minutes"),
        "density": Field(("zone",), "jobs/km2", "density of jobs"),
        "construction_share": Field(("zone",), "share", "construction's share of construction and real estate"),
    }
    stocks: ClassVar[dict[str, Field]] = {
        "capital": Field(("zone", "sector"), "bn yuan", "production capital at 2013 prices"),
        "productivity_level": Field(("zone", "sector"), "1", "A, the level of productivity in force"),
        "base_productivity": Field(("zone", "sector"), "1", "Abar, inverted at 2013"),
        "opening_density": Field(("zone",), "jobs/km2", "density of jobs at the opening"),
        "opening_access": Field(("zone",), "share", "market access at the opening"),
        "skill_weight": Field(("zone", "education"), "1", "b, weights of education in labour"),
        "deflator_shift": Field(("zone",), "ratio", "the province's prices over the nation's, sector by sector"),
        "national_opening": Field(("sector",), "2013 = 1", "the nation's output at the opening"),
        "national_capital": Field(("sector",), "years of opening output", "the nation's production capital"),
        "national_productivity": Field(("sector",), "2013Q1 = 1", "A_s, the nation's productivity"),
    }

    capital_share = param(
        0.45, unit="share", lo=0.38, hi=0.52, doc="Capital's share a", source="[R] Bai, Qian 2010: about .5"
    )
    capital_share_services = param(
        0.35, unit="share", lo=0.28, hi=0.42, doc="Capital's share a in services", source="[A]"
    )
    capital_share_general = param(
        0.55, unit="share", lo=0.48, hi=0.62, doc="Capital's share a in general manufacturing", source="[A]"
    )
    elasticity = param(
        1.5,
        unit="1",
        lo=1.3,
        hi=2,
        doc="Elasticity of substitution between levels of education",
        source="[R] Katz, Murphy 1992: 1.41",
    )
    premium_senior = param(
        1.2, unit="ratio", lo=1, hi=2, doc="Marginal product of senior over junior, 2013", source="[R]"
    )
    premium_college = param(
        1.7, unit="ratio", lo=1, hi=4, doc="Marginal product of college over junior, 2013", source="[R]"
    )
    depreciation = param(
        0.096, unit="1/year", lo=0.05, hi=0.11, doc="Depreciation of capital", source="[R] Zhang Jun 2004"
    )
    investment = param(
        0.28,
        unit="share",
        lo=0.15,
        hi=0.4,
        doc="Investment in production capital over value added, iota",
        source="[A] gross capital formation .45 less dwellings and public works",
    )
    opening_growth = param(
        0.08,
        unit="1/year",
        lo=0.04,
        hi=0.12,
        doc="Growth of capital behind the opening K / Y",
        source="[D] the nation's mean growth 2010-13",
    )
    profit_response = param(0.3, unit="1", lo=0, hi=3, doc="Response of investment to unit profit, chi_K", source="[A]")
    density_gain = param(
        0.05,
        unit="1",
        lo=0.02,
        hi=0.12,
        doc="Elasticity of productivity to density, gamma_L",
        prior="N(.05, .02)",
        source="[L] Combes, Demurger, Li 2013, less sorting",
    )
    density_gain_general = param(0.03, unit="1", lo=0, hi=0.12, doc="The same in general manufacturing", source="[A]")
    density_gain_advanced = param(
        0.07, unit="1", lo=0.02, hi=0.15, doc="The same in producer services and research", source="[A]"
    )
    access_gain = param(
        0.05,
        unit="1",
        lo=0,
        hi=0.15,
        doc="Elasticity of productivity to market access, gamma_M",
        prior="U(0, .15)",
        source="[L] Combes et al. find none on wages",
    )
    access_decay = param(
        0.6, unit="1/hour", lo=0.3, hi=1.2, doc="Decay of market access with time, delta_tau", source="[A]"
    )
    # A prototype needed -.9, -.7, +1.4 (Beijing, Tianjin, Hebei). There people neither left farming, as in
    # Hebei, nor became graduates, as in Beijing; here they do, and those two offsets would count that twice.
    # All three are neutral until they are estimated.
    offset_beijing = param(
        0.0, unit="%/year", lo=-2.5, hi=2.5, doc="Beijing's trend over the nation, g_r", prior="N(0, 1.5)"
    )
    offset_tianjin = param(
        0.0, unit="%/year", lo=-2.5, hi=2.5, doc="Tianjin's trend over the nation, g_r", prior="N(0, 1.5)"
    )
    offset_hebei = param(
        0.0, unit="%/year", lo=-2.5, hi=2.5, doc="Hebei's and Xiong'an's trend, g_r", prior="N(0, 1.5)"
    )
    offset_secondary = param(0, unit="%/year", lo=-6, hi=6, doc="Trend of the secondary sectors, g_2", prior="N(0, 2)")
    offset_fading = param(8, unit="year", lo=2, hi=20, doc="Time in which the offsets fade after 2020", source="[A]")

    def shares(self) -> NDArray[np.float64]:
        """Return capital's share by sector, shape (n_sectors,)."""
        a = np.where(_SERVICES, self.capital_share_services, self.capital_share)
        a[_SECTOR["general_manufacturing"]] = self.capital_share_general
        return np.asarray(a)

    def density_gains(self) -> NDArray[np.float64]:
        """Return gamma_L by sector, shape (n_sectors,)."""
        gain = np.full(N_SECTORS, self.density_gain)
        gain[_SECTOR["general_manufacturing"]] = self.density_gain_general
        gain[[_SECTOR["producer_services"], _SECTOR["research"]]] = self.density_gain_advanced
        return gain

    def capital_output(self) -> float:
        """Return the opening K / Y in years."""
        return float(self.investment / (self.opening_growth + self.depreciation))

    def open(self, world: World) -> None:
        """Invert productivity so that 2013 is the data, and open capital by its rule."""
        stocks, tables = world.stocks, world.tables
        a, output = self.shares(), value_added_2013() / 4.0 * tables.national_output
        stocks.capital = self.capital_output() * 4.0 * output
        stocks.national_opening = tables.national_output
        stocks.national_capital = self.capital_output()
        stocks.skill_weight = self._skill_weight(self._workers(world))
        effective = world.tables.jobs * self._skill(world)[:, None]
        stocks.base_productivity = output / np.maximum(stocks.capital**a * effective ** (1.0 - a), _TINY)
        stocks.productivity_level = stocks.base_productivity
        stocks.national_productivity = 1.0
        tables.value_added = output
        stocks.opening_density = tables.jobs.sum(axis=1) / GEOGRAPHY.area_km2
        tables.density = stocks.opening_density
        stocks.opening_access = self._access(world)
        tables.market_access = stocks.opening_access
        tables.construction_share = construction_share(world.year)
        self._prices(world)
        tables.profit = 1.0

    def settle(self, world: World) -> None:
        """Produce, price the output, and invest."""
        self._carry(world)
        tables, stocks, a = world.tables, world.stocks, self.shares()
        tables.density = tables.jobs.sum(axis=1) / GEOGRAPHY.area_km2
        self._nation(world)
        level = stocks.base_productivity * stocks.national_productivity * self._offset(world.t)
        level *= (tables.density / stocks.opening_density)[:, None] ** self.density_gains()
        level *= ((tables.market_access / stocks.opening_access) ** self.access_gain)[:, None]
        level *= np.exp(tables.knowledge)
        stocks.productivity_level = level
        effective = tables.jobs * self._skill(world)[:, None]
        output = level * stocks.capital**a * effective ** (1.0 - a)
        tables.value_added = output
        if CONSTRUCTION in tables.arrays():
            tables.value_added[_XIONGAN, _MIXED] += float(tables.arrays()[CONSTRUCTION])
        tables.market_access = self._access(world)
        tables.construction_share = construction_share(world.year)
        self._prices(world)
        tables.profit = output / np.maximum(stocks.capital, _TINY) * 4.0 * self.capital_output()
        stocks.capital = self._invest(stocks.capital, output, tables.profit)

    def _invest(
        self, capital: NDArray[np.float64], output: NDArray[np.float64], profit: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return capital after a quarter with output of `output` a quarter."""
        invested = self.investment * output * np.maximum(profit, _TINY) ** self.profit_response
        return np.asarray((1.0 - self.depreciation / 4.0) * capital + invested)

    def _nation(self, world: World) -> None:
        """Invert the nation's productivity in its output, capital and labour, and let it invest."""
        stocks, a = world.stocks, self.shares()
        output = world.tables.national_output / stocks.national_opening
        time, start = (FIRST_YEAR + (t + 0.5) / 4.0 for t in (world.t, 0))
        labour = national.by_sector(national.labour(time) / national.labour(start))
        mix = np.stack([national.education(time), national.education(start)])
        skill = self._ces(mix, self._skill_weight(mix[1]))
        effective = labour * skill[0] / skill[1]
        capital = stocks.national_capital / self.capital_output()
        stocks.national_productivity = output / (capital**a * effective ** (1.0 - a))
        stocks.national_capital = self._invest(stocks.national_capital, output / 4.0, output / capital)

    def _offset(self, t: int) -> NDArray[np.float64]:
        """Return exp of the regional offsets accumulated since 2013, shape (n_zones, n_sectors)."""
        after = max(t / 4.0 - _OFFSET_END, 0.0)
        years = min(t / 4.0, _OFFSET_END) + self.offset_fading * -np.expm1(-after / self.offset_fading)
        province = np.array([self.offset_beijing, self.offset_tianjin, self.offset_hebei])[_PROVINCE]
        rate = (province[:, None] + self.offset_secondary * _SECONDARY) / 100.0
        return np.asarray(np.exp((1.0 - self.shares()) * rate * years))

    def _workers(self, world: World) -> NDArray[np.float64]:
        """Return the shares of education among those who work, shape (n_zones, n_education)."""
        workers = world.people.sum(axis=2) @ _BY_AGE
        return np.asarray(workers / np.maximum(workers.sum(axis=1, keepdims=True), _TINY))

    def _skill_weight(self, mix: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return b so that at `mix` marginal products stand in the ratio of the premia; last axis sums to one.

        Zones differ in what they employ graduates for: one b for all would have Beijing's graduates earn
        less than its juniors.
        """
        weight = np.array([1.0, self.premium_senior, self.premium_college]) * mix ** (1.0 / self.elasticity)
        return np.asarray(weight / weight.sum(axis=-1, keepdims=True))

    def _ces(self, mix: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return labour a worker by CES over education, the last axis of both."""
        rho = 1.0 - 1.0 / self.elasticity
        return np.asarray((mix**rho * weight).sum(axis=-1) ** (1.0 / rho))

    def _skill(self, world: World) -> NDArray[np.float64]:
        """Return q, shape (n_zones,)."""
        return self._ces(self._workers(world), world.stocks.skill_weight)

    def _access(self, world: World) -> NDArray[np.float64]:
        """Return market access relative to the nation's GDP, shape (n_zones,)."""
        minutes = world.tables.minutes[:N_ZONES, :N_ZONES]
        gdp = world.tables.value_added.sum(axis=1) / world.tables.national_real_gdp
        return np.asarray(np.exp(-self.access_decay * minutes / 60.0) @ gdp)

    def _carry(self, world: World) -> None:
        """Move capital with the jobs of moved firms: what the sources lose arrives in proportion to jobs.

        Where no zone of the region gains, the capital leaves for the rest of China.
        """
        moved = world.flows.arrays().get(CARRIED)
        if moved is None or not np.any(moved):
            return
        capital, jobs = world.stocks.capital, np.maximum(world.tables.jobs, 1.0)
        left, came = np.maximum(-moved, 0.0), np.maximum(moved, 0.0)
        lost = capital * np.minimum(left / (jobs + left), 0.95)
        per_job = lost.sum(axis=0) / np.maximum(left.sum(axis=0), _TINY)
        capital += came * per_job - lost

    def _prices(self, world: World) -> None:
        """Set the province's shift while its deflator is published, and nominal value added."""
        tables, stocks = world.tables, world.stocks
        published = province_deflators()
        if world.t < len(published):
            real = _MEMBER @ tables.value_added
            weighted = (real @ tables.national_deflator) / np.maximum(real.sum(axis=1), _TINY)
            stocks.deflator_shift = (published[world.t] / weighted)[_PROVINCE]
        price = tables.national_deflator * stocks.deflator_shift[:, None]
        tables.va_nominal = tables.value_added * price
