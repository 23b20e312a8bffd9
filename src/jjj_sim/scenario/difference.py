"""What two scenarios set differently: horizon, residents an agent, levers, assumptions, parameters, goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jjj_sim import quarters
from jjj_sim.param import Path
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.policy.registry import levers
from jjj_sim.region.goals import declared
from jjj_sim.scenario.scenario import Scenario, event_table, points


class Difference(NamedTuple):
    """One thing that two scenarios set differently, each in the form of a file; None where one lacks it.

    `section` and `name` are those of a file ("levers", "xiongan_investment"), `key` is what is set there ("path",
    "openings.yanqing_branch"); paths differ `since` a quarter, and their points are told from there on.
    """

    section: str
    name: str
    key: str
    first: Any
    second: Any
    since: int | None = None

    @property
    def dotted(self) -> str:
        """The whole name, as --set takes it."""
        return ".".join(part for part in (self.section, self.name, self.key) if part)

    def table(self) -> dict[str, Any]:
        """Return it for JSON."""
        since = {} if self.since is None else {"since": quarters.label(self.since)}
        return {"name": self.dotted, **since, "first": self.first, "second": self.second}


def differences(first: Scenario, second: Scenario) -> list[Difference]:
    """Return what two scenarios of a region set differently within the longer of their horizons."""
    last = max(first.end, second.end)
    found: list[Difference] = []
    ends = [quarters.label(scenario.end) for scenario in (first, second)]
    scales = (first.residents_per_agent, second.residents_per_agent)
    found += _plain("horizon", "end", "", *ends)
    found += _plain("population", "residents_per_agent", "", *scales)
    for name, lever in first.levers.items():
        found += _lever(lever, second.levers[name], first, last)
    for name, path in first.assumptions.items():
        found += _path("assumptions", name, "path", path, second.assumptions[name], last)
    for process, values in first.parameters.items():
        for key, value in values.items():
            found += _parameter(process, key, value, second.parameters[process][key])
    for indicator in declared(first.region).indicators:
        now = [indicator.numbers() | dict(s.goals.get(indicator.id, {})) for s in (first, second)]
        for key in indicator.numbers():
            found += _plain("goals", indicator.id, key, now[0][key], now[1][key])
    return found


def _lever(first: LeverPlan, second: LeverPlan, scenario: Scenario, last: int) -> Iterator[Difference]:
    """Yield what differs of one lever."""
    name, ids = first.name, scenario.region.ids
    kind = levers(scenario.region)[name].events
    if first.path is not None and second.path is not None:
        yield from _path("levers", name, "path", first.path, second.path, last)
    for key, path in first.paths.items():
        yield from _path("levers", name, f"paths.{key}", path, second.paths[key], last)
    zones = [[ids[z] for z in lever.zones] for lever in (first, second)]
    yield from _plain("levers", name, "zones", *zones)
    for key, share in first.shares.items():
        yield from _plain("levers", name, f"shares.{key}", share, second.shares[key])
    if kind is not None:
        for event in dict.fromkeys((*first.events, *second.events)):
            tables = [_event(lever.events, event) for lever in (first, second)]
            yield from _plain("levers", name, f"{kind.table}.{event}", *tables)


def _event(events: Mapping[str, Event], name: str) -> dict[str, Any] | None:
    """Return an event in the form of a file, without the tags, which decide nothing."""
    if name not in events:
        return None
    return {key: value for key, value in event_table(events[name]).items() if key != "tags"}


def _parameter(process: str, key: str, first: Any, second: Any) -> Iterator[Difference]:
    """Yield what differs of a parameter, by place where it has places."""
    if not isinstance(first, dict):
        yield from _plain("parameters", process, key, first, second)
        return
    for place in dict.fromkeys((*first, *second)):
        yield from _plain("parameters", process, f"{key}.{place}", first.get(place), second.get(place))


def _plain(section: str, name: str, key: str, first: Any, second: Any) -> Iterator[Difference]:
    if first != second:
        yield Difference(section, name, key, first, second)


def _path(section: str, name: str, key: str, first: Path, second: Path, last: int) -> Iterator[Difference]:
    """Yield two paths that differ in some quarter, from the first such quarter on."""
    since = next((t for t in range(last + 1) if first.at(t) != second.at(t)), None)
    if since is not None:
        yield Difference(section, name, key, _from(first, since, last), _from(second, since, last), since)


def _from(path: Path, since: int, last: int) -> list[list[Any]]:
    """Return the points of a path from a quarter on, as far as the horizon goes."""
    later = [t for t, _ in path.points() if since < t <= last]
    ends = [last] if path.points()[-1][0] > last and last not in later and last > since else []
    return points(Path([since, *later, *ends], [path.at(t) for t in (since, *later, *ends)]))
