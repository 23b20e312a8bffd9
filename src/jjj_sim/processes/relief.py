"""Relief (疏解): Beijing's quotas close listed manufacturers and market sites, or move them out.

    taken     the Q_t smallest of  -ln(u_f) / iota_zone      exponential race over the list
    moves     with chance  chi_f = logistic(chi_0 + .5 ln(L_f / 20) + b_S S)         else closes
    goes to   argmax_j V_sj - kappa ln(1 + tau_ij / 60) + Gumbel_j    over Tianjin, Hebei, Xiong'an

The list is all of Beijing's manufacturing (sectors 1 and 2, weight 1) and a class of market sites. A larger
quota contains the smaller one's choice. Closures, moves and branches are three kinds of event, counted
apart: the published counts mix them. The quota is input, so that reproducing it is accounting, not skill.
chi_0, the share that moves, is decided by its prior alone: report jobs over its range. Sites that are
re-sited go to the named destinations in proportion to the merchants reported there (relief_events.csv).
Twin: each listed firm is taken with chance 1 - exp(-iota theta), theta such that the quota is met.
"""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY, N_SECTORS, N_ZONES, ROC
from jjj_sim.param import Path, param
from jjj_sim.processes.process import Process
from jjj_sim.state.book import Field
from jjj_sim.state.firms import BIN_CENTRES, SITE, to_bins
from jjj_sim.state.world import World

LISTED = (1, 2)
_BEIJING = GEOGRAPHY.in_region("beijing")
# Merchants reported at the named destinations (relief_events.csv): Mingzhu in Cangzhou, Shouheng in
# Gaobeidian, Gu'an.
RESITED_TO = {"cangzhou": 10_000.0, "baoding": 7_200.0, "langfang_rest": 4_000.0}
_LISTED = np.isin(np.arange(N_SECTORS), LISTED)
_SITES = 100


class ReliefTable(NamedTuple):
    """Whole quotas of the quarter, the race's rates by zone, V by sector and pair, and o by cell."""

    firms: int
    sites: int
    rate: NDArray[np.float64]
    value: NDArray[np.float64]
    offset: NDArray[np.float64]
    subsidy: float


