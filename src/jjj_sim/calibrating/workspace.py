"""A workspace: the folder of unfinished work, with what was asked, the scenarios it is about and every run so far.

Work is taken up only under the sources and the data that it was begun with, so that it comes to the same bits.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jjj_sim import regions
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.region import Region
from jjj_sim.scenario import Scenario
from jjj_sim.sources import code_sha256
from jjj_sim.state import part

REQUEST, POINTS = "request.json", "points"


def begin(folder: Path, kind: str, scenarios: Mapping[str, Scenario], asked: Mapping[str, Any]) -> None:
    """Start an empty workspace of work of a `kind` with its request and its resolved scenarios by file name.

    ScenarioError where the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / REQUEST).is_file():
        raise ScenarioError(str(folder), [f"it is in the way and is not an unfinished {kind}; move it away"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, scenario in scenarios.items():
        (folder / name).write_text(scenario.to_toml(), encoding="utf-8")
    region = next(iter(scenarios.values())).region
    made = {"tables": region.sha256, "code": code_sha256()}
    told = {"kind": kind, **asked, **regions.told(region), **made}
    (folder / REQUEST).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def take_up(folder: Path, kind: str) -> tuple[dict[str, Any], Region]:
    """Return what was asked of the work that left `folder`, and its region.

    DataError when there is none of the kind, or when the data or the package's sources are others now.
    """
    file = folder / REQUEST
    if not file.is_file():
        raise DataError(f"{folder} holds no {kind} to resume: there is no {REQUEST}")
    told: dict[str, Any] = json.loads(file.read_text("utf-8"))
    part.require(file, told, {"kind": kind, "code": code_sha256()})
    region = regions.find(told["region"], told.get("region_folder"))
    part.require(file, told, {"tables": region.sha256})
    return told, region
