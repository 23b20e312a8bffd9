"""From settings to a plan: every section is checked against what is legal, all problems reported at once."""

from __future__ import annotations

import hashlib
import itertools
import json
from typing import TYPE_CHECKING, Any

from jjj_sim import quarters
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.evidence.geography import GEOGRAPHY
from jjj_sim.param import Param, Path
from jjj_sim.policy.levers import LEVERS, SECTOR_KEYS, LeverSpec
from jjj_sim.policy.plan import Event, LeverPlan, Plan
from jjj_sim.processes import SCHEDULE
from jjj_sim.scenario.assumptions import ASSUMPTIONS

if TYPE_CHECKING:
    from jjj_sim.scenario.schema import EventSetting, LeverSetting, Points, Scenario


def parameters() -> dict[str, dict[str, Param]]:
    """Return every parameter by process and name."""
    return {process.name: process.parameters() for process in SCHEDULE}


class _Problems:
    """Collects what is wrong, each with where it stands."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, text: str) -> None:
        self.found.append(text)

    def quarter(self, where: str, label: str) -> int | None:
        """Return a quarter's index, or None after noting what is wrong with it."""
        try:
            return quarters.parse(label)
        except ValueError:
            self.add(f"{where}: {label!r} is not a quarter. Write a year and Q1 to Q4, like 2026Q1.")
            return None

    def bounded(self, where: str, number: float, lo: float, hi: float) -> None:
        """Note a number outside its bounds."""
        if not lo <= number <= hi:
            self.add(f"{where} = {number:g} is outside [{lo:g}, {hi:g}].")

    def path(self, where: str, points: Points, lo: float, hi: float) -> Path | None:
        """Return a path, or None after noting what is wrong with it."""
        if not points:
            self.add(f'{where} is empty; give at least one point like ["2026Q1", 1.0].')
            return None
        before = len(self.found)
        at = [self.quarter(where, q) for q, _ in points]
        for label, number in points:
            self.bounded(f"{where} at {label}", number, lo, hi)
        if len(self.found) > before:
            return None
        indices = [q for q in at if q is not None]
        if any(b <= a for a, b in itertools.pairwise(indices)):
            self.add(f"{where}: the quarters must increase from point to point.")
            return None
        return Path(indices, [v for _, v in points])

    def known(self, where: str, word: str, legal: Any, what: str) -> bool:
        """Return whether `word` is legal, noting the nearest legal one when it is not."""
        if word in legal:
            return True
        prefix = where.removesuffix(word) if where.endswith(word) and where != word else ""
        self.add(f"{where}: no such {what}.{nearest(word, legal, prefix)}")
        return False


def resolve(scenario: Scenario) -> Plan:
    """Return the plan of a scenario; ScenarioError listing every problem."""
    problems = _Problems()
    end = problems.quarter("horizon.end", scenario.horizon.end)
    if end is not None and not 3 <= end <= 151:
        problems.add(f"horizon.end = {scenario.horizon.end} is outside [2013Q4, 2050Q4].")
    levers = {name: spec.default() for name, spec in LEVERS.items()}
    for name, setting in scenario.levers.items():
        if problems.known(f"levers.{name}", name, LEVERS, "lever"):
            levers[name] = _lever(LEVERS[name], levers[name], setting, problems)
    assumptions = {name: spec.default for name, spec in ASSUMPTIONS.items()}
    for name, given in scenario.assumptions.items():
        where = f"assumptions.{name}"
        if problems.known(where, name, ASSUMPTIONS, "assumption"):
            spec = ASSUMPTIONS[name]
            found = problems.path(f"{where}.path", given.path, spec.lo, spec.hi)
            if found is not None:
                assumptions[name] = found.after(assumptions[name])
    values = _parameters(scenario, problems)
    if problems.found:
        raise ScenarioError(scenario.name or "the scenario", problems.found)
    assert end is not None
    return Plan(
        name=scenario.name,
        title=scenario.title,
        title_zh=scenario.title_zh,
        end=end,
        residents_per_agent=scenario.population.residents_per_agent,
        levers=levers,
        assumptions=assumptions,
        parameters=values,
        digest=_digest(end, scenario.population.residents_per_agent, levers, assumptions, values),
        scenario=scenario,
    )


def _parameters(scenario: Scenario, problems: _Problems) -> dict[str, dict[str, float]]:
    """Return every parameter's value."""
    registry = parameters()
    values = {process: {n: p.default for n, p in found.items()} for process, found in registry.items()}
    for process, given in scenario.parameters.items():
        if not problems.known(f"parameters.{process}", process, registry, "process"):
            continue
        for name, number in given.items():
            where = f"parameters.{process}.{name}"
            if problems.known(where, name, registry[process], "parameter"):
                found = registry[process][name]
                problems.bounded(where, number, found.lo, found.hi)
                values[process][name] = number
    return values


