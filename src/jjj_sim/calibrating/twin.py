"""What a twin reads at a point: every figure that is published up to the last year looked at.

The twin has no luck: a point is a run. It lives to the end of LAST_YEAR whatever is fitted, so that what a fit as of
an earlier year says of later ones is read from the same runs. What cannot be opened, or breaks an identity, is a wall.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.calibrating.figures import LAST_YEAR, year_of
from jjj_sim.draws import member_seed
from jjj_sim.errors import BalanceError, OpeningError
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.targets import Target, targets
from jjj_sim.policy.plan import Plan
from jjj_sim.region import Region
from jjj_sim.running import clock
from jjj_sim.running.recorder import Recorder
from jjj_sim.running.result import Result
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.scenario.posterior import moved
from jjj_sim.state import part

F64 = NDArray[np.float64]
_SEED = 1


class Wall(Exception):
    """No run stands at a point, and why."""


class Readable(Protocol):
    """What runs ask: reads `figures`, in their order, at settings by dotted name."""

    @property
    def figures(self) -> tuple[object, ...]:
        """What it reads, or may have no reading of."""

    @property
    def stamp(self) -> Mapping[str, Any]:
        """What decides its readings beside the settings."""

    def read(self, settings: Mapping[str, float]) -> F64:
        """Return the readings (n_figures,), NaN where there is none; Wall where no run stands."""


class Model(Readable, Protocol):
    """What is calibrated: its figures are published ones."""

    @property
    def figures(self) -> tuple[Target, ...]:
        """The published figures that it reads, or may have no reading of."""


@dataclass(frozen=True)
class Twin:
    """The twin of a scenario, with the region's tables as known in `as_of`."""

    scenario: Scenario
    as_of: int | None
    figures: tuple[Target, ...]

    @property
    def stamp(self) -> Mapping[str, Any]:
        """The stamp of a part of its run, and the figures it reads."""
        return stamp(self._plan({})) | {"figures": [t.id for t in self.figures]}

    def read(self, settings: Mapping[str, float]) -> F64:
        """Return the readings at `settings`; Wall when it cannot be opened or an identity breaks."""
        found = lived(self._plan(settings))
        return np.array([_read(found, t) for t in self.figures])

    def _plan(self, settings: Mapping[str, float]) -> Plan:
        return moved(self.scenario, settings).plan(as_of=self.as_of)


def stamp(plan: Plan) -> dict[str, Any]:
    """Return what decides the numbers of a plan's twin."""
    return part.stamp(plan, _SEED, twin=True)


def lived(plan: Plan) -> Readings:
    """Return what is read of the twin of a plan, lived to its end; Wall where no run stands."""
    try:
        world, recorder = clock.build(plan, member_seed(_SEED, 0), twin=True), Recorder(plan)
        clock.simulate(world, on_quarter=recorder.record)
    except (BalanceError, OpeningError, ArithmeticError) as problem:
        raise Wall(f"{type(problem).__name__}: {problem}") from problem
    return readings(plan, recorder)


def readings(plan: Plan, recorder: Recorder) -> Readings:
    """Return what is read of the record of a plan's run."""
    told = {"title": plan.title, "title_zh": plan.title_zh, **regions.told(plan.region)}
    return Readings(Result(plan.name, *recorder.frames(plan.name, 0), manifest=told, scenario=""))


def twin(scenario: str | Scenario, region: Region | None = None, as_of: int | None = None) -> Twin:
    """Return the twin of a scenario to the end of LAST_YEAR, reading every figure published up to then."""
    settings: dict[str, Any] = {"horizon.end": f"{LAST_YEAR}Q4"}
    found = load_scenario(scenario, region=region, **settings)
    return Twin(found, as_of, published(targets(found.region)))


def published(found: Sequence[Target]) -> tuple[Target, ...]:
    """Return the figures with a value of a year up to LAST_YEAR: later ones are not looked at."""
    years = [year_of(t) for t in found]
    return tuple(
        t for t, y in zip(found, years, strict=True) if t.value is not None and y is not None and y <= LAST_YEAR
    )


def _read(readings: Readings, target: Target) -> float:
    value = readings.at(target.variable, target.area, target.period)
    return np.nan if value is None else float(value[0])
