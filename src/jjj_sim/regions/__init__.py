"""The regions that are shipped, each a folder; the model reads their tables and imports none of their code."""

from __future__ import annotations

from pathlib import Path

from jjj_sim.region import Region, load

HERE = Path(__file__).parent


def shipped() -> dict[str, Path]:
    """Return the folders of the shipped regions by id."""
    return {path.parent.name: path.parent for path in sorted(HERE.glob("*/region.toml"))}


def default() -> Region:
    """Return the region that scenarios are about unless they say otherwise: the first that is shipped."""
    return load(next(iter(shipped().values())))
