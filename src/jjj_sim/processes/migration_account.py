"""What the account of people asks beyond the drivers: a pull by zone and year, found while history is lived once.

    xi_zy      in_z - out_z = net_zy          at the people, pay, homes and air of January, under the year's policy
    net_zy     sums over a province to its account of the year and what earlier years still owe; to the next census
               (census_z - N_z) / years left - natural increase, the rest in proportion to N_z
    xi_zy    = xi_ry + rest_z + (found_z - rest_z) exp(-(y - census) / tau)           in the years after that census
    xi_ry      of the last `account_years` of the account, on average, when it ends

found_z is what the years to the census had beyond their province, and rest_z what gives every zone its province's net
flow in proportion to those who reconsider, posts brought by policy left out: what drew people to a zone for ten years
is not for ever, and one count alone tells how long it lasts. A zone that was not counted alike has its province's pull.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jjj_sim.policy.published import published
from jjj_sim.processes.migration_inversion import Flows, invert_year
from jjj_sim.quarters import FIRST_YEAR

if TYPE_CHECKING:
    from jjj_sim.processes.migration import Migration
    from jjj_sim.state.world import World

F64 = NDArray[np.float64]


class Account:
    """The account of one region, revealed year by year to a twin that lives its history."""

    def __init__(self, migration: Migration, world: World) -> None:
        region, known = world.region, world.data.people
        self._migration, self._known = migration, known
        self._member = (region.inner_province[:, None] == np.arange(region.n_provinces)).astype(np.float64)
        self._count = known.next_census if known.knows("next_census") else np.zeros(region.n_zones)
        self._counted = int(np.ceil(float(known.census_time)))
        self.pulls = np.zeros_like(world.opening.zone_pull)
        self._by_province = np.zeros((known.net_migration.last + 1 - FIRST_YEAR, region.n_provinces))
        self._owed = np.zeros(region.n_provinces)
        self._natural: F64 = np.zeros(region.n_zones)
        self._beyond = self._rest = np.zeros(region.n_zones)

    @property
    def last(self) -> int:
        """The last year of the account."""
        return self._known.net_migration.last

    def reveal(self, world: World) -> None:
        """Find the pulls of the year that opens, and let the world have them."""
        year, inside = world.year, self._member
        net = self._known.net_migration.of(year) + self._owed
        flows, base = self._state(world)
        if self._count.any() and year < self._counted:
            found = self._solve(flows, base, self._to_census(world, net), np.eye(len(inside)))
            weight = inside * world.population[:, None]
            level = found @ weight / weight.sum(axis=0)
        else:
            if self._count.any() and year == self._counted:
                self._settle(world, flows, base, net)
            level = self._solve(flows, self._moved(base, self._apart(year)), net, inside)
            found = inside @ level + self._apart(year)
        self._by_province[year - FIRST_YEAR] = level
        self.pulls[year - FIRST_YEAR] = world.opening.zone_pull[year - FIRST_YEAR] = found
        self._owed, self._natural = net, np.zeros_like(self._natural)

    def record(self, world: World) -> None:
        """Take down who came and who went in the quarter that closes, who was born and who died."""
        moves, n = world.flows.moves, world.region.n_zones
        self._owed = self._owed - (moves[:, :n].sum(axis=0) - moves[:n].sum(axis=1)) @ self._member
        self._natural = self._natural + world.flows.births - world.flows.deaths

    def finish(self) -> F64:
        """Return the pulls of all years, (n_years, n_zones), those that nobody has counted yet among them."""
        later = self._by_province[-round(self._migration.account_years) :].mean(axis=0)
        for year in range(self.last + 1, FIRST_YEAR + len(self.pulls)):
            self.pulls[year - FIRST_YEAR] = self._member @ later + self._apart(year)
        return self.pulls

    def _state(self, world: World) -> tuple[Flows, F64]:
        """Return who reconsiders, and V under the year's policy as published, without a pull of the year."""
        span = (world.t, world.t + 3)
        base = self._migration.value(world, published(world.plan, *span), world.year)
        return self._migration.flows(world, world.year + 0.5), base

    def _to_census(self, world: World, net: F64) -> F64:
        """Return net flows by zone that lead to the next census and sum to `net` by province."""
        people, inside = world.population, self._member
        natural = self._natural if world.t else self._crude(world)
        left = max(self._counted - world.year, 1)
        wanted = np.where(self._count > 0.0, (self._count - people) / left - natural, 0.0)
        share = inside * people[:, None] / (inside.T @ people)
        return np.asarray(wanted + share @ (net - wanted @ inside))

    def _crude(self, world: World) -> F64:
        """Return the natural increase of the year by zone at its province's crude rates."""
        rate = self._known.birth_rate.of(world.year) - self._known.death_rate.of(world.year)
        return np.asarray(self._member @ rate / 1000.0 * world.population)

    def _settle(self, world: World, flows: Flows, base: F64, net: F64) -> None:
        """Set what the years to the census had beyond their province, and what gives each zone its share."""
        past, inside = self.pulls[: self._counted - FIRST_YEAR], self._member
        self._beyond = (past - self._by_province[: len(past)] @ inside.T).mean(axis=0)
        wakes = flows.by_group().sum(axis=1)
        share = inside * wakes[:, None] / (inside.T @ wakes)
        rest = self._solve(flows, self._moved(base, -world.tables.settlement_pull), share @ net, np.eye(len(inside)))
        weight = inside * world.population[:, None]
        self._rest = rest - inside @ (rest @ weight / weight.sum(axis=0))

    def _apart(self, year: int) -> F64:
        """Return the pull of a zone beyond its province's in a year after the census, (n_zones,)."""
        left = np.exp(-(year + 0.5 - float(self._known.census_time)) / self._migration.fading)
        return np.asarray(self._rest + left * (self._beyond - self._rest))

    @staticmethod
    def _moved(base: F64, pull: F64) -> F64:
        """Return `base` with `pull` by zone added."""
        moved = base.copy()
        moved[..., :-1] += pull
        return np.asarray(moved)

    def _solve(self, flows: Flows, base: F64, net: F64, member: F64) -> F64:
        """Return the pull of each group of zones that gives it its `net` flow."""
        m = self._migration
        return invert_year(flows, base, net, member, moving=m.moving, dissimilarity=m.dissimilarity)
