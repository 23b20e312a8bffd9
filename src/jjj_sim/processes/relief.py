"""Relief (疏解): the capital's quotas close listed manufacturers and market sites, or move them out.

    taken     the Q_t smallest of  -ln(u_f) / rate_f,  rate_f = iota_zone (L_f / 20)^-eta     race over the list
    moves     with chance  chi_f = logistic(chi_0 + .5 ln(L_f / 20) + g_si)                   else closes
    goes to   the nested draw of laws.choice over the region's other provinces and the rest of China
    brings    its jobs, its equipment, and a part rho of what its technique and pay are above those where it goes

The list is the capital's general manufacturing (sector 1, weight 1), high technology is exempt, and a class of market
sites; small units go first, and a larger quota contains the smaller one's choice. g_si is what subsidies add to the
expected best utility of moving. Market sites are re-sited at the destinations that the lever names, in whole sites; the
rest close or are upgraded in place, and their jobs end. Closures, moves and branches are counted apart. Those told to
go are the weaker; who goes freely brings all of its technique. Where the list is shorter than the quota, all of it goes
and no more is counted. Twin: each is taken with chance 1 - exp(-rate theta), theta such that the quota is met.
Lagakos, Waugh 2013 (selection).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from jjj_sim import quarters
from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choose, inclusive_value, outside_probabilities
from jjj_sim.laws.race import race, taken_share
from jjj_sim.param import param
from jjj_sim.prior import LogisticBeta, Triangular, Uniform
from jjj_sim.processes.firm_location import arrivals, carry, jobs_of, subsidy_due
from jjj_sim.processes.process import Process
from jjj_sim.processes.relocation_table import RelocationTable
from jjj_sim.state.firms import BIN_CENTRES, BIN_WIDTH, SITE, Firms, join_bins
from jjj_sim.state.world import World

SINCE = quarters.parse("2014Q1")
# Numbers of the draws; those of the choice of place are in laws.choice.
_U_RACE, _U_MOVES, _U_SITE = 0, 1, 2
_LOG_20 = np.log(20.0)


class ReliefTable(NamedTuple):
    """Whole quotas of the quarter; `value` V of leaving the capital (n_sectors, n_zones, n_places), `gain` what
    subsidies add to its best (n_sectors, n_zones), `nested` lambda; `offset` o by cell; `resited` whole sites
    that the named destinations take (n_zones,); `large` jobs from which a firm shares its taxes (n_zones, n_sectors).
    """

    firms: int
    sites: int
    value: NDArray[np.float64]
    gain: NDArray[np.float64]
    nested: float
    offset: NDArray[np.float64]
    resited: NDArray[np.int64]
    large: NDArray[np.float64]


class Relief(Process):
    """Close or move what the capital lists; voluntary moves are in Relocation."""

    name = "relief"
    zh = "非首都功能疏解"
    after = ("relocation", "tax_sharing")
    changes = ("firms",)
    writes = (
        "flows.firms_closed_by_relief",
        "flows.firms_moved_by_relief",
        "flows.jobs_moved_by_relief",
        "flows.jobs_closed_by_relief",
        "flows.jobs_without_technique",
        "flows.taxed_jobs_moved",
        "flows.relief_subsidies_paid",
        "flows.sites_closed",
        "flows.sites_moved",
        "stocks.relieved_manufacturing",
        "stocks.relieved_markets",
        "memory.jobs_freed",
    )

    rate = param(
        unit="1",
        lo=0,
        hi=5,
        doc="Rate of the race of 20 jobs, iota; none runs where it is zero",
        by="zone",
        merge="mean by output.value_added_2013 of listed",
    )
    small = param(
        0.5,
        unit="1",
        lo=0,
        hi=1,
        doc="Fall of the race's rate with log jobs, eta: small units go first",
        prior=Triangular(0.0, 0.5, 1.0),
        decides_alone=True,
        source="[A] the campaigns name small, scattered and polluting workshops; what sizes went is not published",
    )
    moves = param(
        -0.4,
        unit="logit",
        lo=-2.5,
        hi=1.5,
        doc="chi_0: whether a listed firm of 20 jobs moves instead of closing",
        prior=LogisticBeta(4.0, 6.0),
        decides_alone=True,
        source="[A]",
    )
    size = param(0.5, unit="1", lo=0, hi=1, doc="Growth of chi with log size", source="[A]")
    technique = param(
        0.5,
        unit="share",
        lo=0,
        hi=1,
        doc="Part of technique carried by those told to go, rho",
        prior=Uniform(0.0, 1.0),
        decides_alone=True,
        source="[A] the weaker of their sector are told to go, as in Lagakos, Waugh 2013: none to all",
    )
    site_jobs = param(
        95.0,
        unit="jobs",
        lo=20,
        hi=500,
        doc="Jobs at a market site",
        source="[D] 60 merchants [A], 7,000 people at the 4,426 stalls of Dahongmen's morning market",
    )

    def table(self, world: World, relocation: RelocationTable, tax_sharing: NDArray[np.float64]) -> ReliefTable:
        """Return this quarter's quotas and the pull of destinations."""
        policy, region = world.policy, world.region
        value = relocation.arriving.copy()
        value[:, :, : region.n_zones][:, :, region.capital] = -np.inf
        nested = relocation.dissimilarity
        return ReliefTable(
            firms=int(policy.relief_firms),
            sites=int(policy.relief_sites),
            value=value,
            gain=inclusive_value(value, nested) - inclusive_value(value - relocation.subsidy, nested),
            nested=nested,
            offset=world.tables.firm_offset.copy(),
            resited=policy.resited.astype(np.int64),
            large=tax_sharing,
        )

    def chance(self, log_jobs: NDArray[Any], gain: NDArray[Any]) -> NDArray[np.float64]:
        """Return chi, the chance that a listed firm of exp(log_jobs) jobs moves instead of closing."""
        return np.asarray(expit(self.moves + self.size * (log_jobs - _LOG_20) + gain))

    def pace(self, rate: NDArray[Any], log_jobs: NDArray[Any]) -> NDArray[np.float64]:
        """Return the rate at which a firm of exp(log_jobs) jobs runs in a zone of `rate`."""
        return np.asarray(rate * np.exp(-self.small * (log_jobs - _LOG_20)))

    def sweep(self, world: World, table: ReliefTable, draws: Draws) -> None:
        """Take individual firms and sites until the quotas are met."""
        firms = world.firms
        gone = np.zeros(len(firms), dtype=bool)
        region = world.region
        listed = firms.rows(region.cells(region.capital, region.sector_roles["listed"]))
        listed = listed[firms.weight[listed] == 1]  # a heavier one moved in after its birth and is not listed
        zone = firms.zone[listed]
        pace = self.pace(self.rate[zone], table.offset[zone, firms.sector[listed]] + firms.x[listed])
        taken = first_of(listed, firms, pace, table.firms, draws)
        self._firms(world, table, draws, taken, gone)
        sites = firms.rows(region.cells(region.capital, region.sector_roles["markets"]), SITE)
        taken = first_of(sites, firms, self.rate[firms.zone[sites]], table.sites, draws)
        self._sites(world, table, draws, taken, gone)
        self._leave(world)
        firms.keep(~gone)

    def _firms(
        self,
        world: World,
        table: ReliefTable,
        draws: Draws,
        taken: NDArray[np.int64],
        gone: NDArray[np.bool_],
    ) -> None:
        """Close or move the listed firms `taken`; marks the rows that leave the table in `gone`."""
        firms, flows = world.firms, world.flows
        i, s, ids = firms.zone[taken].astype(np.int64), firms.sector[taken].astype(np.int64), firms.id[taken]
        log_jobs = table.offset[i, s] + firms.x[taken]
        weight = firms.weight[taken].astype(np.float64)
        jobs = jobs_of(weight, log_jobs)
        large = np.exp(log_jobs) >= table.large[i, s]
        moves = draws.uniform(ids, _U_MOVES) < self.chance(log_jobs, table.gain[s, i])
        region, roc = world.region, world.region.roc
        j = np.where(moves, choose(table.value[s, i], i, ids, draws, table.nested, region.province), i)
        closed = ~moves
        np.add.at(flows.firms_closed_by_relief, (i[closed], s[closed]), weight[closed])
        np.add.at(flows.jobs_closed_by_relief, (i[closed], s[closed]), jobs[closed])
        np.add.at(flows.firms_moved_by_relief, (i[moves], j[moves], s[moves]), weight[moves])
        carry(flows.jobs_moved_by_relief, i[moves], j[moves], s[moves], jobs[moves])
        large &= moves & (j != roc)
        np.add.at(flows.taxed_jobs_moved, (i[large], j[large], s[large]), jobs[large])
        self._owe(world, arrivals(j[moves], s[moves], jobs[moves], world.tables.jobs.shape))
        gone[taken[closed | (j == roc)]] = True
        stays = moves & (j != roc)
        firms.zone[taken[stays]] = j[stays]
        firms.x[taken[stays]] = log_jobs[stays] - table.offset[j[stays], s[stays]]
        self._count(world, np.bincount(i, weights=weight, minlength=region.n_zones), np.zeros(region.n_zones))

    def _sites(
        self,
        world: World,
        table: ReliefTable,
        draws: Draws,
        taken: NDArray[np.int64],
        gone: NDArray[np.bool_],
    ) -> None:
        """Close or re-site the market sites `taken`."""
        firms, flows, n_zones = world.firms, world.flows, world.region.n_zones
        (trade,) = world.region.sector_roles["markets"]
        order = taken[np.lexsort((firms.id[taken], draws.uniform(firms.id[taken], _U_SITE)))]
        j = np.repeat(np.arange(n_zones), table.resited)[: len(order)]
        moved, closed = order[: len(j)], order[len(j) :]
        i = firms.zone[moved].astype(np.int64)
        flows.sites_closed += np.bincount(firms.zone[closed], minlength=n_zones)
        flows.jobs_closed_by_relief[:, trade] += self.site_jobs * np.bincount(firms.zone[closed], minlength=n_zones)
        np.add.at(flows.sites_moved, (i, j), 1.0)
        carry(flows.jobs_moved_by_relief, i, j, np.full(len(j), trade), np.full(len(j), self.site_jobs))
        self._count(world, np.zeros(n_zones), np.bincount(firms.zone[taken], minlength=n_zones))
        gone[closed] = True
        firms.zone[moved] = j

    def expect(self, world: World, table: ReliefTable) -> None:
        """Take expected firms and sites."""
        counts, flows, roc = world.firm_counts, world.flows, world.region.roc
        listed = world.region.sector_roles["listed"]
        size = table.offset[:, listed, None] + BIN_CENTRES
        taken = taken_share(counts.units[:, listed], self.pace(self.rate[:, None, None], size), table.firms)
        where_to = outside_probabilities(table.value, table.nested)
        joining = np.zeros_like(counts.units)
        arrived = np.zeros(world.tables.jobs.shape)
        relieved = np.zeros(len(arrived))
        for k, s in enumerate(listed):
            out, log_jobs = counts.units[:, s] * taken[:, k], size[:, k]
            moves = out * self.chance(log_jobs, table.gain[s, :, None])
            taxed = moves * share_above(log_jobs, table.large[:, s, None])
            jobs = np.exp(log_jobs)
            flows.firms_closed_by_relief[:, s] += (out - moves).sum(axis=1)
            flows.jobs_closed_by_relief[:, s] += ((out - moves) * jobs).sum(axis=1)
            flow = moves[:, None, :] * where_to[s, :, :, None]
            carried = (flow * jobs[:, None, :]).sum(axis=2)
            flows.firms_moved_by_relief[:roc, :, s] += flow.sum(axis=2)
            flows.jobs_moved_by_relief[:roc, :, s] += carried
            arrived[:, s] += carried[:, :roc].sum(axis=0)
            flows.taxed_jobs_moved[:, :, s] += (taxed * jobs).sum(axis=1)[:, None] * where_to[s][:, :roc]
            joining[:, s] += join_bins(flow[:, :roc], table.offset[:, None, s] - table.offset[None, :, s])
            counts.units[:, s] -= out
            relieved += out.sum(axis=1)
        counts.units[...] += joining
        self._owe(world, arrived)
        self._count(world, relieved, self._expect_sites(world, table))
        self._leave(world)

    def _expect_sites(self, world: World, table: ReliefTable) -> NDArray[np.float64]:
        """Close or re-site expected sites; return those taken by zone."""
        counts, flows, roc = world.firm_counts, world.flows, world.region.roc
        (trade,) = world.region.sector_roles["markets"]
        sites = counts.sites * world.region.capital
        taken = sites * taken_share(sites, self.rate, table.sites)
        from_zone = taken / max(taken.sum(), 1e-9)
        moved = table.resited * min(1.0, taken.sum() / max(table.resited.sum(), 1e-9))
        closed = taken - from_zone * moved.sum()
        flows.sites_closed += closed
        flows.jobs_closed_by_relief[:, trade] += self.site_jobs * closed
        between = np.outer(from_zone, moved)
        flows.sites_moved[:roc, :roc] += between
        flows.jobs_moved_by_relief[:roc, :roc, trade] += self.site_jobs * between * ~np.eye(roc, dtype=bool)
        counts.sites[...] += moved - taken
        return np.asarray(taken)

    def _count(self, world: World, firms: NDArray[Any], sites: NDArray[Any]) -> None:
        """Add to the cumulative counts, which begin in 2014."""
        if world.t >= SINCE:
            world.stocks.relieved_manufacturing += firms
            world.stocks.relieved_markets += sites

    def _leave(self, world: World) -> None:
        """Enter the jobs that moved, in the part of their technique that they do not bring, and the floor they left."""
        f, n = world.flows, world.region.n_zones
        f.jobs_without_technique += (1.0 - self.technique) * f.jobs_moved_by_relief
        world.memory.jobs_freed = f.jobs_closed_by_relief.sum(axis=1) + f.jobs_moved_by_relief[:n].sum(axis=(1, 2))

    def _owe(self, world: World, arrived: NDArray[np.float64]) -> None:
        """Enter the relocation subsidy that the receiving zones owe on the jobs that arrived."""
        world.flows.relief_subsidies_paid += subsidy_due(world, arrived)


def first_of(
    listed: NDArray[np.int64], firms: Firms, rate: NDArray[Any], quota: int, draws: Draws
) -> NDArray[np.int64]:
    """Return the rows of `listed` that win the race, in the order of rows; `rate` by those listed."""
    won = race(firms.id[listed], rate, quota, draws, _U_RACE)
    return np.asarray(np.sort(listed[won]))


def share_above(log_jobs: NDArray[Any], bound: NDArray[Any]) -> NDArray[np.float64]:
    """Return the share of a size bin's firms with `bound` jobs or more, firms even over its log width.

    `log_jobs` is the bin's centre; broadcast. An infinite `bound` gives zero.
    """
    return np.asarray(np.clip((log_jobs - np.log(bound)) / BIN_WIDTH + 0.5, 0.0, 1.0))
