"""Registration 落户: who of the non-locals becomes local, and what a newcomer expects of it.

    W_p  = omega_p (N_p + K_p) - K_p                      who wishes of the non-locals N of a province, not below 0
    s_j  = s0 + (1 - s0) (h_j - h0_j) / (1 - h0_j)        admitted, of those who wish and qualify, where h >= h0
           s0 h_j / h0_j                                  where h < h0
    g_j  = s_j / T + (Q_p - Q0_p) / W_p                   chance a year that one who wishes becomes local, 0 to 1 / T
    gamma_j = g_j W_p / N_p                               that a non-local does
    K_p' = K_p + conversions - delta K_p / 4              who became local and is still there
    Pi_j = g_j / (g_j + delta)                            share of the stay that one who wishes expects to be local
    B_j  = c_h - ln(1 - omega + omega exp(c_h Pi_j))      barrier to non-locals

h0 is the published openness, its mean over the window of the inversion, and s0 = T C / (omega N), at most 1, what gives
the published conversions C there. The opening rests: K = C / delta and omega_p = (omega N + K) / (N + K), so that
omega N wish, and go on to wish as long as N and policy hold; whoever is registered wishes no more. The rest, 1 - omega,
keep land and register at home whatever is offered, so that openness tells them nothing. B is the log-mean of the two
kinds, which the logit makes of them where neither crowds the other out. The world outside publishes no C: there s = h.
Q is the quota of a points system (积分落户), persons a year, drawn of all who wish alike. C already holds the published
one, Q0, so that what acts is the difference: nobody is admitted faster than where all are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.policy.arrays import Policy
from jjj_sim.processes.migration_draw import converts
from jjj_sim.region.region import Region
from jjj_sim.state.world import World

F64 = NDArray[np.float64]


class Terms(NamedTuple):
    """c_h, utility; omega, share; T, years; delta, 1/year."""

    value: float
    wish: float
    waiting: float
    departure: float

    def open(self, world: World, openness: F64, conversions: F64) -> F64:
        """Set h0 (`openness` by place), s0, omega by province, and those registered before the opening.

        Return what is given of `conversions`, persons a year by province: no more than wish and have waited.
        """
        opening, province = world.opening, world.region.inner_province
        there = nonlocals(world)
        wishers = self.wish * there
        yearly = np.minimum(conversions, wishers / self.waiting)
        admitted = np.divide(self.waiting * yearly, wishers, out=np.zeros_like(there), where=wishers > 0)
        settled = yearly / self.departure
        opening.openness = openness
        opening.admitted = np.append(admitted[province], openness[-1])
        opening.wish = np.divide(wishers + settled, there + settled, out=np.zeros_like(there), where=there > 0)
        world.stocks.settled = settled
        return np.asarray(yearly)

    def chance(self, world: World, policy: Policy) -> F64:
        """Return g by place, 1/year."""
        openness, opening = policy.hukou_openness, world.opening
        g = admitted(openness, opening.openness, opening.admitted) / self.waiting
        g[:-1] += self._by_points(world, policy)[world.region.inner_province]
        return np.asarray(np.clip(g, 0.0, 1.0 / self.waiting))

    def _by_points(self, world: World, policy: Policy) -> F64:
        """Return what the quota of points adds to g beyond the published one, by province."""
        more, wishers = policy.points_quota - policy.points_quota_as_published, wishing(world)
        return np.asarray(np.divide(more, wishers, out=np.zeros_like(more), where=wishers > 0))

    def barrier(self, world: World, policy: Policy) -> F64:
        """Return B by place, utility."""
        g = self.chance(world, policy)
        local = g / (g + self.departure)
        return np.asarray(self.value - np.log1p(self.wish * np.expm1(self.value * local)))

    def conversion(self, world: World, policy: Policy) -> F64:
        """Return the chance a quarter that a non-local becomes local, by zone."""
        there = nonlocals(world)
        share = np.divide(wishing(world), there, out=np.zeros_like(there), where=there > 0)
        return np.asarray(self.chance(world, policy)[:-1] * share[world.region.inner_province] / 4.0)

    def sweep(self, world: World, chance: F64, draws: Draws) -> None:
        """Give local hukou to some non-locals, each at the `chance` of its zone."""
        residents, region = world.residents, world.region
        chosen = np.flatnonzero(
            converts(residents.id, residents.zone, residents.origin, chance, region.province, draws.key)
        )
        self._book(world, residents.count(chosen, world.flows.net_moves.shape).sum(axis=1))
        residents.origin[chosen] = residents.zone[chosen]

    def expect(self, world: World, chance: F64) -> None:
        """Give local hukou to the same share of expected persons."""
        people, n = world.people, world.region.n_zones
        converted = people * (~world.region.same_province[:n] * chance[:, None])[:, None, :, None]
        people -= converted
        people[np.arange(n), :, np.arange(n)] += converted.sum(axis=2)
        self._book(world, converted.sum(axis=(1, 2, 3)))

    def _book(self, world: World, converted: F64) -> None:
        """Book those `converted` in the quarter, persons by zone, and those who went of who was registered before."""
        stocks, flows, region = world.stocks, world.flows, world.region
        flows.conversions += converted
        flows.settled_gone = self.departure / 4.0 * stocks.settled
        stocks.settled += _by_province(region, converted) - flows.settled_gone


def admitted(openness: F64, reference: F64, at_reference: F64) -> F64:
    """Return s(h): `at_reference` at the `reference`, all at 1, none at 0, linear between."""
    ahead, room = openness - reference, 1.0 - reference
    above = np.divide(ahead, room, out=np.zeros_like(room), where=room > 0)
    below = np.divide(openness, reference, out=np.ones_like(room), where=reference > 0)
    return np.where(ahead >= 0, at_reference + (1.0 - at_reference) * above, at_reference * below)


def wishing(world: World) -> F64:
    """Return W, residents who wish to become local, persons by province."""
    there, settled = nonlocals(world), world.stocks.settled
    return np.asarray(np.maximum(world.opening.wish * (there + settled) - settled, 0.0))


def nonlocals(world: World) -> F64:
    """Return residents whose hukou is in another province, persons by province."""
    region = world.region
    by_zone = (world.people.sum(axis=(1, 3)) * ~region.same_province[: region.n_zones]).sum(axis=1)
    return _by_province(region, by_zone)


def _by_province(region: Region, values: F64) -> F64:
    """Return sums by province of numbers by zone."""
    return np.bincount(region.inner_province, weights=values, minlength=region.n_provinces).astype(np.float64)
