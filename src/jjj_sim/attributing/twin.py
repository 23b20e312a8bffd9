"""What the twin reads of the headline figures, year by year, with some players set as the variant has them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.attributing.players import Player, mixed
from jjj_sim.calibrating.branch import branched
from jjj_sim.calibrating.twin import stamp
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.posterior import Draw, drawn

F64 = NDArray[np.float64]
DRAW, SET = "draw", "set"


class Outcome(NamedTuple):
    """A figure of a year."""

    variable: str
    area: str
    year: int


@dataclass(frozen=True)
class Twin:
    """The twin of `base`, of whose differences from `variant` some are made, under `draws`; what runs ask."""

    base: Scenario
    variant: Scenario
    players: tuple[Player, ...]
    outcomes: tuple[Outcome, ...]
    draws: tuple[Draw, ...]
    start: int

    @property
    def figures(self) -> tuple[Outcome, ...]:
        """What is read."""
        return self.outcomes

    @property
    def stamp(self) -> Mapping[str, Any]:
        """What decides a reading beside draw and set."""
        told = [self.variant.digest, [p.dotted for p in self.players], self.start, [list(o) for o in self.outcomes]]
        asked = hashlib.sha256(json.dumps([told, [dict(draw) for draw in self.draws]]).encode()).hexdigest()
        return stamp(self.base.plan()) | {"asked": asked}

    def read(self, settings: Mapping[str, float]) -> F64:
        """Return the outcomes (n_outcomes,) at a draw with the players of a set; Wall where no run stands."""
        draw, members = self.draws[int(settings[DRAW])], int(settings[SET])
        chosen = [player for k, player in enumerate(self.players) if members >> k & 1]
        before, after = (drawn(s, draw).plan() for s in (self.base, mixed(self.base, self.variant, chosen)))
        readings = branched(before, after, self.start)
        found = [readings.year(o.variable, o.area, o.year) for o in self.outcomes]
        return np.array([np.nan if value is None else float(value[0]) for value in found])
