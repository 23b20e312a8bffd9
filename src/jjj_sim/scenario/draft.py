"""A scenario in the making: the code's defaults, with layer after layer laid on them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jjj_sim import quarters
from jjj_sim.errors import DataError, nearest
from jjj_sim.param import Path
from jjj_sim.policy.lever import EventKind, Lever
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.policy.registry import levers
from jjj_sim.region.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.scenario import Scenario, event_table, from_opening, points
from jjj_sim.scenario.schema import NEVER, Table, parameters, validate

DEFAULT_END = "2030Q4"
DEFAULT_RESIDENTS_PER_AGENT = 100


class Draft:
    """The scenario so far. `lay` puts a validated file on it; a layer replaces a table key by key and a list
    whole, and keeps of a path what stands before the layer's first point."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.published = published(region)
        self.end = DEFAULT_END
        self.residents_per_agent = DEFAULT_RESIDENTS_PER_AGENT
        self.run: dict[str, int | None] = {"members": None, "seed": None}
        self.levers = dict(self.published)
        self.assumptions = {name: from_opening(a.default()) for name, a in ASSUMPTIONS.items()}
        self.parameters = {
            process: {name: region.default(f"{process}.{name}", p) for name, p in found.items()}
            for process, found in parameters().items()
        }
        self.sources: dict[str, str] = {}
        self.log: list[str] = []

    @classmethod
    def of(cls, scenario: Scenario) -> Draft:
        """Return a draft that starts from a resolved scenario."""
        draft = cls(scenario.region)
        draft.end, draft.residents_per_agent = quarters.label(scenario.end), scenario.residents_per_agent
        draft.run = {"members": scenario.members, "seed": scenario.seed}
        draft.levers, draft.assumptions = dict(scenario.levers), dict(scenario.assumptions)
        draft.parameters = {process: dict(values) for process, values in scenario.parameters.items()}
        draft.sources, draft.log = dict(scenario.sources), list(scenario.overrides)
        return draft

    def lay(self, layer: Table, where: str) -> list[str]:
        """Lay a validated file on the draft, log what it sets, and return what is wrong with it."""
        problems: list[str] = []
        log: list[str] = []
        self._lay_run(layer, log)
        for name, setting in layer.get("levers", {}).items():
            spec = levers(self.region)[name]
            self.levers[name] = _laid(spec, self.levers[name], setting, log, problems)
            self._cite(f"levers.{name}", setting)
        for name, setting in layer.get("assumptions", {}).items():
            self._cite(f"assumptions.{name}", setting)
            if "path" in setting:
                before = self.assumptions[name]
                self.assumptions[name] = _over(before, setting["path"])
                log.append(_entry(f"assumptions.{name}.path", setting["path"], points(before)))
        for process, values in layer.get("parameters", {}).items():
            for name, value in values.items():
                known, after = self.parameters[process][name], value
                if isinstance(value, dict):
                    after = {**known, **value}
                    known = {place: known[place] for place in value}
                log.append(_entry(f"parameters.{process}.{name}", value, known))
                self.parameters[process][name] = after
        self.log += layer.get("overrides", []) if is_resolved(layer) else [f"{where}: {entry}" for entry in log]
        return problems

    def _lay_run(self, layer: Table, log: list[str]) -> None:
        """Set horizon, population and run."""
        if "end" in layer.get("horizon", {}):
            log.append(_entry("horizon.end", layer["horizon"]["end"], self.end))
            self.end = layer["horizon"]["end"]
        if "residents_per_agent" in layer.get("population", {}):
            scale = layer["population"]["residents_per_agent"]
            log.append(_entry("population.residents_per_agent", scale, self.residents_per_agent))
            self.residents_per_agent = scale
        for key, value in layer.get("run", {}).items():
            log.append(_entry(f"run.{key}", value, self.run[key]))
            self.run[key] = value

    def _cite(self, name: str, setting: Table) -> None:
        """Keep the source a file gives; numbers set without one have none."""
        self.sources.pop(name, None)
        if setting.get("source"):
            self.sources[name] = setting["source"]

    def scenario(self, *, name: str, title: str, title_zh: str, idle: Sequence[str]) -> Scenario:
        """Return the draft as a scenario."""
        return Scenario(
            region=self.region,
            name=name,
            title=title,
            title_zh=title_zh,
            end=quarters.parse(self.end),
            residents_per_agent=self.residents_per_agent,
            members=self.run["members"],
            seed=self.run["seed"],
            levers=self.levers,
            assumptions=self.assumptions,
            parameters=self.parameters,
            published=self.published,
            sources=self.sources,
            overrides=tuple(self.log),
            idle=tuple(idle),
        )


def _laid(spec: Lever, before: LeverPlan, setting: Table, log: list[str], problems: list[str]) -> LeverPlan:
    """Return a lever with a setting laid on it."""
    where, after, region, kind = f"levers.{spec.name}", before, spec.region, spec.events
    if "path" in setting:
        log.append(_entry(f"{where}.path", setting["path"], points(before.path) if before.path else []))
        after = replace(after, path=_over(before.path, setting["path"]))
    for key, given in setting.get("paths", {}).items():
        log.append(_entry(f"{where}.paths.{key}", given, points(before.paths[key])))
        after = replace(after, paths={**after.paths, key: _over(before.paths[key], given)})
    if "zones" in setting:
        zones = tuple(sorted({region.index(zone) for zone in setting["zones"]}))
        log.append(_entry(f"{where}.zones", setting["zones"], [region.ids[z] for z in before.zones]))
        after = replace(after, zones=zones)
    for key, share in setting.get("shares", {}).items():
        log.append(_entry(f"{where}.shares.{key}", share, before.shares[key]))
        after = replace(after, shares={**after.shares, key: share})
    if kind is not None and kind.table in setting:
        events = dict(before.events)
        for name, given in setting[kind.table].items():
            name = _full_name(name, given, kind, events)
            key, known = f"{where}.{kind.table}.{name}", events.get(name)
            if known is None and not _complete(given, kind):
                problems.append(_lacking(key, name, kind, events))
                continue
            events[name] = _event(kind, known, given)
            log.append(_entry(key, given, event_table(known) if known else None))
        after = replace(after, events=events)
    return after


