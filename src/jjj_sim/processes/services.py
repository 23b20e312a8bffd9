"""Public services: spending builds capital, people share it, and the best next door is partly open.

    K' = (1 - delta) K + eff S / (4 p) + x + g              capital, bn yuan of 2013
    G  = k K / Pop^kappa Q,  Q = 1 + q n / Pop              k_z: index 1 is the region's mean at the opening
    A  = G + port max_j exp(-tau / 60) (G_j - G)+           what a resident can use, `service_access`
    g  = c max(0, target G_Beijing - G) Pop^kappa / (k Q)   in Xiong'an, paid by the centre

S service spending a year (education, social security and employment, health), p national price of services,
x the schools and hospitals of Xiong'an's investment, n top hospitals and campuses per million people, tau
minutes, port portability (跨省通办). Budgets are data to 2024; afterwards a zone's budget grows with its
nominal value added of four quarters. Transfers beyond those of the record add to it (Budgets).

Two choices. k_z holds Pop_2013^(kappa - 1), so that kappa is how a zone's own growth crowds it, and how a
map is cut into zones does not matter. Access is the gap to the best zone within reach, not the larger of
one's own index and a sum over neighbours: that never binds where the weights sum to one, and counts a city
cut into four zones four times where they do not.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.budgets import FIRST_BUDGET, LAST_BUDGET, service_prices, service_share, zone_spending
from jjj_sim.evidence.geography import GEOGRAPHY, N_ZONES, SECTOR_INDEX
from jjj_sim.evidence.tables import value
from jjj_sim.param import Path, param
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR, parse
from jjj_sim.state.world import World

F64 = NDArray[np.float64]

XIONGAN = GEOGRAPHY.index("xiongan")
BEIJING = GEOGRAPHY.in_region("beijing")
PUBLIC = SECTOR_INDEX["public_hq"]
_AREAS = ("beijing", "tianjin", "hebei_official")
# Services that a resident can use in another province: none when the strategy began, 1,053 at the end of
# 2024 (article), linear between, held after.
CROSS_PROVINCE_SERVICES = Path([parse("2014Q1"), parse("2024Q4")], [0.0, 1053.0])


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
        "stocks.service_capital",
        "opening.service_scale",
        "memory.budget",
        "memory.recent_output",
        "flows.service_spending",
        "flows.new_area_services_grant",
    )

    wear = param(0.015, unit="1/quarter", lo=0, hi=0.05, doc="Wear of service capital, delta")
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
    hebei_share = param(
        0.40,
        unit="share",
        lo=0.3,
        hi=0.5,
        doc="Services in Hebei's budget; Beijing's and Tianjin's follow from the published ratio",
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
        0.5, unit="share", lo=0, hi=1, doc="Portability when 1,053 services cross the provinces, end of 2024"
    )
    closing = param(0.5, unit="1/quarter", lo=0, hi=1, doc="Part of Xiong'an's gap closed in a quarter, c")

    def open(self, world: World) -> None:
        """Build the capital of 2010-2012, and scale the index to a mean of 1 over residents."""
        people = world.population
        invested = [self._invested(year, people) for year in range(FIRST_BUDGET, FIRST_YEAR)]
        capital = invested[0] / (self.wear + self.past_growth / 4.0)
        for flow in invested:
            for _ in range(4):
                capital = (1.0 - self.wear) * capital + flow
        world.stocks.service_capital = capital
        world.memory.budget = zone_spending(FIRST_YEAR, people)
        world.memory.recent_output = world.tables.value_added.sum(axis=1)
        world.opening.service_scale = people ** (self.crowding - 1.0)
        world.opening.service_scale /= np.average(self._index(world), weights=people)
        self._tell(world, self._spending(world, 0.0))

    def _invested(self, year: int, people: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return capital built in a quarter of a year before the opening, bn yuan of 2013."""
        spent = zone_spending(year, people) * service_share(year, self.hebei_share) / 4.0
        return np.asarray(self.lasting * spent / service_prices(year))

    def table(self, world: World, budgets: F64) -> F64:
        """Return what transfers beyond the recorded ones add to spending, as Budgets has it."""
        return budgets

    def act(self, world: World, table: Any = None) -> None:
        """Spend the quarter's budgets, close part of the new area's gap, and tell what people can use."""
        self._budget(world)
        price = float(world.tables.national_deflator[PUBLIC])
        spending = self._spending(world, table)
        spent = spending * self._share(world) / 4.0
        world.flows.service_spending += spent
        capital = world.stocks.service_capital
        capital *= 1.0 - self.wear
        capital += self.lasting * spent / price
        capital[XIONGAN] += world.tables.new_area_public_capital
        self._close_gap(world, price)
        self._tell(world, spending)

    def _budget(self, world: World) -> None:
        """Set the budget in force: published, then growing with the zone's nominal value added."""
        recent = world.memory.recent_output
        before = recent.sum(axis=0)
        recent[world.t % 4] = world.tables.va_nominal.sum(axis=1)
        if world.year <= LAST_BUDGET:
            world.memory.budget = zone_spending(world.year, world.population)
        else:
            world.memory.budget *= recent.sum(axis=0) / before

    @staticmethod
    def _spending(world: World, addition: F64 | float) -> F64:
        """Return spending at a yearly rate: the budget and what transfers beyond the recorded ones add to it."""
        return np.asarray(np.maximum(world.memory.budget + addition, 0.0))

    def _share(self, world: World) -> NDArray[np.float64]:
        """Return the share of services in the budget, by zone."""
        return service_share(world.year, self.hebei_share)

    def _close_gap(self, world: World, price: float) -> None:
        """Let the centre build part of what Xiong'an lacks to its target, a share of Beijing's index."""
        world.tables.services_works = 0.0
        target = float(world.policy.service_target[XIONGAN])
        people, index = world.population, self._index(world)
        gap = target * np.average(index[BEIJING], weights=people[BEIJING]) - index[XIONGAN]
        if gap <= 0.0:
            return
        built = self.closing * gap * world.stocks.service_capital[XIONGAN] / index[XIONGAN]
        world.stocks.service_capital[XIONGAN] += built
        paid = np.zeros(N_ZONES)
        paid[XIONGAN] = built * price
        world.flows.new_area_services_grant += paid[XIONGAN]
        world.tables.services_works = paid[XIONGAN]

    def _index(self, world: World) -> NDArray[np.float64]:
        """Return G by zone from the capital and people of now."""
        people, s = world.population, world.stocks
        per_head = world.opening.service_scale * s.service_capital / people**self.crowding
        return np.asarray(per_head * (1.0 + self.quality * self._named(world) / (people / 1e6)))

    def _named(self, world: World) -> NDArray[np.float64]:
        """Return top hospitals and campuses by zone: those of 2013 and the moves that have arrived.

        Those of 2013 are grade-3 hospitals per million residents of the province [L], alike in its zones. A
        move counts by its beds or students, as one where it gives neither.
        """
        number = _hospitals_per_million() * world.population / 1e6
        for move in world.policy.moves:
            if move.kind in ("university", "hospital") and move.moved(world.t):
                size = move.beds / self.hospital_beds + move.students / self.campus_students
                number[move.destination] += size or 1.0
        return np.asarray(number)

    def _tell(self, world: World, spending: F64) -> None:
        """Set the tables from the stocks and `spending` at a yearly rate."""
        t, people = world.tables, world.population
        t.service_index = self._index(world)
        t.portability = self.open_share * CROSS_PROVINCE_SERVICES.at(world.t) / CROSS_PROVINCE_SERVICES.values[-1]
        t.service_access = access(t.service_index, t.minutes[:N_ZONES, :N_ZONES], float(t.portability))
        t.budget_spending = spending / 4.0
        t.spending_per_head = spending * self._share(world) * 1e9 / people


def access(index: NDArray[np.float64], minutes: NDArray[np.float64], portability: float) -> NDArray[np.float64]:
    """Return what residents can use: their zone's index and the open part of the gap to the best in reach.

    `index` (n_zones,), `minutes` (n_zones, n_zones), `portability` in 0-1. Never below `index`; never lower
    for a higher `portability` or a shorter way.
    """
    gain = np.exp(-minutes / 60.0) * np.maximum(index[None, :] - index[:, None], 0.0)
    return np.asarray(index + portability * gain.max(axis=1))


@functools.cache
def _hospitals_per_million() -> NDArray[np.float64]:
    """Return grade-3 hospitals per million residents of 2013 by zone, its province's figure."""
    by_province = [value("region_series", "grade3_hospitals_per_million", a, 2013) for a in _AREAS]
    return np.asarray(np.array(by_province)[GEOGRAPHY.province[:N_ZONES]])
