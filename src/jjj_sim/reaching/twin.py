"""What the twin reads of an aim: at one draw of the parameters, with levers moved by stated strengths.

The twin has no luck: a run is a draw and its strengths. What cannot be opened, or breaks an identity, is a wall.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.calibrating.branch import branched
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import Space, others
from jjj_sim.calibrating.twin import stamp
from jjj_sim.reaching.aim import Aim, Wanted
from jjj_sim.reaching.moves import Move, laid
from jjj_sim.region import Region
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.posterior import Draw, drawn, draws_of

F64 = NDArray[np.float64]
DRAW = "draw"


class Drawn(NamedTuple):
    """Draws of parameters and of the outside world, and whether they are the first of the region's posterior."""

    draws: tuple[Draw, ...]
    posterior: bool


def draws(region: Region, n: int, seed: int) -> Drawn:
    """Return `n` draws: those of the first members of a run, or where the region has no posterior of the priors.

    Those of the priors are Sobol points, the same for the same seed.
    """
    known = draws_of(region)
    if known is not None:
        return Drawn(tuple(known.of(m) for m in range(n)), True)
    space = others(region, Space(()))
    return Drawn(tuple(space.settings(scores) for scores in space.prior_points(n, seed)), False)


@dataclass(frozen=True)
class Twin:
    """The twin of a scenario, whose `moves` are moved, under `draws`; what `calibrating.runs` asks."""

    scenario: Scenario
    aim: Aim
    moves: tuple[Move, ...]
    draws: tuple[Draw, ...]

    @property
    def figures(self) -> tuple[Wanted, ...]:
        """What is read."""
        return self.aim.wanted

    @property
    def stamp(self) -> Mapping[str, Any]:
        """What decides a reading beside draw and strengths."""
        text = json.dumps([[w.indicator.model_dump(), w.year] for w in self.aim.wanted])
        moves = [[m.name, m.start, m.lo, m.hi] for m in self.moves]
        told = json.dumps([text, moves, [dict(draw) for draw in self.draws]])
        asked = hashlib.sha256(told.encode()).hexdigest()
        return stamp(self.scenario.plan()) | {"asked": asked}

    def read(self, settings: Mapping[str, float]) -> F64:
        """Return the values of the indicators (n_indicators,) at a draw and strengths; Wall where no run stands."""
        before = drawn(self.scenario, self.draws[int(settings[DRAW])])
        after = laid(before, self.moves, [settings[move.name] for move in self.moves])
        return np.asarray(self.aim.read(branched(before.plan(), after.plan(), self.moves[0].start))[0])


def values(runs: Runs[Twin], moves: Sequence[Move], n_draws: int, strengths: F64) -> F64:
    """Return what the twin reads at strengths (n_points, n), shape (n_points, n_draws, n_indicators)."""
    names = [move.name for move in moves]
    points = [{DRAW: d, **dict(zip(names, row.tolist(), strict=True))} for row in strengths for d in range(n_draws)]
    return runs.read(points).reshape(len(strengths), n_draws, -1)
