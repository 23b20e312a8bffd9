"""Which zones become one: checked groups of a region's zones, by name, and how every axis of places follows them.

A group lies in one province and in one reporting area, since both are published for. A merged zone that holds zones of
several publishers, cities with one measured air or governments with one budget, becomes a publisher of its own; a
publisher that keeps other zones beside them keeps these.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.region import Region

I64 = NDArray[np.int64]


class Publishers(NamedTuple):
    """Who publishes for the merged zones: `names`, and the index by merged zone, (n_new_zones,)."""

    names: tuple[str, ...]
    zone: I64


@dataclass(frozen=True, eq=False)
class Groups:
    """Zones of `region` in groups: `ids` of the merged zones, `zone` (n_zones,) the index of each old zone's."""

    region: Region
    ids: tuple[str, ...]
    zone: I64

    def members(self, index: int) -> tuple[str, ...]:
        """Return the old zones of a merged one."""
        return tuple(self.region.ids[z] for z in np.flatnonzero(self.zone == index))

    def alone(self, index: int) -> bool:
        """Return whether a merged zone is one old zone."""
        return int((self.zone == index).sum()) == 1

    def new(self, zone: str) -> str:
        """Return the merged zone that holds an old one; the world outside stays."""
        return zone if zone == self.region.outside else str(self.ids[int(self.zone[self.region.index(zone)])])

    @functools.cached_property
    def first(self) -> I64:
        """The first old zone of each merged one."""
        return np.array([int(np.flatnonzero(self.zone == k)[0]) for k in range(len(self.ids))])

    @functools.cached_property
    def publishers(self) -> Mapping[str, Publishers]:
        """Who publishes for the merged zones, by kind."""
        return {kind: self._publishers(*found) for kind, found in self.region.groups.items()}

    def _publishers(self, names: tuple[str, ...], index: I64) -> Publishers:
        """Return each merged zone's publisher: the one of all its zones, or the zone itself where there are several."""
        held = [np.unique(index[self.zone == k]) for k in range(len(self.ids))]
        labels: list[str] = [
            str(names[own[0]]) if len(own) == 1 else id for own, id in zip(held, self.ids, strict=True)
        ]
        kept = tuple(sorted(set(labels), key=lambda label: names.index(label) if label in names else len(names)))
        return Publishers(kept, np.array([kept.index(label) for label in labels]))


def groups(region: Region, zones: Mapping[str, Sequence[str]]) -> Groups:
    """Return the groups of a region's zones, in the given order; ScenarioError that lists all that is wrong."""
    problems = [
        f"{name}: {zone!r} is no zone.{nearest(zone, region.ids)}"
        for name, members in zones.items()
        for zone in members
        if zone not in region.ids
    ]
    holding = {zone: [name for name, found in zones.items() for z in found if z == zone] for zone in region.ids}
    lost = [zone for zone, found in holding.items() if not found]
    if lost:
        problems.append(f"in no group: {', '.join(lost)}; every zone belongs to one")
    problems += [
        f"{zone} is there {len(found)} times, in {' and '.join(found)}; every zone belongs to one group"
        for zone, found in holding.items()
        if len(found) > 1
    ]
    for name, members in zones.items():
        problems += _wrong(region, name, [region.index(z) for z in members if z in region.ids])
    if problems:
        raise ScenarioError(f"the groups of {region.id}", problems)
    index = {zone: k for k, members in enumerate(zones.values()) for zone in members}
    return Groups(region, tuple(zones), np.array([index[zone] for zone in region.ids]))


def _wrong(region: Region, name: str, members: Sequence[int]) -> list[str]:
    """Return what is wrong with a group of old zones."""
    if not members:
        return [f"{name} holds no zone"]
    found = []
    provinces = sorted({region.provinces[region.province[z]] for z in members})
    areas = sorted({region.areas[region.area[z]] for z in members})
    if len(provinces) > 1:
        found.append(f"{name} crosses provinces, {' and '.join(provinces)}; a zone lies in one")
    elif len(areas) > 1:
        found.append(f"{name} crosses the reporting areas {' and '.join(areas)}; a zone is reported in one")
    if name in region.provinces:
        whole = region.role("") if name == region.outside else region.inner_province == region.provinces.index(name)
        if set(members) != set(np.flatnonzero(whole)):
            found.append(f"{name} is a whole province; call a part of it otherwise, {name}_rest")
    if not name.isidentifier():
        found.append(f"{name!r} is no id: write letters, digits and underscores")
    return found


def by_column(region: Region, column: str) -> dict[str, list[str]]:
    """Return the zones by ``province``, by reporting ``area``, or by who publishes; parts of a province of its name
    become its rest. ScenarioError where the region has no such column."""
    columns = {
        "province": (region.provinces, region.inner_province),
        "area": (region.areas, region.area),
        **region.groups,
    }
    if column not in columns:
        raise ScenarioError(f"--by {column}", [f"no such column of zones.csv; there are {', '.join(columns)}"])
    names, index = columns[column]
    found: dict[str, list[str]] = {}
    for zone, at in zip(region.ids, index, strict=True):
        found.setdefault(names[at], []).append(zone)
    return {(f"{name}_rest" if _part(region, name, zones) else name): zones for name, zones in found.items()}


def _part(region: Region, name: str, zones: Sequence[str]) -> bool:
    """Return whether a group goes by its province's name and is less than that."""
    if name not in region.provinces:
        return False
    return len(zones) < int((region.inner_province == region.provinces.index(name)).sum())


def from_file(path: Path) -> dict[str, list[str]]:
    """Return the groups of a TOML file, ``name = ["zone", "zone"]`` each; ScenarioError for anything else."""
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise ScenarioError(str(path), [f"cannot be read: {error.strerror}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ScenarioError(str(path), [f"is no TOML file: {error}"]) from None
    wrong = [
        f'{name}: write {name} = ["zone", "zone"]'
        for name, zones in found.items()
        if not (isinstance(zones, list) and all(isinstance(zone, str) for zone in zones))
    ]
    if wrong:
        raise ScenarioError(str(path), wrong)
    return found
