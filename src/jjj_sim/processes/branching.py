"""Branching: Beijing's firms open units elsewhere and stay where they are.

    opens     psi_b / 4 / (1 + exp(-4 ln(L / 50)))          a Beijing firm of sectors 2, 5, 7, 8 and quarter
    goes to   the nested draw of laws.choice outside Beijing, the rest of China raised by V_ROC
    offers    in Xiong'an: the cumulative path of the lever, filled from Beijing's firms by keyed race

A branch has a tenth of its parent's jobs (log sd .5), is no legal unit and closes in FirmDynamics. Its jobs
are within those of its cell, beside the legal units' in the published counts, so that none is carried.
Xiong'an is policy-made: without a policy it would hold some hundreds of firms of Beijing origin by 2024, so
that its count is the path of offers (registrations and branches), and units of central enterprises a second
path; both are input. An offer goes to one firm: where an agent stands for many, it takes one for itself.

    Z' = (1 - c / 4) Z + zeta x branches that Beijing's firms opened there        branches of Zhongguancun's firms
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY, N_SECTORS, ROC
from jjj_sim.laws.choice import choose, outside_probabilities
from jjj_sim.laws.race import due_of_total, prizes, race
from jjj_sim.param import param
from jjj_sim.processes.process import Process
from jjj_sim.state.firms import BIN_CENTRES, BRANCH, BRANCHING_SECTORS, OFFER, Firms
from jjj_sim.state.world import World

_BEIJING = GEOGRAPHY.in_region("beijing")
_XIONGAN = GEOGRAPHY.index("xiongan")
_CENTRAL_SECTOR = 8
_SECTORS = np.array(BRANCHING_SECTORS)
_PARENTS = _BEIJING[:, None] & np.isin(np.arange(N_SECTORS), BRANCHING_SECTORS)
# Branches of Zhongguancun's firms in Tianjin and Hebei when 2013 begins: 3,500 at its end, published, less a
# year of 1,231 openings and 8.1 % closures [D]. Where in the two they stand follows the jobs of the sectors [A].
ZHONGGUANCUN = 2_520.0
# Numbers of the draws; those of the choice of place are in laws.choice.
_U_OPENS, _U_OFFER, _U_CENTRAL, _N_SIZE = 0, 1, 2, 3


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
    changes = ("firms",)
    writes = (
        "flows.firms_branched",
        "flows.offers_taken",
        "stocks.firms_of_capital_origin",
        "stocks.central_soe_branches",
        "stocks.park_branches",
    )

    rate = param(
        1.1,
        unit="1/year",
        lo=0,
        hi=3,
        doc="Branches a year of a Beijing firm well over 50 jobs, psi_b",
        prior="log-normal",
        source="[D] Hebei's units less legal units from Beijing and Tianjin, 1,836 a year, four fifths Beijing's",
    )
    eligible = param(50.0, unit="jobs", lo=10, hi=200, doc="Size at which half branch", source="[A]")
    share = param(0.10, unit="share", lo=0.02, hi=0.5, doc="Jobs of a branch over its parent's", source="[A]")
    spread = param(0.5, unit="log", lo=0, hi=1.5, doc="Spread of that share", source="[A]")
    outside = param(
        4.05,
        unit="utility",
        lo=0,
        hi=8,
        doc="What the rest of China is worth more to a branch than to a mover, V_ROC",
        source="[D] 13.3 % of branches outside Beijing are in Tianjin and Hebei, 2024",
    )

    zhongguancun = param(
        0.41,
        unit="share",
        lo=0,
        hi=1,
        doc="Zhongguancun's part of branches that Beijing's firms open in Tianjin and Hebei, zeta",
        source="[D] 1,231 openings a year (3,500 branches in 2013, 8,816 in 2020) over the twin's 2,970",
    )
    zhongguancun_closing = param(
        0.081, unit="1/year", lo=0, hi=0.3, doc="Closures of Zhongguancun's branches, c", source="[D] as zeta"
    )

    def open(self, world: World) -> None:
        """Place Zhongguancun's branches of the opening."""
        jobs = world.tables.jobs[:, _SECTORS].sum(axis=1) * ~_BEIJING
        world.stocks.park_branches = ZHONGGUANCUN * jobs / jobs.sum()

    def table(self, world: World) -> BranchTable:
        """Return V of destinations and the offers due this quarter."""
        t = world.tables
        value = t.location_value.copy()
        value[:, :, ROC] += self.outside
        value[:, :, :ROC][:, :, _BEIJING] = -np.inf
        lever = world.plan.levers["xiongan_offers"]
        offers, central = (due_of_total(p, world.t) for p in (lever.path, lever.paths["central_soe"]))
        return BranchTable(value, t.firm_offset.copy(), offers, central)

    def hazard(self, log_jobs: NDArray[Any]) -> NDArray[np.float64]:
        """Return the chance a quarter that a firm of exp(log_jobs) jobs opens a branch."""
        return np.asarray(np.minimum(self.rate / 4.0 * expit(4.0 * (log_jobs - np.log(self.eligible))), 1.0))

    def sweep(self, world: World, table: BranchTable, draws: Draws) -> None:
        """Open individual branches and fill the offers."""
        firms = world.firms
        opening = self._opening(firms, table, draws)
        i, s = firms.zone[opening].astype(np.int64), firms.sector[opening].astype(np.int64)
        nested = float(world.tables.location_dissimilarity)
        j = choose(table.value[s, i], i, firms.id[opening], draws, nested, GEOGRAPHY.province)
        np.add.at(world.flows.firms_branched, (i, j, s), firms.weight[opening])
        parents = firms.rows(_PARENTS) if table.offers or table.central else opening[:0]
        offered = offered_to(firms, parents, table.offers, draws, _U_OFFER)
        central = parents[firms.sector[parents] == _CENTRAL_SECTOR]
        posted = offered_to(firms, central, table.central, draws, _U_CENTRAL)
        np.add.at(world.flows.offers_taken[:, _XIONGAN], firms.zone[offered[0]], offered[1])
        world.stocks.firms_of_capital_origin[_XIONGAN] += offered[1].sum()
        world.stocks.central_soe_branches[_XIONGAN] += posted[1].sum()
        inside = j != ROC
        self._open(world, table, draws, opening[inside], j[inside], firms.weight[opening[inside]], BRANCH)
        for stream, (winners, number) in ((_U_OFFER, offered), (_U_CENTRAL, posted)):
            where = np.full(len(winners), _XIONGAN)
            self._open(world, table, draws, winners, where, number, OFFER, stream)
        self._count_zhongguancun(world)

    def _opening(self, firms: Firms, table: BranchTable, draws: Draws) -> NDArray[np.int64]:
        """Return the rows of the firms that open a branch this quarter."""
        parents = firms.rows(_PARENTS)
        u = draws.uniform(firms.id[parents], _U_OPENS)
        likely = u < self.rate / 4.0
        parents, u = parents[likely], u[likely]
        log_jobs = table.offset[firms.zone[parents], firms.sector[parents]] + firms.x[parents]
        return np.asarray(parents[u < self.hazard(log_jobs)])

    def _open(
        self,
        world: World,
        table: BranchTable,
        draws: Draws,
        parents: NDArray[np.int64],
        zone: NDArray[np.int64],
        weight: NDArray[Any],
        flag: int,
        stream: int = 0,
    ) -> None:
        """Add the units that `parents` open in `zone`; each stream has its own ids."""
        firms = world.firms
        home, sector = firms.zone[parents].copy(), firms.sector[parents].copy()
        ids = draws.child(firms.id[parents], stream)
        log_jobs = table.offset[home, sector] + firms.x[parents] + np.log(self.share)
        log_jobs += self.spread * draws.normal(ids, _N_SIZE)
        firms.append(
            zone=zone.astype(np.uint8),
            birth_zone=home,
            sector=sector,
            flags=np.full(len(parents), flag, dtype=np.uint8),
            weight=weight.astype(np.uint16),
            born=np.full(len(parents), world.t, dtype=np.int16),
            x=log_jobs - table.offset[zone, sector],
            id=ids,
        )

    def expect(self, world: World, table: BranchTable) -> None:
        """Open expected branches and fill the offers."""
        counts, flows = world.firm_counts, world.flows
        where_to = outside_probabilities(table.value, float(world.tables.location_dissimilarity))
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
        world.stocks.firms_of_capital_origin[_XIONGAN] += taken.sum()
        world.stocks.central_soe_branches[_XIONGAN] += posted.sum()
        self._count_zhongguancun(world)

    def _count_zhongguancun(self, world: World) -> None:
        """Close and open Zhongguancun's branches: a part of the quarter's, counted and not moved."""
        came = world.flows.firms_branched[:ROC, :ROC].sum(axis=(0, 2)) * ~_BEIJING
        kept = (1.0 - self.zhongguancun_closing / 4.0) * world.stocks.park_branches
        world.stocks.park_branches = kept + self.zhongguancun * came


def offered_to(
    firms: Firms, parents: NDArray[np.int64], offers: int, draws: Draws, stream: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the parents who take `offers`, in the order of rows, and how many each takes.

    An agent runs as often as the firms it stands for. Only where there are fewer agents than offers does one
    take several.
    """
    won = race(firms.id[parents], firms.weight[parents], offers, draws, stream)
    order = np.argsort(won)
    return parents[won[order]], prizes(offers, len(won))[order]
