"""Runs of the twin that share their history: what levers change later branches off a world lived once.

Before levers move, all runs of a draw are one: each process lives that once and goes on from a copy, to the same bits.
What cannot be opened, or breaks an identity, is a wall.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple

from numpy.typing import NDArray

from jjj_sim.calibrating.twin import Wall, readings
from jjj_sim.draws import member_seed
from jjj_sim.errors import BalanceError, OpeningError
from jjj_sim.judging.readings import Readings
from jjj_sim.policy.plan import Plan
from jjj_sim.running import clock
from jjj_sim.running.recorder import Recorder
from jjj_sim.state.world import World

_SEED = 1


class _Begun(NamedTuple):
    """A world that has lived the quarters before levers move, and its record."""

    world: World
    record: Mapping[str, NDArray[Any]]


_KEPT: dict[tuple[str, int], _Begun] = {}
_MOST_KEPT = 64


def branched(before: Plan, plan: Plan, start: int) -> Readings:
    """Return what a twin reads that lives by `before` until the quarter `start`, then by `plan`; Wall as it may be."""
    return readings(plan, recorded(before, plan, start))


def recorded(before: Plan, plan: Plan, start: int) -> Recorder:
    """Return the record of the same."""
    try:
        begun = _begun(before, start)
        world, recorder = _copied(begun.world), Recorder(plan)
        world.follow(plan)
        recorder.restore(begun.record)
        clock.simulate(world, on_quarter=recorder.record)
    except (BalanceError, OpeningError, ArithmeticError) as problem:
        raise Wall(f"{type(problem).__name__}: {problem}") from problem
    return recorder


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
