"""One card and shared services (一卡通与跨省通办): what offices count, on published paths that move with items opened.

    n_k(t) = path_k(t) (items / items as published)^g     k: card services, settlement, tests, alliances, schools, trade

The paths are input, none of these numbers is produced: linear between published points, held after the last.
What they share with the lever of items open across provinces is the offices that make them; g = 1 moves them alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.topics.one_card import PATHS
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World


class OneCard(Satellite):
    """Counts of what can be used in another province, of the whole region."""

    name = "one_card"
    zh = "一卡通与共享服务"
    topic = "one_card"
    keeps: ClassVar[Mapping[str, Field]] = {name: Field((), table.unit, table.meaning) for name, table in PATHS.items()}

    together: float = param(
        1.0,
        unit="1",
        lo=0.0,
        hi=2.0,
        doc="g: how far they move with the items open across provinces",
        prior=Uniform(0.5, 1.5),
        source="[A]",
        decides_alone=True,
    )

    def act(self, world: World, table: Any = None) -> None:
        """Tell the counts at the end of the quarter."""
        if not self.knows(world):
            return
        policy, time = world.policy, FIRST_YEAR + (world.t - 3) / 4.0
        published = float(policy.portable_services_as_published)
        opened = (float(policy.portable_services) / published) ** self.together if published > 0.0 else 1.0
        for name in self.keeps:
            world.satellites[name] = getattr(world.data.one_card, name).at(time) * opened
