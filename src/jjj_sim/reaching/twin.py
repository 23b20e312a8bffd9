"""What the twin reads of an aim: at one draw of the parameters, with levers moved by stated strengths.

The twin has no luck: a run is a draw and its strengths. What cannot be opened, or breaks an identity, is a wall. Before
levers move, all runs of a draw are one: each process lives that once and goes on from a copy, to the same bits.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import Space, others
from jjj_sim.calibrating.twin import Wall, readings, stamp
from jjj_sim.draws import member_seed
from jjj_sim.errors import BalanceError, OpeningError
from jjj_sim.judging.readings import Readings
from jjj_sim.policy.plan import Plan
from jjj_sim.reaching.aim import Aim, Wanted
from jjj_sim.reaching.moves import Move, laid
from jjj_sim.region import Region
from jjj_sim.running import clock
from jjj_sim.running.recorder import Recorder
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.posterior import Draw, drawn, draws_of
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
DRAW = "draw"
_SEED = 1


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
        return np.asarray(self.aim.read(_lived(before.plan(), after.plan(), self.moves[0].start))[0])


class _Begun(NamedTuple):
    """A world that has lived the quarters before levers move, and its record."""

    world: World
    record: Mapping[str, NDArray[Any]]


_KEPT: dict[tuple[str, int], _Begun] = {}
_MOST_KEPT = 64


def _lived(before: Plan, plan: Plan, start: int) -> Readings:
    """Return what a twin reads that lives by `before` until the quarter `start`, then by `plan`; Wall as it may be."""
    try:
        begun = _begun(before, start)
        world, recorder = _copied(begun.world), Recorder(plan)
        world.follow(plan)
        recorder.restore(begun.record)
        clock.simulate(world, on_quarter=recorder.record)
    except (BalanceError, OpeningError, ArithmeticError) as problem:
        raise Wall(f"{type(problem).__name__}: {problem}") from problem
    return readings(plan, recorder)


def _begun(plan: Plan, start: int) -> _Begun:
    """Return the world of a plan at the opening of a quarter, lived once in a process."""
    key = (plan.digest + plan.region.sha256, start)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
        world, recorder = clock.build(plan, member_seed(_SEED, 0), twin=True), Recorder(plan)
        clock.simulate(world, until=start - 1, on_quarter=recorder.record)
        _KEPT[key] = _Begun(world, recorder.state())
    return _KEPT[key]


def _copied(world: World) -> World:
    """Return a copy of a world that shares what never changes."""
    shared = (world.region, world.data, world.plan, *world.levers)
    return copy.deepcopy(world, {id(part): part for part in shared})


def values(runs: Runs[Twin], moves: Sequence[Move], n_draws: int, strengths: F64) -> F64:
    """Return what the twin reads at strengths (n_points, n), shape (n_points, n_draws, n_indicators)."""
    names = [move.name for move in moves]
    points = [{DRAW: d, **dict(zip(names, row.tolist(), strict=True))} for row in strengths for d in range(n_draws)]
    return runs.read(points).reshape(len(strengths), n_draws, -1)
