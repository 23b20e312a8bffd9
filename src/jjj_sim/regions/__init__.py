"""The regions that are shipped, each a folder; the model reads their tables and imports none of their code."""

from __future__ import annotations

from pathlib import Path

from jjj_sim.errors import DataError, nearest
from jjj_sim.region import Region, load

HERE = Path(__file__).parent
DEFAULT = "jingjinji"


def shipped() -> dict[str, Path]:
    """Return the folders of the shipped regions by id."""
    return {path.parent.name: path.parent for path in sorted(HERE.glob("*/region.toml"))}


def default() -> Region:
    """Return the region that scenarios are about unless they say otherwise."""
    return load(shipped()[DEFAULT])


def find(id: str, folder: str | Path | None = None) -> Region:
    """Return the shipped region `id`, or the one in `folder` where that is given; DataError when there is none."""
    if folder is not None:
        path = Path(folder)
        if not path.is_dir():
            raise DataError(f"the region {id} is not there: there is no folder {path}")
        return load(path)
    if id not in shipped():
        raise DataError(f"no region {id!r} is shipped.{nearest(id, shipped())}")
    return load(shipped()[id])


def told(region: Region) -> dict[str, str]:
    """Return by what `find` finds a region again: its id, and its folder where it is not a shipped one."""
    if shipped().get(region.id) == region.folder:
        return {"region": region.id}
    return {"region": region.id, "region_folder": str(region.folder.resolve())}
