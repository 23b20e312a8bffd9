"""Branching: Beijing's firms open units elsewhere and stay where they are.

    opens     psi_b / 4 / (1 + exp(-4 ln(L / 50)))          a Beijing firm of sectors 2, 5, 7, 8 and quarter
    goes to   argmax_j V_sj - kappa_d ln(1 + tau_ij / 60) + Gumbel_j     outside Beijing; V_ROC = 3.3
    offers    in Xiong'an: the cumulative path of the lever, filled from Beijing's firms by keyed race

A branch has a tenth of its parent's jobs, is no legal unit and closes in FirmDynamics; its jobs are part of
the receiving cell's. Xiong'an is policy-made: without a policy it would hold some 212 firms of Beijing origin
by 2024, so that its count is the path of offers (registrations and branches), and units of central
enterprises a second path; both are input. psi_b from Hebei's units less legal units (about 1,836 a year);
V_ROC from the published 13.3 % of branches in Tianjin and Hebei.
"""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, softmax

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY, N_SECTORS, N_ZONES, ROC
from jjj_sim.param import Path, param
from jjj_sim.processes.process import Process
from jjj_sim.state.book import Field
from jjj_sim.state.firms import BIN_CENTRES, BRANCH, BRANCHING_SECTORS, OFFER, Firms
from jjj_sim.state.world import World

_BEIJING = GEOGRAPHY.in_region("beijing")
_XIONGAN = GEOGRAPHY.index("xiongan")
_CENTRAL_SECTOR = 8
_SECTORS = np.array(BRANCHING_SECTORS)
_BRANCHING = np.isin(np.arange(N_SECTORS), BRANCHING_SECTORS)


class BranchTable(NamedTuple):
    """`value` V (n_sectors, n_zones from, n_places); `offset` o; whole `offers` and `central` units due."""

    value: NDArray[np.float64]
    offset: NDArray[np.float64]
    offers: int
    central: int


