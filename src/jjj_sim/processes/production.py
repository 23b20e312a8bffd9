"""Production: what labour and capital can make by zone and sector, what is made of it, and investment.

    Ycap_zs = A_zs K_zs^a_s H_zs^(1 - a_s)             capacity, bn yuan of value added; H from Labour
    Y_zs    = Ycap_zs^(1 - u) Ye_zs^u                  output; Ye: sales expected (Demand)
    A_zs    = Abar_zs (A_s / A_s,2013) mix_rs exp((1 - a_s) (g_r + g_2 [s secondary]) T + b_rs W) D_z^gammaL M_z^gammaM
              x exp(know_zs)                               know: Innovation
    A_zs   x= exp(-c B_z)                     s polluting    B: abatement beyond the nation's (Emissions)
    A_zs   x= 1 - sigma_z (1 - min(1, cap / tonnes_z))       s steel   tonnes: S Ycap_z e^-D / Y_z,2013;  D: Emissions
    A_zs   x= (Y_2013 E_z / Y_z)^funded       s research     E: what research is to make, 2013 = 1 (Innovation)
    M_z     = sum_j (GDP_j / GDP_nation) exp(-decay tau_zj / 60), relative to 2013;  D: jobs relative to 2013
              j: the zones and the rest of China
    K'      = (1 - delta/4) K + I,  I = iota Y exp(chi ln(pi / pi_2013)) (1 - x_r),  pi = a Y / K
    x_r     = (rd_r - rd_r,published) GDP_r / province's I before      research above the published path, E+

Abar is inverted so that value added of 2013 by zone and sector is the data. A_s, the nation's productivity, is inverted
every quarter from the nation as one zone under the same rule of capital and the same labour by education. T is years
since 2013; from 2020 on they fade. b_rs is a break declared of a province, which W spreads over two years. Firms of a
province pay for research above the published path out of what they would invest, and buy research for it.
An establishment that moves carries its capital and its technique, so that both together make what each made, one told
to go a part of its technique (Relief); of what closes by relief a share of the capital is scrapped and the rest sold to
the same sector of the zone, between firms, so that no account of a zone changes. What the new area's own builders make
is imposed and uses none.
mix is what the industries that a province had in a sector in 2013 have grown by beside the nation's, at one price.
The nation cleans at the announced pace, which its technique holds, so that only what a zone was asked beyond it costs.
Steel over the cap is not made: its labour and capital stand idle until they are put to other use.
He, Wang, Zhang 2020 (cleaning); Combes, Demurger, Li 2013 (density); Zhang Jun 2004 (depreciation); Ramey, Shapiro 2001
(displaced capital).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.param import param
from jjj_sim.prior import Normal, Triangular, Uniform
from jjj_sim.processes.firm_location import brought
from jjj_sim.processes.national_labour import national_labour
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR, middle
from jjj_sim.state.world import World

_TINY = 1e-12
# Part of the gap between what research makes and what is spent on it that its technique closes in a quarter.
_FUNDED = 0.25
# Year from which the offsets fade, and years in which they do.
_OFFSETS_FADE, _FADING = 2020, 8.0
# When a declared break of a province's accounts began, how long it took, and when it was known.
_BREAK, _BREAK_YEARS, _BREAK_KNOWN = 2016.0, 2.0, 2018

F64 = NDArray[np.float64]


class Production(StockProcess):
    """Produce the quarter's value added; who works where is set in Labour, in Relocation who moves."""

    name = "production"
    zh = "生产"
    writes = (
        "tables.value_added",
        "tables.capacity",
        "tables.profit",
        "tables.market_access",
        "tables.density",
        "tables.construction_share",
        "tables.research_paid",
        "flows.investment",
        "flows.capital_invested",
        "flows.capital_worn",
        "flows.capital_moved",
        "flows.capital_closed",
        "stocks.capital",
        "tables.productivity_level",
        "memory.base_productivity",
        "opening.density",
        "opening.research_made",
        "opening.access",
        "opening.national_output",
        "memory.national_capital",
        "tables.national_productivity",
    )

    depreciation = param(
        0.096, unit="1/year", lo=0.05, hi=0.11, doc="Depreciation of capital", source="[R] Zhang Jun 2004"
    )
    utilisation = param(
        0.5,
        unit="1",
        lo=0,
        hi=0.5,
        doc="Weight of expected sales in output, beside capacity",
        source="[R] Ramey, West 1999: production of a quarter moves with sales, and by more; 1 would be sales alone",
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
    scrapped = param(
        0.7,
        unit="share",
        lo=0,
        hi=1,
        doc="Capital scrapped of what closes by relief; the rest is sold in the zone's sector",
        prior=Triangular(0.4, 0.7, 1.0),
        decides_alone=True,
        source="[R] Ramey, Shapiro 2001: equipment of closed plants sold at .28 of what replacing it costs",
    )
    profit_response = param(0.3, unit="1", lo=0, hi=1, doc="Response of investment to unit profit, chi_K", source="[A]")
    density_gain = param(
        0.05,
        unit="1",
        lo=0.02,
        hi=0.12,
        doc="Elasticity of productivity to density, gamma_L",
        prior=Normal(0.05, 0.02),
        source="[L] Combes, Demurger, Li 2013, less sorting",
    )
    access_gain = param(
        0.05,
        unit="1",
        lo=0,
        hi=0.15,
        doc="Elasticity of productivity to market access, gamma_M",
        prior=Uniform(0.0, 0.15),
        source="[L] Combes et al. find none on wages",
    )
    access_decay = param(
        0.6, unit="1/hour", lo=0.3, hi=1.2, doc="Decay of market access with time, delta_tau", source="[A]"
    )
    offset = param(
        unit="%/year",
        lo=-2.5,
        hi=2.5,
        doc="The province's trend over the nation, g_r",
        prior=Normal(0.0, 1.5),
        by="province",
    )
    broken = param(
        unit="%",
        lo=-20,
        hi=20,
        doc="Productivity that a province's industry lost or gained in the two years from 2016 on for good, b",
        by="province",
    )
    offset_secondary = param(
        0, unit="%/year", lo=-6, hi=6, doc="Trend of the secondary sectors, g_2", prior=Normal(0.0, 2.0)
    )

    cleaning_cost = param(
        0.21,
        unit="1",
        lo=0,
        hi=0.4,
        doc="Productivity of polluting industry lost to abatement beyond the nation's, elasticity c",
        prior=Uniform(0.0, 0.38),
        decides_alone=True,
        source="[L] He, Wang, Zhang 2020: for 10 % less 2.1 to 2.3 % within firms, to 3.8 % between them, of water; "
        "Wang, Wu, Zhang 2018: none in those that survive",
    )
    steel = param(
        unit="share",
        lo=0,
        hi=0.9,
        doc="Steel in the output of the sector that makes it, sigma",
        by="zone",
        merge="mean by output.value_added_2013 of steel",
    )
    steel_output = param(
        234.0,
        unit="million tonnes",
        lo=180,
        hi=250,
        doc="Hebei's crude steel of 2013, S, to which the cap relates",
        source="[D] 188.5 reported [R] and, as the count of 2018 over 2017 tells, 24 % in furnaces not counted before",
    )

    def capital_output(self) -> float:
        """Return the opening K / Y in years."""
        return float(self.investment / (self.opening_growth + self.depreciation))

    def open(self, world: World) -> None:
        """Invert productivity so that 2013 is the data, and open capital by its rule."""
        stocks, tables = world.stocks, world.tables
        a, output = 1.0 - tables.labour_share, world.data.output.value_added_2013 / 4.0 * tables.national_output
        stocks.capital = self.capital_output() * 4.0 * output
        world.opening.national_output = tables.national_output
        world.memory.national_capital = self.capital_output()
        made = stocks.capital**a * tables.effective_labour ** (1.0 - a)
        world.memory.base_productivity = output / np.maximum(made, _TINY)
        world.tables.productivity_level = world.memory.base_productivity
        world.tables.national_productivity = 1.0
        tables.value_added = tables.capacity = output
        world.opening.research_made = output[:, world.region.sector("research")]
        world.opening.density = tables.jobs.sum(axis=1) / world.region.area_km2
        tables.density = world.opening.density
        world.opening.access = self._access(world)
        tables.market_access = world.opening.access
        tables.construction_share = self._construction(world)
        tables.profit = 1.0
        world.flows.investment = self.investment * output.sum(axis=1)
        tables.research_paid = 0.0

    def act(self, world: World, table: Any = None) -> None:
        """Produce what is expected to sell within capacity, and invest."""
        self._carry(world)
        tables, stocks, a = world.tables, world.stocks, 1.0 - world.tables.labour_share
        tables.density = tables.jobs.sum(axis=1) / world.region.area_km2
        self._nation(world)
        level = world.memory.base_productivity * world.tables.national_productivity * self._offset(world)
        level *= world.data.output.mix.at(middle(world.t) - 0.5)[world.region.inner_province]
        level *= (tables.density / world.opening.density)[:, None] ** self.density_gain
        level *= ((tables.market_access / world.opening.access) ** self.access_gain)[:, None]
        level *= np.exp(tables.knowledge)
        level[:, self.region.in_role("polluting")] *= np.exp(-self.cleaning_cost * world.memory.stricter)[:, None]
        inputs = stocks.capital**a * tables.effective_labour ** (1.0 - a)
        makers = self.region.in_role("steel")
        level[:, makers] *= self._may_make(world, (level * inputs)[:, makers])[:, None]
        world.tables.productivity_level = level
        tables.capacity = level * inputs
        self._fund(world)
        expected = tables.expected_output
        output = tables.capacity ** (1.0 - self.utilisation) * expected**self.utilisation
        tables.value_added = output
        mixed = world.region.sector("construction_real_estate")
        tables.value_added[world.region.new_area, mixed] += float(tables.new_area_construction)
        tables.market_access = self._access(world)
        tables.construction_share = self._construction(world)
        tables.profit = output / np.maximum(stocks.capital, _TINY) * 4.0 * self.capital_output()
        world.flows.capital_worn = self.depreciation / 4.0 * stocks.capital
        invested = self._invested(output, tables.profit)
        paid = invested * self._research_part(world, invested)[:, None]
        stocks.capital = stocks.capital - world.flows.capital_worn + invested - paid
        world.flows.capital_invested = invested - paid
        world.flows.investment = world.flows.capital_invested.sum(axis=1)
        tables.research_paid = paid.sum(axis=1)

    def _may_make(self, world: World, wanted: F64) -> F64:
        """Return the part of the steel makers' capacity `wanted` (n_zones, n_makers) that the cap on steel leaves."""
        if not wanted.size:
            return np.ones(len(wanted))
        before = world.data.output.value_added_2013[:, self.region.in_role("steel")].sum(axis=1) / 4.0
        tonnes = (
            self.steel_output * wanted.sum(axis=1) / np.maximum(before, _TINY) * np.exp(-world.memory.material_saving)
        )
        allowed = np.minimum(1.0, world.policy.steel_capacity / np.maximum(tonnes, _TINY))
        return np.asarray(1.0 - self.steel * (1.0 - allowed))

    def _fund(self, world: World) -> None:
        """Let the technique of research follow what is spent on it, from the next quarter on."""
        funding, s = world.tables.research_funding, world.region.sector("research")
        if funding.all():
            wanted = world.opening.research_made * funding / np.maximum(world.tables.capacity[:, s], _TINY)
            world.memory.base_productivity[:, s] *= wanted**_FUNDED

    @staticmethod
    def _construction(world: World) -> F64:
        """Return construction's share of construction and real estate by zone, its province's as published."""
        return np.asarray(world.data.output.construction.at(world.year)[world.region.inner_province])

    def _invested(self, output: F64, profit: F64) -> F64:
        """Return what is invested out of `output` of a quarter."""
        return np.asarray(self.investment * output * np.maximum(profit, _TINY) ** self.profit_response)

    @staticmethod
    def _research_part(world: World, invested: F64) -> F64:
        """Return the part of investment that firms spend on research above the published path, (n_zones,).

        Those of a province pay alike; negative where less is spent than published.
        """
        policy, where = world.policy, world.region.inner_province
        more = (policy.research_intensity - policy.research_as_published) / 100.0
        spent = more * np.bincount(where, weights=world.tables.value_added.sum(axis=1))
        whole = np.bincount(where, weights=invested.sum(axis=1))
        part = np.divide(spent, whole, out=np.zeros_like(more), where=more != 0.0)
        return np.asarray(np.minimum(part, 1.0)[where])

    def _nation(self, world: World) -> None:
        """Invert the nation's productivity in its output, capital and labour, and let it invest."""
        a = 1.0 - world.tables.labour_share
        output = world.tables.national_output / world.opening.national_output
        time, start = (middle(t) for t in (world.t, 0))
        people = national_labour(world.region, world.plan.as_of)
        labour = people.by_sector(time) / people.by_sector(start)
        capital = world.memory.national_capital / self.capital_output()
        effective = labour * world.tables.national_skill
        world.tables.national_productivity = output / (capital**a * effective ** (1.0 - a))
        invested = self._invested(output / 4.0, output / capital)
        world.memory.national_capital = (1.0 - self.depreciation / 4.0) * world.memory.national_capital + invested

    def _offset(self, world: World) -> F64:
        """Return exp of the regional offsets and breaks accumulated since 2013, shape (n_zones, n_sectors)."""
        passed, end = world.t / 4.0, _OFFSETS_FADE - FIRST_YEAR
        after = max(passed - end, 0.0)
        years = min(passed, end) + _FADING * -np.expm1(-after / _FADING)
        secondary = np.array([s.broad == "secondary" for s in world.region.sectors])
        rate = (self.offset[world.region.inner_province][:, None] + self.offset_secondary * secondary) / 100.0
        known = (world.plan.as_of or _BREAK_KNOWN) >= _BREAK_KNOWN
        over = known * np.clip((middle(world.t) - _BREAK) / _BREAK_YEARS, 0.0, 1.0)
        broken = self.broken[world.region.inner_province][:, None] * secondary / 100.0
        return np.asarray(np.exp(world.tables.labour_share * rate * years + over * broken))

    def _access(self, world: World) -> F64:
        """Return the part of the nation's output within reach of every zone, shape (n_zones,)."""
        made = world.data.nation.value_added_2013.sum() / 4.0 * world.tables.national_real_gdp
        inside = world.tables.value_added.sum(axis=1) / made
        n = world.region.n_zones
        minutes = np.column_stack([world.tables.minutes[:n, :n], world.tables.minutes_outside])
        return np.asarray(np.exp(-self.access_decay * minutes / 60.0) @ np.append(inside, 1.0 - inside.sum()))

    def _carry(self, world: World) -> None:
        """Move capital and technique with the jobs of moved firms; scrap capital of what closed by relief.

        What left a zone arrives where its jobs did; the part that no zone of the region received left with them.
        """
        stocks, tables, flows = world.stocks, world.tables, world.flows
        left, part = tables.left_share * stocks.capital, tables.arrived_share
        came = tables.arrival_split * left[:, None]
        arrived = came.sum(axis=0)
        if np.any(part):
            a, level = 1.0 - tables.labour_share, world.memory.base_productivity
            theirs = level + brought(came, tables.technique_left, level)
            capital = arrived / np.maximum(stocks.capital - left + arrived, _TINY)
            stays = (1.0 - capital) ** a * (1.0 - part) ** (1.0 - a)
            world.memory.base_productivity = stays * level + capital**a * part ** (1.0 - a) * theirs
        flows.capital_moved = arrived - left
        flows.capital_closed = (stocks.capital - left + arrived) * self.scrapped * tables.closed_share
        stocks.capital = stocks.capital - left + arrived - flows.capital_closed
