"""Labour: who works where, in which sector, and for what pay.

    LF_ik     = m_r p_i sum over people of participation by age             home zone i of province r, education k
    ln p_i'   = (1 - r) ln p_i - psi [ln(u_i / ubar_i) - its mean over the region],   ubar' = ubar + r (u - ubar)
    C_ijk     : employed, home i, work j;  L_jsk: the same by sector of work;  sum_i C_ijk = sum_s L_jsk
    L*_jsk    = share_jsk B_js / pay_jsk,   share ~ b_jsk^sigma pay_jsk^(1 - sigma)          demand for labour
    V_jsk     = max(0, L + speed (L* - L) + arrived - kept) / fill                              vacancies
    S_ijk     = S_ik x choice,  choice ~ C0_ijk (w_jk / w0_jk)^eps Vhat_jk^.5
                                         exp(-nu (max(tau_ij, muted) - max(tau0_ij, muted)))   searchers
    M_jk      = min(S_jk, V_jk, m_jk sqrt(S_jk V_jk))                                             matches
    ln w_jk  += d ln y + lambda [(1 - Z) ln(omega_jk / w_jk) + Z ln(o_jk / w_jk) - beta ln(u_jk / u0)]
                omega_jk = sum_s share_jsk B_js / sum_s premium_jsk L_jsk,  pay_jsk = premium_jsk w_jk
                ln o_jk = ln w0_jk + mean over the province's other zones of ln(omega_k / w0_k) + d_jk
                d_jk   += settling [ln(w_jk / o_jk) + beta ln(u_jk / u0)]       outside option, wages

B is labour's cost share of value added less taxes on production: that of last quarter for wages, that expected for
demand. A share `separations` of jobs ends every quarter, jobs that closed or left with their firm end at once, people
who leave a zone's labour force leave their jobs in proportion, and newcomers search; m makes 2013 a steady state at u0.
Wages are indexed to the nation's income per head, y; premia of sectors follow the nation's value added per worker, and
b drifts with the nation's education by sector so that the nation's premia hold, in part alike for all zones.
Petrongolo, Pissarides 2001 (matching); Blanchflower, Oswald 1994, Peng, Kang, Anwar 2026 (wage curve).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.laws.fitting import fit_symmetric, fit_table
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.processes.firm_location import brought
from jjj_sim.processes.national_labour import NationalLabour, national_labour
from jjj_sim.processes.participation import join, participation
from jjj_sim.processes.process import StockProcess
from jjj_sim.processes.work_draw import cumulated, jobs_held
from jjj_sim.quarters import middle
from jjj_sim.state.world import World

# A cell keeps at least a twentieth of its jobs in a quarter, so that its pay and technique stay defined.
_MOST_LEAVING = 0.95
_TINY = 1e-9

F64 = NDArray[np.float64]


class Labour(StockProcess):
    """Give residents their jobs and wages; who moves for them is decided in Migration and Relocation."""

    name = "labour"
    zh = "劳动力"
    changes = ("careers", "money")
    writes = (
        "tables.labour_force",
        "tables.jobs",
        "tables.workers",
        "tables.employed",
        "tables.unemployment",
        "tables.wage",
        "tables.labour_income",
        "tables.wages_paid",
        "tables.pay_by_link",
        "tables.labour_share",
        "tables.effective_labour",
        "tables.national_skill",
        "tables.left_share",
        "tables.closed_share",
        "tables.arrival_split",
        "tables.arrived_share",
        "tables.technique_left",
        "flows.commuters",
        "prices.work_wage",
        "tables.skill_weight",
        "tables.tightness",
        "prices.premium",
        "opening.workers",
        "opening.skill_weight",
        "opening.wage",
        "opening.commute",
        "opening.vacancies",
        "opening.matching",
        "opening.tightness",
        "memory.outside_gap",
        "memory.labour_force_before",
        "memory.joined",
        "memory.usual_unemployment",
        "memory.recent_wage",
        "memory.income_index",
        "memory.sector_pay",
    )

    unemployed = param(0.05, unit="share", lo=0.03, hi=0.12, doc="Unemployment of the steady state, u0", source="[A]")
    least_unemployed = param(0.03, unit="share", lo=0, hi=0.03, doc="Unemployment at least", source="[A]")
    separations = param(0.04, unit="1/quarter", lo=0.02, hi=0.08, doc="Jobs that end in a quarter", source="[A]")
    speed = param(
        0.15, unit="1/quarter", lo=0.05, hi=0.5, doc="Part of the gap to desired jobs opened, lambda_E", source="[A]"
    )
    fill = param(0.8, unit="share", lo=0.5, hi=1, doc="Vacancies filled in a quarter, steady state", source="[A]")
    wage_speed = param(
        0.25,
        unit="1/quarter",
        lo=0.1,
        hi=0.5,
        doc="Adjustment of wages, lambda_w",
        prior=Uniform(0.1, 0.5),
        source="[A]",
    )
    outside_option = param(
        0.8,
        unit="share",
        lo=0,
        hi=0.95,
        doc="Weight of what the province's other employers pay in what wages move to, Z; the rest is the own bill",
        prior=Uniform(0.6, 0.95),
        source="[R] Beaudry, Green, Sand 2012",
    )
    settling = param(
        0.05,
        unit="1/quarter",
        lo=0.02,
        hi=0.2,
        doc="Speed at which a lasting difference to the other zones becomes the zone's own",
        source="[A]",
    )
    wage_curve = param(
        unit="1", lo=0.03, hi=0.15, doc="Elasticity of wages to unemployment, beta, minus", by="province"
    )
    participation = param(
        unit="1",
        lo=0.8,
        hi=1.1,
        doc="Labour force at a given age over the nation's",
        by="province",
    )
    joining = param(
        0.01,
        unit="1/quarter",
        lo=0,
        hi=0.03,
        doc="Response of participation to unemployment beside the region's, psi",
        prior=Uniform(0.0, 0.02),
        source="[R] Blanchard, Katz 1992: half a point in a year for a point of unemployment; "
        "Decressin, Fatas 1995: more in Europe",
    )
    custom = param(
        0.04,
        unit="1/quarter",
        lo=0.01,
        hi=0.1,
        doc="Rate at which those who came leave again and unemployment becomes usual, r",
        source="[R] Blanchard, Katz 1992: gone in five to seven years",
    )
    labour_share = param(
        0.55, unit="share", lo=0.48, hi=0.62, doc="Labour's share in the cost of factors", source="[R] Bai, Qian 2010"
    )
    labour_share_services = param(0.65, unit="share", lo=0.58, hi=0.72, doc="The same in services", source="[A]")
    labour_share_general = param(
        0.45, unit="share", lo=0.38, hi=0.52, doc="The same in general manufacturing", source="[A]"
    )
    elasticity = param(
        1.5,
        unit="1",
        lo=1.3,
        hi=2,
        doc="Elasticity of substitution between levels of education, sigma",
        source="[R] Katz, Murphy 1992: 1.41",
    )
    common_bias = param(
        0.5,
        unit="share",
        lo=0,
        hi=1,
        doc="Skill bias of technique that is common to all zones; the rest is worth the same to any mix of 2013",
        prior=Uniform(0.0, 1.0),
        source="[A] between Katz, Murphy 1992 (1) and Caselli, Coleman 2006, appropriate technology (0)",
    )
    premium_senior = param(1.2, unit="ratio", lo=1, hi=2, doc="Pay of senior secondary over junior", source="[R]")
    premium_college = param(1.7, unit="ratio", lo=1, hi=4, doc="Pay of college over junior", source="[R]")
    reach = param(
        0.05,
        unit="1/minute",
        lo=0.02,
        hi=0.1,
        doc="Decay of commuting with minutes, 2013",
        source="[R] Ahlfeldt et al. 2015, Monte, Redding, Rossi-Hansberg 2018: .05-.08",
    )
    border = param(
        1.2,
        unit="1",
        lo=0,
        hi=3,
        doc="Friction of commuting across the capital's border, log",
        source="[D] 330,000 commuters into Beijing in 2022, 43 % of them from the North Three Counties",
    )
    commuting = param(
        0.02,
        unit="1/minute",
        lo=0,
        hi=0.03,
        doc="Response of commuting to faster links, nu",
        source="[A] the literature's .05-.08 would send over a million commuters into Beijing",
    )
    muted = param(
        80.0,
        unit="minutes",
        lo=0,
        hi=120,
        doc="Minutes below which a faster link brings no further commuters",
        source="[A]",
    )
    commuting_wage = param(
        1.0,
        unit="1",
        lo=0.5,
        hi=2,
        doc="Response of commuting to wages, eps",
        source="[A] the literature's 3.3-6.8 likewise",
    )

    def shares(self) -> F64:
        """Return labour's cost share by sector, shape (n_sectors,)."""
        services = np.array([s.broad == "tertiary" for s in self.region.sectors])
        share = np.where(services, self.labour_share_services, self.labour_share)
        share[self.region.sector("general_manufacturing")] = self.labour_share_general
        return np.asarray(share)

    def open(self, world: World) -> None:
        """Fit who works where and for what pay in 2013, and a steady state of matching around it."""
        opening, tables, capital = world.opening, world.tables, world.region.capital
        world.memory.usual_unemployment = self.unemployed
        force = self._force(world)
        world.memory.labour_force_before = force
        home = force.sum(axis=1)
        link = np.exp(-self.reach * opening.minutes - self.border * (capital[:, None] != capital))
        world.opening.commute = fit_symmetric(link, home) / home[:, None]
        employed = (1.0 - self.unemployed) * force
        tables.employed = employed[:, None, :] * world.opening.commute[:, :, None]
        at_work = tables.employed.sum(axis=0)
        tables.workers = self._by_sector(world, at_work)
        tables.labour_share = self.shares()
        self._open_pay(world)
        world.opening.vacancies = self.separations * at_work / self.fill
        searching = force[:, None, :] - (1.0 - self.separations) * employed[:, None, :]
        candidates = (searching * world.opening.commute[:, :, None]).sum(axis=0)
        pool = np.sqrt(candidates * world.opening.vacancies)
        world.opening.matching = self.separations * at_work / np.maximum(pool, _TINY)
        world.opening.tightness = world.opening.vacancies / np.maximum(candidates, _TINY)
        world.tables.tightness = world.memory.outside_gap = 0.0
        world.memory.income_index = tables.national_income
        world.memory.sector_pay = self._sector_pay(world)
        self._publish(world, force, np.arange(4))

    def _by_sector(self, world: World, at_work: F64) -> F64:
        """Return the workers of 2013 by zone, sector and education from those by zone and education."""
        contrast = self._nation(world).contrasts()
        found = np.zeros(world.tables.workers.shape)
        for z, mix in enumerate(world.data.work.opening_jobs):
            found[z] = fit_table(contrast, mix * at_work[z].sum(), at_work[z])
        return found

    def _open_pay(self, world: World) -> None:
        """Set wages and premia so that each cell's bill of 2013 is paid, and b to match."""
        workers = world.tables.workers
        premium = self._premia()
        world.opening.workers = workers
        cost = self.shares() * (1.0 - world.data.output.production_taxes)
        bill = cost * world.data.output.value_added_2013 * world.tables.national_output * 1e9
        unit = bill / np.maximum((workers * premium).sum(axis=2), _TINY)
        pay = unit[:, :, None] * premium
        wage = (pay * workers).sum(axis=1) / np.maximum(workers.sum(axis=1), _TINY)
        world.prices.work_wage = world.opening.wage = wage
        world.prices.premium = pay / wage[:, None, :]
        weight = premium * workers ** (1.0 / self.elasticity)
        world.opening.skill_weight = weight / weight.sum(axis=2, keepdims=True)
        world.tables.skill_weight = world.opening.skill_weight

    def act(self, world: World, table: Any = None) -> None:
        """Set wages, end jobs, match searchers with vacancies, and tell who works where for what."""
        tables, opening = world.tables, world.opening
        tables.skill_weight = self._biased(opening.skill_weight, opening.workers, self._bias(world))
        join(world, self.joining, self.custom)
        force = self._force(world)
        arrived = self._moved(world)
        self._bring_pay(world)
        self._set_wages(world)
        wanted = self._wanted(world)
        lost = np.minimum(tables.left_share + tables.closed_share, _MOST_LEAVING)
        standing = tables.workers * (1.0 - lost)[:, :, None]
        kept = self._keep(world, force, lost)
        mix = tables.workers / np.maximum(tables.workers.sum(axis=2, keepdims=True), _TINY)
        target = standing + self.speed * (wanted - standing) + arrived[:, :, None] * mix
        vacancies = np.maximum(target - kept, 0.0) / self.fill
        self._match(world, force, kept, vacancies)
        world.memory.labour_force_before = force
        self._publish(world, force, np.array([world.t % 4]))
        n = world.region.n_zones
        world.flows.commuters[:n, :n] = 0.25 * (tables.employed.sum(axis=2) * ~np.eye(n, dtype=bool))
        world.ledger.pay("wages", payer="firms", payee="households", amount=tables.pay_by_link)

    def begin(self, world: World) -> None:
        """Give the agents of the opening their jobs."""
        self._employ(world)

    def sweep(self, world: World, table: Any, draws: Draws) -> None:
        """Settle, and at the close of a year give the agents the jobs that the tables hold."""
        self.act(world)
        if world.t % 4 == 3:
            self._employ(world)

    def _employ(self, world: World) -> None:
        """Let every resident draw whether, where and in which sector it works."""
        residents, tables = world.residents, world.tables
        work, sector = jobs_held(
            residents.id,
            residents.zone,
            residents.education,
            residents.born,
            world.year,
            participation(world, self.participation),
            1.0 - tables.unemployment,
            cumulated(tables.employed.transpose(0, 2, 1)),
            np.log(np.maximum(tables.workers, _TINY)).transpose(0, 2, 1),
            Draws(world.seed, self.name, 0).key,
            Draws(world.seed, self.name, world.t + 1).key,
        )
        residents.work[:] = work
        residents.sector[:] = sector

    def _force(self, world: World) -> F64:
        """Return the labour force by zone and education, persons."""
        rates = participation(world, self.participation)
        return np.asarray(np.einsum("zka,za->zk", world.people.sum(axis=2), rates))

    @staticmethod
    def _nation(world: World) -> NationalLabour:
        """Return the nation's labour."""
        return national_labour(world.region, world.plan.as_of)

    def _bias(self, world: World) -> F64:
        """Return how the nation's b grew since 2013 by sector and education: its premia hold while its mix changes."""
        now, then = (self._nation(world).education_mix(middle(t)) for t in (world.t, 0))
        return np.asarray((now / then) ** (1.0 / self.elasticity))

    def _premia(self) -> F64:
        """Return pay by education over that of junior, 2013, shape (n_education,)."""
        return np.array([1.0, self.premium_senior, self.premium_college])

    def _biased(self, weight: F64, labour: F64, bias: F64) -> F64:
        """Return `weight` times `bias`, scaled towards `labour`, the mix of 2013, being worth what it was."""
        worth = weight * labour ** (1.0 - 1.0 / self.elasticity)
        scale = worth.sum(axis=-1) / np.maximum((worth * bias).sum(axis=-1), _TINY)
        return np.asarray(weight * bias * scale[..., None] ** (1.0 - self.common_bias))

    def _national_skill(self, world: World) -> F64:
        """Return the nation's effective labour a worker over that of 2013, by sector."""
        mix, present = (self._nation(world).education_mix(middle(t)) for t in (0, world.t))
        weight = self._premia() * mix ** (1.0 / self.elasticity)
        now = self._ces(self._biased(weight, mix, self._bias(world)), present)
        return np.asarray(now / self._ces(weight, mix))

    def _ces(self, weight: F64, labour: F64) -> F64:
        """Return effective labour by CES over education, the last axis of both."""
        rho = 1.0 - 1.0 / self.elasticity
        return np.asarray((weight * labour**rho).sum(axis=-1) ** (1.0 / rho))

    def _moved(self, world: World) -> F64:
        """Tell what left, closed and arrived with establishments; return the jobs that arrived."""
        tables, between, n = world.tables, world.flows.jobs_between, world.region.n_zones
        jobs = np.maximum(tables.jobs, 1.0)
        left, arrived = between[:n].sum(axis=1), between[:, :n].sum(axis=0)
        tables.left_share = np.minimum(left / jobs, _MOST_LEAVING)
        tables.closed_share = np.minimum(world.flows.jobs_closed_by_relief / jobs, _MOST_LEAVING)
        tables.arrival_split = between[:n, :n] / np.maximum(left, _TINY)[:, None]
        tables.arrived_share = arrived / (arrived + jobs)
        without = world.flows.jobs_without_technique + world.flows.jobs_moved_by_founding
        tables.technique_left = without[:n, :n] / np.maximum(between[:n, :n], _TINY)
        return np.asarray(arrived)

    def _bring_pay(self, world: World) -> None:
        """Let arriving establishments bring the pay of where they left, at prices here, those told to go in part."""
        tables = world.tables
        part = tables.arrived_share[:, :, None]
        if not np.any(part):
            return
        came = tables.arrival_split * (tables.left_share * tables.jobs)[:, None]
        pay = world.prices.premium * world.prices.work_wage[:, None, :]
        price = (world.prices.deflator_shift[:, None] * world.prices.relative_price)[:, :, None]
        pay = pay + part * price * brought(came, tables.technique_left, pay / price)
        world.prices.premium = pay / world.prices.work_wage[:, None, :]

    def _cost_shares(self, world: World) -> F64:
        """Return the share of education in each cell's labour bill, last axis sums to one."""
        pay = world.prices.premium * world.prices.work_wage[:, None, :]
        part = world.tables.skill_weight**self.elasticity * pay ** (1.0 - self.elasticity)
        return np.asarray(part / part.sum(axis=2, keepdims=True))

    def _set_wages(self, world: World) -> None:
        """Move wages towards what last quarter's bill and unemployment call for."""
        tables = world.tables
        bill = self._cost_shares(world) * tables.labour_bill[:, :, None] * 4e9
        units = (world.prices.premium * tables.workers).sum(axis=1)
        called = np.log(bill.sum(axis=1) / np.maximum(units, _TINY))
        log_wage = np.log(world.prices.work_wage)
        option = self._outside_option(world, called)
        curve = self.wage_curve[world.region.inner_province][:, None]
        slack = curve * np.log(np.maximum(tables.unemployment, self.least_unemployed) / self.unemployed)
        index = float(tables.national_income / world.memory.income_index)
        weight = self.outside_option
        step = self.wage_speed * ((1.0 - weight) * called + weight * option - log_wage - slack)
        world.memory.outside_gap += self.settling * (log_wage + slack - option)
        world.prices.work_wage = world.prices.work_wage * index * np.exp(step)
        world.memory.income_index = tables.national_income
        pay = self._sector_pay(world)
        world.prices.premium = world.prices.premium * (pay / world.memory.sector_pay)[:, None]
        world.memory.sector_pay = pay

    def _outside_option(self, world: World, called: F64) -> F64:
        """Return ln o from ln omega (n_zones, n_education): the province's other zones, by their workers of 2013."""
        log_first, n = np.log(world.opening.wage), world.region.n_zones
        other = world.region.same_province[:n, :n] & ~np.eye(n, dtype=bool)
        weight = world.opening.workers.sum(axis=1)
        heads = other @ weight
        mean = other @ (weight * (called - log_first)) / np.maximum(heads, _TINY)
        return np.asarray(np.where(heads > 0.0, log_first + mean + world.memory.outside_gap, called))

    def _sector_pay(self, world: World) -> F64:
        """Return the nation's nominal value added a worker by sector over that of all sectors, (n_sectors,)."""
        now, then = (self._nation(world).by_sector(middle(t)) for t in (world.t, 0))
        by_sector = world.tables.national_output * world.tables.national_deflator * then / now
        return np.asarray(by_sector * now.sum() / float(world.tables.national_gdp))

    def _wanted(self, world: World) -> F64:
        """Return L*, jobs that the expected bill pays at present wages."""
        pay = world.prices.premium * world.prices.work_wage[:, None, :]
        bill = self._cost_shares(world) * world.tables.expected_bill[:, :, None] * 4e9
        return np.asarray(bill / pay)

    def _keep(self, world: World, force: F64, lost: F64) -> F64:
        """End jobs: lost with establishments, by separation, and of people who left; return kept L."""
        tables = world.tables
        standing = tables.workers * ((1.0 - lost) * (1.0 - self.separations))[:, :, None]
        at_work = tables.workers.sum(axis=1)
        stay = standing.sum(axis=1) / np.maximum(at_work, _TINY)
        employed = tables.employed * stay
        here = np.minimum(force / np.maximum(world.memory.labour_force_before, _TINY), 1.0)
        most = (1.0 - self.least_unemployed) * force / np.maximum(employed.sum(axis=1), _TINY)
        tables.employed = employed * np.minimum(here, most)[:, None, :]
        left = tables.employed.sum(axis=0) / np.maximum(employed.sum(axis=0), _TINY)
        return np.asarray(standing * left[:, None, :])

    def _match(self, world: World, force: F64, kept: F64, vacancies: F64) -> None:
        """Match searchers with vacancies; set who works where and in which sector."""
        tables = world.tables
        searching = np.maximum(force - tables.employed.sum(axis=1), 0.0)
        open_ = vacancies.sum(axis=1)
        candidates = searching[:, None, :] * self._choice(world, open_)
        pool = candidates.sum(axis=0)
        ratio = np.maximum(open_, _TINY) / np.maximum(pool, _TINY) / world.opening.tightness
        tables.tightness = np.log(np.clip(ratio, 0.05, 20.0))
        matches = np.minimum(np.minimum(pool, open_), world.opening.matching * np.sqrt(pool * open_))
        hired = candidates * (matches / np.maximum(pool, _TINY))
        most = np.maximum(searching - self.least_unemployed * force, 0.0)
        hired *= np.minimum(most / np.maximum(hired.sum(axis=1), _TINY), 1.0)[:, None, :]
        tables.employed = tables.employed + hired
        filled = hired.sum(axis=0) / np.maximum(open_, _TINY)
        tables.workers = kept + vacancies * filled[:, None, :]

    def _choice(self, world: World, vacancies: F64) -> F64:
        """Return where searchers look, shares by home, work and education; each home's sum to one."""
        n = world.region.n_zones
        now = np.maximum(world.tables.minutes[:n, :n], self.muted)
        nearer = np.maximum(world.opening.minutes, self.muted) - now
        link = world.opening.commute * np.exp(self.commuting * nearer)
        pull = (world.prices.work_wage / world.opening.wage) ** self.commuting_wage
        pull = pull * np.sqrt(np.maximum(vacancies / world.opening.vacancies, 1e-6))
        weight = link[:, :, None] * pull[None, :, :]
        return np.asarray(weight / weight.sum(axis=1, keepdims=True))

    def _publish(self, world: World, force: F64, rows: NDArray[np.int64]) -> None:
        """Set jobs, unemployment, and pay by zone of work and of residence."""
        tables = world.tables
        tables.labour_force = force.sum(axis=1)
        tables.jobs = tables.workers.sum(axis=2)
        tables.effective_labour = self._ces(world.tables.skill_weight, tables.workers)
        tables.national_skill = self._national_skill(world)
        held = tables.employed.sum(axis=1)
        tables.unemployment = 1.0 - held / np.maximum(force, _TINY)
        paid = (world.prices.premium * tables.workers).sum(axis=1) * world.prices.work_wage
        mean = paid / np.maximum(tables.workers.sum(axis=1), _TINY)
        by_link = tables.employed * mean
        earned = by_link.sum(axis=1)
        tables.pay_by_link = by_link.sum(axis=2).T / 4e9
        tables.labour_income = earned.sum(axis=1) / 4e9
        tables.wages_paid = paid.sum(axis=1) / 4e9
        world.memory.recent_wage[rows] = earned / np.maximum(held, _TINY)
        tables.wage = world.memory.recent_wage.mean(axis=0)
