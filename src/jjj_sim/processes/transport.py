"""Transport: minutes from door to door, and the kilometres of high-speed line.

    rail_ij(t) = rail_ij(2013) - sum_l gain_ijl [l open] - f(t) timetable_ij     f: 0 at end-2013, 1 at end-2024
    road_ij(t) = (1 - f) road_ij(2013) + f road_ij(2024) - metro gains
    tau_ij     = min over routes over third zones of the sum of the faster mode on each leg (+ `change` each)
    km(t)      = sum of open lines + residual, +16 (end-2013) to +2 (end-2024), held afterwards

Door-to-door minutes hold the access at both ends, so two legs count it twice: with `change` 0 no true
detour is quicker than tau by more than one access time, and the published best minutes come out to a minute.
Each pair's gain is attached to the lines that brought it (evidence.rail); a line that never opens keeps
its pairs' minutes, a scenario's line gives its ends and minutes. An opened line only ever lowers minutes.
The tables know the end of 2013, not before:
Tianjin-Qinhuangdao (2013-12) moves kilometres in 2013, not minutes. The metro is not high-speed line.
Minutes: the travel-time tables; 2030 is a scenario. Published kilometres: 1,284 (2013), 2,669 (2024).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError
from jjj_sim.evidence.geography import N_ZONES, ROC
from jjj_sim.evidence.rail import TIMETABLE, rail_gains, rail_lines, travel_components
from jjj_sim.evidence.tables import value
from jjj_sim.param import param
from jjj_sim.policy.events import Line
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.region import Region
from jjj_sim.state.world import World

END_2013, END_2024 = 3, 4 * (2024 - FIRST_YEAR) + 3
_NEVER = 1 << 30


class Network(NamedTuple):
    """What each line brings. `opens` (n_lines,) quarters; `rail`, `road` (n_lines, n_zones, n_zones) minutes
    taken off; `begins` (n_zones, n_zones) the quarter of the first train of a pair; `direct` minutes that a
    scenario's line offers on its own (inf: none); `km` (n_lines,) of high-speed line."""

    opens: NDArray[np.int64]
    rail: NDArray[np.float64]
    road: NDArray[np.float64]
    begins: NDArray[np.int64]
    direct: NDArray[np.float64]
    km: NDArray[np.float64]


class Transport(StockProcess):
    """Open lines when the rail programme says so; everybody else meets distance only through `minutes`."""

    name = "transport"
    zh = "交通"
    writes = (
        "tables.minutes",
        "opening.minutes",
        "tables.high_speed_km",
    )

    change = param(
        0,
        unit="minutes",
        lo=0,
        hi=60,
        doc="What changing in a third zone costs beyond the access that both legs hold",
        source="[D] 0 reproduces the tables of best minutes",
    )
    rest_of_china = param(300, unit="minutes", lo=120, hi=600, doc="Minutes to the rest of China", source="[A]")

    def __init__(self, region: Region, **values: Any) -> None:
        super().__init__(region, **values)
        self._network: Network | None = None

    def open(self, world: World) -> None:
        """Set the tables of 2013Q1."""
        self.act(world)
        world.opening.minutes = world.tables.minutes[:N_ZONES, :N_ZONES]

    def act(self, world: World, table: Any = None) -> None:
        """Open what is due, and close the minutes over detours."""
        if self._network is None:
            self._network = network(world.policy.lines)
        minutes = np.full((ROC + 1, ROC + 1), self.rest_of_china)
        minutes[:N_ZONES, :N_ZONES] = closed(quickest(self._network, world.t), self.change)
        world.tables.minutes = minutes
        world.tables.high_speed_km = self._network.km @ (self._network.opens <= world.t) + residual(world.t)


def progress(t: float) -> float:
    """Return f, the part of the way from the state of end-2013 to that of end-2024."""
    return float(np.clip((t - END_2013) / (END_2024 - END_2013), 0.0, 1.0))


