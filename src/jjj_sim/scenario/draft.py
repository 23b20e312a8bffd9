"""A scenario in the making: the code's defaults, with layer after layer laid on them."""

from __future__ import annotations

import copy
import functools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jjj_sim import quarters
from jjj_sim.errors import DataError
from jjj_sim.messages import say
from jjj_sim.param import Path
from jjj_sim.policy.lever import Lever
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.policy.registry import levers
from jjj_sim.region.goals import declared
from jjj_sim.region.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.change import CHANGES, KEYS, changed, from_opening, path_of, said
from jjj_sim.scenario.event import event_of, lay_events
from jjj_sim.scenario.log import entry, short
from jjj_sim.scenario.scenario import Scenario, points
from jjj_sim.scenario.schema import Table, parameters, validate

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
        self.goals: dict[str, Table] = {}
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
        draft.goals = {name: dict(setting) for name, setting in scenario.goals.items()}
        draft.sources, draft.log = dict(scenario.sources), list(scenario.overrides)
        return draft

    def branch(self) -> Draft:
        """Return a draft of its own that stands where this one does."""
        other = copy.copy(self)
        other.run, other.levers, other.assumptions = dict(self.run), dict(self.levers), dict(self.assumptions)
        other.parameters = {process: dict(values) for process, values in self.parameters.items()}
        other.goals = dict(self.goals)
        other.sources, other.log = dict(self.sources), list(self.log)
        return other

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
            bounds, key = (ASSUMPTIONS[name].lo, ASSUMPTIONS[name].hi), f"assumptions.{name}"
            self.assumptions[name] = _path(self.assumptions[name], setting, key, bounds, log, problems)
        for process, values in layer.get("parameters", {}).items():
            for name, value in values.items():
                known, after = self.parameters[process][name], value
                if isinstance(value, dict):
                    after = {**known, **value}
                    known = {place: known[place] for place in value}
                log.append(entry(f"parameters.{process}.{name}", value, known))
                self.parameters[process][name] = after
        for name, setting in layer.get("goals", {}).items():
            self._lay_goal(name, setting, log, problems)
        self.log += layer.get("overrides", []) if is_resolved(layer) else [f"{where}: {entry}" for entry in log]
        return problems

    def _lay_run(self, layer: Table, log: list[str]) -> None:
        """Set horizon, population and run."""
        if "end" in layer.get("horizon", {}):
            log.append(entry("horizon.end", layer["horizon"]["end"], self.end))
            self.end = layer["horizon"]["end"]
        if "residents_per_agent" in layer.get("population", {}):
            scale = layer["population"]["residents_per_agent"]
            log.append(entry("population.residents_per_agent", scale, self.residents_per_agent))
            self.residents_per_agent = scale
        for key, value in layer.get("run", {}).items():
            log.append(entry(f"run.{key}", value, self.run[key]))
            self.run[key] = value

    def _lay_goal(self, name: str, setting: Table, log: list[str], problems: list[str]) -> None:
        """Set the bounds by which a goal's indicator is judged; bounds set without a basis have none."""
        indicator, before = declared(self.region).by_id()[name], self.goals.get(name, {})
        now = indicator.numbers() | before
        log += [entry(f"goals.{name}.{key}", value, now.get(key)) for key, value in setting.items()]
        kept = before if "basis" in setting else {key: value for key, value in before.items() if key != "basis"}
        self.goals[name] = kept | setting
        if problem := indicator.changed(self.goals[name], say("set_by_scenario")).order_problem():
            problems.append(problem)

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
            goals=self.goals,
            published=self.published,
            sources=self.sources,
            overrides=tuple(self.log),
            idle=tuple(idle),
        )


def _laid(spec: Lever, before: LeverPlan, setting: Table, log: list[str], problems: list[str]) -> LeverPlan:
    """Return a lever with a setting laid on it."""
    where, after, region, kind = f"levers.{spec.name}", before, spec.region, spec.events
    after = replace(after, path=_path(before.path, setting, where, (spec.lo, spec.hi), log, problems))
    for key, given in setting.get("paths", {}).items():
        bounds = (spec.paths[key].lo, spec.paths[key].hi)
        path = _path(before.paths[key], given, f"{where}.paths.{key}", bounds, log, problems)
        after = replace(after, paths={**after.paths, key: path or before.paths[key]})
    if "zones" in setting:
        zones = tuple(sorted({region.index(zone) for zone in setting["zones"]}))
        log.append(entry(f"{where}.zones", setting["zones"], [region.ids[z] for z in before.zones]))
        after = replace(after, zones=zones)
    for key, share in setting.get("shares", {}).items():
        log.append(entry(f"{where}.shares.{key}", share, before.shares[key]))
        after = replace(after, shares={**after.shares, key: share})
    if kind is not None:
        after = replace(after, events=lay_events(before.events, kind, setting, where, log, problems))
    return after


def _path(
    before: Any, setting: Table, where: str, bounds: tuple[float, float], log: list[str], problems: list[str]
) -> Any:
    """Return a path with a setting laid on it, logged under its name; as it was where the setting has none."""
    if not any(key in setting for key in KEYS):
        return before
    after = changed(before, setting, where, bounds, problems)
    path = where if ".paths." in where else f"{where}.path"
    if "path" in setting:
        log.append(entry(path, setting["path"], points(before) if before else []))
    for key in CHANGES:
        if key in setting:
            now = points(after) if after else []
            log.append(entry(f"{where}.{key}", f"{said(setting[key], setting)}: {path} = {short(now)}", points(before)))
    return after


@functools.cache
def published(region: Region) -> dict[str, LeverPlan]:
    """Return the levers of a region as history and announcements have them, read as a scenario file is.

    DataError lists what is wrong with the region's files.
    """
    found, problems = {}, []
    for name, lever in levers(region).items():
        table = {key: value for key, value in lever.table().items() if key not in ("sources", "tags")}
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
    paths = {key: path_of(points_) for key, points_ in still.items()}
    paths |= {key: path_of(table["path"]) for key, table in given.get("paths", {}).items()}
    listed = given.get(kind.table, {}) if kind is not None else {}
    return LeverPlan(
        lever.name,
        path=path_of(given["path"]) if "path" in given else None,
        paths={key: paths[key] for key in lever.paths},
        zones=tuple(sorted({region.index(zone) for zone in given.get("zones", [])})),
        shares={key: given.get("shares", {}).get(key, 0.0) for key in lever.shares},
        events={name: event_of(kind, None, event) for name, event in listed.items()} if kind is not None else {},
    )


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