@functools.cache
def published(region: Region) -> dict[str, LeverPlan]:
    """Return the levers of a region as history and announcements have them, read as a scenario file is.

    DataError lists what is wrong with the region's files.
    """
    found, problems = {}, []
    for name, lever in levers(region).items():
        table = {key: value for key, value in lever.table().items() if key != "sources"}
        tables, wrong = validate({"levers": {name: table}}, region)
        problems += wrong
        if not wrong:
            found[name] = _as_seen(_whole(lever, tables["levers"][name]))
    if problems:
        raise DataError(f"the levers of {region.id} have {len(problems)} problems:\n  * " + "\n  * ".join(problems))
    return found


def _whole(lever: Lever, given: Table) -> LeverPlan:
    """Return a lever's default from its validated table; a path that the table does not give stays neutral."""
    still, kind, region = lever.idle().get("paths", {}), lever.events, lever.region
    paths = {key: _path(points_) for key, points_ in {**still, **given.get("paths", {})}.items()}
    listed = given.get(kind.table, {}) if kind is not None else {}
    return LeverPlan(
        lever.name,
        path=_path(given["path"]) if "path" in given else None,
        paths={key: paths[key] for key in lever.paths},
        zones=tuple(sorted({region.index(zone) for zone in given.get("zones", [])})),
        shares={key: given.get("shares", {}).get(key, 0.0) for key in lever.shares},
        events={name: _event(kind, None, event) for name, event in listed.items()} if kind is not None else {},
    )


def _path(given: Sequence[Any]) -> Path:
    """Return a path from points of a file."""
    return Path([quarters.parse(point[0]) for point in given], [point[1] for point in given])


def is_resolved(layer: Table) -> bool:
    """Return whether a file was written by the program: it states everything, and logs what was set."""
    return "name" in layer or "overrides" in layer


def unchanged(before: Draft, after: Draft, layer: Table) -> list[str]:
    """Return the levers and assumptions that `layer` sets and that are the same over the horizon."""
    span = range(quarters.parse(after.end) + 1)

    def same(a: Path | None, b: Path | None) -> bool:
        return a is b or (a is not None and b is not None and all(a.at(t) == b.at(t) for t in span))

    idle = []
    for name in layer.get("levers", {}):
        a, b = before.levers[name], after.levers[name]
        paths = same(a.path, b.path) and all(same(a.paths[key], b.paths[key]) for key in a.paths)
        if paths and (a.zones, a.shares, a.events) == (b.zones, b.shares, b.events):
            idle.append(f"levers.{name}")
    for name in layer.get("assumptions", {}):
        if same(before.assumptions[name], after.assumptions[name]):
            idle.append(f"assumptions.{name}")
    return idle


def _as_seen(lever: LeverPlan) -> LeverPlan:
    """Return a lever's default with its paths from 2013Q1 on."""
    main = None if lever.path is None else from_opening(lever.path)
    return replace(lever, path=main, paths={key: from_opening(path) for key, path in lever.paths.items()})


def _over(before: Path | None, given: Sequence[tuple[str, float]]) -> Path:
    """Return a path that is `before` up to the first given point."""
    return from_opening(_path(given).after(before))


def _complete(given: Table, kind: EventKind) -> bool:
    """Return whether a setting says all that a new event needs."""
    return all(key in given for key in ("quarter", *kind.needs))


def _full_name(name: str, given: Table, kind: EventKind, events: Table) -> str:
    """Return the event that `name` means: itself, or the only one it begins (tianjin_baoding)."""
    begun = [event for event in events if event.startswith(f"{name}_")]
    return begun[0] if name not in events and len(begun) == 1 and not _complete(given, kind) else name


def _lacking(where: str, name: str, kind: EventKind, events: Table) -> str:
    """Return the bullet of an event that neither exists nor says what a new one needs."""
    guess = nearest(name, events, where.removesuffix(name))
    return f"{where}: no such {kind.noun}.{guess} A new one needs {', '.join(('quarter', *kind.needs))}."


def _event(kind: EventKind, known: Event | None, given: Table) -> Event:
    """Return an event that keeps what it is not given."""
    when = known.quarter if known else None
    if "quarter" in given:
        when = None if given["quarter"] == NEVER else quarters.parse(given["quarter"])
    numbers = {key: value for key, value in given.items() if key in kind.numbers}
    words = {key: value for key, value in given.items() if key in kind.words}
    if known:
        return Event(when, {**known.numbers, **numbers}, {**known.words, **words})
    return Event(when, numbers, {**kind.home, **words})


def _entry(name: str, value: Any, before: Any) -> str:
    """Return one line of the log."""
    return f"{name} = {_short(value)}" + ("" if before is None else f" (was {_short(before)})")


def _short(value: Any) -> str:
    """Return a value in few words: of a long path its ends."""
    if isinstance(value, list | tuple) and value and isinstance(value[0], list | tuple):
        shown = [f"{quarter} {number:g}" for quarter, number in value]
        return "[" + ", ".join(shown if len(shown) <= 4 else [shown[0], "...", shown[-1]]) + "]"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_short(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(str(part) for part in value) + "]"
    return str(value)
