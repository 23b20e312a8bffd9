"""Declared arrays: the small tables, stocks and flows through which processes meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_EDUCATION, N_SECTORS, N_ZONES

DIMENSIONS = {"zone": N_ZONES, "place": N_ZONES + 1, "sector": N_SECTORS, "education": N_EDUCATION}


class Field(NamedTuple):
    """One array: `dims` names its axes (`place` is the zones and the rest of China, last)."""

    dims: tuple[str, ...]
    unit: str
    meaning: str

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the lengths of the axes; a digit string is its own length."""
        return tuple(DIMENSIONS[d] if d in DIMENSIONS else int(d) for d in self.dims)


class Book:
    """Arrays by name, as attributes; the set of names is fixed when the book is made."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.__dict__["fields"] = dict(fields)
        self.__dict__["_arrays"] = {name: np.zeros(f.shape) for name, f in fields.items()}

    def __getattr__(self, name: str) -> NDArray[Any]:
        if "_arrays" not in self.__dict__:
            raise AttributeError(name)
        try:
            array: NDArray[Any] = self.__dict__["_arrays"][name]
        except KeyError:
            raise AttributeError(f"no array {name!r}; there are {', '.join(self.__dict__['fields'])}") from None
        return array

    def __setattr__(self, name: str, value: Any) -> None:
        array = getattr(self, name)
        array[...] = value

    def clear(self) -> None:
        """Set every array to zero."""
        for array in self.__dict__["_arrays"].values():
            array[...] = 0.0

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name (not copies)."""
        arrays: dict[str, NDArray[Any]] = self.__dict__["_arrays"]
        return arrays
