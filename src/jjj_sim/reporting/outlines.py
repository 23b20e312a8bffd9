"""Outlines of the zones for a plane map: degrees east are shortened to the scale of degrees north."""

from __future__ import annotations

import functools
import json
import math
from typing import Any

from jjj_sim.region import Region


@functools.cache
def _read(region: Region) -> dict[str, Any]:
    file = region.folder / "map" / "zones.geojson"
    found: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {"features": []}
    return found


@functools.cache
def outlines(region: Region) -> tuple[dict[str, Any], ...]:
    """Return a feature for each zone, the largest first so that those inside others are seen; none without a map."""
    found = [f for f in _read(region)["features"] if f["id"] in region.ids]
    if len(found) < region.n_zones:
        return ()
    shrunk = math.cos(math.radians(float(region.lat[: region.n_zones].mean())))
    found.sort(key=lambda f: -float(region.area_km2[region.index(f["id"])]))
    return tuple(
        {"type": "Feature", "id": f["id"], "geometry": {"type": f["geometry"]["type"], "coordinates": _flat(f, shrunk)}}
        for f in found
    )


def drawn_by(region: Region) -> str:
    """Return who drew the outlines, empty without a map."""
    return str(_read(region).get("attribution", ""))


def _flat(feature: dict[str, Any], shrunk: float) -> Any:
    def put(part: Any) -> Any:
        if isinstance(part[0], int | float):
            return [round(part[0] * shrunk, 4), round(part[1], 4)]
        return [put(inner) for inner in part]

    return put(feature["geometry"]["coordinates"])
