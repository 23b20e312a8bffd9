"""Firm dynamics: units are founded, grow and close.

    applied  a_zs = e_rs / 4 N_zs (pi_zs / mean pi_rs)^beta_e / (1 - NL0_zs)      units, a cell and quarter
    founded  Poisson(a_zs (1 - NL_zs)),   refused  a_zs NL_zs                     units
    exit     h = h_0 / 4 exp(-xi ln L)                                            a unit and quarter
    growth   x' = (1 - rho) x + sigma e                                           log size relative to its cell

N units, pi unit profit, L jobs. NL is the share of applications refused under a negative list (新增产业禁限目录), NL0
the same as published, since the register counts what passed the list. e_rs is gross entry by province and period,
tilted by sector so that the register's change of structure holds; from 2024 on a sector founds as many as it closes.
Entry is the Poisson quantile at one keyed uniform, so that a policy elsewhere founds and reshuffles nobody here. e is a
sum of four uniforms cut from one keyed word, mean 0 and variance 1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws
from jjj_sim.kernels import njit, prange
from jjj_sim.param import param
from jjj_sim.processes.firm_table import FirmTable
from jjj_sim.processes.process import Process
from jjj_sim.region.topics.firms import Firms as Register
from jjj_sim.state.firms import BIN_CENTRES, BIN_WIDTH, BRANCH, OFFER, WEIGHT_BOUNDS, Firms, birth_weights
from jjj_sim.state.world import World

# Numbers of the draws that a unit makes in a quarter; a cell's own draw of entrants has another id space.
_U_EXIT, _U_GROWTH, _U_ENTRY, _U_SIZE = 0, 1, 40, 41
# The bits of a uniform, cut into four fields of 13.
_BITS, _FIELD, _ROOT3 = 2.0**53, 8191, 3.0**0.5
_SMALL = 0.06


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
    )

    entry = param(unit="1/year", lo=0, hi=0.5, doc="Gross entry to 2018, e", by="province")
    entry_since_2019 = param(unit="1/year", lo=0, hi=0.5, doc="The same in 2019-23", by="province")
    entry_profit = param(1.0, unit="1", lo=0, hi=2, doc="Elasticity of entry in profit, beta_e", source="[A]")
    entrant_median = param(2.0, unit="jobs", lo=1, hi=10, doc="Median size of an entrant", source="[A]")
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

    def table(self, world: World) -> FirmTable:
        """Return expected foundings and refusals by cell from the state of the opening."""
        refused = world.policy.refused
        applied = self._registered(world) / (1.0 - world.policy.refused_as_published)
        return FirmTable(
            applied * (1.0 - refused), applied * refused, world.tables.firm_offset.copy(), self.branch_exit / 4.0
        )

    def _registered(self, world: World) -> NDArray[np.float64]:
        """Return the foundings of the quarter under the list as published, (n_zones, n_sectors)."""
        t, where, n_provinces = world.tables, world.region.inner_province, world.region.n_provinces
        units, profit = t.firm_units, np.maximum(t.profit, 1e-9)
        pull = np.zeros(units.shape)
        province = np.zeros((n_provinces, units.shape[1]))
        for p in range(n_provinces):
            inside = where == p
            mean = np.average(profit[inside], axis=0, weights=np.maximum(units[inside], 1e-9))
            pull[inside] = units[inside] * (profit[inside] / mean) ** self.entry_profit
            province[p] = units[inside].sum(axis=0) / np.maximum(pull[inside].sum(axis=0), 1e-9)
        if world.year < 2024:
            return np.asarray(pull * self.entry_rates(world.year, world.data.firms)[where] / 4.0)
        closing = self.expected_exits(world)
        by_province = np.stack([closing[where == p].sum(axis=0) for p in range(n_provinces)])
        held = np.stack([units[where == p].sum(axis=0) for p in range(n_provinces)])
        return np.asarray(pull * (province * by_province / np.maximum(held, 1e-9))[where])

    def entry_rates(self, year: int, register: Register) -> NDArray[np.float64]:
        """Return the register's gross entry a year before 2024, by province and sector."""
        level = self.entry_since_2019 if year >= 2019 else self.entry
        return np.asarray(np.maximum(level[:, None] + sector_tilt(register), 0.01))

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
