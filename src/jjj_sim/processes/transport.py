"""Transport: minutes from door to door, and the kilometres of high-speed line.

    rail_ij(t) = rail_ij(first) - sum_l gain_ijl [l open] - f(t) timetable_ij    f: 0 at the first state, 1 at the last
    road_ij(t) = (1 - f) road_ij(first) + f road_ij(last) - metro gains
    tau_ij     = min over routes over third zones of the sum of the faster mode on each leg (+ `change` each)
    tau_iN     = min over j of tau_ij [j != i] + train_j + beyond                         N: the rest of China
    train_j    = min over gates k open of rail_jk - `access` [k != j] or `access` [k = j], + ride_k
    beyond     = `rest_of_china` - mean over residents of tau_iN without it at the opening
    km(t)      = sum of open lines + residual, from that of the first state to that of the last, held afterwards
    D          = 1 + aboard [(1 + delay C^(-steepness (1 - induced))) / (1 + delay) - 1]     on legs within the capital
    C          = min(c, K),   K' = K + building (c - K)+     c: the lever, K: what stands, both 1 in history
    works      = 100 capacity_cost p (K' - K)                bn yuan, p the price of building

Minutes were looked up in two states, the ends of two years. Each pair's gain is attached to the lines that brought it,
and what no line explains is the timetable. A line that never opens keeps its pairs' minutes; a line that the tables do
not know gives its ends and minutes, and may lead to the rest of China. An opened line only ever lowers minutes.

A gate is a zone where a line leaves the region for the rest of China, ride_k minutes from its station; it opens with
its line, and those of lines that ran at the opening stay. Who comes by train rides on; others go to a train first.
Beyond the border nothing gets faster: what fast lines elsewhere brought came to the whole nation, whose technique holds
it. Movers and branches meet the rest of China at `rest_of_china` from everywhere.

D multiplies the direct minutes between and inside the capital's own zones, by road as by rail: volume and delay of the
Bureau of Public Roads, traffic over capacity C^(induced - 1), since new capacity draws trips. What is built stands; the
capital's government pays for it, by its zones' residents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError
from jjj_sim.param import param
from jjj_sim.policy.events import Line
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.region import Region
from jjj_sim.region.table import Series
from jjj_sim.region.topics.travel import TIMETABLE, Travel
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
_NEVER = 1 << 30


class Network(NamedTuple):
    """What each line brings, and the states between which minutes move.

    `opens` (n_lines,) quarters; `rail`, `road` (n_lines, n_zones, n_zones) minutes taken off; `begins` (n_zones,
    n_zones) the quarter of the first train of a pair; `gates` (n_gates, 3) quarters of opening, zones and
    the ride over the border; `direct` (n_lines, n_places, n_places) minutes that a scenario's line offers on its own
    (inf: none); `km` (n_lines,) of high-speed line. `by_rail` (n_zones, n_zones) minutes at the first state, or of the
    first train; `timetable` what rail gains without a line; `by_road` minutes by year, of every state known.
    """

    opens: NDArray[np.int64]
    rail: F64
    road: F64
    begins: NDArray[np.int64]
    gates: F64
    direct: F64
    km: F64
    by_rail: F64
    timetable: F64
    by_road: Series


class Transport(StockProcess):
    """Open lines when the rail programme says so; everybody else meets distance only through `minutes`."""

    name = "transport"
    zh = "交通"
    writes = (
        "tables.minutes",
        "tables.minutes_outside",
        "opening.minutes",
        "opening.minutes_outside",
        "tables.high_speed_km",
        "tables.traffic_works",
        "memory.traffic_capacity",
    )

    change = param(
        0,
        unit="minutes",
        lo=0,
        hi=60,
        doc="What changing in a third zone costs beyond the access that both legs hold",
        source="[D] 0 reproduces the tables of best minutes",
    )
    access = param(
        42,
        unit="minutes",
        lo=0,
        hi=90,
        doc="From the door to a train and onto it, at either end of a trip",
        source="[D] half of what Shijiazhuang-Hengshui, 110 km in 112 minutes, takes beside the ride at 243 km/h",
    )
    rest_of_china = param(
        300,
        unit="minutes",
        lo=200,
        hi=600,
        doc="Minutes to the rest of China, of market access the mean over residents at the opening",
        source="[A]",
    )
    aboard = param(
        0.7,
        unit="share",
        lo=0.3,
        hi=1,
        doc="Minutes aboard in those from door to door within the capital; the rest is walking and waiting",
        source="[A]",
    )
    delay = param(
        0.15,
        unit="share",
        lo=0.05,
        hi=1.2,
        doc="What history's traffic adds to minutes aboard on free roads",
        source="[R] Bureau of Public Roads 1964, at capacity; cars in Beijing's rush hour take about twice as long",
    )
    steepness = param(4, unit="1", lo=2, hi=6, doc="Delay in traffic over capacity", source="[R] the same")
    induced = param(
        0.5,
        unit="1",
        lo=0,
        hi=1,
        doc="Elasticity of traffic to capacity",
        source="[R] Noland 2001 .3 to .6, Cervero 2003 .4; Duranton, Turner 2011 find 1 on motorways in ten years",
    )
    building = param(
        0.1, unit="1/quarter", lo=0.02, hi=1, doc="Part of missing capacity built in a quarter", source="[A]"
    )
    capacity_cost = param(
        25,
        unit="bn yuan of 2013 per percent",
        lo=5,
        hi=100,
        doc="Building a percent more capacity",
        source="[D] a percent of trips by car, bus and metro, of which the metro carries .28, is 3.6 % of its 879 km, "
        "at .8 bn yuan a kilometre [R]",
    )

    def __init__(self, region: Region, **values: Any) -> None:
        super().__init__(region, **values)
        self._network: Network | None = None
        self._beyond = 0.0

    def open(self, world: World) -> None:
        """Set the tables of 2013Q1; what the capital has is history's."""
        world.memory.traffic_capacity = np.maximum(world.policy.traffic_capacity, 1.0)
        self.act(world)
        n_zones = self.region.n_zones
        world.opening.minutes = world.tables.minutes[:n_zones, :n_zones]
        world.opening.minutes_outside = world.tables.minutes_outside
        self._network = None

    def act(self, world: World, table: Any = None) -> None:
        """Open what is due, build within the capital, and close the minutes over detours."""
        travel, n_zones, n_places = world.data.travel, self.region.n_zones, self.region.n_places
        if self._network is None:
            self._network = network(self.region, travel, world.policy.lines)
            self._beyond = self.beyond(travel, world.data.people.residents)
        self._build(world)
        routes = closed(quickest(self._network, world.t) * self._slower(world), self.change)
        minutes = np.full((n_places, n_places), self.rest_of_china)
        minutes[:n_zones, :n_zones] = routes
        world.tables.minutes = minutes
        world.tables.minutes_outside = self._beyond + self._way_out(self._network, routes, world.t, self._beyond)
        open_km = self._network.km @ (self._network.opens <= world.t)
        world.tables.high_speed_km = open_km + residual(travel, world.t)

    def _build(self, world: World) -> None:
        """Build part of the capacity that the capital lacks to what is wanted; its zones pay by their residents."""
        people = world.population * self.region.capital
        built = self.building * max(float(world.policy.traffic_capacity - world.memory.traffic_capacity), 0.0)
        world.memory.traffic_capacity += built
        works = 100.0 * built * self.capacity_cost * float(world.tables.construction_deflator)
        world.tables.traffic_works = works * people / max(people.sum(), 1.0)

    def _slower(self, world: World) -> F64:
        """Return D by pair, 1 where a leg leaves the capital, (n_zones, n_zones)."""
        capacity = min(float(world.policy.traffic_capacity), float(world.memory.traffic_capacity))
        aboard = slower(capacity, self.delay, self.steepness, self.induced)
        within = np.outer(self.region.capital, self.region.capital)
        return np.where(within, 1.0 + self.aboard * (aboard - 1.0), 1.0)

    def beyond(self, travel: Travel, residents: F64) -> float:
        """Return the minutes from the border to the rest of China; `residents` (n_zones,)."""
        known = network(self.region, travel, ())
        ways = self._way_out(known, closed(quickest(known, 0), self.change), 0, 0.0)
        return float(max(self.rest_of_china - np.average(ways, weights=residents), 0.0))

    def _way_out(self, net: Network, routes: F64, t: int, beyond: float) -> F64:
        """Return minutes over the border of the region in quarter `t`, shape (n_zones,)."""
        return way_out(routes, trains_out(net, t, self.access, beyond), self.change)


