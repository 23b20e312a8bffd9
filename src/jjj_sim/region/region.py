"""A region: where and what, by id and by role, with everything that a model reads of it.

Places are known by id, never by number, and laws know them by role: the capital that relieves, the new area,
the sub-centre. A role is a mask over zones, empty where a region lacks it, so that a law that needs it is idle.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError, nearest
from jjj_sim.param import Param
from jjj_sim.region.axes import AGE_BANDS, AGES, GROUPS, STREAMS, YEARS
from jjj_sim.region.data import Data

N_QUARTERS = 4


@dataclass(frozen=True)
class Sector:
    """One sector: key as in ``va_<key>``, labels, and its place in the three-sector split."""

    key: str
    en: str
    zh: str
    broad: str


@dataclass(frozen=True, eq=False)
class Region:
    """Zones in the order of zones.csv; index `n_zones` stands for the world outside, `outside`.

    `province` (n_zones + 1,) indexes `provinces`, the last of which is outside; `area` (n_zones,) indexes the
    reporting `areas`; `area_km2` (n_zones,); `lon`, `lat` (n_zones,) degrees of the population-weighted centre.
    `wholes` are further areas that are reported: name -> mask. `groups` divide the zones by who publishes:
    name -> (names, index by zone). `roles` mark zones, `sector_roles` sectors. `keyed` holds the values of
    parameters that differ by place: dotted name -> id -> value, and `keyed_source` where they come from.
    """

    id: str
    title: str
    title_zh: str
    folder: Path
    ids: tuple[str, ...]
    name_en: tuple[str, ...]
    name_zh: tuple[str, ...]
    provinces: tuple[str, ...]
    province: NDArray[np.int64]
    areas: tuple[str, ...]
    area: NDArray[np.int64]
    area_km2: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    sectors: tuple[Sector, ...]
    education: tuple[str, ...]
    wholes: Mapping[str, NDArray[np.bool_]]
    groups: Mapping[str, tuple[tuple[str, ...], NDArray[np.int64]]]
    roles: Mapping[str, NDArray[np.bool_]]
    sector_roles: Mapping[str, tuple[int, ...]]
    keyed: Mapping[str, Mapping[str, float]]
    keyed_source: Mapping[str, str]
    sha256: str
    _data: dict[int | None, Data] = field(default_factory=dict, repr=False)

    def __deepcopy__(self, memo: Any) -> Region:
        return self

    @property
    def n_zones(self) -> int:
        """Number of zones inside the region."""
        return len(self.ids)

    @property
    def roc(self) -> int:
        """Index of the world outside, the rest of China."""
        return len(self.ids)

    @property
    def n_places(self) -> int:
        """Number of places: the zones and the world outside."""
        return len(self.ids) + 1

    @property
    def n_provinces(self) -> int:
        """Number of provinces inside the region."""
        return len(self.provinces) - 1

    @property
    def n_sectors(self) -> int:
        """Number of sectors."""
        return len(self.sectors)

    @property
    def n_education(self) -> int:
        """Number of levels of education."""
        return len(self.education)

    @property
    def outside(self) -> str:
        """Id of the world outside."""
        return self.provinces[-1]

    @functools.cached_property
    def inner_province(self) -> NDArray[np.int64]:
        """Index of the province by zone, shape (n_zones,)."""
        return self.province[: self.n_zones]

    @functools.cached_property
    def sizes(self) -> Mapping[str, int]:
        """Lengths of the axes of declared arrays, by name."""
        return {
            "zone": self.n_zones,
            "place": self.n_places,
            "province": self.n_provinces,
            "home": len(self.provinces),
            "sector": self.n_sectors,
            "education": self.n_education,
            "listed": len(self.sector_roles["listed"]),
            "source": self.n_sectors + 2,
            "quarter": N_QUARTERS,
            "group": len(GROUPS),
            "band": len(AGE_BANDS),
            "stream": len(STREAMS),
            "age": len(AGES),
            "year": len(YEARS),
        }

    def index(self, zone: str) -> int:
        """Return the index of a zone id; KeyError when there is none."""
        try:
            return self.ids.index(zone)
        except ValueError:
            raise KeyError(zone) from None

    def sector(self, key: str) -> int:
        """Return the index of a sector's key; KeyError when there is none."""
        for index, sector in enumerate(self.sectors):
            if sector.key == key:
                return index
        raise KeyError(key)

    def cells(self, zones: NDArray[np.bool_], sectors: tuple[int, ...]) -> NDArray[np.bool_]:
        """Return the mask of `zones` by `sectors`, shape (n_zones, n_sectors)."""
        return np.asarray(zones[:, None] & np.isin(np.arange(self.n_sectors), sectors))

    def inside(self, name: str) -> NDArray[np.bool_]:
        """Return the zones of `name`: a reporting area, another reported whole, or a province, in that order."""
        if name in self.areas:
            return np.asarray(self.area == self.areas.index(name))
        if name in self.wholes:
            return self.wholes[name]
        if name in self.provinces:
            return np.asarray(self.inner_province == self.provinces.index(name))
        raise KeyError(name)

    def default(self, name: str, parameter: Param) -> Any:
        """Return the default of a parameter by its dotted name: a number, or one by id where it differs by place."""
        return dict(self.keyed.get(name, {})) if parameter.by else parameter.default

    def source(self, name: str, parameter: Param) -> str:
        """Return where the default of a parameter comes from, by its dotted name."""
        return self.keyed_source.get(name, parameter.source) if parameter.by else parameter.source

    def in_role(self, name: str) -> list[int]:
        """Return the sectors in a role, none where the region lacks it."""
        return list(self.sector_roles.get(name, ()))

    def role(self, name: str) -> NDArray[np.bool_]:
        """Return the zones in a role, a read-only mask of shape (n_zones,); none where the region lacks it."""
        found = self.roles.get(name)
        return np.zeros(self.n_zones, dtype=bool) if found is None else found

    @property
    def capital(self) -> NDArray[np.bool_]:
        """The zones of the capital, which relieves itself of functions."""
        return self.role("capital")

    @property
    def new_area(self) -> NDArray[np.bool_]:
        """The zone built by policy to receive them."""
        return self.role("new_area")

    @property
    def same_province(self) -> NDArray[np.bool_]:
        """Return whether two places lie in one province, shape (n_places, n_places)."""
        return np.asarray(self.province[:, None] == self.province[None, :])

    def by_province(self, name: str, values: Mapping[str, float]) -> NDArray[np.float64]:
        """Return a keyed number `name` as a vector (n_provinces,); DataError for a missing province."""
        missing = [p for p in self.provinces[:-1] if p not in values]
        if missing:
            raise DataError(f"{name} has no value for {', '.join(missing)}")
        return np.array([values[p] for p in self.provinces[:-1]])

    def by_zone(self, name: str, values: Mapping[str, float], other: float = 0.0) -> NDArray[np.float64]:
        """Return a keyed number `name` as a vector (n_zones,): the zone's, else its province's, else `other`.

        DataError for an id that is neither.
        """
        unknown = [key for key in values if key not in self.ids and key not in self.provinces]
        if unknown:
            raise DataError(f"{name} has a value for {unknown[0]}, which is no place.{nearest(unknown[0], self.ids)}")
        found = [
            values.get(zone, values.get(self.provinces[p], other))
            for zone, p in zip(self.ids, self.inner_province, strict=True)
        ]
        return np.array(found)

    def tables(self, as_of: int | None = None) -> Data:
        """Return what was known of the years up to `as_of`, everything where it is None; kept once made."""
        if as_of not in self._data:
            self._data[as_of] = Data.read(self, as_of)
        return self._data[as_of]

    def find(self, zone: str) -> int:
        """Return the index of a zone id; DataError with the nearest where there is none."""
        try:
            return self.index(zone)
        except KeyError:
            raise DataError(f"{self.id} has no zone {zone!r}.{nearest(zone, self.ids)}") from None
