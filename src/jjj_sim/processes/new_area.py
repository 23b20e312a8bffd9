"""The new area: investment becomes sites, dwellings, schools and hospitals, and draws people there.

    D  = c I / (4 p)                            building work of a quarter, bn yuan of 2013
    VA = local v D                              value added by the new area's firms; others do the rest
    B* = 4 v D 1e9 / w                          posts at the sites
    B' = B + a max(0, B* - B) - b max(0, B - B*)    builders present
    S_z = theta ln(1 + (rho B_z + J_z) / L_z)   settlement pull, added to the utility of living in zone z

I is the lever's money, bn yuan a year, p the price of building, v value added in output, w value added per builder and
year, rho the share of builders who count as residents, and L the labour force. J are posts and students of the named
moves that have taken place and posts that came with offers, times the share of households that followed:
`follow_first` in the first quarter, rising to `follow_last` after five years. The origin loses as much. Dwellings,
schools and hospitals are built with the same money, at stated shares.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.param import param
from jjj_sim.policy.events import Move
from jjj_sim.prior import Normal
from jjj_sim.processes.process import StockProcess
from jjj_sim.state.world import World

# Quarters after which no further household follows its post; the posts of offers are kept by age up to it.
_FOLLOWED = 20


class NewArea(StockProcess):
    """Build the new area, and tell how much building and named moves draw people to a zone."""

    name = "new_area"
    zh = "雄安新区建设"
    writes = (
        "tables.new_area_investment",
        "tables.new_area_construction",
        "tables.new_area_works",
        "tables.new_area_construction_jobs",
        "tables.new_area_resident",
        "tables.new_area_public_capital",
        "tables.new_area_housing",
        "tables.posts_drawn",
        "tables.settlement_pull",
        "memory.new_area_builders",
        "stocks.new_area_invested",
    )

    building = param(
        0.70,
        unit="share",
        lo=0.5,
        hi=0.9,
        doc="Building work in investment, c; the rest is land, equipment and fees",
        source="[R] building and installation in fixed investment",
    )
    local = param(
        0.15,
        unit="share",
        lo=0,
        hi=0.35,
        doc="Building work done by the new area's own firms",
        source="[A] model P16",
    )
    value_added = param(
        0.25,
        unit="share",
        lo=0.2,
        hi=0.4,
        doc="Value added in the output of construction, v",
        source="[R] national construction; the table's sector 3 has 0.37 with real estate",
    )
    productivity = param(
        168_000,
        unit="yuan of 2013 per builder and year",
        lo=60_000,
        hi=300_000,
        doc="Value added per builder, w",
        source="[D] Beijing 2020: 145.5 bn over 0.074 of 11.64 m employed, secondary prices 1.007 of 2013",
    )
    hiring = param(0.5, unit="1/quarter", lo=0.05, hi=1, doc="Part of missing builders that come, a")
    leaving = param(0.25, unit="1/quarter", lo=0.05, hi=1, doc="Chance that a builder no longer needed leaves, b")
    resident = param(0.5, unit="share", lo=0, hi=1, doc="Builders who count as residents, rho")
    pull = param(
        2.0,
        unit="utility",
        lo=0,
        hi=4,
        doc="Weight of posts relative to the labour force, theta: 1 / e, so that posts draw as many as they employ",
        prior=Normal(2.0, 0.7),
        source="[D] e, the elasticity of a zone's people in lasting utility, is .50 after ten years",
    )
    follow_first = param(0.35, unit="share", lo=0, hi=1, doc="Households that follow at once", source="[A]")
    follow_last = param(0.70, unit="share", lo=0, hi=1, doc="Households that follow in five years", source="[A]")
    services_share = param(0.025, unit="share", lo=0, hi=0.15, doc="Investment in schools and hospitals", source="[A]")
    housing_share = param(
        0.10,
        unit="share",
        lo=0,
        hi=0.3,
        doc="Investment in additional dwellings, net of the villages pulled down",
        source="[A] gross about twice as much",
    )
    dwelling_cost = param(
        7_000, unit="yuan of 2013 per m2", lo=3_000, hi=15_000, doc="Cost of a dwelling", source="[A]"
    )

    def open(self, world: World) -> None:
        """Set the tables of the opening; builders are as many as posts."""
        self._build(world)
        world.memory.new_area_builders = world.tables.new_area_construction_jobs
        self._draw(world)

    def act(self, world: World, table: Any = None) -> None:
        """Spend the quarter's investment; builders come or leave; renew the pull."""
        self._build(world)
        memory = world.memory
        posts = float(world.tables.new_area_construction_jobs)
        builders = float(memory.new_area_builders)
        memory.new_area_builders += (self.hiring if posts > builders else self.leaving) * (posts - builders)
        world.stocks.new_area_invested += world.tables.new_area_investment
        self._draw(world)

    def _build(self, world: World) -> None:
        """Set what the quarter's investment makes; nothing in a region without a new area."""
        tables = world.tables
        money = float(world.policy.new_area_investment) / 4.0 if self.region.new_area.any() else 0.0
        real = money / float(tables.construction_deflator)
        built = self.value_added * self.building * real
        tables.new_area_investment = money
        tables.new_area_construction = self.local * built
        tables.new_area_works = self.local * self.building * money
        tables.new_area_construction_jobs = 4.0 * built * 1e9 / self.productivity
        tables.new_area_resident = self.resident
        tables.new_area_public_capital = self.services_share * real
        tables.new_area_housing = self.housing_share * real * 1e9 / self.dwelling_cost

    def _draw(self, world: World) -> None:
        """Tell the posts drawn and the settlement pull by zone."""
        posts = self.named_posts(world) + self.following(np.arange(_FOLLOWED + 1)) @ world.memory.offer_posts
        posts[self.region.new_area] += self.resident * world.memory.new_area_builders
        world.tables.posts_drawn = np.maximum(posts / np.maximum(world.tables.labour_force, 1.0), -0.9)
        world.tables.settlement_pull = self.pull * np.log1p(world.tables.posts_drawn)

    def named_posts(self, world: World) -> NDArray[np.float64]:
        """Return posts and students that named moves have brought, net, with households that followed."""
        posts = np.zeros(self.region.n_zones)
        for move in world.policy.moves:
            came = self._followed(move, world.t)
            posts[move.destination] += came
            posts[move.origin] -= came
        return posts

    def _followed(self, move: Move, t: int) -> float:
        """Return the posts and students of a move whose households live at the destination by now."""
        if move.quarter is None or move.quarter > t:
            return 0.0
        return (move.jobs + move.students) * float(self.following(t - move.quarter))

    def following(self, age: Any) -> NDArray[np.float64]:
        """Return the share of households that live where their post went `age` quarters ago."""
        return np.asarray(np.interp(age, [0, _FOLLOWED], [self.follow_first, self.follow_last]))