def slower(capacity: float, delay: float, steepness: float, induced: float) -> float:
    """Return minutes aboard over history's at a `capacity`, history's 1, which draws its own traffic."""
    return float((1.0 + delay * capacity ** (-steepness * (1.0 - induced))) / (1.0 + delay))


def progress(states: Series, t: float) -> float:
    """Return f, the part of the way from the first state to the last, each the end of its year; 0 with one state."""
    if states.first == states.last:
        return 0.0
    first, last = (4 * (year - FIRST_YEAR) + 3 for year in (states.first, states.last))
    return float(np.clip((t - first) / (last - first), 0.0, 1.0))


def residual(travel: Travel, t: float) -> float:
    """Return published high-speed kilometres less the sum of lines: linear between the first state and the last."""
    published = travel.high_speed_km
    ends = [float(published.of(year)) - _counted(travel, year) for year in (published.first, published.last)]
    return float(ends[0] + progress(published, t) * (ends[1] - ends[0]))


def _counted(travel: Travel, year: int) -> float:
    """Return the kilometres of lines that the published figure of `year` includes."""
    return sum(line.km for line in travel.lines if line.counted_since is not None and line.counted_since <= year)


def network(region: Region, travel: Travel, scheduled: Sequence[Line]) -> Network:
    """Return the lines of the table, dated by `scheduled` where it names them, and those that only it knows.

    DataError for a line that neither the table nor `scheduled` describes.
    """
    lines, events = travel.lines, {line.name: line for line in scheduled}
    index = {line.id: i for i, line in enumerate(lines)}
    new = [name for name in events if name not in index]
    n, size, places = len(lines) + len(new), (region.n_zones, region.n_zones), (region.n_places, region.n_places)
    opens, km = np.full(n, _NEVER, dtype=np.int64), np.zeros(n)
    direct = np.full((n, *places), np.inf)
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
    gates = np.zeros((len(travel.gates), 3))
    for i, gate in enumerate(travel.gates):
        dated = lines[index[gate.line]].quarter
        ran = dated is not None and dated <= 0
        gates[i] = -_NEVER if ran else opens[index[gate.line]], gate.zone, gate.minutes
    taken = {"rail": np.zeros((n, *size)), "road": np.zeros((n, *size))}
    by_rail, timetable = travel.rail.values[0].copy(), np.zeros(size)
    begins = np.where(np.isnan(by_rail), _NEVER, -_NEVER)
    for gain in travel.gains:
        for pair in ((gain.from_zone, gain.to_zone), (gain.to_zone, gain.from_zone)):
            if gain.line == TIMETABLE:
                timetable[pair] = gain.minutes
            elif gain.first:
                begins[pair], by_rail[pair] = opens[index[gain.line]], gain.minutes
            else:
                taken[gain.mode][(index[gain.line], *pair)] += gain.minutes
    rail, road = taken["rail"], taken["road"]
    useful = [(m != idle).any(axis=(1, 2)) for m, idle in ((rail, 0.0), (road, 0.0), (direct, np.inf))]
    used = np.flatnonzero(np.any(useful, axis=0) | (km > 0))
    rail, road, direct = rail[used], road[used], direct[used]
    return Network(opens[used], rail, road, begins, gates, direct, km[used], by_rail, timetable, travel.road)


