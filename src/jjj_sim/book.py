"""Declared arrays: what processes meet through, by kind, each with its axes, unit and meaning.

A kind is a subclass of `Book` whose attributes are `Field`s, so that a misspelt name fails the type check.
Assigning to an attribute writes into the array; the array itself is never replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray


class Field:
    """One array: `dims` names its axes (`place` is the zones and the world outside, last; digits are a length)."""

    __slots__ = ("dims", "meaning", "name", "unit")

    def __init__(self, dims: tuple[str, ...], unit: str, meaning: str) -> None:
        self.dims, self.unit, self.meaning = dims, unit, meaning
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, book: None, owner: type) -> Field: ...
    @overload
    def __get__(self, book: Book, owner: type) -> NDArray[Any]: ...
    def __get__(self, book: Book | None, owner: type) -> Field | NDArray[Any]:
        return self if book is None else book._arrays[self.name]

    def __set__(self, book: Book, value: Any) -> None:
        book._arrays[self.name][...] = value

    def shape(self, sizes: Mapping[str, int]) -> tuple[int, ...]:
        """Return the lengths of the axes under the region's `sizes`."""
        return tuple(sizes[d] if d in sizes else int(d) for d in self.dims)


class Book:
    """Arrays of one kind, as attributes; `sizes` gives the length of each axis. All begin at zero."""

    __slots__ = ("_arrays",)

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._arrays: dict[str, NDArray[Any]] = {n: np.zeros(f.shape(sizes)) for n, f in self.fields().items()}

    @classmethod
    def fields(cls) -> dict[str, Field]:
        """Return the declared fields by name, in the order of declaration."""
        found: dict[str, Field] = {}
        for base in reversed(cls.__mro__):
            found |= {name: field for name, field in vars(base).items() if isinstance(field, Field)}
        return found

    def declared(self) -> Mapping[str, Field]:
        """Return the fields of this book by name."""
        return self.fields()

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return an array by name."""
        return self._arrays[name]

    def clear(self) -> None:
        """Set every array to zero."""
        for array in self._arrays.values():
            array[...] = 0.0

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name (not copies)."""
        return self._arrays
