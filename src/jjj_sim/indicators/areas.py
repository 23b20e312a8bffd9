"""Areas: what an indicator is summed over. Zones, the reporting areas of a region, and what those add up to.

Areas are known by what they hold: the area that fills a role, the areas that are whole provinces.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.region import Region


class Area(NamedTuple):
    """A zone, a reporting area ("region"), an official area of several of these, or the whole ("total").

    `inside` marks its zones (n_zones,).
    """

    kind: str
    name: str
    inside: NDArray[np.bool_]
    region: Region

    def fills(self, role: str) -> bool:
        """Return whether the area is exactly the zones of a role."""
        wanted = self.region.role(role)
        return bool(wanted.any() and np.array_equal(self.inside, wanted))

    def inside_of(self, role: str) -> bool:
        """Return whether the area lies in the zones of a role."""
        return not (self.inside & ~self.region.role(role)).any()

    def same_as(self, other: Area) -> bool:
        """Return whether two areas hold the same zones."""
        return np.array_equal(self.inside, other.inside)


@functools.cache
def areas(region: Region) -> tuple[Area, ...]:
    """Return every area that is reported: zones, reporting areas, then those they add up to."""
    zones = [Area("zone", z, np.arange(region.n_zones) == i, region) for i, z in enumerate(region.ids)]
    reported = [Area("region", name, region.inside(name), region) for name in region.areas]
    wholes = [
        Area("total" if inside.all() else "official", name, inside, region) for name, inside in region.wholes.items()
    ]
    return (*zones, *reported, *wholes)


def named(region: Region) -> tuple[Area, ...]:
    """Return the areas that are reported beside the zones."""
    return tuple(area for area in areas(region) if area.kind != "zone")


def total(region: Region) -> str:
    """Return the name of the area that is the whole region; its id where none is named."""
    return next((area.name for area in named(region) if area.kind == "total"), region.id)


def filling(region: Region, role: str) -> str | None:
    """Return the name of the area that fills a role, a zone only where no other does; None without one."""
    found = (*named(region), *areas(region)[: region.n_zones])
    return next((area.name for area in found if area.fills(role)), None)


def provinces(region: Region) -> tuple[str, ...]:
    """Return the names of the areas that are whole provinces, in the order of provinces."""
    found = (*named(region), *areas(region)[: region.n_zones])
    wholes = [region.inner_province == p for p in range(region.n_provinces)]
    names = [next((a.name for a in found if np.array_equal(a.inside, whole)), None) for whole in wholes]
    return tuple(name for name in names if name is not None)


def places(region: Region) -> tuple[str, ...]:
    """Return the areas whose people a headline tells: whole provinces, and the new area where there is one."""
    new_area = filling(region, "new_area")
    return tuple(dict.fromkeys([*provinces(region), *([new_area] if new_area else [])]))


def remainder(region: Region, name: str) -> bool:
    """Return whether a reporting area goes by its province's name and is less than that."""
    if name not in region.provinces or name not in region.areas:
        return False
    return not np.array_equal(region.inside(name), region.inner_province == region.provinces.index(name))


def headlines(region: Region) -> tuple[str, ...]:
    """Return the areas that stand for the region: reporting areas, wholes instead of remainders of provinces."""
    return (*(name for name in region.areas if not remainder(region, name)), *region.wholes)