def _lever(spec: LeverSpec, inherited: LeverPlan, setting: LeverSetting, problems: _Problems) -> LeverPlan:
    """Return a lever with `setting` laid over what it inherits."""
    where = f"levers.{spec.name}"
    main, paths = inherited.path, dict(inherited.paths)
    if setting.path is not None:
        if not spec.path:
            problems.add(f"{where}.path: this lever has no path; it takes {_takes(spec)}.")
        else:
            found = problems.path(f"{where}.path", setting.path, spec.lo, spec.hi)
            main = main if found is None else found.after(main)
    for key, points in setting.paths.items():
        if problems.known(
            f"{where}.paths.{key}", key, spec.paths, f"path of this lever (it takes {_takes(spec)})"
        ):
            found = problems.path(f"{where}.paths.{key}", points, *spec.paths[key])
            if found is not None:
                paths[key] = found.after(paths[key])
    zones = inherited.zones
    if setting.zones is not None:
        if not spec.zones:
            problems.add(f"{where}.zones: this lever has no zones; it takes {_takes(spec)}.")
        good = [z for z in setting.zones if problems.known(f"{where}.zones: {z}", z, GEOGRAPHY.ids, "zone")]
        zones = tuple(GEOGRAPHY.index(z) for z in good)
    shares = dict(inherited.shares)
    for key, share in setting.shares.items():
        if not spec.shares:
            problems.add(f"{where}.shares: this lever has no shares; it takes {_takes(spec)}.")
            break
        if problems.known(f"{where}.shares.{key}", key, SECTOR_KEYS, "sector"):
            problems.bounded(f"{where}.shares.{key}", share, 0.0, 1.0)
            shares[key] = share
    return LeverPlan(spec.name, main, paths, zones, shares, _events(spec, inherited, setting, problems))


def _takes(spec: LeverSpec) -> str:
    """Return in words what a lever takes."""
    parts = ["path"] if spec.path else []
    parts += [f"paths.{key}" for key in spec.paths]
    parts += [key for key, has in (("zones", spec.zones), ("shares", spec.shares)) if has]
    return ", ".join(parts + ([spec.events] if spec.events else []))


def _events(
    spec: LeverSpec, inherited: LeverPlan, setting: LeverSetting, problems: _Problems
) -> dict[str, Event]:
    """Return the events of a lever, those of `setting` replacing or adding to the inherited ones."""
    events = dict(inherited.events)
    for kind, given in (("events", setting.events), ("openings", setting.openings)):
        if given and spec.events != kind:
            problems.add(f"levers.{spec.name}.{kind}: this lever takes {_takes(spec)}.")
            continue
        for key, event in given.items():
            where = f"levers.{spec.name}.{kind}.{key}"
            found = _event(spec, where, event, events.get(key), problems)
            if found is None:
                continue
            if key not in events and not found.numbers:
                need = " and ".join(spec.numbers[:1])
                problems.add(f"{where}: no such event; a new one needs {need}.{nearest(key, events)}")
                continue
            events[key] = found
    return events


def _event(
    spec: LeverSpec, where: str, event: EventSetting | str, before: Event | None, problems: _Problems
) -> Event | None:
    """Return one event; it keeps the numbers and words of the one it replaces where it gives none."""
    label = event if isinstance(event, str) else event.quarter
    quarter = None if label == "never" else problems.quarter(where, label)
    if quarter is None and label != "never":
        return None
    given = {} if isinstance(event, str) else event.model_dump(by_alias=True, exclude_none=True)
    given.pop("quarter", None)
    for key in given:
        problems.known(f"{where}.{key}", key, (*spec.numbers, *spec.words), "key of this event")
    numbers = dict(before.numbers) if before else {}
    words = dict(before.words) if before else {}
    for key in spec.numbers:
        if key in given:
            problems.bounded(f"{where}.{key}", given[key], spec.lo, spec.hi)
            numbers[key] = given[key]
    for key in spec.words:
        if key in given:
            if key != "kind":
                problems.known(f"{where}.{key}: {given[key]}", given[key], GEOGRAPHY.ids, "zone")
            words[key] = given[key]
    return Event(quarter, numbers, words)


def _digest(
    end: int,
    residents_per_agent: int,
    levers: dict[str, LeverPlan],
    assumptions: dict[str, Path],
    values: dict[str, dict[str, float]],
) -> str:
    """Return the sha256 of what decides a run; titles and names do not."""
    content = {
        "end": end,
        "residents_per_agent": residents_per_agent,
        "levers": {
            name: [
                lever.path.points() if lever.path else None,
                {k: p.points() for k, p in lever.paths.items()},
                lever.zones,
                dict(lever.shares),
                {k: [e.quarter, dict(e.numbers), dict(e.words)] for k, e in lever.events.items()},
            ]
            for name, lever in levers.items()
        },
        "assumptions": {name: p.points() for name, p in assumptions.items()},
        "parameters": values,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
