"""How places become one, by the rule that is declared with a table, a parameter or a path.

``sum``                      added up
``sum along``                added up, with a row at the opening, of what grows evenly between the years of its rows
``mean by TOPIC.TABLE``      weighted by another table of the region, its first year, summed over its other axes
``mean by ... of ROLE``      the same, of the sectors in a role alone
``routes``                   minutes between zones and what lines bring to them, see `routes`
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError
from jjj_sim.merging.groups import Groups
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.data import TOPICS, Data
from jjj_sim.region.table import Declared, Series

F64 = NDArray[np.float64]
SUM, ALONG, ROUTES, ALONE = "sum", "sum along", "routes", "alone"
BY_PEOPLE = "mean by people.residents"
_MEAN = re.compile(r"mean by (\w+)\.(\w+)(?: of (\w+))?")


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules at work on the groups of a region, with its tables."""

    groups: Groups
    data: Data

    def placed(self, axis: str) -> bool:
        """Return whether an axis is one of places that merge."""
        return axis == "place" or axis.removeprefix("to_") in ("zone", *self.groups.publishers)

    @functools.cache  # noqa: B019 - one merger lives as long as the command
    def weights(self, rule: str) -> F64:
        """Return the weights of a mean by old zone, shape (n_zones,); DataError for a rule that is none."""
        found = _MEAN.fullmatch(rule)
        if found is None:
            raise DataError(f"{rule!r} is no rule by which zones merge")
        topic, name, role = found.groups()
        declared = next((t.declared().get(name) for t in TOPICS if t.name == topic), None)
        if declared is None or "zone" not in declared.dims:
            raise DataError(f"{rule!r}: {topic}.{name} is no table by zone")
        table = getattr(getattr(self.data, topic), name)
        values = table.values[0] if isinstance(table, Series) else table
        if role:
            chosen = self.groups.region.sector_roles.get(role, ())
            values = np.take(values, chosen, axis=declared.dims.index("sector"))
        others = tuple(i for i, dim in enumerate(declared.dims) if dim != "zone")
        return np.asarray(values.sum(axis=others))

    def matrix(self, axis: str, rule: str) -> F64:
        """Return what takes an axis of old places to the new ones, shape (n_new, n_old).

        Sums take a place whole, a publisher in the shares of its residents; rows of a mean sum to 1.
        """
        weights = self.weights(BY_PEOPLE if rule == SUM else rule)
        held = self._held(axis, weights)
        if rule == SUM:
            return np.asarray(held / held.sum(axis=0))
        held = np.where(held.sum(axis=1, keepdims=True) > 0.0, held, self._held(axis, np.ones(len(weights))))
        return np.asarray(held / held.sum(axis=1, keepdims=True))

    def _held(self, axis: str, weights: F64) -> F64:
        """Return the weight of the zones that an old place of an axis has in a new one, shape (n_new, n_old)."""
        groups, n = self.groups, len(self.groups.ids)
        name, inside = axis.removeprefix("to_"), np.zeros((n, groups.region.n_zones))
        inside[groups.zone, np.arange(groups.region.n_zones)] = weights
        if name == "zone":
            return inside
        if axis == "place":
            found = np.pad(inside, (0, 1))
            found[-1, -1] = 1.0
            return found
        (old_names, old), new = groups.region.groups[name], groups.publishers[name]
        from_zones = (np.arange(len(old_names)) == old[:, None]).astype(np.float64)
        to_publishers = (np.arange(len(new.names))[:, None] == new.zone).astype(np.float64)
        return np.asarray(to_publishers @ inside @ from_zones)

    def mean(self, by_zone: F64, rule: str) -> F64:
        """Return a number by old zone as one by merged zone, shape (n_new,)."""
        return np.asarray(self.matrix("zone", rule) @ by_zone)

    def table(self, declared: Declared, table: Any, where: str) -> Any:
        """Return a table of the merged region; DataError where it has places and its rule is missing or none.

        A cell is empty where a part of it is.
        """
        axes = [axis for axis in declared.axes if self.placed(axis)]
        if not axes:
            return table
        wanted = _rules(declared, axes, where)
        if ALONG in wanted.values() and isinstance(table, Series):
            merging = len(self.groups.ids) < self.groups.region.n_zones
            table, wanted = _with_opening(table) if merging else table, dict.fromkeys(axes, SUM)
        values = table.values if isinstance(table, Series) else table
        for axis in axes:
            at = declared.dims.index(axis) + int(declared.timed)
            values = np.moveaxis(_apply(self.matrix(axis, wanted[axis]), np.moveaxis(values, at, 0)), 0, at)
        values = np.clip(values, declared.lo, declared.hi)
        return Series(table.name, table.times, values) if isinstance(table, Series) else values

    def adds_opening(self, declared: Declared, table: Any) -> bool:
        """Return whether a table is given a row at the opening: its rows lie around it, and some zones merge."""
        if declared.merge != ALONG or len(self.groups.ids) == self.groups.region.n_zones:
            return False
        return FIRST_YEAR not in table.times and bool(table.times[0] < FIRST_YEAR < table.times[-1])

    def told(self, declared: Declared, where: str) -> str:
        """Return how a table was merged, in words for its source; none where it has no places."""
        axes = [axis for axis in declared.axes if self.placed(axis)]
        rules = list(dict.fromkeys(_rules(declared, axes, where).values())) if axes else []
        return f"; [D] zones of {self.groups.region.id} merged: {', '.join(rules)}" if rules else ""


def _rules(declared: Declared, axes: list[str], where: str) -> Mapping[str, str]:
    """Return the rule of each axis of places."""
    merge = declared.merge
    found = {axis: merge if isinstance(merge, str) else merge.get(axis, "") for axis in axes}
    lacking = [axis for axis, rule in found.items() if not rule]
    if lacking:
        raise DataError(f"{where} has places, {', '.join(lacking)}, and declares no rule by which they merge")
    return found


def _apply(matrix: F64, values: F64) -> F64:
    """Return `matrix` times the first axis of `values`; a cell is empty where it holds an empty one."""
    empty = np.isnan(values)
    flat = np.where(empty, 0.0, values).reshape(len(values), -1)
    found = np.where((matrix > 0.0) @ empty.reshape(flat.shape), np.nan, matrix @ flat)
    return np.asarray(found.reshape(len(matrix), *values.shape[1:]))


def _with_opening(table: Series) -> Series:
    """Return a series with a row at the opening."""
    at = int(np.searchsorted(table.times, FIRST_YEAR))
    times = np.insert(table.times, at, FIRST_YEAR)
    return Series(table.name, times, np.insert(table.values, at, table.along(FIRST_YEAR), axis=0))
