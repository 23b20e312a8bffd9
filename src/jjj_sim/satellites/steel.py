"""Steel (钢铁): firms of grade A by a logistic curve, what that spares the air, and crude steel under the cap.

    grade A      g = 1 / (1 + exp(-pace (C - midpoint)))      in zones of firms that are graded, since 2019Q1
    clock        C' = C + m / 4, from 2019                    m: the lever's multiple of the announced abatement
    spared       Q_z = E_z share_z cut g / (1 - cut g)        E: emissions of the sector (Emissions)
    part         sum of Q / sum of (E_z,2013 - E_z)           over zones of graded firms
    made         t_z = t_z,2013 min(Y_z e^-D / Y_z,2013, cap / T_2013)     Y: value added, D: material saved (Emissions)
    counted      t_z times the part counted, to 2017; t_z since

T is what the graded zones made together in 2013, to which the cap on steel relates, and which alone it binds. The
core's path of abatement was set by measured air and holds grade A already: Q tells what part of it is grade A's, and
taking it off again would count it twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from jjj_sim import quarters
from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

_BEGAN = quarters.parse("2019Q1")
_COUNTED_ANEW = quarters.parse("2018Q1")
_TONNES = 1e6


class Steel(Satellite):
    """Grade A and crude steel by zone."""

    name = "steel"
    zh = "钢铁"
    topic = "steel"
    keeps: ClassVar[Mapping[str, Field]] = {
        "steel_clock": Field((), "years", "years that grading has run at the announced pace of abatement"),
        "steel_grade_a": Field(("zone",), "share", "firms of grade A at the end of the quarter"),
        "steel_spared": Field(("zone",), "region 2013 = 100", "emissions that grade A spares, at the quarter's rate"),
        "steel_fallen": Field(("zone",), "region 2013 = 100", "by how much the sector's fell since the opening"),
        "steel_first": Field(("zone",), "region 2013 = 100", "the sector's emissions at the opening"),
        "crude_steel": Field(("zone",), "t", "crude steel of the quarter as it was counted"),
    }

    pace: float = param(
        2.7,
        unit="1/year",
        lo=0.2,
        hi=6.0,
        doc="pace: of the logistic curve",
        prior=Uniform(1.5, 3.5),
        source="[D] 21, 35, 55 and 56 of 56 firms in July and December 2023, 2024, 2025; set by looking",
    )
    midpoint: float = param(
        2023.75,
        unit="year",
        lo=2020.0,
        hi=2030.0,
        doc="midpoint: when half of the firms are of grade A at the announced pace",
        prior=Uniform(2023.4, 2024.1),
        source="[D] the same; set by looking",
    )
    cut: float = param(
        0.3,
        unit="share",
        lo=0.1,
        hi=0.6,
        doc="cut: of steel's emissions when all firms are of grade A",
        prior=Uniform(0.25, 0.4),
        source="[L] above 30 %: Hebei Daily 2024-01",
        decides_alone=True,
    )

    def act(self, world: World, table: Any = None) -> None:
        """Grade, tell what that spares, and count the quarter's steel."""
        if not self.knows(world):
            return
        kept, data = world.satellites, world.data.steel
        self._grade(world)
        emitted = world.tables.emissions_by_source[self.region.in_role("steel")].sum(axis=0)
        if world.t == 0:
            kept["steel_first"] = emitted
        graded = data.firms > 0.0
        grade = self.cut * kept["steel_grade_a"]
        kept["steel_spared"] = emitted * data.share * grade / (1.0 - grade)
        kept["steel_fallen"] = np.where(graded, kept["steel_first"] - emitted, 0.0)
        before = world.data.output.value_added_2013[:, self.region.in_role("steel")].sum(axis=1)
        made = 4.0 * world.tables.value_added[:, self.region.in_role("steel")].sum(axis=1)
        grown = np.divide(made, before, out=np.zeros_like(made), where=before > 0.0)
        grown *= np.exp(-float(world.memory.material_saving))
        most = float(world.policy.steel_capacity) * _TONNES / max(data.made_2013[graded].sum(), 1.0)
        counted = 1.0 if world.t >= _COUNTED_ANEW else data.counted
        kept["crude_steel"] = data.made_2013 * np.where(graded, np.minimum(grown, most), grown) * counted / 4.0

    def _grade(self, world: World) -> None:
        """Let the clock run and set the share of grade A."""
        if world.t < _BEGAN:
            return
        kept = world.satellites
        kept["steel_clock"] += float(world.policy.abatement_pace) / 4.0
        clock = quarters.year(_BEGAN) + float(kept["steel_clock"])
        share = 1.0 / (1.0 + np.exp(-self.pace * (clock - self.midpoint)))
        kept["steel_grade_a"] = np.where(world.data.steel.firms > 0.0, share, 0.0)
