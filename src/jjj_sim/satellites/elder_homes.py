"""Homes for the old (养老机构): who needs care and where it is had, within a province or across.

    in need    N_i = .3 x residents of 80 and over
    worth      u_ij = ln b_j - kappa ln(w_j / w_i) - (m_ij - 30) / tau - theta (1 - c_ij)
    b_j = beds per 1000 of the region's 60 and over,  w = wage of those with the least schooling, who care
    cover      c_ij = 1 within a province;  1 - (1 - portability) (1 - e h_i) across,
    e = elder_care, h = share of the over 80 registered in the capital, from the capital's zones; 0 from others
    share      s_ij = a exp(u_ij) / (1 + sum over k of a exp(u_ik))
    in homes   R' = R + came - left,   came = N_i s_ij / (4 L) as far as beds are free,   left = R / (4 L)
    beds       the capital's as published, elsewhere the published ratio to the residents of 60 and over

R is by zone of origin and zone of the home. Who moves into a home elsewhere stays a resident of where he came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
_IN_NEED = 0.3  # of those of 80 and over: a rounded share of the disabled in national surveys, recalled
_OLD, _VERY_OLD = 60, 80
_NEAR = 30.0  # minutes


class ElderHomes(Satellite):
    """Beds by zone, residents of homes by where they come from and where the home is."""

    name = "elder_homes"
    zh = "养老机构"
    topic = "elder_homes"
    stocks: ClassVar[Mapping[str, tuple[str, str]]] = {"home_residents": ("home_entrants", "home_leavers")}
    keeps: ClassVar[Mapping[str, Field]] = {
        "home_beds": Field(("zone",), "beds", "beds in homes for the old"),
        "home_residents": Field(("zone", "zone"), "persons", "in homes, from, in"),
        "home_entrants": Field(("zone", "zone"), "persons", "who came into homes in the quarter, from, in"),
        "home_leavers": Field(("zone", "zone"), "persons", "who left or died in the quarter, from, in"),
    }

    homes: float = param(
        0.125,
        unit="1",
        lo=0.005,
        hi=2.0,
        doc="a: odds of a home where a bed per 1000 is half an hour away and costs what it does at home",
        prior=Uniform(0.08, 0.18),
        source="[D] 52,000 in Beijing's homes in 2024; set by looking",
    )
    price: float = param(
        1.0,
        unit="1",
        lo=0.0,
        hi=3.0,
        doc="kappa: homes chosen per price",
        prior=Uniform(0.5, 1.5),
        source="[A]",
        decides_alone=True,
    )
    reach: float = param(
        30.0,
        unit="minutes",
        lo=10.0,
        hi=120.0,
        doc="tau: how far from their families the old go",
        prior=Uniform(20.0, 45.0),
        source="[A]",
        decides_alone=True,
    )
    cover: float = param(
        1.0,
        unit="1",
        lo=0.0,
        hi=5.0,
        doc="theta: what losing insurance and subsidies on leaving the province costs, utility",
        prior=Uniform(0.5, 2.0),
        source="[A] over 5,000 of Beijing's old in one complex at its border, 2023, is a floor",
        decides_alone=True,
    )
    stay: float = param(
        3.0,
        unit="years",
        lo=1.0,
        hi=10.0,
        doc="L: mean stay in a home",
        prior=Uniform(2.0, 5.0),
        source="[A]",
        decides_alone=True,
    )

    def open(self, world: World) -> None:
        """Fill the homes of the opening as if all had been as it is."""
        if self.knows(world):
            kept, old, very_old = world.satellites, _older(world, _OLD).sum(axis=1), _older(world, _VERY_OLD)
            kept["home_beds"] = self._beds(world, old)
            wanted = self._wanted(world, old, very_old)
            kept["home_residents"] = wanted * np.minimum(kept["home_beds"] / np.maximum(wanted.sum(axis=0), 1e-9), 1.0)

    def act(self, world: World, table: Any = None) -> None:
        """Let some come into homes and some leave."""
        if not self.knows(world):
            return
        kept, old, very_old = world.satellites, _older(world, _OLD).sum(axis=1), _older(world, _VERY_OLD)
        kept["home_beds"] = self._beds(world, old)
        kept["home_leavers"] = kept["home_residents"] / (4.0 * self.stay)
        came = self._wanted(world, old, very_old) / (4.0 * self.stay)
        free = np.maximum(kept["home_beds"] - (kept["home_residents"] - kept["home_leavers"]).sum(axis=0), 0.0)
        kept["home_entrants"] = came * np.minimum(free / np.maximum(came.sum(axis=0), 1e-9), 1.0)
        kept["home_residents"] += kept["home_entrants"] - kept["home_leavers"]

    def _beds(self, world: World, old: F64) -> F64:
        """Return beds by zone: those of the capital and of a city lie where its `old` (n_zones,) live."""
        data, region = world.data.elder_homes, self.region
        beds = data.beds_per_1000[region.groups["city"][1]] / 1e3 * old
        home = region.capital
        of_capital = float(data.capital_beds.at(FIRST_YEAR + (world.t + 1) / 4.0))
        return np.asarray(np.where(home, of_capital * old / max(old[home].sum(), 1.0), beds))

    def _cover(self, world: World, very_old: F64) -> F64:
        """Return c, the part of cover that follows, from, to, (n_zones, n_zones)."""
        n, home = self.region.n_zones, self.region.capital
        registered = very_old[:, :n][:, home].sum(axis=1) / np.maximum(very_old.sum(axis=1), 1e-9)
        follows = np.where(home, float(world.policy.elder_care) * registered, 0.0)
        across = 1.0 - (1.0 - float(world.tables.portability)) * (1.0 - follows)
        return np.where(self.region.same_province[:n, :n], 1.0, across[:, None])

    def _wanted(self, world: World, old: F64, very_old: F64) -> F64:
        """Return N s, those who would live in homes, from, in, (n_zones, n_zones).

        `old` (n_zones,) are those of 60 and over, `very_old` (n_zones, n_places) those of 80 and over by origin.
        """
        n, cover = self.region.n_zones, self._cover(world, very_old)
        in_need = _IN_NEED * very_old.sum(axis=1)
        wage = np.maximum(world.tables.wage[:, 0], 1e-9)
        odds = self.homes * 1e3 * world.satellites["home_beds"] / max(old.sum(), 1.0)
        odds = odds * (wage[:, None] / wage) ** self.price
        odds = odds * np.exp((_NEAR - world.tables.minutes[:n, :n]) / self.reach - self.cover * (1.0 - cover))
        return np.asarray(in_need[:, None] * odds / (1.0 + odds.sum(axis=1, keepdims=True)))


def _older(world: World, age: int) -> F64:
    """Return residents of `age` and over by zone and origin, (n_zones, n_places)."""
    return np.asarray(world.people[:, :, :, age:].sum(axis=(1, 3)))
