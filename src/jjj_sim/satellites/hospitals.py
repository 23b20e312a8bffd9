"""Hospital beds (医院床位): with what governments have spent on services, and with hospitals that moved.

    beds   B_z = B_z,2013 (K_z / K_z,2013)^e + beds of hospitals that moved to z by the levers

K is the capital of public services, which budgets build up and time wears down. Where no count of the opening is
published there are no beds but those that moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

_YEAR = 4


class Hospitals(Satellite):
    """Beds by zone; they follow the capital of public services."""

    name = "hospitals"
    zh = "医院床位"
    topic = "hospitals"
    keeps: ClassVar[Mapping[str, Field]] = {
        "hospital_beds": Field(("zone",), "beds", "beds in hospitals"),
        "services_then": Field(("zone",), "bn yuan of 2013", "capital of public services at the end of the first year"),
    }

    beds: float = param(
        0.39,
        unit="1",
        lo=0.0,
        hi=1.5,
        doc="e: beds per capital of public services",
        prior=Uniform(0.2, 0.6),
        source="[D] Beijing's beds 2013-17 over its capital of services; set by looking",
    )

    def act(self, world: World, table: Any = None) -> None:
        """Let beds follow the capital of services."""
        if not self.knows(world):
            return
        kept, capital = world.satellites, world.stocks.service_capital
        if world.t < _YEAR:
            kept["services_then"] = capital
        then = kept["services_then"]
        grown = np.divide(capital, then, out=np.ones_like(capital), where=then > 0.0)
        moved = [move for move in world.policy.moves if move.kind == "hospital" and move.moved(world.t)]
        arrived = np.bincount(
            [move.destination for move in moved], weights=[move.beds for move in moved], minlength=len(capital)
        )
        kept["hospital_beds"] = world.data.hospitals.beds_2013 * grown**self.beds + arrived
