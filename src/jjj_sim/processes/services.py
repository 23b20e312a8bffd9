"""Public services: spending builds capital, people share it, and the best next door is partly open.

    K' = (1 - delta) K + eff S / (4 p) + x + g              capital, bn yuan of 2013
    G  = k K / (Pop + U)^kappa Q,  Q = 1 + q n / Pop        k_z: index 1 is the region's mean at the opening
    A  = G + max_j port_j exp(-tau / 60) (G_j - G)+         what a resident can use, `service_access`
    port = min(1, open_share items / n0)                    across a border; inside a province as published
    U_j = sum_i Pop_i (A_i - published A_i) / G_j           users beyond the record, at the best zone in reach
    g  = c max(0, target G_capital - G) K / G               in the new area, paid by the centre

S is service spending a year (education, social security and employment, health), p the nation's price of
services, x the schools and hospitals of the new area's investment, n top hospitals and campuses per million
people, tau minutes, and items the services that cross a border (跨省通办). Opening services makes none: what users from
another province gain the host's residents lack, until what is settled has built more (see Budgets). U are users of the
last quarter, worth a resident each; all zones that share the host's budget serve them, by residents, and G_j is their
mean. The standard of the capital is what it has without users from elsewhere. A province's budgets are data; of a
zone's, what its output of the year before differs from history's counts with the exponent `response`. After the last
published year a zone's budget grows with its nominal value added of four quarters. Transfers beyond the recorded ones
add to it.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.param import param
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.state.past import Past
from jjj_sim.state.world import World

F64 = NDArray[np.float64]


class Services(StockProcess):
    """Public services by zone: their capital, index and reach. Who moves for them lives in migration."""

    name = "services"
    zh = "公共服务"
    after = ("budgets",)
    writes = (
        "tables.service_index",
        "tables.service_access",
        "tables.spending_per_head",
        "tables.budget_spending",
        "tables.services_works",
        "tables.portability",
        "tables.guests",
        "stocks.service_capital",
        "opening.service_scale",
        "opening.past_output",
        "memory.budget",
        "memory.recent_output",
        "memory.last_output",
        "flows.services_built",
        "flows.services_worn",
        "flows.service_spending",
        "flows.new_area_services_grant",
    )

    wear = param(
        0.015,
        unit="1/quarter",
        lo=0.005,
        hi=0.05,
        doc="Wear of service capital, delta; buildings last fifty years at most",
    )
    lasting = param(
        1.0,
        unit="1",
        lo=0.1,
        hi=1,
        doc="Capital made by a yuan of service spending, eff (all experience counts)",
    )
    crowding = param(
        0.9, unit="1", lo=0.7, hi=1, doc="Rivalry: 1 where every resident takes a share, kappa", source="[A]"
    )
    quality = param(
        0.02,
        unit="1 per item per million residents",
        lo=0,
        hi=0.1,
        doc="Gain of the index by a top hospital or campus, q",
    )
    hospital_beds = param(
        1_000, unit="beds", lo=200, hi=3_000, doc="Beds of a named move that count as one top hospital"
    )
    campus_students = param(
        30_000, unit="students", lo=5_000, hi=60_000, doc="Students of a named move that count as one campus"
    )
    reference_share = param(
        0.40,
        unit="share",
        lo=0.3,
        hi=0.5,
        doc="Services in the hinterland's budget; other provinces' follow from the published ratio",
        source="[R] functional budgets of the yearbooks",
    )
    past_growth = param(
        0.10,
        unit="1/year",
        lo=0,
        hi=0.2,
        doc="Real growth of spending before 2010, opens the capital",
        source="[A] between growth of GDP and of the budgets of 2010-2013",
    )
    open_share = param(
        0.5,
        unit="share",
        lo=0,
        hi=1,
        doc="Portability when as many services cross the provinces as the record ends with",
    )
    recorded = param(
        1053,
        unit="items",
        lo=100,
        hi=3000,
        doc="Services that cross the provinces where `open_share` is open, n0",
        source="[L] founding article: end of 2024",
    )
    response = param(
        0.7,
        unit="1",
        lo=0,
        hi=1,
        doc="Elasticity of a zone's part of the published budgets to its output over history's",
        source="[A] local taxes follow output, grants do not",
    )
    closing = param(0.5, unit="1/quarter", lo=0, hi=1, doc="Part of the new area's gap closed in a quarter, c")

    def open(self, world: World) -> None:
        """Build the capital of the years before, and scale the index to a mean of 1 over residents."""
        people, opening = world.population, world.opening
        invested = [self._invested(world, year) for year in range(world.data.budgets.spending.first, FIRST_YEAR)]
        capital = invested[0] / (self.wear + self.past_growth / 4.0)
        for flow in invested:
            for _ in range(4):
                capital = (1.0 - self.wear) * capital + flow
        world.stocks.service_capital = capital
        world.memory.budget = self._published(world, FIRST_YEAR)
        world.memory.recent_output = world.tables.value_added.sum(axis=1)
        opening.service_scale = people ** (self.crowding - 1.0)
        opening.service_scale /= np.average(self._index(world), weights=people)
        self._tell(world, self._spending(world, 0.0))

    def recall(self, world: World, past: Past) -> None:
        """Take over what each zone made in the years of the account."""
        world.opening.past_output = past.output

    def _invested(self, world: World, year: int) -> F64:
        """Return capital built in a quarter of a year before the opening, bn yuan of 2013."""
        spent = self._published(world, year) * self._share(world, year) / 4.0
        return np.asarray(self.lasting * spent / world.data.budgets.service_prices.of(year))

    def _published(self, world: World, year: int) -> F64:
        """Return published spending by zone: what is spent for several zones together is spent alike on residents."""
        unit, people = self._unit, world.population
        by_unit = world.data.budgets.spending.of(year)
        return np.asarray((by_unit / np.bincount(unit, weights=people, minlength=len(by_unit)))[unit] * people)

    @functools.cached_property
    def _unit(self) -> NDArray[np.int64]:
        """Who publishes the budget of a zone, shape (n_zones,)."""
        return self.region.groups["budget_unit"][1]

    def table(self, world: World, budgets: F64) -> F64:
        """Return what transfers beyond the recorded ones add to spending, as Budgets has it."""
        return budgets

    def act(self, world: World, table: Any = None) -> None:
        """Spend the quarter's budgets, close part of the new area's gap, and tell what people can use."""
        flows, capital = world.flows, world.stocks.service_capital
        self._budget(world)
        price = float(world.tables.national_deflator[self.region.sector("public_hq")])
        spending = self._spending(world, table)
        spent = spending * self._share(world, world.year) / 4.0
        flows.service_spending += spent
        flows.services_worn += self.wear * capital
        capital *= 1.0 - self.wear
        self._build(world, self.lasting * spent / price)
        new = self.region.new_area
        self._build(world, np.where(new, float(world.tables.new_area_public_capital) / max(new.sum(), 1), 0.0))
        self._close_gap(world, price)
        self._tell(world, spending)

    @staticmethod
    def _build(world: World, built: F64) -> None:
        """Add `built` by zone to the capital."""
        world.stocks.service_capital += built
        world.flows.services_built += built

    def _budget(self, world: World) -> None:
        """Set the budget in force: published, then growing with the zone's nominal value added."""
        memory = world.memory
        before = memory.recent_output.sum(axis=0)
        if world.year <= world.data.budgets.spending.last:
            memory.budget = self._published(world, world.year)
            if world.year > FIRST_YEAR and (then := world.opening.past_output[world.year - FIRST_YEAR - 1]).all():
                self._follow(world, memory.last_output / then)
        memory.recent_output[world.t % 4] = world.tables.va_nominal.sum(axis=1)
        if world.t % 4 == 3:
            memory.last_output = memory.recent_output.sum(axis=0)
        if world.year > world.data.budgets.spending.last:
            memory.budget *= memory.recent_output.sum(axis=0) / before

    def _follow(self, world: World, apart: F64) -> None:
        """Shift budgets inside each province to the zones whose output is `apart` from history's, (n_zones,)."""
        budget, n = world.memory.budget, world.region.n_zones
        same = world.region.same_province[:n, :n].astype(np.float64)
        shifted = budget * apart**self.response
        world.memory.budget = shifted * (same @ budget) / (same @ shifted)

    @staticmethod
    def _spending(world: World, addition: F64 | float) -> F64:
        """Return spending at a yearly rate: the budget and what transfers beyond the recorded ones add to it."""
        return np.asarray(np.maximum(world.memory.budget + addition, 0.0))

    def _share(self, world: World, year: int) -> F64:
        """Return the share of services in the budget, by zone."""
        relative = world.data.budgets.service_share.at(year)
        return np.asarray(self.reference_share * relative[self.region.inner_province])

    def _close_gap(self, world: World, price: float) -> None:
        """Let the centre build part of what the new area lacks to its target, a share of the capital's index."""
        capital, new = self.region.capital, self.region.new_area
        world.tables.services_works = 0.0
        if not (capital.any() and new.any()):
            return
        people, index = world.population, self._index(world)
        own = index * ((people + world.tables.guests.sum(axis=0)) / people) ** self.crowding
        target = world.policy.service_target * np.average(own[capital], weights=people[capital])
        gap = np.where(new, np.maximum(target - index, 0.0), 0.0)
        built = self.closing * gap * world.stocks.service_capital / index
        self._build(world, built)
        paid = float((built * price).sum())
        world.flows.new_area_services_grant += paid
        world.tables.services_works = paid

    def _index(self, world: World) -> F64:
        """Return G by zone from the capital, people and users of now."""
        people = world.population
        users = people + world.tables.guests.sum(axis=0)
        per_head = world.opening.service_scale * world.stocks.service_capital / users**self.crowding
        return np.asarray(per_head * (1.0 + self.quality * self._named(world) / (people / 1e6)))

    def _named(self, world: World) -> F64:
        """Return top hospitals and campuses by zone: those of the opening and the moves that have arrived.

        Those of the opening are grade-3 hospitals per million residents of the province, alike in its zones. A
        move counts by its beds or students, as one where it gives neither.
        """
        number = world.data.budgets.hospitals[self.region.inner_province] * world.population / 1e6
        for move in world.policy.moves:
            if move.kind in ("university", "hospital") and move.moved(world.t):
                size = move.beds / self.hospital_beds + move.students / self.campus_students
                number[move.destination] += size or 1.0
        return np.asarray(number)

    def _open(self, items: float) -> float:
        """Return the part of services that is open when so many `items` cross the provinces."""
        return float(min(self.open_share * items / self.recorded, 1.0))

    def _served(self, world: World, gained: F64) -> F64:
        """Return users, from, to, for what residents gained at a host: of all zones that share its budget."""
        people, unit = world.population, self._unit
        worth = np.bincount(unit, weights=people * world.tables.service_index)[unit]
        return np.asarray((people[:, None] * gained) @ (unit[:, None] == unit) * people / worth)

    def _tell(self, world: World, spending: F64) -> None:
        """Set the tables from the stocks and `spending` at a yearly rate."""
        t, n_zones, policy = world.tables, self.region.n_zones, world.policy
        index = self._index(world)
        minutes = t.minutes[:n_zones, :n_zones]
        t.service_index, t.portability = index, self._open(float(policy.portable_services))
        published = self._open(float(policy.portable_services_as_published))
        same = self.region.same_province[:n_zones, :n_zones]
        portability = np.where(same, published, float(t.portability))
        t.service_access = access(index, minutes, portability)
        t.guests = self._served(world, gains(index, minutes, portability, published))
        t.budget_spending = spending / 4.0
        t.spending_per_head = spending * self._share(world, world.year) * 1e9 / world.population


