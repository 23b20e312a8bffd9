"""A resolved scenario as processes see it: numbers and paths only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jjj_sim.param import Path
from jjj_sim.region.region import Region


@dataclass(frozen=True)
class Event:
    """A dated event of an event-list lever; `quarter` is None when it never happens, `tags` name its groups."""

    quarter: int | None
    numbers: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeverPlan:
    """One lever resolved: whichever of path, keyed paths, zones, shares and events it has."""

    name: str
    path: Path | None = None
    paths: Mapping[str, Path] = field(default_factory=dict)
    zones: tuple[int, ...] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)

    def at(self, t: float, key: str | None = None) -> float:
        """Return the value in force in quarter `t`, of the main path or of the path named `key`."""
        path = self.path if key is None else self.paths[key]
        if path is None:
            raise KeyError(f"lever {self.name} has no path")
        return path.at(t)


@dataclass(frozen=True)
class Plan:
    """Everything that a run is decided by, besides the seed. `end` is the last quarter, included.

    `published` are the levers as history and announcements have them, and `usual` the assumptions by default, whatever
    the scenario changes; `as_of` is the year whose knowledge the run may use, None for all there is.
    """

    region: Region
    name: str
    title: str
    title_zh: str
    end: int
    residents_per_agent: int
    levers: Mapping[str, LeverPlan]
    assumptions: Mapping[str, Path]
    parameters: Mapping[str, Mapping[str, Any]]
    digest: str
    published: Mapping[str, LeverPlan] = field(default_factory=dict)
    usual: Mapping[str, Path] = field(default_factory=dict)
    as_of: int | None = None
    scenario: Any = None
