"""Branching: the capital's firms open units elsewhere and stay where they are.

    opens     psi_b / 4 / (1 + exp(-4 ln(L / 50)))          a firm of the capital in sectors 2, 5, 7, 8 and quarter
    goes to   the nested draw of laws.choice outside the capital, the rest of China raised by V_ROC
    offers    in the new area: the cumulative path of the lever, taken by a keyed race at the rate at which firms
              branch, those of sectors 2, 5, 7; units of central enterprises likewise, of sector 8
    works     W' = W + (phi R - W) / (4 w): of R that registered a part phi comes to work, w years later on average
    posts     s L for every one that begins to work, from the parent's cell to that of the new area    persons
    J'        = (1 - c / 4) J + posts moved in - posts moved out    posts of offers, by zone and age
    Z'        = (1 - b / 4) Z + zeta x branches that the capital's firms opened there    the science park's branches

A branch has a part s of its parent's jobs L, is no legal unit and closes in FirmDynamics at the rate c. What a firm
opens by itself is within the jobs of its cell, beside the legal units' in the published counts, so that none is
carried. What it opens on an offer takes its posts from Beijing with their equipment and pay: they are filled by
those who commute, move or are hired there. The number of offers is input, what they bring is not. An offer goes to
one firm: where an agent stands for many, it takes one for itself.
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
from jjj_sim.prior import LogNormal, Triangular
from jjj_sim.processes.firm_location import arrivals, carry, jobs_of
from jjj_sim.processes.firm_table import FirmTable
from jjj_sim.processes.process import Process
from jjj_sim.processes.relocation_table import RelocationTable
from jjj_sim.state.firms import BIN_CENTRES, BRANCH, OFFER, Firms
from jjj_sim.state.world import World

# Branches of the science park's firms outside the capital when 2013 begins: 3,500 at its end, published, less a
# year of 1,231 openings and 8.1 % closures [D]. Where in the two they stand follows the jobs of the sectors [A].
PARK_BRANCHES = 2_520.0
# Numbers of the draws; those of the choice of place are in laws.choice.
_U_OPENS, _OFFERED = 0, (1, 2)


class BranchTable(NamedTuple):
    """`value` V (n_sectors, n_zones from, n_places), `nested` lambda; `offset` o; whole offers and central units
    `due` in the new area and whole firms that `begin` to work there, `work` of those that took them, zone `there`
    (empty where there is none); `closing` c / 4."""

    value: NDArray[np.float64]
    nested: float
    offset: NDArray[np.float64]
    due: NDArray[np.int64]
    work: NDArray[np.float64]
    begin: NDArray[np.int64]
    there: NDArray[np.int64]
    closing: float


class Branching(Process):
    """Open branches of the capital's firms outside it; whole firms move in Relocation and Relief."""

    name = "branching"
    zh = "设立分支机构"
    after = ("relocation", "firm_dynamics")
    changes = ("firms",)
    writes = (
        "flows.firms_branched",
        "flows.offers_taken",
        "flows.central_units_posted",
        "flows.jobs_moved_by_offer",
        "flows.jobs_branched",
        "flows.park_branches_opened",
        "flows.park_branches_closed",
        "stocks.firms_of_capital_origin",
        "stocks.central_soe_branches",
        "stocks.park_branches",
        "memory.offers_at_work",
        "memory.offer_posts",
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
    share = param(
        0.10,
        unit="share",
        lo=0.02,
        hi=0.5,
        doc="Jobs of a branch over its parent's, s",
        source="[A] a firm well over 50 jobs opens one of 5 or more; a science park's firm had about 4 skilled people "
        "in Xiong'an, 2024",
    )
    working = param(
        0.3,
        unit="share",
        lo=0,
        hi=0.6,
        doc="Offers taken whose firm comes to work there, phi; the others only register",
        prior=Triangular(0.1, 0.3, 0.55),
        decides_alone=True,
        source="[D] 113 firms came to Xiong'an's science park in the year to August 2024, of 420 offers; at most the "
        "part of Beijing's registered enterprises that its census finds, .55 [R]",
    )
    wait = param(
        4.0,
        unit="year",
        lo=1,
        hi=8,
        doc="Time from registering to working there, w",
        source="[D] headquarters registered in 2021 came in October 2024 and October 2025; dates of registering [R]",
    )
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
        0.081, unit="1/year", lo=0, hi=0.3, doc="Closures of branches of the park's firms, b", source="[D] as zeta"
    )

    def open(self, world: World) -> None:
        """Place the branches of the science park's firms at the opening."""
        region = world.region
        jobs = world.tables.jobs[:, region.sector_roles["branching"]].sum(axis=1) * ~region.capital
        world.stocks.park_branches = PARK_BRANCHES * jobs / jobs.sum()

    def table(self, world: World, relocation: RelocationTable, firm_dynamics: FirmTable) -> BranchTable:
        """Return V of destinations and the offers due this quarter."""
        region, policy = world.region, world.policy
        value = relocation.arriving.copy()
        value[:, :, region.roc] += self.outside
        value[:, :, : region.roc][:, :, region.capital] = -np.inf
        due = np.array([policy.offers.sum(), policy.central_units.sum()]) * region.new_area.any()
        stocks = world.stocks
        registered = due + np.array([stocks.firms_of_capital_origin.sum(), stocks.central_soe_branches.sum()])
        before = world.memory.offers_at_work
        work = before + np.maximum(self.working * registered - before, 0.0) / (4.0 * self.wait)
        return BranchTable(
            value=value,
            nested=relocation.dissimilarity,
            offset=world.tables.firm_offset.copy(),
            due=due.astype(np.int64),
            work=work,
            begin=(np.rint(work) - np.rint(before)).astype(np.int64),
            there=np.flatnonzero(region.new_area),
            closing=firm_dynamics.closing,
        )

    def hazard(self, log_jobs: NDArray[Any]) -> NDArray[np.float64]:
        """Return the chance a quarter that a firm of exp(log_jobs) jobs opens a branch."""
        return np.asarray(np.minimum(self.rate / 4.0 * self._inclined(log_jobs), 1.0))

    def _inclined(self, log_jobs: NDArray[Any]) -> NDArray[np.float64]:
        """Return how often a firm of exp(log_jobs) jobs branches, relative to a large one."""
        return np.asarray(expit(4.0 * (log_jobs - np.log(self.eligible))))

    def _offered(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the sectors that take offers, and those of central enterprises' units."""
        branching, named = self.region.sector_roles["branching"], self.region.sector_roles["named"]
        return tuple(s for s in branching if s not in named), tuple(s for s in branching if s in named)

    def sweep(self, world: World, table: BranchTable, draws: Draws) -> None:
        """Open individual branches and fill the offers."""
        firms, flows, region = world.firms, world.flows, world.region
        parent_cells = region.cells(region.capital, region.sector_roles["branching"])
        opening = self._opening(firms, firms.rows(parent_cells), table, draws)
        i, s = firms.zone[opening].astype(np.int64), firms.sector[opening].astype(np.int64)
        j = choose(table.value[s, i], i, firms.id[opening], draws, table.nested, region.province)
        np.add.at(flows.firms_branched, (i, j, s), firms.weight[opening])
        posts = jobs_of(firms.weight[opening], table.offset[i, s] + firms.x[opening] + np.log(self.share))
        flows.jobs_branched += arrivals(j, s, posts, table.offset.shape)
        inside = j != region.roc
        self._open(world, table, draws, opening[inside], j[inside], firms.weight[opening[inside]], BRANCH)
        for k, sectors in enumerate(self._offered()):
            self._offer(world, table, draws, k, sectors)
        self._count(world, table)

    def _offer(self, world: World, table: BranchTable, draws: Draws, k: int, sectors: tuple[int, ...]) -> None:
        """Let firms of `sectors` take the offers due, and those that begin to work move their posts."""
        firms, region = world.firms, world.region
        if not table.due[k] and not table.begin[k]:
            return
        parents = firms.rows(region.cells(region.capital, sectors))
        log_jobs = table.offset[firms.zone[parents], firms.sector[parents]] + firms.x[parents]
        rate = firms.weight[parents] * self._inclined(log_jobs)
        won, number = offered_to(firms.id[parents], rate, int(table.due[k]), draws, _OFFERED[k])
        self._take(world, table, np.bincount(firms.zone[parents[won]], number, region.n_zones), k)
        won, number = offered_to(firms.id[parents], rate, int(table.begin[k]), draws, _OFFERED[k])
        movers, there = parents[won], np.repeat(table.there, len(won))
        i, s = firms.zone[movers].astype(np.int64), firms.sector[movers].astype(np.int64)
        posts = jobs_of(number, log_jobs[won] + np.log(self.share))
        carry(world.flows.jobs_moved_by_offer, i, there, s, posts)
        self._open(world, table, draws, movers, there, number, OFFER, _OFFERED[k])

    @staticmethod
    def _take(world: World, table: BranchTable, taken: NDArray[Any], k: int) -> None:
        """Count offers, or units of central enterprises, by the zone of who took them."""
        flows, stocks = world.flows, world.stocks
        if k == 0:
            flows.offers_taken[:, table.there] += taken[:, None]
            stocks.firms_of_capital_origin[table.there] += taken.sum()
        else:
            flows.central_units_posted[table.there] += taken.sum()
            stocks.central_soe_branches[table.there] += taken.sum()

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
        log_jobs = table.offset[:, sectors, None] + BIN_CENTRES
        opened = parents * self.hazard(log_jobs)
        flow = opened.sum(axis=2)[:, :, None] * where_to[sectors].transpose(1, 0, 2)
        flows.firms_branched[:roc][:, :, sectors] += flow.transpose(0, 2, 1)
        counts.branches[:, sectors] += flow.sum(axis=0)[:, :roc].T
        posts = self.share * (opened * np.exp(log_jobs)).sum(axis=2)
        flows.jobs_branched[:, sectors] += np.einsum("is,sij->js", posts, where_to[sectors])[:roc]
        for k, taking in enumerate(self._offered()):
            self._expect_offers(world, table, k, np.array(taking))
        self._count(world, table)

    def _expect_offers(self, world: World, table: BranchTable, k: int, sectors: NDArray[np.int64]) -> None:
        """Let firms of `sectors` take the offers due, and those that begin to work move their posts, bin by bin."""
        counts, region = world.firm_counts, world.region
        log_jobs = table.offset[:, sectors, None] + BIN_CENTRES
        rate = counts.units[:, sectors] * region.capital[:, None, None] * self._inclined(log_jobs)
        part = rate / max(rate.sum(), 1e-9)
        self._take(world, table, table.due[k] * part.sum(axis=(1, 2)), k)
        begin = table.begin[k] * part
        posts = self.share * (begin * np.exp(log_jobs)).sum(axis=2)
        world.flows.jobs_moved_by_offer[np.ix_(np.arange(region.n_zones), table.there, sectors)] += posts[:, None]
        counts.branches[np.ix_(table.there, sectors)] += begin.sum(axis=(0, 2))

    def _count(self, world: World, table: BranchTable) -> None:
        """Age the posts of offers, and open and close branches of the science park's firms, which are counted alone."""
        flows, stocks, region = world.flows, world.stocks, world.region
        moved = flows.jobs_moved_by_offer[: region.roc, : region.roc].sum(axis=2)
        posts = (1.0 - table.closing) * world.memory.offer_posts
        posts[-1] += posts[-2]
        posts[1:-1] = posts[:-2].copy()
        posts[0] = moved.sum(axis=0) - moved.sum(axis=1)
        world.memory.offers_at_work = table.work
        world.memory.offer_posts = posts
        came = flows.firms_branched[: region.roc, : region.roc].sum(axis=(0, 2)) * ~region.capital
        flows.park_branches_opened = self.park_share * came
        flows.park_branches_closed = self.park_closing / 4.0 * stocks.park_branches
        kept = (1.0 - self.park_closing / 4.0) * stocks.park_branches
        stocks.park_branches = kept + self.park_share * came


def offered_to(
    ids: NDArray[np.uint64], rate: NDArray[Any], offers: int, draws: Draws, stream: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the positions in `ids` of those who take `offers`, ascending, and how many each takes.

    An agent runs at the sum of the rates of the firms it stands for. Only where there are fewer agents than offers
    does one take several.
    """
    won = race(ids, rate, offers, draws, stream)
    order = np.argsort(won)
    return won[order], prizes(offers, len(won))[order]
