"""Folders that hold tables of scenarios and, beside them, the scenarios themselves: written and opened in one way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jjj_sim import regions
from jjj_sim.errors import DataError
from jjj_sim.running.result import MANIFEST, kind_of
from jjj_sim.scenario import Scenario, load_scenario


class Opened(NamedTuple):
    """A folder that was found whole: its manifest, and its scenarios in the order of the names asked for."""

    manifest: Mapping[str, Any]
    scenarios: tuple[Scenario, ...]


def write_scenarios(folder: Path, scenarios: Iterable[Scenario]) -> None:
    """Write scenarios into a folder, each under its name."""
    for one in scenarios:
        (folder / f"{one.name}.toml").write_text(one.to_toml(), encoding="utf-8")


def opened(folder: Path, kind: str, what: str, files: Sequence[str], keys: Sequence[str]) -> Opened:
    """Return the manifest and the scenarios of a folder of a `kind`, `what` in words.

    The manifest names its scenarios under `keys`, one or a list each. DataError when the folder is of another kind, or
    lacks one of `files` or a scenario.
    """
    if kind_of(folder) != kind:
        raise DataError(f"{folder} is no {what}: its {MANIFEST} is not there, or of something else")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    told = [manifest[key] for key in keys]
    names = [name for one in told for name in ([one] if isinstance(one, str) else one)]
    missing = [name for name in (*files, *(f"{n}.toml" for n in names)) if not (folder / name).is_file()]
    if missing:
        raise DataError(f"{folder} is no {what}: {', '.join(missing)} not there")
    region = regions.find(manifest["region"], manifest.get("region_folder"))
    return Opened(manifest, tuple(load_scenario(str(folder / f"{name}.toml"), region=region) for name in names))
