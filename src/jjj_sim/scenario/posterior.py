"""Draws of a region's posterior: what parameters and outside paths a member of a run has.

A calibration leaves equally weighted draws in the region's folder `posterior`. Draw k sets every parameter that is
uncertain, estimated or not, and shifts the whole of every outside path, so that the members of a run hold what nobody
knows of parameters and of the outside world beside their own luck. Member m has draw m, and begins again with the
first where there are more members than draws. What a scenario sets itself stays as it set it.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import pandas as pd

from jjj_sim.errors import DataError, nearest
from jjj_sim.param import Path
from jjj_sim.region.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.scenario import Scenario
from jjj_sim.scenario.schema import parameters

FOLDER, TABLE, MANIFEST = "posterior", "draws.parquet", "manifest.json"

Draw = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Draws:
    """The draws of a region: one row each, a column by dotted name.

    `parameters.process.name[.place]` is a value, `assumptions.name` a shift of that path in its unit. `sha256` is the
    table's, `manifest` that of the calibration.
    """

    table: pd.DataFrame
    sha256: str
    manifest: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.table)

    def of(self, member: int) -> Draw:
        """Return the draw of a member."""
        row = self.table.iloc[member % len(self.table)]
        return {str(name): float(value) for name, value in row.items()}

    def told(self) -> dict[str, Any]:
        """Return what a manifest says of them."""
        return {"draws": len(self), "sha256": self.sha256}


@functools.cache
def draws_of(region: Region) -> Draws | None:
    """Return the draws shipped with a region, None where there are none; DataError when they do not fit it."""
    folder = region.folder / FOLDER
    if not (folder / TABLE).is_file():
        return None
    return read(folder, region)


def read(folder: FilePath, region: Region) -> Draws:
    """Return the draws in `folder`; DataError when the file is damaged or they are not those of `region`."""
    file = folder / TABLE
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError) as problem:
        raise DataError(f"{folder} cannot be read: {problem}") from None
    if digest != manifest.get("files", {}).get(TABLE):
        raise DataError(f"{file} is damaged: its sha256 is not the one in {MANIFEST}")
    table = pd.read_parquet(file)
    known = _known(region)
    strange = [name for name in table.columns if name not in known]
    if strange or table.empty:
        told = f"{strange[0]} is nothing that can be drawn.{nearest(strange[0], known)}" if strange else "no draws"
        raise DataError(f"{file}: {told}\nFit the region anew: jjj-sim calibrate --ship")
    return Draws(table, digest, manifest)


def drawn(scenario: Scenario, draw: Draw) -> Scenario:
    """Return `scenario` with a draw: parameters that it left at their defaults, and every outside path, shifted."""
    return moved(scenario, drawn_of(scenario, draw))


def drawn_of(scenario: Scenario, draw: Draw) -> Draw:
    """Return what of a draw `scenario` takes: all but the parameters that it sets itself."""
    return {name: value for name, value in draw.items() if not _is_set(scenario, name)}


def moved(scenario: Scenario, draw: Draw) -> Scenario:
    """Return `scenario` at a point: the parameters of `draw` set, the outside paths shifted, within their bounds."""
    found = {process: dict(values) for process, values in scenario.parameters.items()}
    paths = dict(scenario.assumptions)
    for name, value in draw.items():
        section, first, *rest = name.split(".")
        if section == "assumptions":
            assumption, before = ASSUMPTIONS[first], paths[first]
            paths[first] = Path(before.quarters, np.clip(before.values + value, assumption.lo, assumption.hi))
        elif len(rest) == 1:
            found[first][rest[0]] = value
        else:
            found[first][rest[0]] = {**found[first][rest[0]], rest[1]: value}
    return replace(scenario, parameters=found, assumptions=paths)


def _is_set(scenario: Scenario, name: str) -> bool:
    """Return whether a scenario has a parameter at another value than the region's default."""
    section, process, *rest = name.split(".")
    if section == "assumptions":
        return False
    dotted, place = f"{process}.{rest[0]}", rest[1:]
    usual = scenario.region.default(dotted, parameters()[process][rest[0]])
    mine = scenario.parameters[process][rest[0]]
    return bool(mine[place[0]] != usual[place[0]] if place else mine != usual)


def _known(region: Region) -> set[str]:
    """Return every name that a draw may have."""
    found = {f"assumptions.{name}" for name in ASSUMPTIONS}
    for process, declared in parameters().items():
        for key, param in declared.items():
            places = [f".{place}" for place in region.keyed.get(f"{process}.{key}", {})] if param.by else [""]
            found |= {f"parameters.{process}.{key}{place}" for place in places}
    return found