class Relief(Process):
    """Close or move what Beijing lists; voluntary moves are in Relocation."""

    name = "relief"
    zh = "非首都功能疏解"
    flows: ClassVar[dict[str, Field]] = {
        "firms_closed_by_relief": Field(("zone", "sector"), "units", "listed units closed"),
        "firms_moved_by_relief": Field(("place", "place", "sector"), "units", "listed units moved from, to"),
        "jobs_moved_by_relief": Field(("place", "sector"), "persons", "net jobs that arrived with them"),
        "jobs_closed_by_relief": Field(("zone", "sector"), "persons", "jobs of listed units closed"),
        "sites_closed": Field(("zone",), "sites", "market sites closed or upgraded"),
        "sites_moved": Field(("place", "place"), "sites", "market sites re-sited from, to"),
    }
    stocks: ClassVar[dict[str, Field]] = {
        "relieved_manufacturing": Field(("zone",), "firms", "manufacturers closed or moved, since 2014"),
        "relieved_markets": Field(("zone",), "sites", "market sites closed, moved or upgraded, since 2014"),
    }

    core = param(2.0, unit="1", lo=0.1, hi=5, doc="Race's rate in the core, iota", source="[A]")
    inner = param(1.2, unit="1", lo=0.1, hi=5, doc="Race's rate in the inner districts", source="[A]")
    outer = param(0.8, unit="1", lo=0.1, hi=5, doc="Race's rate elsewhere in Beijing", source="[A]")
    moves = param(
        -0.4,
        unit="logit",
        lo=-2.5,
        hi=1.5,
        doc="chi_0: whether a listed firm of 20 jobs moves instead of closing",
        prior="logistic(chi_0) ~ Beta(4, 6), decides alone",
        source="[A]",
    )
    size = param(0.5, unit="1", lo=0, hi=1, doc="Growth of chi with log size", source="[A]")
    subsidy = param(5.0, unit="1 per yuan", lo=1, hi=10, doc="Growth of chi with the subsidy, b_S", source="[A]")
    distance = param(0.8, unit="utility", lo=0.3, hi=1.5, doc="Cost per log hour of the destination", source="[A]")
    resited = param(
        0.35,
        unit="share",
        lo=0,
        hi=1,
        doc="Market sites re-sited instead of closed",
        source="[D] 21,200 merchants reported at named destinations, 60 a site, over a thousand sites",
    )
    site_jobs = param(
        120.0,
        unit="jobs",
        lo=20,
        hi=500,
        doc="Jobs at a market site",
        source="[A] 60 merchants, two jobs each",
    )

    def table(self, world: World) -> ReliefTable:
        """Return this quarter's quotas and the pull of destinations."""
        t = world.tables
        rate = np.where(_BEIJING, self.outer, 0.0)
        rate[GEOGRAPHY.index("bj_core")] = self.core
        rate[GEOGRAPHY.index("bj_inner")] = self.inner
        value = t.location_value[:, None, :] - self.distance * np.log1p(t.minutes[:N_ZONES] / 60.0)
        value[:, :, np.append(_BEIJING, True)] = -np.inf
        offered = t.relocation_subsidy[t.relocation_subsidy > 0]
        return ReliefTable(
            quota(world.plan.levers["relief_manufacturing"].path, world.t),
            quota(world.plan.levers["relief_markets"].path, world.t),
            rate,
            value,
            t.firm_offset.copy(),
            float(offered.mean()) if offered.size else 0.0,
        )

    def chance(self, log_jobs: NDArray[Any], subsidy: float) -> NDArray[np.float64]:
        """Return chi, the chance that a listed firm of exp(log_jobs) jobs moves instead of closing."""
        pull = self.moves + self.size * (log_jobs - np.log(20.0)) + self.subsidy * subsidy
        return np.asarray(expit(pull))

    def sweep(self, world: World, table: ReliefTable, draws: Draws) -> None:
        """Take individual firms and sites until the quotas are met."""
        firms = world.firms
        gone = np.zeros(len(firms), dtype=bool)
        inside = _BEIJING[firms.zone]
        listed = np.flatnonzero(inside & (firms.flags == 0) & _LISTED[firms.sector])
        taken = race(listed, table.rate[firms.zone[listed]], firms.id, table.firms, draws)
        self._firms(world, table, draws, taken, gone)
        sites = np.flatnonzero(inside & (firms.flags == SITE))
        taken = race(sites, table.rate[firms.zone[sites]], firms.id, table.sites, draws)
        self._sites(world, draws, taken, gone)
        firms.keep(~gone)

    def _firms(
        self,
        world: World,
        table: ReliefTable,
        draws: Draws,
        taken: NDArray[np.int64],
        gone: NDArray[np.bool_],
    ) -> None:
        """Close or move the listed firms `taken`."""
        firms, flows = world.firms, world.flows
        i, s = firms.zone[taken].astype(np.int64), firms.sector[taken].astype(np.int64)
        ids = firms.id[taken]
        log_jobs = table.offset[i, s] + firms.x[taken]
        weight = firms.weight[taken].astype(np.float64)
        moving = draws.uniform(ids, 1) < self.chance(log_jobs, table.subsidy)
        j = np.argmax(table.value[s, i] + draws.gumbel(ids, ROC + 1, 8), axis=1)
        closed = ~moving
        np.add.at(flows.firms_closed_by_relief, (i[closed], s[closed]), weight[closed])
        np.add.at(flows.jobs_closed_by_relief, (i[closed], s[closed]), (weight * np.exp(log_jobs))[closed])
        gone[taken[closed]] = True
        np.add.at(flows.firms_moved_by_relief, (i[moving], j[moving], s[moving]), weight[moving])
        carried = (weight * np.exp(log_jobs))[moving]
        np.add.at(flows.jobs_moved_by_relief, (i[moving], s[moving]), -carried)
        np.add.at(flows.jobs_moved_by_relief, (j[moving], s[moving]), carried)
        firms.zone[taken[moving]] = j[moving]
        firms.x[taken[moving]] = log_jobs[moving] - table.offset[j[moving], s[moving]]
        if world.year >= 2014:
            world.stocks.relieved_manufacturing += np.bincount(i, weights=weight, minlength=N_ZONES)

    def _sites(self, world: World, draws: Draws, taken: NDArray[np.int64], gone: NDArray[np.bool_]) -> None:
        """Close or re-site the market sites `taken`."""
        firms, flows = world.firms, world.flows
        i, ids = firms.zone[taken].astype(np.int64), firms.id[taken]
        moving = draws.uniform(ids, _SITES) < self.resited
        zones, share = destinations_of_sites()
        j = zones[np.searchsorted(share.cumsum(), draws.uniform(ids, _SITES + 1)).clip(0, len(zones) - 1)]
        flows.sites_closed += np.bincount(i[~moving], minlength=N_ZONES)
        np.add.at(flows.sites_moved, (i[moving], j[moving]), 1.0)
        np.add.at(flows.jobs_moved_by_relief[:, 4], i[moving], -self.site_jobs)
        np.add.at(flows.jobs_moved_by_relief[:, 4], j[moving], self.site_jobs)
        gone[taken[~moving]] = True
        firms.zone[taken[moving]] = j[moving]
        if world.year >= 2014:
            world.stocks.relieved_markets += np.bincount(i, minlength=N_ZONES)

    def expect(self, world: World, table: ReliefTable) -> None:
        """Take expected firms and sites."""
        counts, flows = world.firm_counts, world.flows
        taken = taken_share(counts.units[:, LISTED].sum(axis=(1, 2)), table.rate, table.firms)
        joining = np.zeros_like(counts.units)
        pull = np.exp(table.value - table.value.max(axis=2, keepdims=True))
        where_to = pull / pull.sum(axis=2, keepdims=True)
        relieved = np.zeros(N_ZONES)
        for s in LISTED:
            out = counts.units[:, s] * taken[:, None]
            log_jobs = table.offset[:, s, None] + BIN_CENTRES
            moving = out * self.chance(log_jobs, table.subsidy)
            jobs = np.exp(log_jobs)
            flows.firms_closed_by_relief[:, s] += (out - moving).sum(axis=1)
            flows.jobs_closed_by_relief[:, s] += ((out - moving) * jobs).sum(axis=1)
            flow = moving[:, None, :] * where_to[s, :, :ROC, None]
            carried = (flow * jobs[:, None, :]).sum(axis=2)
            flows.firms_moved_by_relief[:ROC, :ROC, s] += flow.sum(axis=2)
            flows.jobs_moved_by_relief[:ROC, s] += carried.sum(axis=0) - carried.sum(axis=1)
            shift = (table.offset[:, None, s] - table.offset[None, :, s])[:, :, None]
            joining[:, s] += to_bins(flow, shift).sum(axis=0)
            counts.units[:, s] -= out
            relieved += out.sum(axis=1)
        counts.units[...] += joining
        sites = counts.sites * _BEIJING
        taken_sites = sites * taken_share(sites, table.rate, table.sites)
        zones, share = destinations_of_sites()
        resited = self.resited * taken_sites
        flows.sites_closed += taken_sites - resited
        flows.sites_moved[:ROC, zones] += resited[:, None] * share
        flows.jobs_moved_by_relief[:ROC, 4] -= self.site_jobs * resited
        flows.jobs_moved_by_relief[zones, 4] += self.site_jobs * resited.sum() * share
        counts.sites[...] -= taken_sites
        counts.sites[zones] += resited.sum() * share
        if world.year >= 2014:
            world.stocks.relieved_manufacturing += relieved
            world.stocks.relieved_markets += taken_sites


