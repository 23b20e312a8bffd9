"""Branching: the capital's firms open units elsewhere and stay where they are.

    opens     psi_b / 4 / (1 + exp(-4 ln(L / 50)))          a firm of the capital in sectors 2, 5, 7, 8 and quarter
    goes to   the nested draw of laws.choice outside the capital, the rest of China raised by V_ROC
    offers    in the new area: the cumulative path of the lever, filled from the capital's firms by keyed race
    Z'        = (1 - c / 4) Z + zeta x branches that the capital's firms opened there    the science park's branches

A branch has a tenth of its parent's jobs (log sd .5), is no legal unit and closes in FirmDynamics. Its jobs
are within those of its cell, beside the legal units' in the published counts, so that none is carried. The counts
of the new area are input: the path of offers, and a second one of units of central enterprises. An offer goes
to one firm: where an agent stands for many, it takes one for itself.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choose, outside_probabilities
from jjj_sim.laws.race import prizes, race
from jjj_sim.param import param
from jjj_sim.prior import LogNormal
from jjj_sim.processes.process import Process
from jjj_sim.processes.relocation_table import RelocationTable
from jjj_sim.state.firms import BIN_CENTRES, BRANCH, OFFER, Firms
from jjj_sim.state.world import World

# Branches of the science park's firms outside the capital when 2013 begins: 3,500 at its end, published, less a
# year of 1,231 openings and 8.1 % closures [D]. Where in the two they stand follows the jobs of the sectors [A].
PARK_BRANCHES = 2_520.0
# Numbers of the draws; those of the choice of place are in laws.choice.
_U_OPENS, _U_OFFER, _U_CENTRAL, _N_SIZE = 0, 1, 2, 3


class BranchTable(NamedTuple):
    """`value` V (n_sectors, n_zones from, n_places), `nested` lambda; `offset` o; whole `offers` and `central`
    units due in the new area, zone `there` (empty where there is none)."""

    value: NDArray[np.float64]
    nested: float
    offset: NDArray[np.float64]
    offers: int
    central: int
    there: NDArray[np.int64]


class Branching(Process):
    """Open branches of the capital's firms outside it; whole firms move in Relocation and Relief."""

    name = "branching"
    zh = "设立分支机构"
    after = ("relocation",)
    changes = ("firms",)
    writes = (
        "flows.firms_branched",
        "flows.offers_taken",
        "flows.central_units_posted",
        "flows.park_branches_opened",
        "flows.park_branches_closed",
        "stocks.firms_of_capital_origin",
        "stocks.central_soe_branches",
        "stocks.park_branches",
    )

    rate = param(
        1.1,
        unit="1/year",
        lo=0,
        hi=3,
        doc="Branches a year of a firm of the capital well over 50 jobs, psi_b",
        prior=LogNormal(1.1, 0.3),
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

    park_share = param(
        0.41,
        unit="share",
        lo=0,
        hi=1,
        doc="Part of the science park's firms in branches that the capital's firms open in the region, zeta",
        source="[D] 1,231 openings a year (3,500 branches in 2013, 8,816 in 2020) over the twin's 2,970",
    )
    park_closing = param(
        0.081, unit="1/year", lo=0, hi=0.3, doc="Closures of branches of the park's firms, c", source="[D] as zeta"
    )

    def open(self, world: World) -> None:
        """Place the branches of the science park's firms at the opening."""
        region = world.region
        jobs = world.tables.jobs[:, region.sector_roles["branching"]].sum(axis=1) * ~region.capital
        world.stocks.park_branches = PARK_BRANCHES * jobs / jobs.sum()

    def table(self, world: World, relocation: RelocationTable) -> BranchTable:
        """Return V of destinations and the offers due this quarter."""
        region, policy = world.region, world.policy
        value = relocation.arriving.copy()
        value[:, :, region.roc] += self.outside
        value[:, :, : region.roc][:, :, region.capital] = -np.inf
        return BranchTable(
            value=value,
            nested=relocation.dissimilarity,
            offset=world.tables.firm_offset.copy(),
            offers=int(policy.offers.sum()),
            central=int(policy.central_units.sum()),
            there=np.flatnonzero(region.new_area),
        )

    def hazard(self, log_jobs: NDArray[Any]) -> NDArray[np.float64]:
        """Return the chance a quarter that a firm of exp(log_jobs) jobs opens a branch."""
        return np.asarray(np.minimum(self.rate / 4.0 * expit(4.0 * (log_jobs - np.log(self.eligible))), 1.0))

    def sweep(self, world: World, table: BranchTable, draws: Draws) -> None:
        """Open individual branches and fill the offers."""
        firms, flows, region = world.firms, world.flows, world.region
        parent_cells = region.cells(region.capital, region.sector_roles["branching"])
        opening = self._opening(firms, firms.rows(parent_cells), table, draws)
        i, s = firms.zone[opening].astype(np.int64), firms.sector[opening].astype(np.int64)
        j = choose(table.value[s, i], i, firms.id[opening], draws, table.nested, region.province)
        np.add.at(flows.firms_branched, (i, j, s), firms.weight[opening])
        parents = firms.rows(parent_cells) if table.offers or table.central else opening[:0]
        offered = offered_to(firms, parents, table.offers, draws, _U_OFFER)
        central = parents[np.isin(firms.sector[parents], region.sector_roles["named"])]
        posted = offered_to(firms, central, table.central, draws, _U_CENTRAL)
        np.add.at(flows.offers_taken, (firms.zone[offered[0]], table.there), offered[1])
        flows.central_units_posted[table.there] += posted[1].sum()
        world.stocks.firms_of_capital_origin[table.there] += offered[1].sum()
        world.stocks.central_soe_branches[table.there] += posted[1].sum()
        inside = j != region.roc
        self._open(world, table, draws, opening[inside], j[inside], firms.weight[opening[inside]], BRANCH)
        for stream, (winners, number) in ((_U_OFFER, offered), (_U_CENTRAL, posted)):
            where = np.repeat(table.there, len(winners))
            self._open(world, table, draws, winners, where, number, OFFER, stream)
        self._count(world)

    def _opening(self, firms: Firms, parents: NDArray[np.int64], table: BranchTable, draws: Draws) -> NDArray[np.int64]:
        """Return the rows among `parents` of the firms that open a branch this quarter."""
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
        counts, flows, region = world.firm_counts, world.flows, world.region
        sectors, roc = np.array(region.sector_roles["branching"]), region.roc
        where_to = outside_probabilities(table.value, table.nested)
        parents = counts.units[:, sectors] * region.capital[:, None, None]
        opened = parents * self.hazard(table.offset[:, sectors, None] + BIN_CENTRES)
        flow = opened.sum(axis=2)[:, :, None] * where_to[sectors].transpose(1, 0, 2)
        flows.firms_branched[:roc][:, :, sectors] += flow.transpose(0, 2, 1)
        counts.branches[:, sectors] += flow.sum(axis=0)[:, :roc].T
        taking = parents.sum(axis=2)
        central = taking * np.isin(sectors, region.sector_roles["named"])
        taken = table.offers * taking / max(taking.sum(), 1e-9)
        posted = table.central * central / max(central.sum(), 1e-9)
        counts.branches[np.ix_(table.there, sectors)] += (taken + posted).sum(axis=0)
        flows.offers_taken[:, table.there] += taken.sum(axis=1)[:, None]
        flows.central_units_posted[table.there] += posted.sum()
        world.stocks.firms_of_capital_origin[table.there] += taken.sum()
        world.stocks.central_soe_branches[table.there] += posted.sum()
        self._count(world)

    def _count(self, world: World) -> None:
        """Close and open branches of the science park's firms: a part of the quarter's, counted and not moved."""
        flows, stocks, region = world.flows, world.stocks, world.region
        came = flows.firms_branched[: region.roc, : region.roc].sum(axis=(0, 2)) * ~region.capital
        flows.park_branches_opened = self.park_share * came
        flows.park_branches_closed = self.park_closing / 4.0 * stocks.park_branches
        kept = (1.0 - self.park_closing / 4.0) * stocks.park_branches
        stocks.park_branches = kept + self.park_share * came


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
