"""Relocation: now and then a firm reconsiders its zone and takes the best one, with all its jobs.

    V_sij = b_pi ln pi_js + b_A ln(1 + LQ_js) + b_M ln MA_j + b_R ln Abs_j [s in 2, 5, 7]
            + { ln(jobs_js / mean jobs_s) + b_S S_j + ln(1 - NL_js) [j in the capital, i not]
                - kappa_0 (L / 20)^.15 - kappa_d ln(1 + tau_ij / 60) } [j != i]                      utility

A firm draws from the nested logit {stay | own province | other provinces of the region | rest of China} of laws.choice,
as one argmax with keyed luck (McFadden 1974, 1978). pi is unit profit, LQ the location quotient, MA market access, Abs
the college share of adults, S the subsidy per yuan of value added and the worth of a tax holiday (TaxHoliday), NL the
negative list, tau minutes; L enters by four size classes; b_S and b_M are those of founders. The size term makes
regrouping zones harmless. A subsidy announced is paid by the receiving zone, on a year's value added of what arrives.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws
from jjj_sim.kernels import njit, prange
from jjj_sim.laws.choice import choose, pair_probabilities
from jjj_sim.param import param
from jjj_sim.prior import Normal, Triangular
from jjj_sim.processes.firm_location import arrivals, carry, jobs_of, subsidy_due
from jjj_sim.processes.firm_table import FirmTable
from jjj_sim.processes.process import Process
from jjj_sim.processes.relocation_table import RelocationTable
from jjj_sim.state.firms import BIN_CENTRES, SIZE_BOUNDS, add_shifted
from jjj_sim.state.world import World

N_CLASSES = len(SIZE_BOUNDS) + 1
# Jobs that stand for a size class in the cost of moving, about the geometric middle [A].
_CLASS_JOBS = np.array([6.0, 45.0, 220.0, 1200.0])
_U_WAKES = 0


class Relocation(Process):
    """Move whole establishments that want to; what policy moves is in Relief and NamedMoves."""

    name = "relocation"
    zh = "企业自主迁移"
    after = ("firm_dynamics",)
    changes = ("firms",)
    writes = (
        "flows.firms_moved_freely",
        "flows.jobs_moved_freely",
        "flows.subsidies_paid",
    )

    hazard = param(
        0.0025,
        unit="1/quarter",
        lo=0,
        hi=0.1,
        doc="Chance that a manufacturer reconsiders",
        source="[A] 1 % a year",
    )
    hazard_services = param(
        1.5, unit="1", lo=0, hi=5, doc="The same in sectors 4 to 6, relative", source="[A] 1.5 % a year"
    )
    hazard_public = param(0.3, unit="1", lo=0, hi=5, doc="The same in sector 8, relative", source="[A] 0.3 % a year")
    profit = param(
        2.0,
        unit="1",
        lo=1,
        hi=4,
        doc="Weight of log unit profit, b_pi",
        prior=Triangular(1.0, 2.0, 4.0),
        decides_alone=True,
        source="[A]",
    )
    cluster = param(
        0.3,
        unit="1",
        lo=0.1,
        hi=0.6,
        doc="Weight of the location quotient, b_A",
        prior=Triangular(0.1, 0.3, 0.6),
        decides_alone=True,
    )
    absorption = param(
        0.3,
        unit="1",
        lo=0,
        hi=1,
        doc="Weight of the college share in sectors 2, 5, 7, b_R",
        prior=Triangular(0.0, 0.3, 1.0),
        decides_alone=True,
    )
    moving = param(
        1.7,
        unit="utility",
        lo=1,
        hi=6,
        doc="Cost of leaving at 20 jobs, kappa_0",
        prior=Normal(2.6, 1.0),
        source="[D] fitted on the twin: 3,475 legal units into Hebei from Beijing and Tianjin in 2021",
    )
    size = param(0.15, unit="1", lo=0, hi=0.5, doc="Growth of the cost with size", source="[A]")
    distance = param(
        0.8,
        unit="utility",
        lo=0.3,
        hi=1.5,
        doc="Cost per log hour, kappa_d",
        prior=Triangular(0.3, 0.8, 1.5),
        decides_alone=True,
    )
    outside = param(0.0, unit="utility", lo=-3, hi=6, doc="Value of the rest of China, V_ROC", source="[A]")
    dissimilarity = param(0.7, unit="1", lo=0.4, hi=1, doc="Dissimilarity inside a nest, lambda")

    def table(self, world: World, firm_dynamics: FirmTable) -> RelocationTable:
        """Return the hazards and V of this quarter."""
        t, region = world.tables, world.region
        stay, arrive = self._pulls(world, firm_dynamics)
        arriving = arrive[:, None, :] - self.distance * np.log1p(t.minutes / 60.0)
        refused = np.log(np.maximum(1.0 - world.policy.refused, 1e-9)).T
        arriving[:, ~np.append(region.capital, False), : region.n_zones] += refused[:, None, :]
        cost = self.moving * (_CLASS_JOBS / 20.0) ** self.size
        value = arriving[:, None] - cost[:, None, None]
        i = np.arange(region.n_zones)
        value[:, :, i, i] = stay[:, None, :]
        return RelocationTable(
            hazard=self.hazards(),
            value=value,
            arriving=arriving[:, : region.n_zones],
            subsidy=np.append(firm_dynamics.subsidy, 0.0),
            dissimilarity=self.dissimilarity,
            offset=t.firm_offset.copy(),
        )

    def hazards(self) -> NDArray[np.float64]:
        """Return the chance a quarter to reconsider, by sector; farms do not move."""
        relative, sector = np.ones(self.region.n_sectors), self.region.sector
        relative[sector("agriculture")] = 0.0
        for key in ("wholesale_logistics", "producer_services", "consumer_services"):
            relative[sector(key)] = self.hazard_services
        relative[sector("public_hq")] = self.hazard_public
        return np.asarray(np.minimum(self.hazard * relative, 1.0))

    def _pulls(self, world: World, firms: FirmTable) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return V of staying (n_sectors, n_zones) and of arriving (n_sectors, n_places)."""
        t, region = world.tables, world.region
        jobs = np.maximum(t.jobs, 1.0)
        share = jobs / jobs.sum(axis=1, keepdims=True)
        quotient = share / (jobs.sum(axis=0) / jobs.sum())
        adults = world.people[..., 25:60].sum(axis=(2, 3))
        college = adults[:, -1] / adults.sum(axis=1)
        stay = self.profit * np.log(np.maximum(t.profit, 1e-6)) + self.cluster * np.log1p(quotient)
        stay += firms.market * np.log(t.market_access / t.market_access.mean())[:, None]
        stay[:, region.sector_roles["absorbing"]] += self.absorption * np.log(college / college.max())[:, None]
        arrive = np.full((region.n_sectors, region.n_places), self.outside)
        size = np.log(jobs / jobs.mean(axis=0))
        arrive[:, : region.roc] = (stay + size + firms.subsidy[:, None]).T
        return stay.T, arrive

    def sweep(self, world: World, table: RelocationTable, draws: Draws) -> None:
        """Move individual establishments."""
        firms = world.firms
        wakes = np.flatnonzero(reconsider(firms.id, firms.sector, firms.flags, table.hazard, draws.key))
        i, s, ids = firms.zone[wakes].astype(np.int64), firms.sector[wakes].astype(np.int64), firms.id[wakes]
        log_jobs = table.offset[i, s] + firms.x[wakes]
        size_class = np.searchsorted(np.log(SIZE_BOUNDS), log_jobs, side="right")
        j = choose(table.value[s, size_class, i], i, ids, draws, self.dissimilarity, world.region.province)
        moves = j != i
        movers, i, j, s, log_jobs = wakes[moves], i[moves], j[moves], s[moves], log_jobs[moves]
        weight = firms.weight[movers].astype(np.float64)
        np.add.at(world.flows.firms_moved_freely, (i, j, s), weight)
        carried = jobs_of(weight, log_jobs)
        carry(world.flows.jobs_moved_freely, i, j, s, carried)
        self._owe(world, arrivals(j, s, carried, world.tables.jobs.shape))
        inside = j != world.region.roc
        firms.zone[movers[inside]] = j[inside]
        firms.x[movers[inside]] = log_jobs[inside] - table.offset[j[inside], s[inside]]
        stays = np.ones(len(firms), dtype=bool)
        stays[movers[~inside]] = False
        firms.keep(stays)

    def expect(self, world: World, table: RelocationTable) -> None:
        """Move expected establishments, bin by bin."""
        units, flows, roc = world.firm_counts.units, world.flows, world.region.roc
        chance = table.hazard[:, None, None, None] * pair_probabilities(
            table.value, self.dissimilarity, world.region.province
        )
        log_jobs = table.offset[:, :, None] + BIN_CENTRES
        size_class = np.searchsorted(np.log(SIZE_BOUNDS), log_jobs, side="right")
        moved, carried, left, joining = move_bins(units, chance, size_class, np.exp(log_jobs), table.offset)
        flows.firms_moved_freely[:roc] += moved
        flows.jobs_moved_freely[:roc] += carried
        units += joining - left
        self._owe(world, carried[:, :roc].sum(axis=0))

    def _owe(self, world: World, arrived: NDArray[np.float64]) -> None:
        """Enter the subsidy that the receiving zones owe on the jobs that arrived, zone by sector."""
        world.flows.subsidies_paid += subsidy_due(world, arrived)


