"""A resolved scenario: everything that decides a run besides the seed, and what of it was set where."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jjj_sim import quarters
from jjj_sim.param import Path
from jjj_sim.policy.plan import Event, LeverPlan, Plan
from jjj_sim.policy.registry import levers
from jjj_sim.region.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.schema import NEVER

_POINT = re.compile(r'\[\s+("\d{4}Q[1-4]"),\s+([^\s,]+),\s+\]')  # a point over four lines, as tomli_w writes it


@dataclass(frozen=True)
class Scenario:
    """A scenario with everything inherited merged in.

    `end` is the last quarter (0 is 2013Q1), `levers`, `assumptions` and `parameters` are complete; `published` are
    the levers as history and announcements have them; `goals` are bounds set for indicators of goals, by which a
    result is judged: they decide no run;
    `sources` holds what a file says of a lever's or an assumption's numbers, by dotted name; `members` and
    `seed` are what it asks for, None where it does not. `overrides` logs every value that a file or --set
    changed; `idle` names the levers and assumptions set to what they would have been anyway.
    """

    region: Region
    name: str
    title: str
    title_zh: str
    end: int
    residents_per_agent: int
    members: int | None
    seed: int | None
    levers: Mapping[str, LeverPlan]
    assumptions: Mapping[str, Path]
    parameters: Mapping[str, Mapping[str, Any]]
    goals: Mapping[str, Mapping[str, Any]]
    published: Mapping[str, LeverPlan]
    sources: Mapping[str, str]
    overrides: tuple[str, ...]
    idle: tuple[str, ...]

    def plan(self, as_of: int | None = None) -> Plan:
        """Return the numbers and paths that processes read, with the region's tables as known in `as_of`."""
        return Plan(
            region=self.region,
            name=self.name,
            title=self.title,
            title_zh=self.title_zh,
            end=self.end,
            residents_per_agent=self.residents_per_agent,
            levers=self.levers,
            assumptions=self.assumptions,
            parameters=self.parameters,
            digest=self.digest,
            published=self.published,
            usual={name: assumption.default() for name, assumption in ASSUMPTIONS.items()},
            as_of=as_of,
            scenario=self,
        )

    @property
    def digest(self) -> str:
        """The sha256 of what decides a run; names, titles, sources, tags, goals and the log do not."""
        content = {key: self.table()[key] for key in ("horizon", "population", "levers", "assumptions", "parameters")}
        for settings in (content["levers"], content["assumptions"]):
            for setting in settings.values():
                setting.pop("source", None)
        for name, lever in levers(self.region).items():
            for event in content["levers"][name].get(lever.events.table, {}).values() if lever.events else ():
                event.pop("tags", None)
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def table(self) -> dict[str, Any]:
        """Return the scenario in the form of a file, complete: loading it gives the same plan."""
        run = {"members": self.members, "seed": self.seed}
        return {
            "name": self.name,
            "title": self.title,
            "title_zh": self.title_zh,
            "overrides": list(self.overrides),
            "horizon": {"start": quarters.label(0), "end": quarters.label(self.end)},
            "population": {"residents_per_agent": self.residents_per_agent},
            "run": {key: value for key, value in run.items() if value is not None},
            "levers": {k: lever_table(v, self.region) | self._source("levers", k) for k, v in self.levers.items()},
            "assumptions": {
                k: {"path": points(v)} | self._source("assumptions", k) for k, v in self.assumptions.items()
            },
            "parameters": {process: dict(values) for process, values in self.parameters.items()},
            "goals": {name: dict(setting) for name, setting in self.goals.items()},
        }

    def to_toml(self) -> str:
        """Return the resolved scenario as TOML; running it again gives the same bits in the same place."""
        return toml({k: v for k, v in self.table().items() if v not in ("", [], {})})

    def _source(self, section: str, name: str) -> dict[str, str]:
        source = self.sources.get(f"{section}.{name}")
        return {"source": source} if source else {}


def toml(table: Mapping[str, Any]) -> str:
    """Return tables as TOML, a point of a path on a line."""
    import tomli_w

    return _POINT.sub(r"[\1, \2]", tomli_w.dumps(table))


def lever_table(lever: LeverPlan, region: Region) -> dict[str, Any]:
    """Return a lever in the form of a file."""
    spec = levers(region)[lever.name]
    kind = spec.events
    parts: dict[str, Any] = {
        "path": points(lever.path) if lever.path is not None else [],
        "paths": {key: points(path) for key, path in lever.paths.items()},
        "zones": [region.ids[z] for z in lever.zones],
        "shares": dict(lever.shares),
        kind.table if kind else "events": {name: event_table(event) for name, event in lever.events.items()},
    }
    kept = spec.keys()
    return {key: value for key, value in parts.items() if key in kept}


def event_table(event: Event) -> dict[str, Any]:
    """Return an event in the form of a file."""
    quarter = NEVER if event.quarter is None else quarters.label(event.quarter)
    tags = {"tags": list(event.tags)} if event.tags else {}
    return {"quarter": quarter, **event.numbers, **event.words, **tags}


def points(path: Path) -> list[list[Any]]:
    """Return a path in the form of a file."""
    return [[quarters.label(t), value] for t, value in path.points()]