def quota(path: Path | None, t: int) -> int:
    """Return the whole number due in quarter `t`: the path's running sum, rounded, less the one before."""
    if path is None:
        return 0
    total = sum(path.at(q) for q in range(t))
    return int(np.rint(total + path.at(t)) - np.rint(total))


def race(
    listed: NDArray[np.int64], rate: NDArray[Any], ids: NDArray[np.uint64], quota_: int, draws: Draws
) -> NDArray[np.int64]:
    """Return the `quota_` winners of an exponential race, in the order of rows; ties by key."""
    n = min(quota_, len(listed))
    if n <= 0:
        return np.zeros(0, dtype=np.int64)
    clock = -np.log(draws.uniform(ids[listed], 0)) / rate
    return np.asarray(np.sort(listed[np.argpartition(clock, n - 1)[:n]]))


def taken_share(stock: NDArray[Any], rate: NDArray[Any], quota_: int) -> NDArray[np.float64]:
    """Return the chance by zone of being taken, 1 - exp(-iota theta), so that the quota is met."""
    listed = stock[rate > 0].sum()
    if quota_ <= 0 or listed <= 0:
        return np.zeros(N_ZONES)
    if quota_ >= listed:
        return (rate > 0).astype(float)
    theta = brentq(lambda x: float((stock * -np.expm1(-rate * x)).sum()) - quota_, 0.0, 1e3, xtol=1e-14)
    return np.asarray(-np.expm1(-rate * theta))


def destinations_of_sites() -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the zones that re-sited markets go to, and their shares."""
    zones = np.array([GEOGRAPHY.index(z) for z in RESITED_TO])
    merchants = np.array(list(RESITED_TO.values()))
    return zones, merchants / merchants.sum()
