"""Points (积分落户): who applies to the points system of registration, the odds, and the points that it takes.

    eligible     E = sum over non-locals aged 30 to 59 of w_e N       w: 1 with college, `others` without
    applicants   A = rate E (odds / .05)^answer,  odds = Q / A        solved for A;  Q: the quota, the lever
    threshold    M = points + gain (year - 2018) + spread ln(rate E / sum of Q since the beginning)

By province. Seven years of contributions are asked: of those who have them age is told, from 30 on. Points of the best
lie on an exponential tail, everybody gains alike by waiting, and each list takes the top of it for good: so the
threshold climbs by `gain` less what each further list takes. Whom better odds draw has few points and changes no
threshold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Triangular, Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
# The first list; ages of those who have contributed for seven years; odds at which `rate` is told.
_FIRST, _AGES, _ODDS = 2018, slice(30, 60), 0.05


class Points(Satellite):
    """Applicants, odds and threshold by province; none where no quota is announced."""

    name = "points"
    zh = "积分落户"
    keeps: ClassVar[Mapping[str, Field]] = {
        "points_eligible": Field(("province",), "persons", "non-locals who may apply"),
        "points_applicants": Field(("province",), "persons", "applicants of the quarter, a quarter of the year's"),
        "points_quota": Field(("province",), "persons", "places of the quarter"),
        "points_admitted": Field(("province",), "persons", "places since the beginning"),
        "points_threshold": Field(("province",), "points", "points that the last one admitted has; 0 before a list"),
    }

    rate: float = param(
        0.058,
        unit="share",
        lo=0.0,
        hi=0.5,
        doc="rate: of the eligible who apply at odds of one in twenty",
        prior=Uniform(0.05, 0.07),
        source="[D] mean of applicants 2018-21 over the eligible of the model; set by looking",
    )
    others: float = param(
        0.15,
        unit="1",
        lo=0.0,
        hi=1.0,
        doc="others: weight of those without college",
        prior=Triangular(0.05, 0.15, 0.4),
        source="[A] a degree is worth 10.5 to 37 points [R]",
        decides_alone=True,
    )
    answer: float = param(
        0.3,
        unit="1",
        lo=0.0,
        hi=2.0,
        doc="answer: elasticity of applicants to the odds",
        prior=Uniform(0.1, 0.6),
        source="[A]; one rule, one quota so far",
        decides_alone=True,
    )
    points: float = param(
        80.75,
        unit="points",
        lo=0.0,
        hi=200.0,
        doc="points: where the tail of 2018 begins",
        prior=Uniform(79.0, 82.0),
        source="[D] minimum of 2018, 90.75 [R], less the tail above it",
    )
    gain: float = param(
        5.0,
        unit="points/year",
        lo=0.0,
        hi=15.0,
        doc="gain: of an applicant by waiting a year",
        prior=Uniform(4.5, 5.5),
        source="[R] 3 for contributions, .5 to 1 for a home, more for taxes; [D] minima 2018-23 [R]; set by looking",
    )
    spread: float = param(
        3.3,
        unit="points",
        lo=0.5,
        hi=20.0,
        doc="spread: of the points of the best",
        prior=Uniform(2.5, 4.0),
        source="[D] minima 2018-23 [R]; set by looking",
    )

    def act(self, world: World, table: Any = None) -> None:
        """Let those who may apply for the year's places, and tell what it took."""
        kept, quota = world.satellites, np.maximum(world.policy.points_quota, 0.0)
        kept["points_eligible"] = self._eligible(world)
        pool = self.rate * kept["points_eligible"]
        applicants = np.maximum((pool * (quota / _ODDS) ** self.answer) ** (1.0 / (1.0 + self.answer)), quota)
        kept["points_quota"], kept["points_applicants"] = quota / 4.0, np.where(quota > 0.0, applicants, 0.0) / 4.0
        kept["points_admitted"] += quota / 4.0
        listed = (quota > 0.0) & (pool > 0.0)
        ratio = np.divide(pool, kept["points_admitted"], out=np.ones_like(pool), where=listed)
        points = self.points + self.gain * (world.year - _FIRST) + self.spread * np.log(ratio)
        kept["points_threshold"] = np.where(listed, points, kept["points_threshold"])

    def _eligible(self, world: World) -> F64:
        """Return E by province; college is the highest education."""
        region = self.region
        weight = np.full(region.n_education, self.others)
        weight[-1] = 1.0
        weighted = np.einsum("zeoa,e->zo", world.people[..., _AGES], weight)
        there = (weighted * ~region.same_province[: region.n_zones]).sum(axis=1)
        return np.asarray(
            np.bincount(region.inner_province, weights=there, minlength=region.n_provinces), dtype=np.float64
        )
