"""The lab: paired runs of one draw of the parameters, recorded quarter by quarter.

Trials of the same draw share their runs. Luck does not matter to most facts: they run on the twin. A hook sees
the world at the close of a quarter and may change what residents and firms will read at the next opening.
"""

from __future__ import annotations

import copy
import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jjj_sim import quarters
from jjj_sim.draws import member_seed
from jjj_sim.errors import BalanceError
from jjj_sim.policy.plan import Plan
from jjj_sim.policy.registry import levers
from jjj_sim.regions.jingjinji.statistics.geography import REGION, SECTORS
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.draft import published
from jjj_sim.state.world import BOOKS, World

Hook = Callable[[World], None]
Array = NDArray[np.float64]

SECTOR = {sector.key: i for i, sector in enumerate(SECTORS)}
MANUFACTURING = [SECTOR["general_manufacturing"], SECTOR["hightech_manufacturing"]]
SERVICES = [s for s, sector in enumerate(SECTORS) if sector.broad == "tertiary"]
BEIJING = REGION.inside("beijing")
SEED = 1
LAST = "2024Q4"
_LARGEST = (REGION.n_zones + 1) ** 2


def zone(name: str) -> int:
    """Return the index of a zone."""
    return REGION.index(name)


def zones(*names: str) -> list[int]:
    """Return the indices of zones."""
    return [zone(name) for name in names]


class Series:
    """What a run recorded: arrays by dotted name, quarters along the first axis.

    Every table, stock and flow of at most 400 entries; flows of three axes summed over the last; `people`
    by zone, education and home zone; `population` by zone.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[Array]] = {}

    def record(self, world: World) -> None:
        """Add the quarter that closes."""
        self._add("people", world.people.sum(axis=3))
        self._add("population", world.population)
        for book in BOOKS:
            for name, array in getattr(world, book).arrays().items():
                small = array.sum(axis=2) if book == "flows" and array.ndim == 3 else array
                if small.size <= _LARGEST:
                    self._add(f"{book}.{name}", small)

    def _add(self, name: str, array: Array) -> None:
        self._rows.setdefault(name, []).append(np.array(array, dtype=np.float64))

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def __getitem__(self, name: str) -> Array:
        return np.stack(self._rows[name])

    def at(self, name: str, quarter: int | str) -> Array:
        """Return the array at the close of a quarter (an index or like "2020Q4")."""
        return self._rows[name][quarters.parse(quarter) if isinstance(quarter, str) else quarter]

    def mean(self, name: str, year: int) -> Array:
        """Return the mean over the quarters of a year."""
        first = 4 * (year - quarters.FIRST_YEAR)
        return np.asarray(np.mean(self._rows[name][first : first + 4], axis=0))

    def total(self, name: str, first: str, last: str) -> Array:
        """Return the sum over the quarters `first` to `last`, both included."""
        return np.asarray(np.sum(self._rows[name][quarters.parse(first) : quarters.parse(last) + 1], axis=0))


class Draw:
    """One draw of the parameters, or one seed at the defaults. Its runs are kept for all trials that ask."""

    def __init__(self, number: int, settings: Mapping[str, float], seed: int = 0) -> None:
        self.number, self.settings, self.seed = number, dict(settings), seed
        self._openings: dict[str, World] = {}
        self._kept: dict[str, Series] = {}

    def luck(self, name: str) -> np.random.Generator:
        """Return random numbers of this draw for one experiment."""
        return np.random.default_rng([self.number, self.seed, zlib.crc32(name.encode())])

    def plan(self, residents_per_agent: int = 1000, **levers: Any) -> Plan:
        """Return the baseline's plan with `levers` in the form of a file; `horizon.end` and the like dotted."""
        changed = {name if "." in name else f"levers.{name}": value for name, value in levers.items()}
        scale = {"population.residents_per_agent": residents_per_agent}
        return load_scenario("baseline", **(self.settings | changed | scale)).plan()

    def run(self, until: str = LAST, hook: Hook | None = None, **levers: Any) -> Series:
        """Return a recorded run of the twin; one without a hook is kept for the other trials."""
        key = json.dumps([until, levers], sort_keys=True)
        if hook is None and key in self._kept:
            return self._kept[key]
        series, world = Series(), self._opening(levers)

        def on_quarter(w: World) -> None:
            series.record(w)
            if hook is not None:
                hook(w)

        clock.simulate(world, until=quarters.parse(until), on_quarter=on_quarter)
        if hook is None:
            self._kept[key] = series
        return series

    def _opening(self, levers: Mapping[str, Any]) -> World:
        """Return a twin at its opening."""
        key = json.dumps(levers, sort_keys=True)
        if key not in self._openings:
            self._openings[key] = clock.build(self.plan(**levers), member_seed(SEED, self.seed), twin=True)
        return copy.deepcopy(self._openings[key])

    def agents(self, until: str, hook: Hook, residents_per_agent: int = 1000, **levers: Any) -> World:
        """Return the world of agents at the close of `until`; `hook` sees every quarter's close."""
        world = clock.build(self.plan(residents_per_agent, **levers), member_seed(SEED, self.seed))
        clock.simulate(world, until=quarters.parse(until), on_quarter=hook)
        return world


def constant(value: float) -> dict[str, Any]:
    """Return a lever held at one value from 2013 on."""
    return {"path": [["2013Q1", value]]}


def never(lever: str) -> dict[str, Any]:
    """Return an event lever none of whose events happens, its keyed paths held at what they open with."""
    spec, plan = levers(REGION)[lever], published(REGION)[lever]
    table = spec.events.table if spec.events else "events"
    held = {key: [[quarters.label(0), path.at(0)]] for key, path in plan.paths.items()}
    return {table: dict.fromkeys(plan.events, "never")} | ({"paths": held} if held else {})


def raised(lever: str, first: str, last: str, by: float, key: str | None = None) -> dict[str, Any]:
    """Return a lever's path (or the path `key`) raised by `by` in the quarters `first` to `last`.

    Later quarters are as they would have been.
    """
    plan = published(REGION)[lever]
    path = plan.path if key is None else plan.paths[key]
    if path is None:
        raise KeyError(f"lever {lever} has no path")
    a, b = quarters.parse(first), quarters.parse(last)
    end = max(quarters.parse(LAST), b + 1, int(path.quarters[-1]))
    points = [[quarters.label(t), path.at(t) + by * (a <= t <= b)] for t in range(end + 1)]
    return {"path": points} if key is None else {"paths": {key: points}}


def percent(new: ArrayLike, old: ArrayLike) -> Array:
    """Return by how many percent `new` is above `old`."""
    return np.asarray(100.0 * (np.asarray(new) / np.asarray(old) - 1.0))


def opens(settings: Mapping[str, float]) -> bool:
    """Return whether the opening can be set with these parameters: the inversion of migration settles."""
    try:
        clock.build(Draw(0, settings).plan(), member_seed(SEED, 0), twin=True)
    except BalanceError:
        return False
    return True