@njit(cache=True, parallel=True)
def reconsider(ids: Any, sector: Any, flags: Any, hazard: Any, key: Any) -> Any:
    """Return which legal units reconsider their zone this quarter."""
    wakes = np.zeros(len(ids), dtype=np.bool_)
    for a in prange(len(ids)):
        if flags[a] == 0:
            wakes[a] = keyed.uniform(key, ids[a], _U_WAKES) < hazard[sector[a]]
    return wakes


@njit(cache=True)
def move_bins(units: Any, chance: Any, size_class: Any, jobs: Any, offset: Any) -> Any:
    """Return firms and jobs moved (from, to, sector), and firms that left and joined (zone, sector, bin).

    `chance` (n_sectors, n_classes, n_places from, n_places to) is that of the quarter; a firm keeps its jobs.
    """
    n_zones, n_sectors, n_bins = units.shape
    n_places = chance.shape[3]
    moved = np.zeros((n_zones, n_places, n_sectors))
    carried = np.zeros((n_zones, n_places, n_sectors))
    left = np.zeros(units.shape)
    joined = np.zeros(units.shape)
    flow = np.empty(n_bins)
    for s in range(n_sectors):
        for i in range(n_zones):
            for j in range(n_places):
                if j == i:
                    continue
                for b in range(n_bins):
                    flow[b] = units[i, s, b] * chance[s, size_class[i, s, b], i, j]
                    left[i, s, b] += flow[b]
                    moved[i, j, s] += flow[b]
                    carried[i, j, s] += flow[b] * jobs[i, s, b]
                if j < n_zones:
                    add_shifted(joined[j, s], flow, offset[i, s] - offset[j, s])
    return moved, carried, left, joined