def by_train(net: Network, t: int) -> F64:
    """Return minutes by rail in quarter `t` on direct trips, shape (n_zones, n_zones); inf where there is none."""
    is_open = net.opens <= t
    rail = net.by_rail - progress(net.by_road, t) * net.timetable - net.rail[is_open].sum(axis=0)
    rail = np.where((net.begins <= t) & ~np.isnan(rail), rail, np.inf)
    scenario = net.direct[is_open].min(axis=0, initial=np.inf)[:-1, :-1]
    return np.asarray(np.minimum(rail, scenario))


def quickest(net: Network, t: int) -> F64:
    """Return the faster of rail and road in quarter `t` on direct trips, shape (n_zones, n_zones)."""
    return np.asarray(np.minimum(by_train(net, t), by_road(net, t)))


def by_road(net: Network, t: int) -> F64:
    """Return minutes by road in quarter `t` on direct trips, shape (n_zones, n_zones)."""
    f, first, last = progress(net.by_road, t), net.by_road.values[0], net.by_road.values[-1]
    return np.asarray((1.0 - f) * first + f * last - net.road[net.opens <= t].sum(axis=0))


def closed(direct: F64, change: float) -> F64:
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


def trains_out(net: Network, t: int, access: float, beyond: float) -> F64:
    """Return minutes over the border by a train from each zone in quarter `t`, shape (n_zones,); 0 without gates.

    A line of a scenario to the rest of China gives its minutes from door to door, `beyond` included.
    """
    own = net.direct[net.opens <= t].min(axis=0, initial=np.inf)[-1, :-1] - beyond
    opens, zone, ride = net.gates.T
    if not len(opens):
        return np.asarray(np.minimum(own, 0.0))
    to_gates = by_train(net, t) - access
    np.fill_diagonal(to_gates, access)
    is_open = opens <= t
    leaving = to_gates[:, zone[is_open].astype(np.int64)] + ride[is_open]
    return np.asarray(np.minimum(own, leaving.min(axis=1)))


def way_out(routes: F64, trains: F64, change: float) -> F64:
    """Return minutes over the border from each zone by the best train of all zones, shape (n_zones,)."""
    onward = routes + change
    np.fill_diagonal(onward, 0.0)
    return np.asarray((onward + trains).min(axis=1))
