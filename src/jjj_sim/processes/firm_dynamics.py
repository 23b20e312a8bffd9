"""Firm dynamics: units are founded, grow and close.

    founders F_rs  = e_rs / 4 N_rs                                            units, a province, sector and quarter
    where    f_zs  = F_rs { (1 - phi) N_zs pi_zs^beta_e / sum + phi V_zs / sum }           sums over the province
             V_zs  = J_zs pi_zs^beta_e exp{b_S (S_z + F_z Y + chi H_z)} (1 + D_z) (A_z / A_z,2013)^b_M
    room     X_zs  = theta k G_z / a  f_zs / sum f        founded besides, sums over the capital's own functions
    posts    P_ijs = a x units that j founds more and i less for F, H and X     persons carried inside a province
    rate     e     = w e_last + (1 - w) (closures + growth of output) (1 - NL0),   w = exp(-years / tau)
    founded  Poisson min{ f (1 - NL) / (1 - NL0), max(f, M) } + X,   refused  f NL / (1 - NL0)
    market   M_zs  = V_zs sum f / sum V                                       sums over the zones without a list
    exit     h     = h_0 / 4 exp(-xi ln L)                                    a unit and quarter
    growth   x'    = (1 - rho) x + sigma e                                    log size relative to its cell

N units, pi unit profit, J jobs in units, S the subsidy per yuan of value added to who moves in or is founded, F that to
who is founded alone, in each of the first years, of which an entrant lives Y, H the worth of a tax holiday, D posts
drawn over the labour force, A market access, whose level of 2013 stands in the jobs of 2013, L jobs of a unit, a those
of an entrant. A share phi of the founders goes where it is best to be, the rest found where their like is. What F and H
move is posts as well, with the equipment that they would have had, but no technique: they open in j and not in i. Those
that S moved in history are in its jobs. G are jobs whose floor relief freed in the capital last quarter, of which a
share k is given to its own functions (research, producer services; those of its four centres that are no institutions
moved by name), theta its floor a job over theirs; X is beyond any list, and its posts are as many fewer in all of the
capital as f has them: room makes units and sells nothing. e_rs is the register's gross entry by province and year,
tilted by sector so that its change of structure holds; w falls from 1 after its last year, towards what units of a
sector close and its real output grew by in a year. NL is the share of applications refused under a negative list
(新增产业禁限目录), NL0 the same as published, since the register counts what passed the list. Of those not refused no
more found a unit than the sector founds a job, at like profit, where nobody is refused. A zone pays S on a year's value
added of the jobs that open there, F on all of its years at once. Entry is the Poisson quantile at one keyed uniform, so
that a policy elsewhere founds and reshuffles nobody here. e is a sum of four uniforms cut from one keyed word, mean 0
and variance 1.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws
from jjj_sim.kernels import njit, prange
from jjj_sim.param import param
from jjj_sim.prior import Triangular
from jjj_sim.processes.firm_location import (
    arrivals,
    elsewhere,
    fixed,
    jobs_of,
    subsidy_due,
    yearly_output,
    years_due,
)
from jjj_sim.processes.firm_table import FirmTable
from jjj_sim.processes.process import Process
from jjj_sim.quarters import parse
from jjj_sim.region.topics.firms import Firms as Register
from jjj_sim.state.firms import BIN_CENTRES, BIN_WIDTH, BRANCH, OFFER, WEIGHT_BOUNDS, Firms, birth_weights
from jjj_sim.state.world import World

# Numbers of the draws that a unit makes in a quarter; a cell's own draw of entrants has another id space.
_U_EXIT, _U_GROWTH, _U_ENTRY, _U_SIZE = 0, 1, 40, 41
# The bits of a uniform, cut into four fields of 13.
_BITS, _FIELD, _ROOT3 = 2.0**53, 8191, 3.0**0.5
_SMALL = 0.06
_RARE = 0.01


class FirmDynamics(Process):
    """Found, grow and close establishments; moving lives in Relief, Relocation and Branching."""

    name = "firm_dynamics"
    zh = "企业进入、成长与退出"
    changes = ("firms",)
    writes = (
        "flows.firm_entries",
        "flows.firm_exits",
        "flows.entries_refused",
        "flows.branch_exits",
        "flows.founding_subsidies_paid",
        "flows.jobs_founded",
        "flows.start_up_subsidies_paid",
        "flows.jobs_moved_by_founding",
        "memory.year_of_output",
    )

    footloose = param(
        0.3,
        unit="share",
        lo=0,
        hi=1,
        doc="Founders who choose their zone, phi",
        prior=Triangular(0.1, 0.3, 0.6),
        decides_alone=True,
        source="[A]",
    )
    entry_profit = param(1.0, unit="1", lo=0, hi=2, doc="Elasticity of entry in profit, beta_e", source="[A]")
    subsidy = param(
        5.0, unit="1 per yuan", lo=1, hi=10, doc="Weight of the subsidy, of those who move too, b_S", source="[A]"
    )
    market = param(
        0.3,
        unit="1",
        lo=0,
        hi=0.8,
        doc="Weight of log market access, gained by founders' zones, in place for those who move, b_M",
        prior=Triangular(0.0, 0.3, 0.8),
        decides_alone=True,
        source="[A]",
    )
    floor = param(
        1.0,
        unit="ratio",
        lo=0.3,
        hi=3,
        doc="Floor of a job that relief ends over that of a job in the sectors it is given to, theta",
        source="[A] a market's 9 m2 a job (64,000 m2 for 7,000 people at Dahongmen [D]), a workshop's several times "
        "that, an office's 15 to 20 [R]",
    )
    fading = param(
        3.0, unit="years", lo=0.5, hi=10, doc="Years in which the last registered rate fades, tau", source="[A]"
    )
    entrant_median = param(2.0, unit="jobs", lo=1, hi=10, doc="Median size of an entrant", source="[A]")
    small_tax = param(
        0.2,
        unit="ratio",
        lo=0,
        hi=1,
        doc="Rate of the tax on profit that an entrant pays, over that of others, chi",
        source="[R] 5 instead of 25 % for small enterprises of little profit, to 2027; held after [A]",
    )
    entrant_sd = param(1.0, unit="log", lo=0.5, hi=1.5, doc="Spread of entrants' log size", source="[A]")
    exit = param(0.07, unit="1/year", lo=0.05, hi=0.09, doc="Exit at one job, h_0", source="[A]")
    exit_size = param(
        0.25, unit="1", lo=0.15, hi=0.35, doc="Fall of exit with log size, xi", source="[L] Mao, Sheng 2013"
    )
    reversion = param(0.003, unit="1/quarter", lo=0, hi=0.02, doc="Mean reversion of log size, rho", source="[A]")
    volatility = param(
        0.30, unit="log/year", lo=0.2, hi=0.4, doc="Spread of log growth, sigma", source="[R] Sutton 1997"
    )
    branch_exit = param(0.08, unit="1/year", lo=0.05, hi=0.10, doc="Exit of branches, c", source="[D] Zhongguancun")

    def open(self, world: World) -> None:
        """Begin with a year at the output of the opening."""
        world.memory.year_of_output = np.broadcast_to(
            self._by_province(world.tables.value_added), world.memory.year_of_output.shape
        )

    def table(self, world: World) -> FirmTable:
        """Return expected foundings and refusals by cell from the state of the opening."""
        drawing = self.drawing(world)
        applied, entry = self._entry(world, drawing)
        room = self._room(world, entry)
        return FirmTable(
            entry=entry + room,
            refused=applied * world.policy.refused,
            offset=world.tables.firm_offset.copy(),
            closing=self.branch_exit / 4.0,
            subsidy=self._subsidy(world),
            market=self.market,
            drawn=self._drawn(world, drawing, entry, room),
            start_up=self._start_up(world),
            young=self.young,
            small=self.small_tax,
        )

    def _entry(self, world: World, drawing: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return who applies and who founds, where founders who choose go by `drawing`, both by zone and sector."""
        registered = self.registered(world, drawing)
        applied = registered / (1.0 - world.policy.refused_as_published)
        market = np.maximum(registered, self._market(world, registered, drawing))
        return applied, np.minimum(applied * (1.0 - world.policy.refused), market)

    def _room(self, world: World, entry: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the units that found beyond `entry` on the floor that relief freed last quarter."""
        room = np.zeros_like(entry)
        if float(world.policy.land_reuse) > 0.0:
            own = [s for s in self.region.in_role("four_centres") if s not in self.region.in_role("named")]
            usual = np.maximum(entry[:, own], 1e-300)
            split = usual / usual.sum(axis=1, keepdims=True)
            freed = world.memory.jobs_freed * self.region.capital
            room[:, own] = (float(world.policy.land_reuse) * self.floor / self.a_founding * freed)[:, None] * split
        return room

    def _drawn(
        self, world: World, drawing: NDArray[np.float64], entry: NDArray[np.float64], room: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the jobs founded where they are for what founders alone are offered, or for the room that they find
        there, from, to, by sector; what room adds is as many everywhere less, in proportion to `entry`."""
        n, offered = self.region.n_zones, self._founders(world)
        more = room - self._shares(entry) * (self._inside.T @ self._by_province(room))
        if offered.any():
            _, without = self._entry(world, drawing / np.exp(self.subsidy * offered)[:, None])
            more += entry - without
        return fixed(self.a_founding * elsewhere(more, self.region.same_province[:n, :n]))

    @property
    def young(self) -> float:
        """Chance that a median entrant closes in a quarter."""
        return float(self.exit_hazard(np.log(self.entrant_median)))

    @property
    def a_founding(self) -> float:
        """Jobs that an entrant has on average."""
        return float(self.entrant_median * np.exp(self.entrant_sd**2 / 2.0))

    def _start_up(self, world: World) -> NDArray[np.float64]:
        """Return the founding subsidy of all its years, yuan per yuan of a year's value added, (n_zones,)."""
        lived = years_due(float(world.policy.founding_subsidy_years), self.young)
        return np.asarray(world.policy.founding_subsidy * lived)

    def _subsidy(self, world: World) -> NDArray[np.float64]:
        """Return the utility that subsidy and tax holiday add to a zone for who moves there, (n_zones,)."""
        return np.asarray(self.subsidy * (world.policy.relocation_subsidy + self._holiday(world)))

    def _holiday(self, world: World) -> NDArray[np.float64]:
        """Return the worth of the tax holiday, yuan per yuan of a year's value added, (n_zones,)."""
        lived = years_due(float(world.policy.tax_holiday_years), self.young)
        return np.asarray(world.policy.tax_holiday * (float(world.tables.firm_tax) * lived))

    def _founders(self, world: World) -> NDArray[np.float64]:
        """Return what founders are offered beside the subsidy for moving, yuan per yuan as above, (n_zones,)."""
        return np.asarray(self._start_up(world) + self.small_tax * self._holiday(world))

    def drawing(self, world: World) -> NDArray[np.float64]:
        """Return V, what founders who choose go by, (n_zones, n_sectors)."""
        t = world.tables
        jobs = np.maximum(t.jobs, 1.0) * world.opening.legal_unit_share
        offered = world.policy.relocation_subsidy + self._founders(world)
        zone = np.exp(self.subsidy * offered) * (1.0 + t.posts_drawn)
        zone *= (t.market_access / world.opening.access) ** self.market
        return np.asarray(jobs * self._response(world) * zone[:, None])

    def _response(self, world: World) -> NDArray[np.float64]:
        """Return how founding answers profit, pi^beta_e."""
        return np.asarray(np.maximum(world.tables.profit, 1e-9) ** self.entry_profit)

    def registered(self, world: World, drawing: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return f, the foundings of the quarter under the list as published, (n_zones, n_sectors)."""
        near = self._shares(world.tables.firm_units * self._response(world))
        split = (1.0 - self.footloose) * near + self.footloose * self._shares(drawing)
        units, where = self._by_province(world.tables.firm_units), self.region.inner_province
        last = world.data.firms.entry.last
        kept = np.exp(-max(world.t - parse(f"{last}Q4"), 0) / 4.0 / self.fading)
        level = world.data.firms.entry.held(world.year)[:, None] + sector_tilt(world.data.firms)
        rate = kept * np.maximum(level, _RARE)[where]
        rate += (1.0 - kept) * self.replacing(world, units)[where] * (1.0 - world.policy.refused_as_published)
        return np.asarray(split * rate * units[where] / 4.0)

    def replacing(self, world: World, units: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return closures and the growth of real output over a year, 1/year, (n_provinces, n_sectors)."""
        closing = 4.0 * self._by_province(self.expected_exits(world)) / np.maximum(units, 1e-9)
        now, before = self._by_province(world.tables.value_added), world.memory.year_of_output[(world.t - 1) % 4]
        growth = np.log(np.maximum(now, 1e-9) / np.maximum(before, 1e-9))
        return np.asarray(np.maximum(closing + growth, 0.0))

    def _market(
        self, world: World, registered: NDArray[np.float64], drawing: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return M, what a zone would found at the rate of those where no application is refused."""
        free = world.policy.refused_as_published == 0.0
        founded, drawn = (registered * free).sum(axis=0), (drawing * free).sum(axis=0)
        return np.asarray(drawing * np.where(drawn > 0.0, founded / np.maximum(drawn, 1e-9), np.inf))

    @functools.cached_property
    def _inside(self) -> NDArray[np.float64]:
        """Return which zones lie in which province, 0 or 1, (n_provinces, n_zones)."""
        provinces = np.arange(self.region.n_provinces)
        return np.asarray(self.region.inner_province == provinces[:, None], dtype=np.float64)

    def _by_province(self, cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return cells summed by province."""
        return np.asarray(self._inside @ cells)

    def _shares(self, cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return cells over the sum of their province."""
        return np.asarray(cells / np.maximum(self._inside.T @ self._by_province(cells), 1e-300))

    def exit_hazard(self, log_jobs: NDArray[Any]) -> NDArray[np.float64]:
        """Return the chance a quarter that a legal unit of exp(log_jobs) jobs closes."""
        return np.asarray(np.minimum(self.exit / 4.0 * np.exp(-self.exit_size * log_jobs), 0.5))

    def expected_exits(self, world: World) -> NDArray[np.float64]:
        """Return expected closures of legal units in the quarter by zone and sector."""
        offset = world.tables.firm_offset
        if world.twin:
            hazard = self.exit_hazard(offset[:, :, None] + BIN_CENTRES)
            return np.asarray((world.firm_counts.units * hazard).sum(axis=2))
        return np.asarray(self.exit_hazard(offset) * world.firms.count(-self.exit_size, offset.shape)[1])

    def sweep(self, world: World, table: FirmTable, draws: Draws) -> None:
        """Close, grow and found individual units."""
        firms, flows = world.firms, world.flows
        alive = live_a_quarter(
            firms.id, firms.zone, firms.sector, firms.flags, firms.x, table.offset,
            self.exit / 4.0, self.exit_size, table.closing,
            self.reversion, self.volatility / 2.0, draws.key,
        )  # fmt: skip
        closed = np.flatnonzero(~alive)
        where, weight = (firms.zone[closed], firms.sector[closed]), firms.weight[closed].astype(np.float64)
        legal = firms.flags[closed] == 0
        np.add.at(flows.firm_exits, where, weight * legal)
        np.add.at(flows.branch_exits, where, weight * ~legal)
        firms.keep(alive)
        flows.entries_refused += table.refused
        self._found(world, table, draws)
        self._remember(world)

    def _remember(self, world: World) -> None:
        """Keep the output of last quarter for a year."""
        world.memory.year_of_output[(world.t - 1) % 4] = self._by_province(world.tables.value_added)

    def _found(self, world: World, table: FirmTable, draws: Draws) -> None:
        """Found this quarter's entrants, by cell and size class."""
        weights = birth_weights(world.plan.residents_per_agent, world.region)
        bounds = (np.log(WEIGHT_BOUNDS) - np.log(self.entrant_median)) / self.entrant_sd
        below = np.array([0.0, *ndtr(bounds), 1.0])
        mean = table.entry * np.diff(below)[:, None, None] / weights
        keys = np.arange(mean.size, dtype=np.uint64)
        number = keyed.poisson_quantile(draws.uniform(keys, _U_ENTRY), mean.ravel())
        cell = np.repeat(np.arange(mean.size), number)
        ordinal = np.arange(len(cell)) - np.repeat(np.cumsum(number) - number, number)
        size_class, zone, sector = np.unravel_index(cell, mean.shape)
        ids = draws.child(cell.astype(np.uint64), ordinal.astype(np.uint64))
        u = below[size_class] + draws.uniform(ids, _U_SIZE) * np.diff(below)[size_class]
        log_jobs = np.log(self.entrant_median) + self.entrant_sd * ndtri(np.clip(u, 1e-12, 1 - 1e-12))
        weight = weights.ravel()[cell]
        world.firms.append(
            zone=zone.astype(np.uint8),
            birth_zone=zone.astype(np.uint8),
            sector=sector.astype(np.uint8),
            flags=np.zeros(len(cell), dtype=np.uint8),
            weight=weight.astype(np.uint16),
            born=np.full(len(cell), world.t, dtype=np.int16),
            x=log_jobs - table.offset[zone, sector],
            id=ids,
        )
        np.add.at(world.flows.firm_entries, (zone, sector), weight)
        opened = arrivals(zone, sector, jobs_of(weight, log_jobs), table.entry.shape)
        self._owe(world, table, opened)

    @staticmethod
    def _owe(world: World, table: FirmTable, opened: NDArray[np.float64]) -> None:
        """Enter what zones owe on the jobs `opened`, and those that would have been opened elsewhere."""
        flows, n = world.flows, len(opened)
        flows.founding_subsidies_paid += subsidy_due(world, opened)
        flows.jobs_founded += opened
        flows.start_up_subsidies_paid += table.start_up * yearly_output(world, opened)
        flows.jobs_moved_by_founding[:n, :n] += table.drawn

    def expect(self, world: World, table: FirmTable) -> None:
        """Close, grow and found expected units, bin by bin."""
        units = world.firm_counts.units
        closed = units * self.exit_hazard(table.offset[:, :, None] + BIN_CENTRES)
        world.flows.firm_exits += closed.sum(axis=2)
        units -= closed
        units[...] = units @ self.growth_matrix()
        edges = np.append(BIN_CENTRES - BIN_WIDTH / 2, np.inf)
        edges[0] = -np.inf
        place = (table.offset[:, :, None] + edges - np.log(self.entrant_median)) / self.entrant_sd
        units += table.entry[:, :, None] * np.diff(ndtr(place), axis=2)
        world.flows.firm_entries += table.entry
        world.flows.entries_refused += table.refused
        self._owe(world, table, table.entry * self.a_founding)
        self._remember(world)
        shut = world.firm_counts.branches * table.closing
        world.flows.branch_exits += shut
        world.firm_counts.branches[...] -= shut

    def growth_matrix(self) -> NDArray[np.float64]:
        """Return the trinomial growth of log size, (bin from, bin to): exact mean and variance inside.

        Where the pull to the middle outweighs the noise, the mean is exact and the variance larger.
        """
        drift = -self.reversion * BIN_CENTRES / BIN_WIDTH
        spread = (self.volatility / 2.0 / BIN_WIDTH) ** 2 + drift**2
        spread = np.maximum(spread, np.abs(drift))
        up, down = (spread + drift) / 2, (spread - drift) / 2
        up[-1] = down[0] = 0.0
        matrix = np.diag(1.0 - up - down)
        matrix += np.diag(up[:-1], 1) + np.diag(down[1:], -1)
        return np.asarray(matrix)


def sector_tilt(register: Register) -> NDArray[np.float64]:
    """Return entry by province and sector beside the province's, 1/year: the register's change 2013-24.

    None before that of 2024 was known.
    """
    if not register.knows("units_2024"):
        return np.zeros_like(register.units_2013)
    first, last = np.maximum(register.units_2013, 1.0), np.maximum(register.units_2024, 1.0)
    growth = np.log(last / first) / 11.0
    total = np.log(last.sum(axis=1) / first.sum(axis=1)) / 11.0
    tilt = np.asarray(growth - total[:, None])
    tilt[:, 0] = 0.0
    return tilt


@njit(cache=True, inline="always")
def _bell(u: Any) -> Any:
    """Return a bell-shaped number of mean 0 and variance 1, the sum of four cut from the bits of `u`."""
    bits = np.int64(u * _BITS)
    low = (bits & _FIELD) + ((bits >> 13) & _FIELD)
    high = ((bits >> 26) & _FIELD) + ((bits >> 39) & _FIELD)
    return (np.float64(low + high + 2) / (_FIELD + 1) - 2.0) * _ROOT3


@njit(cache=True, parallel=True)
def live_a_quarter(
    ids: Any, zone: Any, sector: Any, flags: Any, x: Any, offset: Any, exit_: float, exit_size: float,
    branch_exit: float, reversion: float, sigma: float, key: Any,
) -> Any:  # fmt: skip
    """Return who survives the quarter; grows `x` of the legal units among them in place."""
    n = len(ids)
    alive = np.ones(n, dtype=np.bool_)
    tiny = np.log(exit_ / _SMALL) / exit_size
    for a in prange(n):
        if flags[a] & ~(BRANCH | OFFER):
            continue
        u = keyed.uniform(key, ids[a], _U_EXIT)
        if flags[a]:
            alive[a] = u >= branch_exit
            continue
        log_jobs = offset[zone[a], sector[a]] + x[a]
        # Only where u is small, or the unit, is the exponential needed.
        if (u < _SMALL or log_jobs < tiny) and u < min(exit_ * np.exp(-exit_size * log_jobs), 0.5):
            alive[a] = False
            continue
        x[a] = (1.0 - reversion) * x[a] + sigma * _bell(keyed.uniform(key, ids[a], _U_GROWTH))
    return alive


def live_a_quarter_reference(
    process: FirmDynamics, firms: Firms, offset: NDArray[Any], draws: Draws
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Return who survives and everybody's x afterwards, in plain NumPy."""
    legal = firms.flags == 0
    branch = (firms.flags & (BRANCH | OFFER)) > 0
    hazard = process.exit_hazard(offset[firms.zone, firms.sector] + firms.x)
    hazard = np.where(legal, hazard, np.where(branch, process.branch_exit / 4.0, 0.0))
    alive = draws.uniform(firms.id, _U_EXIT) >= hazard
    bits = (draws.uniform(firms.id, _U_GROWTH) * _BITS).astype(np.int64)
    fields = np.stack([(bits >> 13 * k) & _FIELD for k in range(4)])
    bell = ((fields.sum(axis=0) + 2) / (_FIELD + 1) - 2.0) * _ROOT3
    grown = (1.0 - process.reversion) * firms.x + process.volatility / 2.0 * bell
    return alive, np.where(alive & legal, grown, firms.x)