class Branching(Process):
    """Open branches of Beijing's firms outside Beijing; whole firms move in Relocation and Relief."""

    name = "branching"
    zh = "设立分支机构"
    flows: ClassVar[dict[str, Field]] = {
        "firms_branched": Field(("place", "place", "sector"), "units", "branches opened from, to"),
        "offers_taken": Field(("zone", "zone"), "units", "offers in Xiong'an taken by firms from, to"),
    }
    stocks: ClassVar[dict[str, Field]] = {
        "firms_of_beijing_origin": Field(("zone",), "firms", "offers taken by Beijing's firms, cumulative"),
        "central_soe_branches": Field(("zone",), "units", "units of central enterprises, cumulative"),
    }

    rate = param(
        0.17,
        unit="1/year",
        lo=0,
        hi=0.5,
        doc="Branches a year of a Beijing firm well over 50 jobs, psi_b",
        prior="log-normal",
        source="[D] Hebei's units less legal units from Beijing and Tianjin",
    )
    eligible = param(50.0, unit="jobs", lo=10, hi=200, doc="Size at which half branch", source="[A]")
    share = param(0.10, unit="share", lo=0.02, hi=0.5, doc="Jobs of a branch over its parent's", source="[A]")
    distance = param(
        0.8,
        unit="utility",
        lo=0.3,
        hi=1.5,
        doc="Cost per log hour, kappa_d",
        prior="decides alone",
        source="[A]",
    )
    outside = param(
        3.3,
        unit="utility",
        lo=0,
        hi=6,
        doc="Value of the rest of China for a branch, V_ROC",
        source="[D] 13.3 % of branches outside Beijing are in Tianjin and Hebei, 2024",
    )

    def table(self, world: World) -> BranchTable:
        """Return V of destinations and the offers due this quarter."""
        t = world.tables
        value = t.location_value[:, None, :] - self.distance * np.log1p(t.minutes[:N_ZONES] / 60.0)
        value[:, :, ROC] = self.outside
        value[:, :, :ROC][:, :, _BEIJING] = -np.inf
        lever = world.plan.levers["xiongan_offers"]
        return BranchTable(
            value, t.firm_offset.copy(), due(lever.path, world.t), due(lever.paths["central_soe"], world.t)
        )

    def hazard(self, log_jobs: NDArray[Any]) -> NDArray[np.float64]:
        """Return the chance a quarter that a firm of exp(log_jobs) jobs opens a branch."""
        return np.asarray(self.rate / 4.0 * expit(4.0 * (log_jobs - np.log(self.eligible))))

    def sweep(self, world: World, table: BranchTable, draws: Draws) -> None:
        """Open individual branches and fill the offers."""
        firms, flows = world.firms, world.flows
        parents = np.flatnonzero(_BEIJING[firms.zone] & (firms.flags == 0) & _BRANCHING[firms.sector])
        i, s = firms.zone[parents].astype(np.int64), firms.sector[parents].astype(np.int64)
        log_jobs = table.offset[i, s] + firms.x[parents]
        opens = draws.uniform(firms.id[parents], 0) < self.hazard(log_jobs)
        opening, i, s, log_jobs = parents[opens], i[opens], s[opens], log_jobs[opens]
        j = np.argmax(table.value[s, i] + draws.gumbel(firms.id[opening], ROC + 1, 8), axis=1)
        np.add.at(flows.firms_branched, (i, j, s), firms.weight[opening])
        inside = j != ROC
        x = log_jobs[inside] + np.log(self.share) - table.offset[j[inside], s[inside]]
        taken = self._race(firms, parents, table.offers, draws, 1)
        central = parents[firms.sector[parents] == _CENTRAL_SECTOR]
        posted = self._race(firms, central, table.central, draws, 2)
        home = firms.zone[taken]
        np.add.at(flows.offers_taken, (home, _XIONGAN), 1.0)
        world.stocks.firms_of_beijing_origin[_XIONGAN] += len(taken)
        world.stocks.central_soe_branches[_XIONGAN] += len(posted)
        self._append(world, draws, opening[inside], j[inside], x, BRANCH, firms.weight[opening[inside]], 0)
        for winners, stream in ((taken, 1), (posted, 2)):
            where = np.full(len(winners), _XIONGAN)
            s = firms.sector[winners]
            size = table.offset[firms.zone[winners], s] + firms.x[winners] + np.log(self.share)
            one = np.ones(len(winners), dtype=np.uint16)
            self._append(world, draws, winners, where, size - table.offset[_XIONGAN, s], OFFER, one, stream)

    def _race(
        self, firms: Firms, parents: NDArray[np.int64], offers: int, draws: Draws, stream: int
    ) -> NDArray[np.int64]:
        """Return the parents who take `offers`; an agent runs as often as the firms it stands for."""
        n = min(offers, len(parents))
        if n <= 0:
            return np.zeros(0, dtype=np.int64)
        clock = -np.log(draws.uniform(firms.id[parents], stream)) / firms.weight[parents]
        return np.asarray(np.sort(parents[np.argpartition(clock, n - 1)[:n]]))

    def _append(
        self,
        world: World,
        draws: Draws,
        parents: NDArray[np.int64],
        zone: NDArray[np.int64],
        x: NDArray[np.float64],
        flag: int,
        weight: NDArray[np.uint16],
        stream: int,
    ) -> None:
        """Add the units that `parents` open in `zone`."""
        firms = world.firms
        n = len(parents)
        firms.append(
            zone=zone.astype(np.uint8),
            birth_zone=firms.zone[parents].copy(),
            sector=firms.sector[parents].copy(),
            flags=np.full(n, flag, dtype=np.uint8),
            weight=weight.copy(),
            born=np.full(n, world.t, dtype=np.int16),
            x=x,
            id=draws.child(firms.id[parents], stream),
        )

    def expect(self, world: World, table: BranchTable) -> None:
        """Open expected branches and fill the offers."""
        counts, flows = world.firm_counts, world.flows
        where_to = softmax(table.value, axis=2)
        parents = counts.units[:, _SECTORS] * _BEIJING[:, None, None]
        opened = parents * self.hazard(table.offset[:, _SECTORS, None] + BIN_CENTRES)
        flow = opened.sum(axis=2)[:, :, None] * where_to[_SECTORS].transpose(1, 0, 2)
        flows.firms_branched[:ROC][:, :, _SECTORS] += flow.transpose(0, 2, 1)
        counts.branches[:, _SECTORS] += flow.sum(axis=0)[:, :ROC].T
        taking = parents.sum(axis=2)
        central = taking * (_SECTORS == _CENTRAL_SECTOR)
        taken = table.offers * taking / max(taking.sum(), 1e-9)
        posted = table.central * central / max(central.sum(), 1e-9)
        counts.branches[_XIONGAN, _SECTORS] += (taken + posted).sum(axis=0)
        flows.offers_taken[:, _XIONGAN] += taken.sum(axis=1)
        world.stocks.firms_of_beijing_origin[_XIONGAN] += table.offers
        world.stocks.central_soe_branches[_XIONGAN] += table.central


def due(path: Path | None, t: int) -> int:
    """Return the whole number due in quarter `t` of a cumulative path; a falling path gives nothing."""
    if path is None:
        return 0
    before = np.rint(path.at(t - 1)) if t else 0.0
    return int(max(np.rint(path.at(t)) - before, 0.0))