def access(index: F64, minutes: F64, portability: F64 | float) -> F64:
    """Return what residents can use: their zone's index and the open part of the gap to the best in reach.

    `index` (n_zones,), `minutes` (n_zones, n_zones), `portability` in 0-1, one or by pair. Never below `index`; never
    lower for a higher `portability` or a shorter way.
    """
    return np.asarray(index + _within_reach(index, minutes, portability).max(axis=1))


def gains(index: F64, minutes: F64, portability: F64, record: float) -> F64:
    """Return what a resident gains beyond the record, and where, from, to, (n_zones, n_zones).

    More is gained at the best in reach; less than what was gained, under the portability of the `record`, at the best
    then.
    """
    now, then = (_within_reach(index, minutes, p) for p in (portability, record))
    more, zones = now.max(axis=1) - then.max(axis=1), np.arange(len(index))
    found = np.zeros_like(now)
    found[zones, np.where(more < 0.0, then.argmax(axis=1), now.argmax(axis=1))] = more
    return found


def _within_reach(index: F64, minutes: F64, portability: F64 | float) -> F64:
    """Return the open part of the gap to every other zone, weighted by how near it is, (n_zones, n_zones)."""
    return np.asarray(portability * (np.exp(-minutes / 60.0) * np.maximum(index[None, :] - index[:, None], 0.0)))
