"""The levers of a merged region: the files of its folder policy/, with places by their new names.

A path of one zone merges by the rule of its range; an event whose two ends fall into one zone is left out, since it
goes nowhere; a list of zones holds a merged zone where it held most of its residents.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import tomli_w

from jjj_sim import quarters
from jjj_sim.errors import DataError
from jjj_sim.merging.rules import ALONE, BY_PEOPLE, SUM, Rules
from jjj_sim.param import Path
from jjj_sim.policy.lever import Lever, Range
from jjj_sim.policy.registry import levers
from jjj_sim.region import Region

_MOST = 0.5


def write(rules: Rules, merged: Region, folder: FilePath) -> list[str]:
    """Write the levers' files of the region `merged` into `folder`; return notes on what was left out."""
    folder.mkdir()
    notes: list[str] = []
    source = rules.groups.region
    for path in sorted((source.folder / "policy").glob("*.toml")):
        old, new = levers(source).get(path.stem), levers(merged).get(path.stem)
        table = tomllib.loads(path.read_text("utf-8"))
        if old is None or new is None:
            notes.append(f"policy/{path.name} is left out: no lever of that name is installed")
            continue
        found = _Merged(rules, old, new, notes).table(table)
        (folder / path.name).write_text(tomli_w.dumps(found), encoding="utf-8")
    return notes


class _Merged:
    """One lever on its way from the region to the merged one."""

    def __init__(self, rules: Rules, old: Lever, new: Lever, notes: list[str]) -> None:
        self.rules, self.old, self.new, self.notes = rules, old, new, notes
        self.sources: list[str] = []

    def table(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """Return the lever's table with places by their new names."""
        found, kind = dict(table), self.old.events
        self.sources = list(table.get("sources", ()))
        if "paths" in table:
            found["paths"] = dict(self._paths(table["paths"]))
        if "zones" in table:
            found["zones"] = self._zones(table["zones"])
        if kind is not None and kind.table in table:
            words = [key for key, word in kind.words.items() if word.noun == "zone"]
            found[kind.table] = dict(self._events(table[kind.table], words, kind.home))
        if self.sources:
            found["sources"] = self.sources
        return {key: value for key, value in found.items() if value != {}}

    def _paths(self, paths: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Yield the paths; those of zones put together."""
        known, done = self.old.paths, set()
        for key, points in paths.items():
            if key not in known or not known[key].zone:
                yield key, points
                continue
            stem, new = key.removesuffix(known[key].zone), self.rules.groups.new(known[key].zone)
            if (stem, new) in done:
                continue
            done.add((stem, new))
            found = self._joined(stem, new, paths)
            if found:
                yield f"{stem}{new}", found

    def _joined(self, stem: str, new: str, paths: Mapping[str, Any]) -> Sequence[Any]:
        """Return the path of a merged zone from those of its zones; none where nothing can be said of it."""
        groups, known = self.rules.groups, self.old.paths
        members = groups.members(groups.ids.index(new))
        keys = [f"{stem}{zone}" for zone in members if f"{stem}{zone}" in known]
        given = [key for key in keys if key in paths]
        if len(members) == 1:
            return list(paths[given[0]])
        rule = known[given[0]].merge
        where = f"{self.old.name}: {', '.join(given)}"
        if rule == ALONE:
            self.notes.append(f"{where} is left out: it holds for a zone that is now a part of {new}")
            return []
        if not rule:
            raise DataError(f"{where} is by zone and declares no rule by which zones merge")
        return self._points(f"{stem}{new}", keys, paths, rule, known)

    def _points(
        self, name: str, keys: Sequence[str], paths: Mapping[str, Any], rule: str, known: Mapping[str, Range]
    ) -> list[Any]:
        """Return the points of a path that is the sum or the mean of others."""
        still = self.old.idle()["paths"]
        lines = {key: _path(paths.get(key, still[key])) for key in keys}
        weights = dict.fromkeys(keys, 1.0)
        if rule != SUM:
            by_zone = self.rules.weights(rule)
            own = np.array([by_zone[self.rules.groups.region.index(known[key].zone)] for key in keys])
            weights = dict(zip(keys, (own / own.sum()).tolist(), strict=True))
        tag = f"[D{1 + sum(source.startswith('[D') for source in self.sources)}]"
        self.sources.append(f"{tag} {name}: {rule} of {', '.join(k for k in keys if k in paths)}, each from its source")
        times = np.unique(np.concatenate([path.quarters for path in lines.values()]))
        return [
            [quarters.label(int(t)), float(sum(weights[key] * path.at(t) for key, path in lines.items())), tag]
            for t in times
        ]

    def _zones(self, zones: Sequence[str]) -> list[str]:
        """Return the merged zones of which most residents live in `zones`."""
        groups = self.rules.groups
        listed = np.isin(groups.region.ids, zones).astype(np.float64)
        share = self.rules.mean(listed, BY_PEOPLE)
        for id, part in zip(groups.ids, share, strict=True):
            if 1e-9 < part < 1.0 - 1e-9:
                told = "holds for all of it" if part > _MOST else "no longer holds for any of it"
                self.notes.append(f"{self.old.name}: zones: it held for {part:.0%} of {id}'s residents and {told}")
        return [id for id, part in zip(groups.ids, share, strict=True) if part > _MOST]

    def _events(
        self, events: Mapping[str, Any], words: Sequence[str], home: Mapping[str, str]
    ) -> Iterator[tuple[str, Any]]:
        """Yield the events that still go from one zone to another."""
        gone = []
        for name, event in events.items():
            stands = {**{word: home[word] for word in words if word in home}, **event}
            places = {word: self.rules.groups.new(stands[word]) for word in words if word in stands}
            if len(places) > 1 and len(set(places.values())) == 1:
                gone.append(name)
                continue
            yield name, {**event, **{word: place for word, place in places.items() if word in event}}
        if gone:
            self.notes.append(f"{self.old.name}: {', '.join(gone)} left out: a move inside one zone")


def _path(points: Sequence[Any]) -> Path:
    """Return a path from the points of a file."""
    return Path([quarters.parse(point[0]) for point in points], [point[1] for point in points])
