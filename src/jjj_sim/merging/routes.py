"""Minutes between merged zones: the mean over the pairs of old zones in them, by residents of both ends.

The pairs' minutes are those that the model closes over detours, by the faster mode, so a merged pair always has
trains that are as fast as its roads; what a line brings to it is what the pairs gain when the line opens on its own
date, one line after another, and the rest of the change is the timetable. Inside a merged zone stand the minutes
inside the old ones. A pair of zones that both stay as they are keeps its own rows. From a merged
zone a line leaves the region as from the nearest of the old ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.merging.groups import Groups
from jjj_sim.merging.rules import BY_PEOPLE, Rules
from jjj_sim.policy.events import Line
from jjj_sim.processes.transport import Transport, closed, network, quickest
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.table import Series
from jjj_sim.region.topics.travel import TIMETABLE, Gain, Gate, Travel

F64 = NDArray[np.float64]
_NEVER, _LONG_AGO = 1 << 30, -(1 << 20)
# Minutes below which a line brings nothing.
_LEAST = 1e-9


def merged(rules: Rules) -> dict[str, Any]:
    """Return the tables of routes of the merged region by name."""
    groups, travel = rules.groups, rules.data.travel
    by_people = rules.matrix("zone", BY_PEOPLE)
    alone = np.array([groups.alone(k) for k in range(len(groups.ids))])
    kept = alone[:, None] & alone

    def mean(minutes: F64) -> F64:
        between = by_people @ minutes @ by_people.T
        np.fill_diagonal(between, by_people @ np.diagonal(minutes))
        return np.asarray(between)

    def states(table: Series, found: Sequence[F64]) -> Series:
        own = table.values[:, groups.first][:, :, groups.first]
        return Series(table.name, table.times, np.where(kept, own, np.array(found)))

    lines = _Lines(rules)
    by_rail = [mean(lines.at(_end(year))) for year in travel.rail.years]
    for minutes in by_rail:
        np.fill_diagonal(minutes, np.nan)
    return {
        "rail": states(travel.rail, by_rail),
        "road": states(travel.road, [mean(road) for road in travel.road.values]),
        "gains": (*_own(travel, groups, kept), *_gains(lines, mean, ~kept)),
        "gates": tuple(_gates(travel, groups)),
    }


def _end(year: int) -> int:
    """Return the last quarter of a year."""
    return 4 * (year - FIRST_YEAR) + 3


class _Lines:
    """The lines of the unmerged region as the model knows them, opened one after another."""

    def __init__(self, rules: Rules) -> None:
        self.region, self.travel = rules.groups.region, rules.data.travel
        self.first, self.last = _end(self.travel.road.first), _end(self.travel.road.last)
        self.change = float(Transport(self.region).change)
        self.dated = network(self.region, self.travel, ())

    def at(self, t: int) -> F64:
        """Return minutes in quarter `t`, shape (n_zones, n_zones)."""
        return closed(quickest(self.dated, t), self.change)

    def opened(self, chosen: Sequence[str], t: int) -> F64:
        """Return minutes in quarter `t` when the chosen lines alone are open."""
        dates = [Line(line.id, _LONG_AGO if line.id in chosen else None) for line in self.travel.lines]
        return closed(quickest(network(self.region, self.travel, dates), t), self.change)

    def changes(self) -> Iterator[tuple[str, F64]]:
        """Yield what each line takes off the minutes of every pair when it opens, and what is left to the timetable."""
        opened = [line.id for line in self.travel.lines if line.quarter is not None and line.quarter < 0]
        later = [line for line in self.travel.lines if line.id not in opened]
        timetable = self.opened(opened, self.first) - self.at(self.last)
        for line in sorted(later, key=lambda line: _NEVER if line.quarter is None else line.quarter):
            date = _NEVER if line.quarter is None else line.quarter
            t = int(np.clip(date, self.first, self.last))
            taken = self.opened(opened, t) - self.opened([*opened, line.id], t)
            timetable = timetable - taken * (date <= self.last)
            yield line.id, taken
            opened.append(line.id)
        yield TIMETABLE, timetable


def _gains(lines: _Lines, mean: Callable[[F64], F64], wanted: NDArray[np.bool_]) -> Iterator[Gain]:
    """Yield what lines and the timetable bring to the pairs of merged zones that are `wanted`."""
    pairs = [(a, b) for a, b in zip(*np.nonzero(np.triu(wanted, 1)), strict=True)]
    for line, taken in lines.changes():
        between = mean(taken)
        for a, b in pairs:
            minutes = float(between[a, b] + between[b, a]) / 2.0
            if abs(minutes) > _LEAST:
                yield Gain(int(a), int(b), "rail", line, minutes, first=False)


def _gates(travel: Travel, groups: Groups) -> Iterator[Gate]:
    """Yield the gates, the quickest of each line and merged zone."""
    quickest_of: dict[tuple[str, int], float] = {}
    for line, zone, minutes in travel.gates:
        key = line, int(groups.zone[zone])
        quickest_of[key] = min(minutes, quickest_of.get(key, np.inf))
    for (line, zone), minutes in quickest_of.items():
        yield Gate(line, zone, minutes)


def _own(travel: Travel, groups: Groups, kept: NDArray[np.bool_]) -> Iterator[Gain]:
    """Yield the rows of pairs whose zones both stay as they are."""
    for gain in travel.gains:
        a, b = groups.zone[gain.from_zone], groups.zone[gain.to_zone]
        if kept[a, b]:
            yield gain._replace(from_zone=int(a), to_zone=int(b))