def residual(t: float) -> float:
    """Return published high-speed kilometres less the sum of lines: linear between end-2013 and end-2024."""
    lines = rail_lines()
    ends = [
        value("region_series", "hsr_length", "jjj", year) - sum(x.km for x in lines if getattr(x, f"counted_{year}"))
        for year in (2013, 2024)
    ]
    return float(ends[0] + progress(t) * (ends[1] - ends[0]))


def network(scheduled: Sequence[Line]) -> Network:
    """Return the lines of the table, dated by `scheduled` where it names them, and those that only it knows.

    DataError for a line that neither the table nor `scheduled` describes.
    """
    lines, events = rail_lines(), {line.name: line for line in scheduled}
    index = {line.id: i for i, line in enumerate(lines)}
    new = [name for name in events if name not in index]
    n = len(lines) + len(new)
    opens, km = np.full(n, _NEVER, dtype=np.int64), np.zeros(n)
    rail, road = np.zeros((n, N_ZONES, N_ZONES)), np.zeros((n, N_ZONES, N_ZONES))
    direct = np.full((n, N_ZONES, N_ZONES), np.inf)
    begins = np.where(np.isnan(travel_components(2013)[0]), _NEVER, -_NEVER)
    for i, line in enumerate(lines):
        event = events.get(line.id, Line(line.id, line.quarter))
        opens[i] = _NEVER if event.quarter is None else event.quarter
        km[i] = line.km if event.km is None else event.km
    for i, name in enumerate(new, start=len(lines)):
        event = events[name]
        opens[i] = _NEVER if event.quarter is None else event.quarter
        if event.ends is None or event.minutes is None or event.km is None:
            raise DataError(f"{name} is no line of the region's tables and lacks its ends, minutes or kilometres")
        km[i] = event.km
        a, b = event.ends
        direct[i, a, b] = direct[i, b, a] = event.minutes
    for gain in rail_gains():
        for pair in ((gain.a, gain.b), (gain.b, gain.a)):
            if gain.line == TIMETABLE:
                continue
            i = index[gain.line]
            if np.isinf(gain.minutes):
                begins[pair] = opens[i]
            else:
                {"rail": rail, "road": road}[gain.mode][(i, *pair)] += gain.minutes
    useful = [(m != idle).any(axis=(1, 2)) for m, idle in ((rail, 0.0), (road, 0.0), (direct, np.inf))]
    used = np.flatnonzero(np.any(useful, axis=0) | (km > 0))
    return Network(opens[used], rail[used], road[used], begins, direct[used], km[used])


@functools.cache
def timetable() -> NDArray[np.float64]:
    """Return minutes of rail that no line explains, 2013 to 2024, shape (n_zones, n_zones)."""
    gained = np.zeros((N_ZONES, N_ZONES))
    for gain in rail_gains():
        if gain.line == TIMETABLE:
            gained[gain.a, gain.b] = gained[gain.b, gain.a] = gain.minutes
    return gained


def quickest(net: Network, t: int) -> NDArray[np.float64]:
    """Return the faster of rail and road in quarter `t` on direct trips, shape (n_zones, n_zones)."""
    (rail_2013, road_2013), (rail_2024, road_2024) = travel_components(2013), travel_components(2024)
    is_open = net.opens <= t
    f = progress(t)
    rail = np.where(np.isnan(rail_2013), rail_2024, rail_2013) - f * timetable() - net.rail[is_open].sum(axis=0)
    rail = np.where((net.begins <= t) & ~np.isnan(rail), rail, np.inf)
    road = (1.0 - f) * road_2013 + f * road_2024 - net.road[is_open].sum(axis=0)
    scenario = net.direct[is_open].min(axis=0, initial=np.inf)
    return np.asarray(np.minimum(np.minimum(rail, road), scenario))


def closed(direct: NDArray[np.float64], change: float) -> NDArray[np.float64]:
    """Return the quickest routes over any zones, each change costing `change` minutes (Floyd, Warshall).

    The diagonal, the time inside a zone, stays.
    """
    routes = direct + change
    np.fill_diagonal(routes, 0.0)
    for k in range(len(routes)):
        np.minimum(routes, routes[:, k, None] + routes[None, k], out=routes)
    routes -= change
    np.fill_diagonal(routes, np.diagonal(direct))
    return routes
