"""Parts of a run on disk: arrays by name, under a stamp that says what they were made of and by what code.

A part whose stamp is another one is refused, so that nothing of another scenario, seed, data or code gets into a run.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from jjj_sim.errors import DataError
from jjj_sim.policy.registry import offered_sha256
from jjj_sim.sources import code_sha256, computed_with

if TYPE_CHECKING:
    from jjj_sim.policy.plan import Plan

Stamp = Mapping[str, Any]
_NAME = "stamp"


def stamp(plan: Plan, seed: int, *, twin: bool) -> dict[str, Any]:
    """Return what decides the numbers of a run: its plan, seed, kind, what it knows, region, the sources, levers of
    other packages, and what computes.
    """
    return {
        "plan": plan.digest,
        "seed": seed,
        "twin": twin,
        "as_of": plan.as_of,
        "tables": plan.region.sha256,
        "code": code_sha256(),
        "levers": offered_sha256(),
        "with": computed_with(),
    }


def write(path: Path, made: Stamp, arrays: Mapping[str, Any]) -> None:
    """Write arrays under their stamp in one rename; names may hold dots and spaces."""
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        np.savez(file, **{_NAME: np.array(json.dumps(made)), **arrays})
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read(path: Path, wanted: Stamp) -> dict[str, Any]:
    """Return the arrays of a part; DataError when its stamp is not the one wanted or the file is damaged."""
    try:
        with np.load(path) as file:
            require(path, _stamp(file), wanted)
            return {name: file[name] for name in file.files if name != _NAME}
    except (zipfile.BadZipFile, EOFError, ValueError) as problem:
        raise _damaged(path) from problem


def check(path: Path, wanted: Stamp) -> None:
    """Raise what `read` would of the stamp, without reading the arrays."""
    try:
        with np.load(path) as file:
            require(path, _stamp(file), wanted)
    except (zipfile.BadZipFile, EOFError, ValueError) as problem:
        raise _damaged(path) from problem


def require(path: Path, found: Stamp, wanted: Stamp) -> None:
    """Raise DataError that lists where a stamp found at `path` is not the one wanted."""
    other = [f"{k} {_short(found.get(k))}, here {_short(v)}" for k, v in wanted.items() if found.get(k) != v]
    if other:
        raise DataError(
            f"{path} is not of this run; it was made with {'; '.join(other)}.\n"
            "Run the scenario anew, or go on with the sources and data that it was begun with."
        )


def _stamp(file: Any) -> Stamp:
    made: Stamp = json.loads(str(file[_NAME])) if _NAME in file.files else {}
    return made


def _short(value: Any) -> str:
    """Return a value of a stamp as it is told: of a digest the first twelve digits."""
    return "untold" if value is None else value[:12] if len(str(value)) == 64 else str(value)


def _damaged(path: Path) -> DataError:
    return DataError(f"{path} is damaged; remove it, and what it held is computed again")
