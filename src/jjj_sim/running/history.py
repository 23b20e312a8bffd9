"""History lived once: what the published account of people asks beyond the drivers, and what each zone made.

A twin lives the years of the account under the published policy, and each January the pulls of the year are found at
the people, pay and homes that it has come to. Every run with the same parameters and assumptions reads the same past,
whatever its scenario and seed: a scenario must not change what history has revealed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from jjj_sim.param import Path
from jjj_sim.policy.plan import Plan
from jjj_sim.processes.migration import Migration
from jjj_sim.processes.migration_account import Account
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.state.past import Past
from jjj_sim.state.world import World

_KEPT: dict[tuple[Any, ...], Past] = {}
_MOST_KEPT = 64


class History:
    """What is found while a twin lives the years of the account."""

    def __init__(self, world: World) -> None:
        (migration,) = (process for process in world.processes if isinstance(process, Migration))
        self._account = Account(migration, world)
        self._output = np.zeros_like(world.opening.past_output)

    def open(self, world: World) -> None:
        """Find the pulls of a year when its first quarter opens."""
        if world.t % 4 == 0:
            self._account.reveal(world)

    def close(self, world: World) -> None:
        """Take down who came, who went and what was made in the quarter that closes."""
        self._account.record(world)
        self._output[world.year - FIRST_YEAR] += world.tables.va_nominal.sum(axis=1)

    def past(self) -> Past:
        """Return what was found."""
        past = Past(self._account.finish(), self._output)
        for found in past:
            found.setflags(write=False)
        return past


def kept(plan: Plan, live: Callable[[Plan], Past]) -> Past:
    """Return what history reveals under the parameters of `plan`: what `live` finds, asked once for equal plans."""
    levers = plan.published or plan.levers
    told = json.dumps([_told(part) for part in (plan.parameters, plan.assumptions, levers)], sort_keys=True)
    key = (plan.region, plan.as_of, hashlib.sha256(told.encode()).digest())
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
        last = plan.region.tables(plan.as_of).people.net_migration.last
        _KEPT[key] = live(replace(plan, levers=levers, end=4 * (last - FIRST_YEAR) + 3))
    return _KEPT[key]


def _told(settings: Any) -> Any:
    """Return settings as what JSON can hold: paths by their points, plans by their fields, arrays as lists."""
    if isinstance(settings, Path):
        return [settings.quarters.tolist(), settings.values.tolist()]
    if is_dataclass(settings):
        return {field.name: _told(getattr(settings, field.name)) for field in fields(settings)}
    if isinstance(settings, Mapping):
        return {str(name): _told(value) for name, value in settings.items()}
    return settings if settings is None else np.asarray(settings).tolist()
